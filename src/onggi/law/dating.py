"""When an act can have been: what is recorded of its date, and what bounds it where nothing is.

A date that is recorded wins; several that differ are held together. Where an end is missing: not after the
day it was recorded, not before what it follows, not before the victim left North Korea. Each such bound is an
assumption and is told.

Pure. Refused: a date in doubt ("2010?") bounds nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from onggi.law.acts import Act
from onggi.law.facts import Fact, Facts, Span, hull
from onggi.law.limitation import Deed, Note, note

_IN_NORTH = frozenset({"torture_kp", "disappearance"})


@dataclass(frozen=True, slots=True)
class Dated:
    """An act with its days, and what was assumed to bound them."""

    deed: Deed
    assumptions: tuple[Note, ...]


def date_acts(
    facts: Facts, acts: Iterable[Act], call: Mapping[str, str], parts: Iterable[str]
) -> dict[str, Dated]:
    """Each act with its days; `call` says how statements and entities are called in what is told."""
    parts = tuple(parts)
    return {act.id: _date_act(facts, act, call, parts) for act in acts}


def _date_act(facts: Facts, act: Act, call: Mapping[str, str], parts: tuple[str, ...]) -> Dated:
    assumed: list[Note] = []
    began = _recorded(facts, act, "date", assumed, call)
    recorded = _first_recorded(facts, act)
    if began.earliest is None and (bound := _bound_earliest(facts, act)) is not None:
        left, first = bound
        if (began.latest is None or first <= began.latest) and (recorded is None or first <= recorded):
            began = Span(first, began.latest)
            assumed.append(note("assume.after_leaving", day=first.isoformat(), statement=left))
    if began.latest is None and recorded is not None and (began.earliest or date.min) <= recorded:
        began = Span(began.earliest, recorded)
        assumed.append(note("assume.before_recorded", day=recorded.isoformat()))
    ended = _end(facts, act, began, recorded, assumed, call)
    deed = Deed(act.id, began, ended, act.done_by(parts or ("perpetrator",)))
    return Dated(deed, tuple(assumed))


def _recorded(facts: Facts, act: Act, name: str, assumed: list[Note], call: Mapping[str, str]) -> Span:
    """The days that are recorded: of the act itself, else of the nearest event around it that has any."""
    for place in act.places:
        said = facts.about(place, name)
        spans = [fact.span for fact in said if fact.span is not None]
        if spans:
            if len({(one.earliest, one.latest) for one in spans}) > 1:
                assumed.append(note("assume.dates_differ", act=call.get(act.id, act.id[:8])))
            if place != act.id:
                assumed.append(note("assume.date_of_event", act=call.get(act.id, act.id[:8])))
            return hull(spans) or Span(None, None)
    return Span(None, None)


def _end(
    facts: Facts, act: Act, began: Span, recorded: date | None, assumed: list[Note], call: Mapping[str, str]
) -> Span | None:
    """When an act that went on can have ended; None for one that nobody says went on."""
    until = _recorded(facts, act, "until", assumed, call)
    if until != Span(None, None):
        return Span(until.earliest or began.earliest, until.latest)
    goes_on = any(facts.about(place, name) for place in act.places for name in ("duration", "frequency"))
    if not goes_on:
        return None
    dead = any(facts.is_dead(one) for one in act.victims)
    if dead and recorded is not None:
        assumed.append(note("assume.ended_by_death", day=recorded.isoformat()))
        return Span(began.earliest, recorded)
    assumed.append(note("assume.may_go_on"))
    return Span(began.earliest, None)


def end_anyway(facts: Facts, act: Act, dated: Dated) -> Span:
    """When control over somebody can have ended, where the law counts from there and nothing says when."""
    if dated.deed.ended is not None:
        return dated.deed.ended
    dead = any(facts.is_dead(one) for one in act.victims)
    recorded = _first_recorded(facts, act)
    return Span(dated.deed.began.earliest, recorded if dead else None)


def _first_recorded(facts: Facts, act: Act) -> date | None:
    """The day on which the act was first recorded: it cannot have been done later."""
    said: list[Fact] = [fact for name in ("type", "victim") for fact in facts.about(act.id, name)]
    return min((fact.recorded for fact in said if fact.recorded), default=None)


def _bound_earliest(facts: Facts, act: Act) -> tuple[str, date] | None:
    """The statement that a victim left North Korea, and its first day; not for what was done there."""
    places = {value for place in act.places for fact in facts.about(place, "place") for value in fact.values}
    if "KP" in places or act.types & _IN_NORTH:
        return None
    left = [fact for one in sorted(act.victims) for fact in facts.about(one, "left_on") if fact.span]
    known = [(fact.id, fact.span.earliest) for fact in left if fact.span and fact.span.earliest]
    return min(known, key=lambda pair: pair[1]) if len(known) == len(left) and known else None
