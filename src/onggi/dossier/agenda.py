"""The days of a case as a calendar of coded titles: signed as exported, then written through `release`.

Floor 5. Refused: a member who was not granted to release; a case without a code; a place that is taken.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from onggi.dossier.leaving import sign_leaving
from onggi.dossier.release import check_new, release_agenda
from onggi.errors import OnggiError
from onggi.law.agenda import Day, is_agenda, write_agenda
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.vault.anchoring import require_release


def hand_out_agenda(ledger: Ledger, case: Held, days: Sequence[Day], moment: datetime, out: Path) -> None:
    """Sign that these days of a case were exported, and write them as the new file `out`.

    `case` is any statement of the case; `moment` is in UTC.

    Raises:
        OnggiError: `release.agenda` where a title is not coded; `vault.anchors.release` for a member who was
            not granted to release; what `release_agenda` raises.
    """
    agenda = write_agenda(days, moment, ledger.vault.randomness)
    if not is_agenda(agenda):
        raise OnggiError("release.agenda")
    check_new(out)
    compartment = ledger.vault.compartment(case.compartment)
    require_release(ledger.vault, compartment)
    id = case.statement.about.case
    note = ledger.make_statement(id, id, "exported", Text("calendar", "und"))
    with sign_leaving(ledger, compartment, [(Stratum.RECORD, note)], out):
        ledger.close()
        release_agenda(agenda, out)
