"""Until when a crime can be prosecuted: ranges in, ranges out, every assumption listed, both readings.

The rules are those of docs/design/law.md, §5. An answer is never "expired": it is `open` on every reading,
`past_on_every_reading`, `depends`, or `unknown`, with what would change it. Days are whole; the last day of a
period is the day of the same number so many years later (28 February for the 29th).

Pure; `today` is passed in. Refused: one date for what is a range, and one reading where practice conflicts.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import accumulate

from onggi.law.facts import Span, hull

OPEN, PAST, DEPENDS, UNKNOWN = "open", "past", "depends", "unknown"
PAST_ON_EVERY = "past_on_every_reading"
"""What is past on one reading is so on every reading only where all say it."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something assumed, or that would change the result: a sentence `law.<id>` and its values."""

    id: str
    values: tuple[tuple[str, str | int], ...] = ()


@lru_cache(65_536)  # few sentences, told of very many acts
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
    """One way to count. `lapses` is the range of the last day over all tiers; None where `unlimited`.

    `afterwards` is for what is possible only once a period is over: it moves none of the days told of it.
    """

    id: str
    status: str
    lapses: Span | None
    tiers: tuple[tuple[str, Span], ...] = ()
    assumptions: tuple[Note, ...] = ()
    afterwards: bool = False

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


@lru_cache(65_536)  # few days, asked for again and again
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


@dataclass(frozen=True)
class Row:
    """Acts in the order of their last days: the next one that matters is found without looking at all.

    `firsts` are their first days; `newest` the latest of them up to each place, `oldest` the earliest of them
    from each place on. A day that nothing bounds is the first or the last of the calendar.
    """

    lasts: tuple[date, ...]
    firsts: tuple[date, ...]
    ids: tuple[str, ...]
    newest: tuple[date, ...]
    oldest: tuple[date, ...]

    @classmethod
    def of(cls, acts: Iterable[tuple[str, Span]]) -> "Row":
        """These acts, each under its id."""
        ordered = sorted((span.latest or date.max, span.earliest or date.min, id) for id, span in acts)
        firsts = [first for _, first, _ in ordered]
        return cls(
            tuple(last for last, _, _ in ordered),
            tuple(firsts),
            tuple(id for _, _, id in ordered),
            tuple(accumulate(firsts, max)),
            tuple(accumulate(reversed(firsts), min))[::-1],
        )

    def newest_inside(self, end: date) -> date | None:
        """The latest first day of the acts that are over by `end` whatever their day."""
        place = bisect_right(self.lasts, end)
        return self.newest[place - 1] if place else None

    def last_before(self, end: date, used: Collection[str]) -> date | None:
        """The last day of the last act that is over before `end`."""
        place = bisect_left(self.lasts, end)
        while place and self.ids[place - 1] in used:
            place -= 1
        return self.lasts[place - 1] if place else None

    def next_at(self, end: date, used: Collection[str]) -> tuple[date, str] | None:
        """Of the acts that can be on the day `end`, the one that is over first."""
        place = bisect_left(self.lasts, end)
        while place < len(self.lasts) and self.oldest[place] <= end:
            if self.firsts[place] <= end and self.ids[place] not in used:
                return self.lasts[place], self.ids[place]
            place += 1
        return None


def lapse_restarted(start: Span, certain: Sequence[Span], possible: Sequence[Span], years: int) -> Span:
    """When a period lapses that a later crime inside it starts anew (art. 89(2)).

    `certain` are later crimes by the same person, `possible` those that may be. Exact over all days that the
    spans allow: no choice of days lapses before the first day told, none after the last.
    """
    sure = Row.of((f"c{at}", span) for at, span in enumerate(certain))
    maybe = Row.of((f"p{at}", span) for at, span in enumerate(possible))
    return Span(restart_least(start, [sure], years), restart_most(start, [sure, maybe], years))


def restart_least(start: Span, rows: Sequence[Row], years: int) -> date | None:
    """As early as possible: only crimes that are inside the period whatever their day, on their first day.

    One that can be before the start moves nothing: its first day gives no later end than the start does.
    """
    if start.earliest is None or (end := add_years(start.earliest, years)) is None:
        return None
    while True:
        inside = [day for row in rows if (day := row.newest_inside(end)) is not None]
        moved = max((add_years(day, years) or date.max for day in inside), default=end)
        if moved <= end:
            return end
        end = moved


def restart_most(start: Span, rows: Sequence[Row], years: int, without: str = "") -> date | None:
    """As late as possible: each crime on the last day on which it is still inside the running period.

    What is over before the end moves it without being used up; what can be on the very last day is used once,
    the one that is over first, so that the others are kept for later.
    """
    if start.latest is None or (end := add_years(start.latest, years)) is None:
        return None
    used = {without}
    while True:
        over = [day for row in rows if (day := row.last_before(end, used)) is not None and day > start.latest]
        moved = max((add_years(day, years) or date.max for day in over), default=end)
        if moved <= end:
            ready = [one for row in rows if (one := row.next_at(end, used)) is not None]
            ready = [one for one in ready if one[0] > start.latest]
            if not ready:
                return end
            used.add(min(ready)[1])
            moved = add_years(end, years) or date.max
        if moved == date.max:
            return None
        end = moved


def read_completed(starts: Sequence[Span], periods: Sequence[Period], today: date, id: str) -> Reading:
    """The reading on which each period runs from these days and nothing interrupts it."""
    return _count_completed(hull(starts) or Span(None, None), tuple(periods), today, id)


@lru_cache(65_536)  # acts of one day lapse on one day
def _count_completed(starts: Span, periods: tuple[Period, ...], today: date, id: str) -> Reading:
    tiers = tuple((one.tier, lapse_after([starts], one.years)) for one in periods)
    return _make_reading(id, tiers, today)


@dataclass(frozen=True)
class Crimes:
    """Acts that are crimes themselves, by whoever did them; `unknown` are those by nobody who is recorded."""

    listed: Row
    by_actor: Mapping[str, Row]
    unknown: Row
    _restarts: dict[tuple[date | None, int], date | None] = field(
        default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def of(cls, deeds: Iterable[Deed]) -> "Crimes":
        """These deeds, sorted by who did them."""
        listed = list(deeds)
        by_actor: dict[str, list[Deed]] = defaultdict(list)
        for deed in listed:
            for actor in deed.actors:
                by_actor[actor].append(deed)
        return cls(
            _row(listed),
            {actor: _row(found) for actor, found in by_actor.items()},
            _row([deed for deed in listed if not deed.actors]),
        )

    def by_same(self, deed: Deed) -> list[Row]:
        """Acts that the same person is recorded to have done; a deed alone in its row restarts nothing."""
        rows = (self.by_actor[actor] for actor in sorted(deed.actors) if actor in self.by_actor)
        return [row for row in rows if row.ids != (deed.id,)]

    def restart_most(self, start: Span, rows: Sequence[Row], years: int, without: str) -> date | None:
        """`restart_most` beside these rows; what only unknown people did is the same for everybody."""
        if len(rows) != 1 or rows[0] is not self.unknown:
            return restart_most(start, rows, years, without)
        key = (start.latest, years)
        if key not in self._restarts:
            self._restarts[key] = restart_most(start, rows, years)
        return self._restarts[key]

    def by_maybe(self, deed: Deed) -> list[Row]:
        """Acts that the same person may have done: hers, and those of whom somebody is not recorded."""
        return [*self.by_same(deed), self.unknown] if deed.actors else [self.listed]


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
        least, most = crimes.by_same(first), crimes.by_maybe(last)
        later = later or any(id != last.id for row in most for id in row.ids[:2])
        for period in periods:
            low = restart_least(_start(first, ended), least, period.years)
            high = crimes.restart_most(_start(last, ended), most, period.years, last.id)
            spans[period.tier].append(Span(low, high))
    if not later:
        return None
    tiers = tuple((tier, hull(found) or Span(None, None)) for tier, found in spans.items())
    unsure = bool(crimes.unknown.ids) or any(not deed.actors for deed in deeds)
    assumed = [note("assume.restart_crime"), *([note("assume.restart_actor")] if unsure else [])]
    return _make_reading("restarted", tiers, today, tuple(assumed))


def _row(deeds: Iterable[Deed]) -> Row:
    return Row.of((deed.id, deed.whole) for deed in deeds)


def combine_readings(
    readings: Sequence[Reading], assumptions: Iterable[Note], would_change: Iterable[Note]
) -> Limitation:
    """One answer out of all readings."""
    spans = [one.lapses for one in readings if one.lapses is not None]
    firsts, lasts = [one.earliest for one in spans], [one.latest for one in spans]
    limited = bool(spans)
    boundless = any(one.unlimited and not one.afterwards for one in readings) or None in lasts
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


def approve_afterwards(readings: Sequence[Reading], gravest: Collection[str], today: date) -> Reading | None:
    """The reading of art. 87(4) once the period of one of these tiers can be over, else None."""
    spans = (span for one in readings for tier, span in one.tiers if tier in gravest)
    if not {judge_span(span, today) for span in spans} & {PAST, DEPENDS}:
        return None
    return Reading("approval", DEPENDS, None, (), (note("assume.approval"),), afterwards=True)


def suspend_abroad(readings: Sequence[Reading], today: date) -> Reading:
    """The reading on which time stood still for as long as nobody knows: no earlier end, and no last day."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for one in readings:
        for tier, span in one.tiers:
            spans[tier].append(span)
    firsts = {tier: hull(found) or Span(None, None) for tier, found in spans.items()}
    tiers = tuple((tier, Span(span.earliest, None)) for tier, span in firsts.items())
    return _make_reading("abroad", tiers, today, (note("assume.abroad"),))


def doubt_period(one: Reading) -> Reading:
    """The same where its period is to be checked: then it is past for nobody."""
    return replace(one, status=DEPENDS) if one.status == PAST else one


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
