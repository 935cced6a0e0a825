"""Time laid on a line: equal lengths are equal times, and long stretches without an event are cut out.

Pure. Someone born in 1955 whose case is of 2010 to 2013 would have her case in a few dots. So where an empty
stretch outweighs all else, it is cut out, and the cut is drawn (§3). The scale itself is one and the same
on both sides of it. Ticks are chosen so that their labels keep apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onggi.figures.days import LAST, number_day, split_day
from onggi.figures.measure import measure_text

TICK_SIZE = 10.5

_FOLD = 24.0  # how wide a cut is drawn
_EMPTY = 0.6  # of all that would be drawn, from which share on an empty stretch is cut out
_FEWEST = 3  # spans on one side of a cut, for it to be worth it
_FOLDS = 3
_SHORTEST = 14  # days: less is never drawn, so that one day does not fill a page
_NARROWEST = 64.0  # of one stretch between cuts, so that a tick finds room
_GAP = 10.0  # between labels of ticks

# (months, days) from one tick to the next.
_STEPS = (
    *((0, 1), (0, 2), (0, 5), (0, 10)),
    *((1, 0), (2, 0), (3, 0), (6, 0)),
    *((12 * years, 0) for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)),
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that are drawn without a cut, from `first` up to `end`, and where they begin."""

    first: float
    end: float
    x: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis and its name."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timescale:
    """Where each day lies between `left` and `right`."""

    left: float
    right: float
    unit: float  # how wide a day is
    stretches: tuple[Stretch, ...]

    def place(self, day: float) -> float:
        """Where a day begins; days beyond the scale lie on its ends, days cut out on the cut."""
        for stretch in self.stretches:
            if day <= stretch.end:
                return stretch.x + max(day - stretch.first, 0) * self.unit
        return self.right

    def list_folds(self) -> list[tuple[float, float]]:
        """From where to where the line is cut."""
        ends = [stretch.x + (stretch.end - stretch.first) * self.unit for stretch in self.stretches]
        return [(end, later.x) for end, later in zip(ends, self.stretches[1:], strict=False)]


def make_timescale(spans: Iterable[Span], left: float, right: float) -> Timescale:
    """The scale for spans of days (first day, and the day after the last); at least one is asked for."""
    parts = _cut_empty(sorted(spans), _count_folds(right - left))
    room = right - left - _FOLD * (len(parts) - 1)
    unit = _find_unit([end - first for first, end in parts], room)
    # What is left to be filled goes to both sides of each stretch alike.
    wanted = [max((end - first) * unit, _NARROWEST if len(parts) > 1 else room) for first, end in parts]
    spare = (room - sum(wanted)) / len(parts)
    stretches, x = [], left
    for (first, end), width in zip(parts, wanted, strict=True):
        margin = ((width + spare) / unit - (end - first)) / 2
        stretches.append(Stretch(first - margin, end + margin, x))
        x += width + spare + _FOLD
    return Timescale(left, right, unit, tuple(stretches))


def list_ticks(scale: Timescale, farthest: float) -> list[Tick]:
    """Ticks whose labels touch neither each other nor what lies beyond `farthest`."""
    ticks: list[Tick] = []
    for stretch in scale.stretches:
        ticks += _tick_stretch(scale, stretch, farthest)
    kept: list[Tick] = []
    for tick in ticks:
        if not kept or _begin(tick) >= kept[-1].x * 2 - _begin(kept[-1]) + _GAP:
            kept.append(tick)
    return kept


def _count_folds(room: float) -> int:
    """How many cuts there may be, so that every stretch keeps its least width."""
    return min(_FOLDS, max(int((room - _NARROWEST) / (_FOLD + _NARROWEST)), 0))


def _cut_empty(spans: Sequence[Span], folds: int) -> list[Span]:
    """The stretches that are drawn, with so many cuts at most."""
    merged: list[Span] = []
    for first, end in spans:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((first, end))
    total = merged[-1][1] - merged[0][0]
    cuts: list[Span] = []
    gaps = [(one[1], other[0]) for one, other in pairwise(merged)]
    for gap in sorted(gaps, key=lambda gap: (gap[0] - gap[1], gap)):
        before = sum(first < gap[1] for first, _ in spans)
        crowded = max(before, len(spans) - before) >= _FEWEST
        if gap[1] - gap[0] < _EMPTY * total or not crowded or len(cuts) == folds:
            break
        cuts.append(gap)
        total -= gap[1] - gap[0]
    edges = [merged[0][0], *(edge for gap in sorted(cuts) for edge in gap), merged[-1][1]]
    return [(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]


def _find_unit(lengths: list[int], room: float) -> float:
    """How wide a day can be, if short stretches take no less than their least width."""
    if len(lengths) == 1:
        return room / max(lengths[0] * 1.04, _SHORTEST)
    ordered = sorted(lengths)
    for narrow, length in enumerate(ordered):
        unit = (room - narrow * _NARROWEST) / max(sum(ordered[narrow:]) * 1.04, _SHORTEST)
        if length * unit >= _NARROWEST:
            return unit
    return _NARROWEST / max(ordered[-1] * 1.04, _SHORTEST)


def _tick_stretch(scale: Timescale, stretch: Stretch, farthest: float) -> list[Tick]:
    """The finest ticks of a stretch whose labels keep apart; one alone where no two do."""
    alone: list[Tick] = []
    for months, days in _STEPS:
        if max(months * 30, days) * scale.unit < 12:
            continue
        ticks = [
            tick
            for day, label in _step_days(stretch, months, days)
            if _begin(tick := Tick(scale.place(day), label)) >= 0 and tick.x * 2 - _begin(tick) <= farthest
        ]
        pairs = pairwise(ticks)
        if len(ticks) > 1 and all(_begin(b) >= a.x * 2 - _begin(a) + _GAP for a, b in pairs):
            return ticks
        alone = ticks[len(ticks) // 2 :][:1] or alone
    return alone


def _begin(tick: Tick) -> float:
    """Where the label of a tick begins; it ends as far to the other side."""
    return tick.x - measure_text(tick.label, TICK_SIZE) / 2


def _step_days(stretch: Stretch, months: int, days: int) -> list[tuple[int, str]]:
    """The days of a stretch on which a step begins, and how they are called."""
    first, end = max(0, int(stretch.first)), min(LAST, int(stretch.end) + 1)
    year, month, _ = split_day(first)
    found = []
    at = year * 12 + month - 1
    at -= at % (months or 1)
    while (day := number_day(0, at + 1, 1)) < end:
        named = "{:04}-{:02}-{:02}".format(*split_day(day))
        if months:
            found.append((day, named[:4] if months >= 12 else named[:7]))
        else:
            # Days are counted within their month, and the last short step of it is left out.
            found += [(day + more, f"{named[:8]}{more + 1:02}") for more in range(0, 31 - days // 2, days)
                      if split_day(day + more)[1] == split_day(day)[1]]  # fmt: skip
        at += months or 1
    return [(day, label) for day, label in found if stretch.first <= day <= stretch.end]
