"""Until when a crime can be prosecuted: ranges in, ranges out, every assumption listed, both readings.

The rules are those of docs/design/law.md, §5. An answer is never "expired": it is `open` on every reading,
`past_on_every_reading`, `depends`, or `unknown`, with what would change it. Days are whole; the last day of a
period is the day of the same number so many years later (28 February for the 29th).

Pure; `today` is passed in. Refused: one date for what is a range, and one reading where practice conflicts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush

from onggi.law.facts import Span, hull

OPEN, PAST, DEPENDS, UNKNOWN = "open", "past", "depends", "unknown"
PAST_ON_EVERY = "past_on_every_reading"
"""What is past on one reading is so on every reading only where all say it."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something assumed, or that would change the result: a sentence `law.<id>` and its values."""

    id: str
    values: tuple[tuple[str, str | int], ...] = ()


def note(id: str, **values: str | int) -> Note:
    """A note with its values."""
    return Note(id, tuple(sorted(values.items())))


@dataclass(frozen=True, slots=True)
class Deed:
    """An act as limitation sees it: when it began, when it ended, who did it.

    `ended` is None for an act that is not known to have gone on. No actor means that nobody is recorded.
    """

    id: str
    began: Span
    ended: Span | None = None
    actors: frozenset[str] = frozenset()

    @property
    def whole(self) -> Span:
        """From the first day it can have begun to the last day it can have ended."""
        return self.began if self.ended is None else Span(self.began.earliest, self.ended.latest)


@dataclass(frozen=True, slots=True)
class Period:
    """One tier: its id, and the years after which it lapses."""

    tier: str
    years: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to count. `lapses` is the range of the last day over all tiers; None where `unlimited`."""

    id: str
    status: str
    lapses: Span | None
    tiers: tuple[tuple[str, Span], ...] = ()
    assumptions: tuple[Note, ...] = ()

    @property
    def unlimited(self) -> bool:
        return self.lapses is None


@dataclass(frozen=True, slots=True)
class Limitation:
    """All readings together; `earliest` and `latest` are the range of the last day over all of them."""

    status: str
    earliest: date | None
    latest: date | None
    readings: tuple[Reading, ...]
    assumptions: tuple[Note, ...]
    would_change: tuple[Note, ...]


def add_years(day: date, years: int) -> date | None:
    """The same day so many years later; None where no calendar has it."""
    if day.year + years > date.max.year:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def judge_span(lapses: Span, today: date) -> str:
    """How a range of last days stands today."""
    if lapses.latest is not None and lapses.latest < today:
        return PAST
    if lapses.earliest is None:
        return UNKNOWN
    return OPEN if lapses.earliest >= today else DEPENDS


def judge_all(statuses: Iterable[str]) -> str:
    """One answer for several readings: what all say, else that it depends."""
    told = set(statuses)
    if len(told) == 1:
        one = told.pop()
        return PAST_ON_EVERY if one == PAST else one
    return DEPENDS if told else UNKNOWN


def lapse_after(starts: Sequence[Span], years: int) -> Span:
    """When a period lapses that runs from one of these days: nothing more is counted."""
    firsts = [one.earliest for one in starts]
    lasts = [one.latest for one in starts]
    return Span(
        add_years(min(day for day in firsts if day), years) if firsts and None not in firsts else None,
        add_years(max(day for day in lasts if day), years) if lasts and None not in lasts else None,
    )


def lapse_restarted(start: Span, certain: Sequence[Span], possible: Sequence[Span], years: int) -> Span:
    """When a period lapses that a later crime inside it starts anew (art. 89(2)).

    `certain` are later crimes by the same person, `possible` those that may be. Exact over all days that the
    spans allow: no choice of days lapses before the first day told, none after the last.
    """
    return Span(_restart_least(start, certain, years), _restart_most(start, [*certain, *possible], years))


def _restart_least(start: Span, certain: Sequence[Span], years: int) -> date | None:
    """As early as possible: only crimes that are inside the period whatever their day, on their first day."""
    if start.earliest is None or (end := add_years(start.earliest, years)) is None:
        return None
    bounded = [(one.latest, one.earliest) for one in certain if one.earliest and one.latest]
    for latest, earliest in sorted(bounded):
        if latest <= end and earliest > start.earliest:
            end = max(end, add_years(earliest, years) or date.max)
    return end


def _restart_most(start: Span, crimes: Sequence[Span], years: int) -> date | None:
    """As late as possible: of the crimes that can lie inside the running period, the most pressing first."""
    if start.latest is None or (end := add_years(start.latest, years)) is None:
        return None
    # A crime that can only be before the start changes nothing; what has no first day can always be inside.
    waiting = sorted(((one.earliest or date.min, one.latest or date.max) for one in crimes), reverse=True)
    ready: list[date] = []
    while True:
        while waiting and waiting[-1][0] <= end:
            latest = waiting.pop()[1]
            if latest > start.latest:
                heappush(ready, latest)
        if not ready:
            return end
        moved = add_years(min(heappop(ready), end), years)
        if moved is None:
            return None
        end = max(end, moved)


def read_completed(starts: Sequence[Span], periods: Sequence[Period], today: date, id: str) -> Reading:
    """The reading on which each period runs from these days and nothing interrupts it."""
    tiers = tuple((one.tier, lapse_after(starts, one.years)) for one in periods)
    return _make_reading(id, tiers, today)


@dataclass(frozen=True)
class Crimes:
    """Acts that are crimes themselves, by whoever did them; `unknown` are those by nobody who is recorded."""

    listed: tuple[Deed, ...]
    by_actor: Mapping[str, tuple[Deed, ...]]
    unknown: tuple[Deed, ...]

    @classmethod
    def of(cls, deeds: Iterable[Deed]) -> "Crimes":
        """These deeds, sorted by who did them."""
        listed = tuple(deeds)
        by_actor: dict[str, list[Deed]] = defaultdict(list)
        for deed in listed:
            for actor in deed.actors:
                by_actor[actor].append(deed)
        return cls(
            listed,
            {actor: tuple(found) for actor, found in by_actor.items()},
            tuple(deed for deed in listed if not deed.actors),
        )

    def by_same(self, deed: Deed) -> list[Span]:
        """Other acts that the same person is recorded to have done."""
        found = {one.id: one for actor in deed.actors for one in self.by_actor.get(actor, ())}
        return [one.whole for one in found.values() if one.id != deed.id]

    def by_maybe(self, deed: Deed) -> list[Span]:
        """Other acts that the same person may have done, because somebody is not recorded."""
        listed = self.unknown if deed.actors else self.listed
        return [one.whole for one in listed if one.id != deed.id]


def read_restarted(
    deeds: Sequence[Deed], crimes: Crimes, periods: Sequence[Period], today: date, ended: bool
) -> Reading | None:
    """The reading of art. 89(2), or None where no other crime is recorded.

    Of the deeds of one person the first lapses first and the last lapses last, whatever came after.
    """
    by_actor: dict[frozenset[str], list[Deed]] = defaultdict(list)
    for deed in deeds:
        by_actor[deed.actors].append(deed)
    spans: dict[str, list[Span]] = {period.tier: [] for period in periods}
    later = False
    for own in by_actor.values():
        first = min(own, key=lambda deed: _start(deed, ended).earliest or date.min)
        last = max(own, key=lambda deed: _start(deed, ended).latest or date.max)
        least, most = crimes.by_same(first), crimes.by_same(last)
        maybe = crimes.by_maybe(last)
        later = later or bool(most or maybe)
        for period in periods:
            low = lapse_restarted(_start(first, ended), least, (), period.years)
            high = lapse_restarted(_start(last, ended), most, maybe, period.years)
            spans[period.tier].append(Span(low.earliest, high.latest))
    tiers = tuple((tier, hull(found) or Span(None, None)) for tier, found in spans.items())
    if not later:
        return None
    unsure = crimes.unknown or any(not deed.actors for deed in deeds)
    assumed = [note("assume.restart_crime"), *([note("assume.restart_actor")] if unsure else [])]
    return _make_reading("restarted", tiers, today, tuple(assumed))


def combine_readings(
    readings: Sequence[Reading], assumptions: Iterable[Note], would_change: Iterable[Note]
) -> Limitation:
    """One answer out of all readings."""
    spans = [one.lapses for one in readings if one.lapses is not None]
    firsts, lasts = [one.earliest for one in spans], [one.latest for one in spans]
    limited = bool(spans)
    boundless = any(one.unlimited for one in readings) or None in lasts
    return Limitation(
        status=judge_all(one.status for one in readings),
        earliest=min(day for day in firsts if day) if limited and None not in firsts else None,
        latest=max(day for day in lasts if day) if limited and not boundless else None,
        readings=tuple(readings),
        assumptions=tuple(dict.fromkeys(assumptions)),
        would_change=tuple(dict.fromkeys(would_change)),
    )


def unlimited(id: str, *assumptions: Note, status: str = OPEN) -> Reading:
    """A reading on which the crime never lapses, if what is assumed holds."""
    return Reading(id, status, None, (), assumptions)


def _make_reading(
    id: str, tiers: tuple[tuple[str, Span], ...], today: date, assumptions: tuple[Note, ...] = ()
) -> Reading:
    firsts = [span.earliest for _, span in tiers]
    lasts = [span.latest for _, span in tiers]
    whole = Span(
        min(day for day in firsts if day) if None not in firsts else None,
        max(day for day in lasts if day) if None not in lasts else None,
    )
    return Reading(id, judge_span(whole, today), whole, tiers, assumptions)


def _start(deed: Deed, ended: bool) -> Span:
    return deed.ended if ended and deed.ended is not None else deed.began
