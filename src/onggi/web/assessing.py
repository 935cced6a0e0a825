"""What cases come to beside the law, remembered: for a large one it takes seconds to find, and seldom moves.

From the record alone, in memory, and gone when it locks; what was found by one shelf of norms is never told
as found by another. Whatever is assessed while identity is open is made anew each time. Of the last few cases
everything is kept, with what was drawn of them; of every case looked through the days that end. Of a large
case as of an earlier day too, apart, under that day: handed out for a view as of that very day and no other.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from onggi.law.agenda import Day, list_days
from onggi.law.assess import Assessed, assess_case
from onggi.law.shelf import Shelf
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import Matter, View
from onggi.model.day import end_day
from onggi.web.jobs import Progress, Work

LARGE = 1_000
"""Statements in a case beyond which nobody waits at a page: it is assessed as a job."""

_WHOLE = 4
"""Cases of which everything is kept."""

_THEN = 2
"""Earlier days of large cases of which everything is kept."""

_DRAWN = 12
"""Pages of which what was drawn is kept."""

Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class _State:
    """What must be the same for what was found to be true still: by which shelf and on which day, who may
    judge, what is recorded."""

    shelf: Shelf
    today: date
    members: frozenset[tuple[str, str]]
    matters: tuple[Matter, ...]


class Assessments:
    """What was found. A job may add to it while pages read: each entry is exchanged whole."""

    def __init__(self) -> None:
        self._whole: dict[str, tuple[_State, Assessed]] = {}
        self._then: dict[tuple[str, date], tuple[_State, Assessed]] = {}
        self._days: dict[str, tuple[_State, tuple[Day, ...]]] = {}
        self._drawn: dict[Hashable, tuple[Assessed, object]] = {}

    def find(self, ledger: Ledger, view: View, case: str, today: date, shelf: Shelf) -> Assessed | None:
        """What is remembered of a case by this shelf and still true, of now or of the earlier day of a view.

        What another case holds counts too, and whatever was recorded since: a commit may come late.
        """
        state, found = (None, None)
        if view.plain:
            state, found = self._whole.get(case, (None, None))
        elif view.plain_at(end_day(today)):
            state, found = self._then.get((case, today), (None, None))
        return found if found and state == _read_state(ledger, view.cases(), today, shelf) else None

    def assess(self, ledger: Ledger, view: View, case: str, today: date, shelf: Shelf) -> Assessed:
        """The same, found now where nothing is remembered."""
        known = self.find(ledger, view, case, today, shelf)
        if known is not None:
            return known
        found = assess_case(view, case, today, shelf)
        if view.plain_at(end_day(today)) and _is_large(view, case):
            self._then.pop((case, today), None)
            self._then[case, today] = _read_state(ledger, view.cases(), today, shelf), found
            for then in list(self._then)[:-_THEN]:
                self._then.pop(then, None)
        if view.plain:
            matters = view.cases()
            self._whole.pop(case, None)
            self._whole[case] = _read_state(ledger, matters, today, shelf), found
            for old in list(self._whole)[:-_WHOLE]:
                self._whole.pop(old, None)
            own = [one for one in matters if one.case == case]
            self._days[case] = _read_state(ledger, own, today, shelf), _find_days(view, found)
        return found

    def draw(self, found: Assessed, key: Hashable, make: Callable[[], Drawn]) -> Drawn:
        """What is drawn of what was found, for one page; kept as long as what was found is."""
        known = self._drawn.get(key)
        if known is not None and known[0] is found:
            return cast(Drawn, known[1])
        drawn = make()
        self._drawn.pop(key, None)
        if any(whole is found for _, whole in [*self._whole.values(), *self._then.values()]):
            self._drawn[key] = found, drawn
        for old in list(self._drawn)[:-_DRAWN]:
            self._drawn.pop(old, None)
        return drawn

    def forget(self) -> None:
        """Let go of all."""
        for kept in (self._whole, self._then, self._days, self._drawn):
            kept.clear()

    def takes_long(self, ledger: Ledger, view: View, case: str, today: date, shelf: Shelf) -> bool:
        """Whether a case is so large that it is assessed as a job, and nothing true is remembered of it."""
        if not (view.plain or view.plain_at(end_day(today))):
            return False
        return self.find(ledger, view, case, today, shelf) is None and _is_large(view, case)

    def work_at(
        self,
        case: str,
        today: date,
        shelf: Shelf,
        path: str,
        then: Callable[[Assessed, View], object] = lambda *_: None,
        *,
        earlier: bool = False,
    ) -> Work:
        """That job: it assesses the record of a case for the page of this path, and draws what it shows.

        With `earlier` the record as of the end of that day.
        """

        def work(ledger: Ledger, progress: Progress) -> str:
            progress(0, 0, "law")
            view = ledger.view(end_day(today) if earlier else None)
            then(self.assess(ledger, view, case, today, shelf), view)
            return path

        return work

    def list_days(self, ledger: Ledger, view: View, case: str, today: date, shelf: Shelf) -> tuple[Day, ...]:
        """The days on which something ends in a case, from a day on, as a view has them.

        What is remembered is of the record as it was when it was looked through: of an earlier day's view,
        and of what lies in identity, they are found anew.
        """
        matter = next((one for one in view.cases() if one.case == case), None)
        known = self.find_days(ledger, matter, today, shelf) if matter and view.plain else None
        return _find_days(view, self.assess(ledger, view, case, today, shelf)) if known is None else known

    def find_days(self, ledger: Ledger, matter: Matter, today: date, shelf: Shelf) -> tuple[Day, ...] | None:
        """The days on which something ends in a case; None where it was not looked through as it is now."""
        state, days = self._days.get(matter.case, (None, None))
        return days if state == _read_state(ledger, [matter], today, shelf) else None

    def look_through(self, ledger: Ledger, today: date, shelf: Shelf, progress: Progress) -> None:
        """Find the days of every case of which they are not known. The record is read, and nothing else."""
        view = ledger.view()
        missing = [one for one in view.cases() if self.find_days(ledger, one, today, shelf) is None]
        for at, one in enumerate(missing):
            progress(at, len(missing), "law")
            days = _find_days(view, assess_case(view, one.case, today, shelf))
            self._days[one.case] = _read_state(ledger, [one], today, shelf), days


def call_job(kind: str, case: str, as_of: date | None) -> str:
    """By what such a job is begun once: each day has its own."""
    return f"{kind} {case} {as_of}" if as_of else f"{kind} {case}"


def _is_large(view: View, case: str) -> bool:
    return any(one.case == case and one.count > LARGE for one in view.cases())


def _find_days(view: View, found: Assessed) -> tuple[Day, ...]:
    return tuple(list_days(found.suggestions, found.timers, view.call(found.facts.case), found.today))


def _read_state(ledger: Ledger, matters: Iterable[Matter], today: date, shelf: Shelf) -> _State:
    cards = ledger.vault.members.devices.values()
    return _State(shelf, today, frozenset((card.member, card.role) for card in cards), tuple(matters))
