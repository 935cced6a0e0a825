"""Decisions for two: who signed besides their author, and which still wait.

Pure, over a view of the record. Refused: nothing.
"""

from datetime import date

from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.seconding import PROPERTIES, SECONDED, has_ended, needs_second


def seconds_of(view: View, id: str) -> frozenset[str]:
    """The members other than its author who signed a statement and have not taken that back."""
    held = view.statement(id)
    if held is None:
        return frozenset()
    signed = (one for one in view.live(id, SECONDED) if one.statement.what.polarity == "asserts")
    return frozenset(one.author for one in signed) - {held.author}


def list_waiting(view: View, today: date) -> list[Held]:
    """Every decision for two that nobody but its author has signed and that has not ended, oldest first."""
    found = (held for held in view.of_property(*PROPERTIES) if _waits(view, held, today))
    return sorted((*found, *view.waiting_ties()), key=lambda held: held.order)


def _waits(view: View, held: Held, today: date) -> bool:
    return (
        needs_second(held.statement)
        and not has_ended(held.statement, today)
        and view.is_live(held)
        and not seconds_of(view, held.id)
    )
