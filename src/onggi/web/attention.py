"""What needs a decision today, gathered from the rooms; each line leads to where it is decided.

Over a view of the record. What contradicts what is weighed case by case and remembered until something is
recorded in the case; the rest is asked anew. Refused: names; whatever identity would have to be opened for.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from onggi.ledger.consents import list_ending
from onggi.ledger.seconds import list_waiting
from onggi.ledger.sentence import say_statement
from onggi.ledger.view import Matter, View
from onggi.web.addresses import address
from onggi.web.days import say_day
from onggi.web.waiting import Task
from onggi.words import say

_SOON = 30
"""Days before its end on which a yes is shown, so that there is time to meet her."""

_AT_ONCE = 5
"""Cases that are weighed while somebody waits for the first page."""


class Attention:
    """Counts contradictions, and remembers them: weighing a whole case takes long, and seldom changes."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[int, str], int]] = {}

    def count_conflicts(self, view: View, matters: Iterable[Matter]) -> tuple[dict[str, int], int]:
        """How many contradictions each case holds, and how many cases have not been weighed yet.

        Of those that changed a few are weighed, the first ones first, so that nobody waits for all of them.
        """
        counts, waiting = {}, []
        for one in matters:
            state, count = self._known.get(one.case, (None, 0))
            if state != (one.count, one.newest):
                waiting.append(one)
            elif count:
                counts[one.case] = count
        for one in waiting[:_AT_ONCE]:
            count = len(view.portrait(one.case).conflicts)
            self._known[one.case] = (one.count, one.newest), count
            if count:
                counts[one.case] = count
        return counts, len(waiting[_AT_ONCE:])


def list_tasks(view: View, conflicts: Mapping[str, int], today: date, tongue: str) -> list[Task]:
    """What waits, the most pressing first: a second signature, a yes that ends, what cannot all be true."""
    tasks = [
        Task(
            say("web_home.second", tongue, about=view.call(held.statement.subject)),
            address(view, held.statement.subject),
            say_statement(held, tongue, view.call),
            say("web_home.second.tag", tongue),
            "doubt",
        )
        for held in list_waiting(view, today)
    ]
    tasks += [
        Task(
            say("web_home.consent", tongue, person=view.call(held.statement.subject)),
            address(view, held.statement.subject),
            say("web_home.consent.hint", tongue),
            say("web_home.consent.tag", tongue, day=say_day(consent.valid_until or "", tongue)),
            "doubt",
        )
        for held, consent in list_ending(view, today, _SOON)
    ]
    tasks += [
        Task(
            say("web_home.conflict", tongue, case=view.call(case)),
            f"{address(view, case)}#conflicts",
            say("web_home.conflict.hint", tongue),
            f"≠ {count}",
            "doubt",
        )
        for case, count in conflicts.items()
    ]
    return tasks
