"""The line of a timeline: its ticks, where it is cut, and the days that are marked across all rows.

Pure (§3). Labels of marked days stand above the line; where they would run into each other, letters do, and
the legend says what they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from string import ascii_lowercase

from onggi.figures.days import read_day
from onggi.figures.ink import FAINT, INK, LINE, PAPER, SOFT, WASH
from onggi.figures.legend import Key
from onggi.figures.measure import clean_text, measure_text
from onggi.figures.span import ARROW
from onggi.figures.svg import draw, draw_strokes, draw_text
from onggi.figures.timescale import TICK_SIZE, Timescale, list_ticks

AXIS = 24.0
"""Of the line with the names of its ticks."""

MARKS = 18.0
"""Of the labels above it."""

MOST = 12
"""Marked days in one timeline."""

_LONGEST = 0.6  # of the width, for the label of a marked day


@dataclass(frozen=True, slots=True)
class Mark:
    """A day drawn across all rows, such as that on which a period ends or a dossier was made."""

    day: str
    label: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A marked day, what stands above it (its name, or a letter for it), and from where to where."""

    x: float
    name: str
    text: str
    left: float
    right: float
    level: int = 0


def place_flags(marks: Sequence[Mark], scale: Timescale, width: float) -> list[Flag]:
    """Names above the line if all find room there, else letters."""
    placed = sorted((scale.place(read_day(mark.day) + 0.5), _name(mark)) for mark in marks)
    flags = [_center(x, name, name, width) for x, name in placed]
    apart = all(one.right + 8 <= other.left for one, other in pairwise(flags))
    if apart and all(flag.right - flag.left <= width * _LONGEST for flag in flags):
        return flags
    lettered: list[Flag] = []
    for at, (x, name) in enumerate(placed):
        flag = _center(x, name, ascii_lowercase[at], width)
        near = {one.level for one in lettered if one.right + 6 > flag.left}
        lettered.append(replace(flag, level=min(set(range(len(near) + 1)) - near)))
    return lettered


def list_flag_keys(flags: Sequence[Flag]) -> list[Key]:
    """The legend of letters; nothing where the names themselves are drawn."""
    return [Key(partial(_draw_letter, flag.text), flag.name) for flag in flags if flag.text != flag.name]


def measure_flags(flags: Sequence[Flag]) -> float:
    """How much room the labels of marked days need above the line."""
    return MARKS * (max(flag.level for flag in flags) + 1) if flags else 0.0


def draw_axis(scale: Timescale, flags: Sequence[Flag], bottom: float) -> list[str]:
    """Ticks under the labels of marked days, and their lines down to `bottom`; no line meets a name."""
    y = measure_flags(flags)
    line = y + AXIS - 4
    parts = []
    for left, right in scale.list_folds():
        parts.append(draw("rect", x=left, y=line, width=right - left, height=bottom - line, fill=WASH))
    for tick in list_ticks(scale, scale.right + ARROW):
        parts.append(draw("line", x1=tick.x, y1=line, x2=tick.x, y2=bottom, stroke=FAINT))
        parts.append(draw("line", x1=tick.x, y1=line - 4, x2=tick.x, y2=line, stroke=LINE))
        half = measure_text(tick.label, TICK_SIZE) / 2 + 2
        if not any(abs(flag.x - tick.x) <= half for flag in flags):
            parts.append(draw_text(tick.x, line - 7, tick.label, TICK_SIZE, anchor="middle", fill=SOFT))
    parts.append(draw("line", x1=scale.left - ARROW, y1=line, x2=scale.right + ARROW, y2=line, stroke=LINE))
    for left, right in scale.list_folds():
        parts += draw_fold(left, line, right - left)
    return parts


def draw_fold(x: float, y: float, width: float) -> list[str]:
    """The sign of a cut: two slanted strokes with nothing between them."""
    middle = x + width / 2
    strokes = [(middle + at - 3, y + 6, middle + at + 3, y - 6) for at in (-3, 3)]
    return [
        draw("line", x1=middle - 4, y1=y, x2=middle + 4, y2=y, stroke=PAPER, stroke_width=3),
        *draw_strokes(strokes, stroke=LINE),
    ]


def draw_flags(flags: Sequence[Flag], bottom: float) -> list[str]:
    """Marked days, from their labels down to `bottom`."""
    floor = measure_flags(flags)
    parts = []
    for flag in flags:
        top = floor - MARKS * flag.level - 4
        parts.append(
            draw("line", x1=flag.x, y1=top, x2=flag.x, y2=bottom, stroke=INK, stroke_dasharray="5 3")
        )
    for flag in flags:
        base = floor - MARKS * flag.level - 7
        parts.append(draw_text(flag.left, base, flag.text, TICK_SIZE, bold=True))
    return parts


def _name(mark: Mark) -> str:
    return f"{clean_text(mark.label)} {mark.day}".strip()


def _draw_letter(text: str, x: float, y: float) -> list[str]:
    return [draw_text(x + 26, y + TICK_SIZE * 0.36, text, TICK_SIZE, anchor="end", bold=True)]


def _center(x: float, name: str, text: str, width: float) -> Flag:
    """A text above a place, moved aside where it would leave the picture."""
    needed = measure_text(text, TICK_SIZE)
    left = max(min(x - needed / 2, width - needed), 0)
    return Flag(x, name, text, left, left + needed)
