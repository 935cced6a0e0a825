"""Numbers laid on a line: evenly, or by their magnitude; with round ticks.

Pure (§5). Refused (`figures.plot.number`): what is no finite number or not below 10^12, and what is not above
zero where distances stand for magnitudes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, isfinite, log10

from onggi.errors import Exit, OnggiError
from onggi.figures.ink import FAINT, LINE, SOFT
from onggi.figures.measure import measure_text
from onggi.figures.svg import draw, draw_text

TICK_SIZE = 10.5

_GAP = 12.0
_STEPS = (1, 2, 5)
_TOO_MUCH = 1e12  # more than there can be of anything that is counted here


@dataclass(frozen=True, slots=True)
class Axis:
    """Where each number lies between `left` and `right`."""

    low: float
    high: float
    left: float
    right: float
    log: bool = False

    def place(self, number: float) -> float:
        """Where a number lies; beyond the ends, on them."""
        low, high, at = (
            log10(one) if self.log else one for one in (self.low, self.high, max(number, self.low))
        )
        return self.left + min((at - low) / (high - low), 1.0) * (self.right - self.left)


def make_axis(numbers: Iterable[float], left: float, right: float, *, log: bool = False) -> Axis:
    """An axis that holds all of these; an even one begins with zero."""
    held = list(numbers)
    if not log:
        return Axis(min([0.0, *held]), _round_up(max([0.0, *held])), left, right)
    low, high = log10(min(held)), log10(max(held))
    margin = max((high - low) * 0.06, 0.05)
    return Axis(10 ** (low - margin), 10 ** (high + margin), left, right, True)


def check_numbers(numbers: Iterable[float], row: int, *, log: bool) -> None:
    """Refuses what cannot be drawn, with the row in which it stands."""
    if not all(
        isfinite(number) and abs(number) < _TOO_MUCH and (number > 0 or not log) for number in numbers
    ):
        raise OnggiError("figures.plot.number", exit_code=Exit.USAGE, row=row)


def list_ticks(axis: Axis, farthest: float) -> list[tuple[float, str]]:
    """Ticks and their names, as many as keep apart, none beyond `farthest`."""
    for numbers in _list_rounds(axis):
        ticks = [(axis.place(number), write_count(number)) for number in numbers]
        halves = [measure_text(name, TICK_SIZE) / 2 for _, name in ticks]
        ends = [(x - half, x + half) for (x, _), half in zip(ticks, halves, strict=True)]
        if len(ticks) > 1 and all(b[0] >= a[1] + _GAP for a, b in pairwise(ends)):
            return [tick for tick, end in zip(ticks, ends, strict=True) if end[0] >= 0 and end[1] <= farthest]
    return []


def draw_ticks(axis: Axis, y: float, bottom: float, width: float) -> list[str]:
    """The line of the axis at `y`, the names of its ticks above it, and their lines down to `bottom`."""
    parts = [draw("line", x1=axis.left, y1=y, x2=axis.right, y2=y, stroke=LINE)]
    for x, name in list_ticks(axis, width):
        parts.append(draw("line", x1=x, y1=y, x2=x, y2=bottom, stroke=FAINT))
        parts.append(draw("line", x1=x, y1=y - 4, x2=x, y2=y, stroke=LINE))
        parts.append(draw_text(x, y - 7, name, TICK_SIZE, anchor="middle", fill=SOFT))
    return parts


def write_count(number: float) -> str:
    """A number as people read it: thousands in groups, and no more digits than it has."""
    if number == int(number):
        return f"{int(number):,}"
    return f"{number:,.3g}" if abs(number) < 100 else f"{number:,.{int(abs(number) < 1000)}f}"


def _round_up(number: float) -> float:
    """The next number that is easily said, not below this one."""
    if number <= 0:
        return 1.0
    power = 10.0 ** floor(log10(number))
    return next(
        step * power for step in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12) if step * power >= number
    )


def _list_rounds(axis: Axis) -> Iterable[list[float]]:
    """Round numbers of an axis, the closest first."""
    if axis.log:
        powers = range(floor(log10(axis.low)), ceil(log10(axis.high)) + 1)
        for steps in ((1, 2, 3, 5), (1, 2, 5), (1, 3), (1,)):
            numbers = [step * 10.0**power for power in powers for step in steps]
            yield [number for number in numbers if axis.low <= number <= axis.high]
    span = axis.high - axis.low
    first = floor(log10(span)) - 1
    for power in range(first, first + 4):
        for step in _STEPS:
            size = step * 10.0**power
            yield [at * size for at in range(ceil(axis.low / size), floor(axis.high / size + 1e-9) + 1)]
