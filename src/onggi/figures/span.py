"""One dating as a shape: an exact day, some day between two, all the time between two, an open end.

Pure (§3). An exact day is a mark. *Some day between* is a bar with round ends, *all the time* one that is
closed by posts; a bar is as wide as its days. An end that nobody knows is not drawn anywhere: the bar
breaks up towards it and goes on as an arrow. What is uncertain has a broken outline. Kinds differ in
pattern, exact days in form.
"""

from dataclasses import dataclass

from onggi.figures.days import LAST
from onggi.figures.ink import DEEP, PAPER, TINT, hatch_box
from onggi.figures.svg import draw, draw_polygon, draw_strokes
from onggi.figures.timescale import Timescale

HALF = 5.0
"""Half the height of a bar; a mark reaches a little farther."""

MARK = 5.5
ARROW = 26.0
"""How far beyond the scale an open end goes on."""

_POST = 7.0
_LEAST = 1.0  # added to both ends of every bar alike, so that a day among decades is seen
_DASH = "3 2"
# Corners of the marks, in shares of their size: diamond, circle (none), square, triangles, hexagon.
_FORMS: tuple[tuple[tuple[float, float], ...], ...] = (
    ((0, -1), (1, 0), (0, 1), (-1, 0)),
    (),
    ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    ((0, -1), (1, 0.8), (-1, 0.8)),
    ((0, 1), (1, -0.8), (-1, -0.8)),
    ((-1, 0), (-0.5, -0.9), (0.5, -0.9), (1, 0), (0.5, 0.9), (-0.5, 0.9)),
)


@dataclass(frozen=True, slots=True)
class Reach:
    """From where to where a dating is drawn; an end that is open lies beyond the scale."""

    left: float
    right: float
    exact: bool
    open_left: bool = False
    open_right: bool = False


def reach_span(scale: Timescale, first: int | None, last: int | None) -> Reach:
    """Where the days from `first` to `last` lie; at least one of the two is known."""
    exact = first is not None and first == last
    if exact and first is not None:
        middle = scale.place(first + 0.5)
        return Reach(middle, middle, True)
    left = scale.left if first is None else scale.place(first)
    right = scale.right if last is None else scale.place(min(last + 1, LAST))
    return Reach(left - _LEAST, right + _LEAST, False, first is None, last is None)


def draw_span(
    reach: Reach, y: float, pattern: str, mark: int, *, lasting: bool, uncertain: bool
) -> list[str]:
    """The shape of a dating whose middle is at `y`; `mark` numbers the form of an exact day."""
    dash = _DASH if uncertain else None
    if reach.exact:
        return draw_mark(reach.left, y, mark, uncertain=uncertain)
    left, right = reach.left, reach.right
    parts = []
    if reach.open_left:
        parts += _draw_open(left, y, -1)
    if reach.open_right:
        parts += _draw_open(right, y, 1)
    parts += draw_bar(left, right, y, pattern, dash, round_ends=not lasting)
    if lasting:
        ends = [end for end, is_open in ((left, reach.open_left), (right, reach.open_right)) if not is_open]
        parts += [
            draw("line", x1=at, y1=y - _POST, x2=at, y2=y + _POST, stroke=DEEP, stroke_width=2) for at in ends
        ]
    return parts


def draw_bar(
    left: float, right: float, y: float, pattern: str, dash: str | None = None, *, round_ends: bool
) -> list[str]:
    """A bar with the pattern of its kind."""
    width = right - left
    radius = min(HALF, width / 2) if round_ends else None
    box = {"x": left, "y": y - HALF, "width": width, "height": 2 * HALF, "rx": radius}
    inset = 2.0 if round_ends else 0.6
    strokes = hatch_box(pattern, left + inset, y - HALF + 0.6, max(width - 2 * inset, 0), 2 * HALF - 1.2)
    return [
        draw("rect", fill=TINT, stroke=DEEP, stroke_width=1.2, stroke_dasharray=dash, **box),
        *draw_strokes(strokes, stroke=DEEP),
    ]


def draw_mark(x: float, y: float, mark: int, *, uncertain: bool = False) -> list[str]:
    """An exact day, in one of six forms; hollow if uncertain."""
    fill, dash = (PAPER, "2 1.5") if uncertain else (DEEP, None)
    points = [(x + across * MARK, y + down * MARK) for across, down in _FORMS[mark]]
    if points:
        return [draw_polygon(points, fill=fill, stroke=DEEP, stroke_width=1.4, stroke_dasharray=dash)]
    ink = {"fill": fill, "stroke": DEEP, "stroke_dasharray": dash}
    return [draw("circle", cx=x, cy=y, r=MARK * 0.9, stroke_width=1.4, **ink)]


def _draw_open(x: float, y: float, side: int) -> list[str]:
    """A bar that breaks up and goes on as an arrow, from its known end outwards."""
    parts = []
    for offset, width in ((2.5, 6.0), (11.0, 4.0)):
        left = x + side * offset - (width if side < 0 else 0)
        box = {"x": left, "y": y - HALF, "width": width, "height": 2 * HALF}
        parts.append(draw("rect", fill=TINT, stroke=DEEP, stroke_width=0.8, **box))
    base, tip = x + side * 17.5, x + side * (ARROW - 1)
    return [*parts, draw_polygon([(base, y - HALF), (tip, y), (base, y + HALF)], fill=DEEP)]
