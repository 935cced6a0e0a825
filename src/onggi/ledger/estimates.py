"""Estimates in the ledger: what was counted out of a vault, by whom and when, and that it was withdrawn.

It writes through the ledger, into the record. An estimate is never changed: who counts again records another,
and what was wrong is withdrawn with a reason and stays to be seen. Refused: a population, a window or a place
in whose words a name stands that identity holds.
"""

from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.reasons import check_reason
from onggi.ledger.standing import list_standing, take_back
from onggi.ledger.view import View
from onggi.model.estimate import Estimate
from onggi.model.stratum import Stratum
from onggi.vault.opened import Compartment

COUNTED = "counted"


def record_estimate(ledger: Ledger, compartment: Compartment, estimate: Estimate) -> str:
    """Record an estimate of what lies in a compartment; returns the statement's id.

    Raises:
        OnggiError: `estimate.name` where a name stands in what was declared.
    """
    about = compartment.id
    screening = check_reason(ledger, compartment, about, "\n".join(estimate.texts), "estimate.name")
    said = ledger.make_statement(about, about, COUNTED, estimate)
    ledger.append(compartment, [(Stratum.RECORD, screening.mark(said))])
    return said.id


def withdraw_estimate(
    ledger: Ledger, compartment: Compartment, id: str, because: str
) -> tuple[Held, Estimate]:
    """Withdraw an estimate, with a reason; returns it.

    Raises:
        OnggiError: `estimate.reason` without one, `estimate.absent` for the id of none that stands,
            `estimate.other` where another member counted, `estimate.name` where a name stands in the reason.
    """
    return take_back(ledger, compartment, id, Estimate, "estimate_withdrawn", because, "estimate")


def list_estimates(view: View) -> list[tuple[Held, Estimate]]:
    """The estimates that stand, oldest first."""
    return list_standing(view, COUNTED, Estimate)
