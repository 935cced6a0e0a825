"""The boxes of a graph: a text in a form that tells its kind.

Pure (§4). Six forms, all of them as wide as their box, so that lines meet them anywhere at their sides: round
corners, a double line, corners cut off, round ends, bars at the sides, a folded corner.
"""

from collections.abc import Sequence

from onggi.figures.ink import DEEP, PAPER, TINT, WASH
from onggi.figures.measure import measure_text, wrap_text
from onggi.figures.svg import draw, draw_polygon, draw_strokes, draw_text

SIZE = 12.0
LINE = 15.0
WIDEST = 112.0
"""No text in a node is wider."""

_LINES = 4
_BESIDE, _ABOVE = 11.0, 7.0
_LEAST = 30.0
_CUT = 7.0


def break_label(text: str) -> tuple[str, ...]:
    """The lines of a node; rather the code alone on the first than one sign alone on the second."""
    lines = wrap_text(text, SIZE, WIDEST, _LINES)
    code, _, rest = text.partition(" ")
    if len(lines) == 2 and len(lines[1]) == 1 and measure_text(rest, SIZE) <= WIDEST:
        return code, rest
    return lines


def measure_node(lines: Sequence[str]) -> tuple[float, float]:
    """How wide and high a node becomes."""
    width = max((measure_text(line, SIZE) for line in lines), default=0.0)
    return max(width, _LEAST) + 2 * _BESIDE, LINE * max(len(lines), 1) + 2 * _ABOVE


def draw_node(
    lines: Sequence[str], form: int, x: float, y: float, width: float, height: float, *, strong: bool
) -> list[str]:
    """A node with its upper left corner at `x`, `y`."""
    parts = draw_form(form, x, y, width, height, strong=strong)
    base = y + height / 2 + SIZE * 0.36 - (len(lines) - 1) * LINE / 2
    middle = x + width / 2
    return parts + [
        draw_text(middle, base + number * LINE, line, SIZE, anchor="middle", bold=strong)
        for number, line in enumerate(lines)
    ]


def draw_form(
    form: int, x: float, y: float, width: float, height: float, *, strong: bool = False
) -> list[str]:
    """The form of a kind, empty."""
    ink: dict[str, str | float | None] = {"stroke": DEEP, "stroke_width": 2.6 if strong else 1.2}
    box: dict[str, str | float | None] = {"x": x, "y": y, "width": width, "height": height}
    right, bottom = x + width, y + height
    match form:
        case 1:
            inner = {"x": x + 3, "y": y + 3, "width": width - 6, "height": height - 6}
            return [draw("rect", fill=PAPER, **box, **ink), draw("rect", fill=PAPER, stroke=DEEP, **inner)]
        case 2:
            c = min(_CUT, height / 3)
            corners = [(x + c, y), (right - c, y), (right, y + c), (right, bottom - c)]
            corners += [(right - c, bottom), (x + c, bottom), (x, bottom - c), (x, y + c)]
            return [draw_polygon(corners, fill=WASH, **ink)]
        case 3:
            return [draw("rect", rx=min(height / 2, 14), fill=PAPER, **box, **ink)]
        case 4:
            bars = [(at, y, at, bottom) for at in (x + 5, right - 5)]
            return [draw("rect", fill=WASH, **box, **ink), *draw_strokes(bars, stroke=DEEP)]
        case 5:
            c = min(_CUT + 2, height / 3)
            corners = [(x, y), (right - c, y), (right, y + c), (right, bottom), (x, bottom)]
            fold = [(right - c, y, right - c, y + c), (right - c, y + c, right, y + c)]
            return [draw_polygon(corners, fill=PAPER, **ink), *draw_strokes(fold, stroke=DEEP)]
    return [draw("rect", rx=5, fill=TINT, **box, **ink)]
