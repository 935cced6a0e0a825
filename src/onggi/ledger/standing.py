"""What members hold and did not take back, by the type of its value; and taking it back.

It writes through the ledger, into the record. What is taken back stays to be seen, with the reason. Refused:
to take back what another member holds, unless an admin does it; a reason in which a name stands that identity
holds.
"""

from typing import TypeVar

from onggi.errors import Exit, OnggiError
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.reasons import check_reason
from onggi.ledger.view import View
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.vault.opened import Compartment

T = TypeVar("T")


def list_standing(view: View, name: str, kind: type[T]) -> list[tuple[Held, T]]:
    """The live statements of a property, each with its value, which is of this type; oldest first."""
    return [(held, value) for held in view.live_of(name) if isinstance(value := held.statement.value, kind)]


def take_back(
    ledger: Ledger, compartment: Compartment, id: str, kind: type[T], note: str, because: str, words: str
) -> tuple[Held, T]:
    """Retract a live statement whose value is of this type, and say why in the property `note`.

    Returns what was taken back, and its value.

    Raises:
        OnggiError: of the catalogue `words`: `.reason` without a reason, `.absent` for the id of none that
            stands, `.other` where another member holds it, `.name` where a name stands in the reason.
    """
    if not because.strip():
        raise OnggiError(f"{words}.reason", exit_code=Exit.USAGE)
    view = ledger.view(compartment=compartment)
    held = view.statement(id.strip().lower())
    if held is None or not isinstance(value := held.statement.value, kind) or not view.is_live(held):
        raise OnggiError(f"{words}.absent", exit_code=Exit.USAGE)
    if not ledger.may(ledger.vault.card.member, held.author):
        raise OnggiError(f"{words}.other", exit_code=Exit.REFUSED)
    about = held.statement.about
    screening = check_reason(ledger, compartment, about.case, because, f"{words}.name")
    said = ledger.make_statement(about.subject, about.case, note, Text(because, "und"), retracts=[held.id])
    ledger.append(compartment, [(Stratum.RECORD, screening.mark(said))])
    return held, value
