"""Numbers side by side: estimates with their ranges, and bars.

Pure (§5). An estimate is never drawn without its range, a range that is open to one side ends in an arrow. The
band behind all rows is the envelope: what their ranges span together, handed in by whoever knows it. Refused:
numbers that no axis holds, ranges that end before they begin, more than 200 rows, more than six kinds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from onggi.errors import Exit, OnggiError
from onggi.figures.axis import TICK_SIZE, Axis, check_numbers, list_ticks, make_axis, write_count
from onggi.figures.figure import HEIGHT, NARROWEST, WIDTH, Figure, Row, drop_empty, number_title
from onggi.figures.ink import DEEP, FAINT, LINE, PATTERNS, SOFT, WASH
from onggi.figures.legend import Key, draw_legend, measure_legend, rank_kinds
from onggi.figures.measure import clean_text, measure_text, wrap_text
from onggi.figures.paging import Piece, break_pages
from onggi.figures.span import draw_bar, draw_mark
from onggi.figures.svg import draw, draw_picture, draw_polygon, draw_strokes, draw_text
from onggi.words import say

MOST = 200

_LABEL_SIZE = 12.0
_NOTE_SIZE = 10.5
_LINE = 15.5
_ROW = 26.0
_AXIS = 26.0
_INDENT = 6.0
_SPACE = 16.0
_ARROW = 12.0


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate: its middle and its range; None is an end that is not known, or a middle that is not given."""

    label: str
    low: float | None
    high: float | None
    middle: float | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A number, and what it counts."""

    label: str
    value: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a plot, ready to be drawn."""

    label: tuple[str, ...]
    note: str
    item: Interval | Bar


@dataclass(frozen=True, slots=True)
class _Plot:
    """What all pages of a plot share."""

    axis: Axis
    note_left: float
    width: int
    styles: dict[str, int]
    envelope: tuple[float, float] | None
    keys: Sequence[Key]


def draw_intervals(
    intervals: Sequence[Interval],
    *,
    title: str,
    lang: str,
    envelope: tuple[float, float] | None = None,
    log: bool = False,
    kinds: Sequence[str] = (),
    width: int = WIDTH,
    height: int = HEIGHT,
) -> tuple[Figure, ...]:
    """Estimates and their ranges, in the order handed in; on an even axis, or one of magnitudes."""
    for row, one in enumerate(intervals, 1):
        known = [number for number in (one.low, one.middle, one.high) if number is not None]
        check_numbers(known, row, log=log)
        if known != sorted(known):
            raise OnggiError("figures.plot.reversed", exit_code=Exit.USAGE, row=row)
    if envelope is not None:
        check_numbers(envelope, 0, log=log)
        if envelope[0] > envelope[1]:
            raise OnggiError("figures.plot.reversed", exit_code=Exit.USAGE, row=0)
    numbers = [n for one in intervals for n in (one.low, one.middle, one.high) if n is not None]
    return _draw_plot(intervals, [*numbers, *(envelope or ())], envelope, log, kinds, title, lang, width, height)


def draw_bars(
    bars: Sequence[Bar],
    *,
    title: str,
    lang: str,
    kinds: Sequence[str] = (),
    width: int = WIDTH,
    height: int = HEIGHT,
) -> tuple[Figure, ...]:
    """Bars from zero, in the order handed in."""
    for row, one in enumerate(bars, 1):
        check_numbers([one.value], row, log=False)
    return _draw_plot(bars, [one.value for one in bars], None, False, kinds, title, lang, width, height)


def _draw_plot(
    items: Sequence[Interval] | Sequence[Bar],
    numbers: Sequence[float],
    envelope: tuple[float, float] | None,
    log: bool,
    kinds: Sequence[str],
    title: str,
    lang: str,
    width: int,
    height: int,
) -> tuple[Figure, ...]:
    if not items:
        return ()
    if len(items) > MOST:
        raise OnggiError("figures.many", exit_code=Exit.REFUSED, count=len(items), most=MOST)
    width = max(width, NARROWEST)
    styles = rank_kinds([*kinds, *(item.kind for item in items)])
    notes = [_write_item(item) for item in items]
    labels = [clean_text(item.label) for item in items]
    label = min(max(measure_text(one, _LABEL_SIZE) for one in labels), width * 0.3)
    note = max(measure_text(one, _NOTE_SIZE) for one in notes)
    left = _INDENT + label + _SPACE
    axis = make_axis(numbers or [1.0], left + _ARROW, width - note - _SPACE - _ARROW - _INDENT, log=log)
    keys = list(_list_keys(items, styles, envelope, lang))
    plot = _Plot(axis, width - note - _INDENT, width, styles, envelope, keys)
    lines = [
        _Line(wrap_text(text, _LABEL_SIZE, label, 3), said, item)
        for text, said, item in zip(labels, notes, items, strict=True)
    ]
    legend = measure_legend(keys, width) + 8 if keys else 0.0
    pieces = [Piece(max(_ROW, len(line.label) * _LINE + 8), held=line) for line in lines]
    pages = break_pages(pieces, max(height, NARROWEST) - _AXIS - legend)
    alt = say("figures.plot.alt", lang, rows=len(items), low=write_count(min(numbers or [0])),
              high=write_count(max(numbers or [0])))  # fmt: skip
    titles = [number_title(title, number, len(pages), lang) for number in range(1, len(pages) + 1)]
    return tuple(
        _draw_page(page, plot, legend, name, alt, lang) for page, name in zip(pages, titles, strict=True)
    )


def _draw_page(
    page: Sequence[Piece[_Line]], plot: _Plot, legend: float, title: str, alt: str, lang: str
) -> Figure:
    bottom = _AXIS + sum(piece.height for piece in page)
    parts = _draw_ground(plot, bottom)
    y = _AXIS
    rows: list[Row] = []
    for piece in page:
        if piece.held is not None:
            parts += _draw_line(piece.held, plot, y + piece.height / 2)
            rows.append(_list_row(piece.held.item))
        y += piece.height
        parts.append(draw("line", x1=0, y1=y, x2=plot.width, y2=y, stroke=FAINT))
    parts += draw_legend(plot.keys, 0, bottom + 8, plot.width)
    height = ceil(bottom + legend + 2)
    names = ("label", "kind", "value") if isinstance(page[0].held and page[0].held.item, Bar) else (
        "label", "kind", "low", "middle", "high")  # fmt: skip
    head = tuple(say(f"figures.plot.head.{name}", lang) for name in names)
    svg = draw_picture(parts, plot.width, height, title=title, alt=alt, lang=lang)
    return Figure(svg, plot.width, height, title, alt, *drop_empty(head, rows))
