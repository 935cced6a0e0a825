"""That something leaves, said before it does, and taken back where it did not.

Floor 5; writes through the ledger. Whatever is outside is in the record, also where the power fails in
between: then the record says that it left though it may not have. Refused: to take that back while anything
may lie outside.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from onggi.dossier.release import left_nothing
from onggi.errors import OnggiError
from onggi.ledger.ledger import Ledger, Placed
from onggi.model.statement import Statement
from onggi.model.value import Text
from onggi.vault.opened import Compartment

STAYED = "stayed"


@contextmanager
def sign_leaving(
    ledger: Ledger, compartment: Compartment, notes: Sequence[Placed], out: Path
) -> Iterator[None]:
    """Sign that something leaves as `out`, then let it; where it is stopped, sign that it stayed."""
    ledger.append(compartment, notes)
    try:
        yield
    except BaseException as error:
        if left_nothing(out):
            # What stopped it is what has to be told, also where this cannot be written any more.
            with suppress(OSError, OnggiError):
                ledger.append(compartment, [(place, _take_back(ledger, one, error)) for place, one in notes])
        raise


def _take_back(ledger: Ledger, note: Statement, error: BaseException) -> Statement:
    why = Text(error.id if isinstance(error, OnggiError) else "release.stopped", "und")
    return ledger.make_statement(note.subject, note.about.case, STAYED, why, retracts=[note.id])
