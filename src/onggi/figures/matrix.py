"""A matrix: what holds of whom, line by line under headings, each cell a sign and a short text.

Pure (§6). How a cell stands is told by a sign and a pattern, never by a colour alone. A page holds as many
lines and columns as fit; each repeats its heads. Refused: more kinds of standing than there are looks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from onggi.errors import Exit, OnggiError
from onggi.figures.figure import HEIGHT, WIDTH, Figure, number_title
from onggi.figures.ink import DEEP, FAINT, INK, LINE, PAPER, SOFT, WASH, hatch_box
from onggi.figures.legend import Key, draw_legend, measure_legend
from onggi.figures.measure import clean_text, wrap_text
from onggi.figures.svg import draw, draw_picture, draw_strokes, draw_text
from onggi.words import say

SIGNS = ("✓", "≠", "?")
"""The looks of a cell, in the order of the standings handed in: filled, hatched, empty."""

_SIZE, _HEAD_SIZE = 11.0, 11.5
_MARGIN, _LABEL, _CELL = 8.0, 400.0, 64.0
_BOX, _TALL, _LINE = 52.0, 19.0, 15.0
_PAD, _HEAD, _COLUMNS = 5.0, 30.0, 26.0
_LINES = 3  # of one label

Cell = tuple[int, str] | None
"""Which standing, and a short text beside its sign; None where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: under which heading, what it is about, and a cell for each column."""

    heading: str
    label: str
    cells: tuple[Cell, ...]


def draw_matrix(
    lines: Sequence[Line],
    columns: Sequence[str],
    *,
    title: str,
    standings: Sequence[str],
    corner: str,
    lang: str,
) -> tuple[Figure, ...]:
    """The pages of a matrix; none without a line. `corner` says what a line is, `standings` what signs
    mean."""
    if len(standings) > len(SIGNS):
        raise OnggiError("figures.kinds", exit_code=Exit.USAGE, count=len(standings), most=len(SIGNS))
    per = max(1, int((WIDTH - 2 * _MARGIN - _LABEL) // _CELL))
    spans = [range(at, min(at + per, len(columns))) for at in range(0, len(columns), per)]
    keys = [Key(_sample(number), name) for number, name in enumerate(standings)]
    legend = measure_legend(keys, WIDTH - 2 * _MARGIN)
    sheets = [(span, part) for span in spans for part in _cut(lines, HEIGHT - _COLUMNS - legend - 24)]
    return tuple(
        _draw_page(
            part, columns, span, keys, number_title(title, page, len(sheets), lang), corner, standings, lang
        )
        for page, (span, part) in enumerate(sheets, 1)
    )


def _cut(lines: Sequence[Line], room: float) -> list[list[Line]]:
    """The lines of each page."""
    pages: list[list[Line]] = []
    taken, heading = room, None
    for line in lines:
        height = _measure(line) + (_HEAD if line.heading != heading else 0)
        if taken + height > room:
            pages.append([])
            taken, height = 0.0, _measure(line) + _HEAD
        pages[-1].append(line)
        taken, heading = taken + height, line.heading
    return pages


def _wrap(line: Line) -> tuple[str, ...]:
    return wrap_text(clean_text(line.label), _SIZE, _LABEL - 2 * _PAD, _LINES)


def _measure(line: Line) -> float:
    return max(_TALL, _LINE * len(_wrap(line))) + 2 * _PAD


def _draw_page(
    lines: Sequence[Line],
    columns: Sequence[str],
    span: range,
    keys: Sequence[Key],
    title: str,
    corner: str,
    standings: Sequence[str],
    lang: str,
) -> Figure:
    parts, y = [], _COLUMNS
    for at, column in enumerate(span):
        x = _MARGIN + _LABEL + at * _CELL + _CELL / 2
        parts.append(draw_text(x, y - 9, clean_text(columns[column]), 10.0, anchor="middle", fill=SOFT))
    for heading, group in groupby(lines, key=lambda line: line.heading):
        parts.append(draw("rect", x=0, y=y, width=WIDTH, height=_HEAD - 4, fill=WASH))
        named = wrap_text(clean_text(heading), _HEAD_SIZE, WIDTH - 2 * _MARGIN, 1)
        parts.append(draw_text(_MARGIN, y + 18, "".join(named), _HEAD_SIZE, bold=True))
        y += _HEAD
        for line in group:
            parts += _draw_line(line, span, y)
            y += _measure(line)
    parts += draw_legend(keys, _MARGIN, y + 10, WIDTH - 2 * _MARGIN)
    height = int(y + 10 + measure_legend(keys, WIDTH - 2 * _MARGIN) + 8)
    rows = [
        (line.heading, line.label, *(_say_cell(line.cells[at], standings) for at in span)) for line in lines
    ]
    alt = say("figures.matrix.alt", lang, lines=len(lines), columns=len(span))
    return Figure(
        draw_picture(parts, WIDTH, height, title=title, alt=alt, lang=lang),
        WIDTH,
        height,
        title,
        alt,
        (say("figures.matrix.heading", lang), corner, *(columns[at] for at in span)),
        tuple(rows),
    )


def _draw_line(line: Line, span: range, y: float) -> list[str]:
    height = _measure(line)
    parts = [
        draw_text(_MARGIN, y + _PAD + 11 + number * _LINE, text, _SIZE)
        for number, text in enumerate(_wrap(line))
    ]
    for at, column in enumerate(span):
        x = _MARGIN + _LABEL + at * _CELL + (_CELL - _BOX) / 2
        parts += _draw_cell(line.cells[column], x, y + (height - _TALL) / 2)
    parts.append(draw("line", x1=0, y1=y + height, x2=WIDTH, y2=y + height, stroke=FAINT))
    return parts


def _draw_cell(cell: Cell, x: float, y: float) -> list[str]:
    if cell is None:
        return [draw_text(x + _BOX / 2, y + 14, "–", _SIZE, anchor="middle", fill=SOFT)]
    look, text = cell
    said = f"{SIGNS[look]} {clean_text(text)}".strip()
    ink = PAPER if look == 0 else INK
    parts = [
        draw("rect", x=x, y=y, width=_BOX, height=_TALL, rx=2, fill=DEEP if look == 0 else PAPER, stroke=LINE)
    ]
    if look == 1:
        parts += draw_strokes(hatch_box("rising", x, y, _BOX, _TALL), stroke=LINE, width=0.8)
        parts.append(draw("rect", x=x + 8, y=y + 2, width=_BOX - 16, height=_TALL - 4, fill=PAPER))
    parts.append(draw_text(x + _BOX / 2, y + 14, said, _SIZE, anchor="middle", fill=ink, bold=True))
    return parts


def _sample(look: int) -> Callable[[float, float], list[str]]:
    def sample(x: float, y: float) -> list[str]:
        parts = [
            draw(
                "rect",
                x=x,
                y=y - 8,
                width=26,
                height=16,
                rx=2,
                fill=DEEP if look == 0 else PAPER,
                stroke=LINE,
            )
        ]
        if look == 1:
            parts += draw_strokes(hatch_box("rising", x, y - 8, 26, 16), stroke=LINE, width=0.8)
            parts.append(draw("rect", x=x + 6, y=y - 6, width=14, height=12, fill=PAPER))
        ink = PAPER if look == 0 else INK
        parts.append(draw_text(x + 13, y + 4, SIGNS[look], 11.0, anchor="middle", fill=ink, bold=True))
        return parts

    return sample


def _say_cell(cell: Cell, standings: Sequence[str]) -> str:
    if cell is None:
        return "–"
    look, text = cell
    return f"{standings[look]} {text}".strip()
