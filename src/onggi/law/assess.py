"""Everything the room has to say of a case, at once: norms, limitation, avenues, tasks, timers, responses.

`assess_facts` is pure; `assess_case` reads a view. Both take the day and the norms they go by, so that the
same record gives the same answer again. Reverse warnings are not part of it: they are asked for apart.
"""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from onggi.law.acts import list_acts
from onggi.law.avenues import Avenue
from onggi.law.facts import Facts, read_facts
from onggi.law.lapse import Calendar, limit_norm, make_calendar
from onggi.law.limitation import Limitation
from onggi.law.norms import Norm
from onggi.law.openness import Complaint, Openness, judge_avenues, judge_complaints
from onggi.law.qualify import Suggestion, suggest_norms
from onggi.law.response import Response, list_responses
from onggi.law.returning import Harm, Returning, find_harms, list_returns
from onggi.law.shelf import Shelf
from onggi.law.tasks import Task, list_tasks
from onggi.law.timers import Timer, run_timers
from onggi.ledger.view import View


@dataclass(frozen=True, slots=True)
class Assessed:
    """A case against the law, as of a day."""

    facts: Facts
    today: date
    suggestions: tuple[tuple[Suggestion, Limitation], ...]
    calendar: Calendar
    avenues: tuple[Openness, ...]
    complaints: tuple[Complaint, ...]
    tasks: tuple[Task, ...]
    timers: tuple[Timer, ...]
    responses: tuple[Response, ...]
    returns: tuple[Returning, ...]
    unknown_norms: tuple[str, ...]

    @property
    def charges(self) -> list[tuple[Suggestion, Limitation]]:
        """The norms that come up and have elements, to each its period."""
        return [pair for pair in self.suggestions if pair[0].elements]

    @property
    def rules(self) -> dict[str, list[Limitation]]:
        """The norms that come up and have none, by id, each with what was counted for whom it concerns."""
        found: dict[str, list[Limitation]] = {}
        for one, limit in self.suggestions:
            if not one.elements:
                found.setdefault(one.norm.id, []).append(limit)
        return found

    @property
    def persons(self) -> tuple[str | None, ...]:
        """Whom norms with elements come up for, in order; None stands for whoever is not recorded."""
        return tuple(dict.fromkeys(one.scope.victim for one, _ in self.charges))

    def of_persons(self, persons: Collection[str | None]) -> "Assessed":
        """The same with the suggestions for some persons alone, as one page shows them."""
        return replace(
            self, suggestions=tuple(one for one in self.suggestions if one[0].scope.victim in persons)
        )


def assess_case(view: View, case: str, today: date, shelf: Shelf) -> Assessed:
    """What the open strata of a view come to."""
    with _without_collector():
        facts = read_facts(view, case)
        call = {one: view.call(one) for one, kind in facts.kinds.items() if kind == "act"}
        return assess_facts(facts, today, shelf, call, find_harms(view))


def assess_facts(
    facts: Facts,
    today: date,
    shelf: Shelf,
    call: Mapping[str, str] | None = None,
    harms: Iterable[Harm] = (),
) -> Assessed:
    """What these facts come to; `harms` is what is recorded, in any case, of people who were sent back."""
    acts = list_acts(facts)
    norms: Mapping[str, Norm] = shelf.norms
    avenues: Mapping[str, Avenue] = shelf.avenues
    calendar = make_calendar(facts, acts, norms, call or {})
    suggestions = suggest_norms(facts, acts, norms)
    limited = tuple((one, limit_norm(facts, one, calendar, today)) for one in suggestions)
    said = {value for fact in facts.of_property.get("qualified_as", ()) for value in fact.values}
    return Assessed(
        facts=facts,
        today=today,
        suggestions=limited,
        calendar=calendar,
        avenues=tuple(judge_avenues(facts, acts, avenues, shelf.treaties)),
        complaints=tuple(judge_complaints(facts, acts, shelf.treaties)),
        tasks=tuple(list_tasks(facts, suggestions)),
        timers=tuple(run_timers(facts, today)),
        responses=tuple(list_responses(facts, acts)),
        returns=tuple(list_returns(facts, acts, harms)),
        unknown_norms=tuple(sorted(said - norms.keys())),
    )


@contextmanager
def _without_collector() -> Iterator[None]:
    """Rest Python's cycle collector: rows are no cycles, and it would search them over and over."""
    rest = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if rest:
            gc.enable()
