"""Numbers side by side: estimates with their ranges, and bars.

Pure (§5). An estimate is drawn with its range; an end that nobody knows goes on as an arrow. The band behind
all rows is the envelope: what the ranges span together, for the caller to know. Refused: numbers that no axis
holds, ranges that end before they begin, more than 200 rows, more than six kinds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from onggi.errors import Exit, OnggiError
from onggi.figures.axis import (
    Axis,
    check_numbers,
    draw_ticks,
    make_axis,
    write_count,
)
from onggi.figures.figure import HEIGHT, NARROWEST, WIDTH, Figure, Row, drop_empty, number_title
from onggi.figures.ink import DEEP, FAINT, LINE, PATTERNS, WASH
from onggi.figures.legend import Key, draw_legend, measure_legend, rank_kinds
from onggi.figures.measure import clean_text, measure_text, wrap_text
from onggi.figures.paging import Piece, break_pages
from onggi.figures.span import draw_bar, draw_mark
from onggi.figures.svg import draw, draw_picture, draw_polygon, draw_strokes, draw_text
from onggi.words import say

MOST = 200

_LABEL_SIZE, _NOTE_SIZE = 12.0, 10.5
_LINE = 15.5
_ROW = 26.0  # the least height of one
_TOP = 26.0  # the axis
_INDENT, _SPACE = 6.0, 14.0
_ARROW = 13.0
_SHARE = 0.3  # of the width, for labels and for notes

Envelope = tuple[float, float]
Shape = Callable[[Axis, float, int], list[str]]  # drawn on an axis, at a height, in the style of its kind


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and its range. None is an end that nobody knows, or a middle that was not given."""

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
class _Entry:
    """A row: its words, its shape, and what the table says."""

    label: str
    kind: str
    note: str
    shape: Shape
    row: Row


def draw_intervals(
    intervals: Sequence[Interval],
    *,
    title: str,
    lang: str,
    envelope: Envelope | None = None,
    log: bool = False,
    kinds: Sequence[str] = (),
    width: int = WIDTH,
    height: int = HEIGHT,
) -> tuple[Figure, ...]:
    """Estimates in the order handed in, on an even axis from zero or, if `log`, on one of magnitudes."""
    numbers: list[float] = []
    for row, ends in [*enumerate(map(_list_numbers, intervals), 1), (0, list(envelope or ()))]:
        check_numbers(ends, row, log=log)
        if ends != sorted(ends):
            raise OnggiError("figures.plot.reversed", exit_code=Exit.USAGE, row=row)
        numbers += ends
    entries = [
        _Entry(
            clean_text(one.label),
            clean_text(one.kind),
            _write_interval(one),
            partial(_draw_interval, one),
            (clean_text(one.label), clean_text(one.kind), *map(_write, (one.low, one.middle, one.high))),
        )
        for one in intervals
    ]
    head = ("label", "kind", "low", "middle", "high")
    keys = [Key(_sample_interval, say("figures.plot.interval", lang))]
    if envelope is not None:
        keys.append(Key(_sample_envelope, f"{say('figures.plot.envelope', lang)} {_join(*envelope)}"))
    frame = _Frame(title, lang, numbers or [1.0], log, envelope, keys, _sample_mark, kinds, width, height)
    return _draw_pages(entries, head, frame)


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
    entries = []
    for row, one in enumerate(bars, 1):
        check_numbers([one.value], row, log=False)
        label, kind, value = clean_text(one.label), clean_text(one.kind), write_count(one.value)
        entries.append(_Entry(label, kind, value, partial(_draw_bar, one.value), (label, kind, value)))
    frame = _Frame(
        title, lang, [bar.value for bar in bars], False, None, (), _sample_bar, kinds, width, height
    )
    return _draw_pages(entries, ("label", "kind", "value"), frame)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a plot is drawn in."""

    title: str
    lang: str
    numbers: Sequence[float]
    log: bool
    envelope: Envelope | None
    keys: Sequence[Key]
    sample: Callable[[int, float, float], list[str]]  # of a kind, for the legend
    kinds: Sequence[str]
    width: int
    height: int


def _draw_pages(entries: Sequence[_Entry], head: Row, frame: _Frame) -> tuple[Figure, ...]:
    if not entries:
        return ()
    if len(entries) > MOST:
        raise OnggiError("figures.many", exit_code=Exit.REFUSED, count=len(entries), most=MOST)
    width = max(frame.width, NARROWEST)
    styles = rank_kinds([*frame.kinds, *(entry.kind for entry in entries)])
    label = min(max(measure_text(entry.label, _LABEL_SIZE) for entry in entries), width * _SHARE)
    note = min(max(measure_text(entry.note, _NOTE_SIZE) for entry in entries), width * _SHARE)
    right = width - _INDENT - note - _SPACE - _ARROW
    axis = make_axis(frame.numbers, _INDENT + label + _SPACE + _ARROW, right, log=frame.log)
    keys = [*frame.keys, *_list_kinds(entries, styles, frame)]
    legend = measure_legend(keys, width) + 8 if keys else 0.0
    pieces = []
    for entry in entries:
        labels = wrap_text(entry.label, _LABEL_SIZE, label, 3)
        notes = wrap_text(entry.note, _NOTE_SIZE, note, 5)
        lines = max(len(labels), len(notes))
        pieces.append(Piece(max(_ROW, lines * _LINE + 8), held=(entry, labels, notes)))
    pages = break_pages(pieces, max(frame.height, NARROWEST) - _TOP - legend)
    ends = {"low": write_count(min(frame.numbers)), "high": write_count(max(frame.numbers))}
    alt = say("figures.plot.alt", frame.lang, rows=len(entries), **ends)
    named = tuple(say(f"figures.plot.head.{name}", frame.lang) for name in head)
    figures = []
    for number, page in enumerate(pages, 1):
        title = number_title(frame.title, number, len(pages), frame.lang)
        bottom = _TOP + sum(piece.height for piece in page)
        parts = [*_draw_envelope(frame.envelope, axis, bottom), *draw_ticks(axis, _TOP - 4, bottom, width)]
        y = _TOP
        for piece in page:
            if piece.held is not None:
                parts += _draw_entry(*piece.held, axis, styles, y, piece.height, width)
            y += piece.height
        parts += draw_legend(keys, 0, bottom + 8, width)
        height = ceil(bottom + legend + 2)
        svg = draw_picture(parts, width, height, title=title, alt=alt, lang=frame.lang)
        rows = [piece.held[0].row for piece in page if piece.held is not None]
        figures.append(Figure(svg, width, height, title, alt, *drop_empty(named, rows)))
    return tuple(figures)


def _draw_entry(
    entry: _Entry,
    labels: Sequence[str],
    notes: Sequence[str],
    axis: Axis,
    styles: Mapping[str, int],
    y: float,
    height: float,
    width: int,
) -> list[str]:
    middle = y + height / 2
    parts = [draw("line", x1=0, y1=y + height, x2=width, y2=y + height, stroke=FAINT)]
    for lines, x, size, anchor in (
        (labels, _INDENT, _LABEL_SIZE, None),
        (notes, width - _INDENT, _NOTE_SIZE, "end"),
    ):
        base = middle + size * 0.36 - (len(lines) - 1) * _LINE / 2
        parts += [draw_text(x, base + at * _LINE, line, size, anchor=anchor) for at, line in enumerate(lines)]
    return parts + entry.shape(axis, middle, styles[entry.kind])


def _draw_interval(one: Interval, axis: Axis, y: float, style: int) -> list[str]:
    known = _list_numbers(one)
    if not known:
        return []
    left = axis.left if one.low is None else axis.place(one.low)
    right = axis.right if one.high is None else axis.place(one.high)
    strokes = [(left, y, right, y)]
    strokes += [(x, y - 5, x, y + 5) for x, end in ((left, one.low), (right, one.high)) if end is not None]
    parts = draw_strokes(strokes, stroke=DEEP, width=2)
    for x, end, side in ((left, one.low, -1), (right, one.high, 1)):
        if end is None:
            tip = x + side * (_ARROW - 2)
            parts.append(draw_polygon([(x, y - 5), (tip, y), (x, y + 5)], fill=DEEP))
    return parts if one.middle is None else [*parts, *draw_mark(axis.place(one.middle), y, style)]


def _draw_bar(value: float, axis: Axis, y: float, style: int) -> list[str]:
    zero, end = axis.place(0), axis.place(value)
    return draw_bar(min(zero, end), max(zero, end), y, PATTERNS[style], round_ends=False)


def _draw_envelope(envelope: Envelope | None, axis: Axis, bottom: float) -> list[str]:
    if envelope is None:
        return []
    left, right = map(axis.place, envelope)
    band = {"x": left, "y": _TOP - 4, "width": right - left, "height": bottom - _TOP + 4}
    edges = [
        draw("line", x1=x, y1=_TOP - 4, x2=x, y2=bottom, stroke=LINE, stroke_dasharray="4 3")
        for x in (left, right)
    ]
    return [draw("rect", fill=WASH, **band), *edges]


def _list_kinds(entries: Sequence[_Entry], styles: Mapping[str, int], frame: _Frame) -> list[Key]:
    used = sorted({(styles[entry.kind], entry.kind) for entry in entries})
    if used == [(0, "")]:
        return []
    return [
        Key(partial(frame.sample, style), kind or say("figures.no_kind", frame.lang)) for style, kind in used
    ]


def _sample_mark(style: int, x: float, y: float) -> list[str]:
    return draw_mark(x + 14, y, style)


def _sample_bar(style: int, x: float, y: float) -> list[str]:
    return draw_bar(x + 2, x + 27, y, PATTERNS[style], round_ends=False)


def _sample_interval(x: float, y: float) -> list[str]:
    strokes = [(x + 2, y, x + 27, y), (x + 2, y - 5, x + 2, y + 5), (x + 27, y - 5, x + 27, y + 5)]
    return [*draw_strokes(strokes, stroke=DEEP, width=2), *draw_mark(x + 14, y, 0)]


def _sample_envelope(x: float, y: float) -> list[str]:
    band = {"x": x + 2, "y": y - 6, "width": 25, "height": 12}
    return [draw("rect", fill=WASH, stroke=LINE, stroke_dasharray="4 3", **band)]


def _list_numbers(one: Interval) -> list[float]:
    return [number for number in (one.low, one.middle, one.high) if number is not None]


def _write_interval(one: Interval) -> str:
    reach = _join(one.low, one.high)
    return reach if one.middle is None else f"{write_count(one.middle)} ({reach})"


def _join(low: float | None, high: float | None) -> str:
    return f"{_write(low) or '…'} – {_write(high) or '…'}"


def _write(number: float | None) -> str:
    return "" if number is None else write_count(number)
