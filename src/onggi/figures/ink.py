"""Colours and patterns. Each can be told apart in black and white, and no colour alone means anything.

Pure. All colours of all figures stand here, as plain values of attributes: a page with a dark face may map
them to others with one rule each, since any rule of a style sheet weighs more than an attribute. Texts
stand out against the paper by 7:1 and more, lines that mean something by 4.5:1.
"""

PAPER = "#ffffff"
INK = "#1b1f27"
SOFT = "#4b5260"
LINE = "#5a6270"
FAINT = "#dde1e7"
WASH = "#f3f5f8"
TINT = "#cfdbea"
DEEP = "#27496f"

PATTERNS = ("plain", "rising", "falling", "dotted", "crossed", "upright")
"""The patterns of kinds, in the order in which they are given out."""

_STEP = 5.0

Stroke = tuple[float, float, float, float]


def hatch_box(pattern: str, x: float, y: float, width: float, height: float) -> list[Stroke]:
    """The strokes of a pattern within a box, each from x, y to x, y; dots are short strokes."""
    match pattern:
        case "rising":
            return _slant(x, y, width, height, rising=True)
        case "falling":
            return _slant(x, y, width, height, rising=False)
        case "crossed":
            return [*_slant(x, y, width, height, rising=True), *_slant(x, y, width, height, rising=False)]
        case "upright":
            return [(at, y, at, y + height) for at in _steps(x, width)]
        case "dotted":
            rows = _steps(y, height)
            return [(at - 0.8, row, at + 0.8, row) for at in _steps(x, width) for row in rows]
    return []


def _steps(start: float, length: float) -> list[float]:
    """Places a step apart, with equal margins."""
    count = int(length // _STEP)
    margin = (length - (count - 1) * _STEP) / 2
    return [start + margin + at * _STEP for at in range(count)]


def _slant(x: float, y: float, width: float, height: float, *, rising: bool) -> list[Stroke]:
    strokes: list[Stroke] = []
    reach = width + height
    for at in range(1, int(reach // _STEP) + 1):
        # On the line u + v = offset, with u from the left and v from the top (or, falling, from the bottom).
        offset = at * _STEP
        first, last = max(0.0, offset - height), min(width, offset)
        if last - first >= 1:
            ends = (offset - first, offset - last)
            tops = ends if rising else (height - ends[0], height - ends[1])
            strokes.append((x + first, y + tops[0], x + last, y + tops[1]))
    return strokes
