"""How old somebody was: a birth that is recorded, beside the days on which the acts can have been.

Pure. It speaks to an age only where every day that the two leave open gives the same answer. Refused: a birth
that is denied, or in doubt; an act without a day.
"""

from collections.abc import Iterator
from datetime import date

from onggi.law.acts import Act
from onggi.law.facts import Fact, Facts, Span, hull
from onggi.law.pattern import Pattern


def find_births(facts: Facts, acts: tuple[Act, ...], pattern: Pattern, subjects: list[str]) -> Iterator[Fact]:
    """The births of these people that speak to what a pattern asks of an age at the time of these acts."""
    when = hull(_find_day(facts, act) for act in acts)
    for one in subjects if when is not None else ():
        for fact in facts.about(one, "birth"):
            if when is not None and fact.span is not None and pattern.holds(*measure_age(fact.span, when)):
                yield fact


def measure_age(birth: Span, when: Span) -> tuple[int | None, int | None]:
    """The least and the most that somebody was, in whole years; None where an end is not known."""
    low = _count_years(birth.latest, when.earliest) if birth.latest and when.earliest else None
    high = _count_years(birth.earliest, when.latest) if birth.earliest and when.latest else None
    return low, high


def _count_years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _find_day(facts: Facts, act: Act) -> Span:
    """The recorded days of an act, else of the nearest event around it that has any."""
    for place in act.places:
        spans = [fact.span for fact in facts.about(place, "date") if fact.span is not None]
        if spans:
            return hull(spans) or Span(None, None)
    return Span(None, None)
