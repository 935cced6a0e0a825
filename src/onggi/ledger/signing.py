"""Signing a decision for two, as another member than its author.

It writes through the ledger, and reads the record only. Refused: the author, from whichever of her devices;
whoever signed already; a reason in which a name stands that identity holds; what needs no second member, and
what ended meanwhile.
"""

from datetime import date

from onggi.errors import Exit, OnggiError
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.reasons import check_reason
from onggi.ledger.seconds import seconds_of
from onggi.model.seconding import SECONDED, has_ended, needs_second
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.vault.opened import Compartment


def count_signers(ledger: Ledger, compartment: Compartment) -> int:
    """How many members could sign what lies in the record of a compartment."""
    granted = compartment.grants.strata.items()
    may = {ledger.vault.members.member_of(one) for one, strata in granted if Stratum.RECORD.value in strata}
    return len(may - {None})


def sign_second(ledger: Ledger, id: str, reason: str, today: date) -> Held:
    """Sign a decision for two, with a reason that is kept; returns the decision.

    Raises:
        OnggiError: `second.reason` without one, `second.name` where a name stands in it, `second.absent` for
            no statement of the record, `second.needless` where none is needed, `second.own` to its author,
            `second.twice` to who signed it, `second.ended` where it waits no more.
    """
    if not reason.strip():
        raise OnggiError("second.reason", exit_code=Exit.USAGE)
    view, member = ledger.view(), ledger.vault.card.member
    held = view.statement(id.strip().lower())
    if held is None:
        raise OnggiError("second.absent", exit_code=Exit.USAGE)
    signed = seconds_of(view, held.id)
    if not needs_second(held.statement) and not signed and held not in view.waiting_ties():
        raise OnggiError("second.needless", exit_code=Exit.USAGE)
    if held.author == member:
        raise OnggiError("second.own", exit_code=Exit.REFUSED)
    if member in signed:
        raise OnggiError("second.twice", exit_code=Exit.USAGE)
    if not view.is_live(held) or has_ended(held.statement, today):
        raise OnggiError("second.ended", exit_code=Exit.REFUSED)
    compartment, case = ledger.vault.compartment(held.compartment), held.statement.about.case
    screened = check_reason(ledger, compartment, case, reason, "second.name")
    said = ledger.make_statement(held.id, case, SECONDED, Text(reason, "und"))
    ledger.append(compartment, [(Stratum.RECORD, screened.mark(said))])
    return held
