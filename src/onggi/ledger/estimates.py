"""Estimates in the ledger: what was counted out of a vault, by whom and when, and that it was withdrawn.

It writes through the ledger, into the record. An estimate is never changed: who counts again records another,
and what was wrong is withdrawn with a reason and stays to be seen. Refused: a population, a window or a place
in whose words a name stands that identity holds.
"""

from onggi.errors import Exit, OnggiError
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.reasons import screen_reason
from onggi.ledger.view import View
from onggi.model.estimate import Estimate
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.vault.opened import Compartment

COUNTED = "counted"


def record_estimate(ledger: Ledger, compartment: Compartment, estimate: Estimate) -> str:
    """Record an estimate of what lies in a compartment; returns the statement's id.

    Raises:
        OnggiError: `estimate.name` where a name stands in what was declared.
    """
    about = compartment.id
    screening = screen_reason(ledger, compartment, about, "\n".join(estimate.texts))
    if screening.named:
        raise OnggiError("estimate.name", exit_code=Exit.USAGE)
    said = ledger.make_statement(about, about, COUNTED, estimate)
    ledger.append(compartment, [(Stratum.RECORD, screening.mark(said))])
    return said.id


def withdraw_estimate(ledger: Ledger, compartment: Compartment, id: str, because: str) -> Held:
    """Withdraw an estimate, with a reason; returns it.

    Raises:
        OnggiError: `estimate.reason` without one, `estimate.absent` for the id of none that stands,
            `estimate.other` where another member counted, `estimate.name` where a name stands in the reason.
    """
    if not because.strip():
        raise OnggiError("estimate.reason", exit_code=Exit.USAGE)
    view = ledger.view(compartment=compartment)
    held = view.statement(id.strip().lower())
    if held is None or not isinstance(held.statement.value, Estimate) or not view.is_live(held):
        raise OnggiError("estimate.absent", exit_code=Exit.USAGE)
    if not ledger.may(ledger.vault.card.member, held.author):
        raise OnggiError("estimate.other", exit_code=Exit.REFUSED)
    screening = screen_reason(ledger, compartment, compartment.id, because)
    if screening.named:
        raise OnggiError("estimate.name", exit_code=Exit.USAGE)
    about, why = compartment.id, Text(because, "und")
    note = ledger.make_statement(about, about, "estimate_withdrawn", why, retracts=[held.id])
    ledger.append(compartment, [(Stratum.RECORD, screening.mark(note))])
    return held


def list_estimates(view: View) -> list[Held]:
    """The estimates that stand, oldest first."""
    return sorted(view.live_of(COUNTED), key=lambda held: held.order)
