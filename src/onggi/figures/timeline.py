"""A timeline: what happened when, as well as it is known, on as many pages as it needs.

Pure (§3). Rows in the order of their earliest day, within their lanes; what has no date stands at the end,
under a heading that says so, and is given none. Refused: days that are none, spans that end before they
begin, more than 2,000 datings or twelve marked days, more than six kinds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from onggi.errors import Exit, OnggiError
from onggi.figures.days import read_day, read_span
from onggi.figures.figure import HEIGHT, NARROWEST, WIDTH, Figure, drop_empty, number_title
from onggi.figures.legend import Key, draw_legend, measure_legend, rank_kinds
from onggi.figures.measure import clean_text
from onggi.figures.paging import Piece, break_pages
from onggi.figures.span import ARROW
from onggi.figures.svg import draw_picture
from onggi.figures.timeaxis import (
    AXIS,
    Flag,
    Mark,
    draw_axis,
    draw_flags,
    list_flag_keys,
    measure_flags,
    place_flags,
)
from onggi.figures.timeaxis import MOST as MOST_MARKS
from onggi.figures.timekeys import list_keys
from onggi.figures.timescale import Timescale, make_timescale
from onggi.figures.track import (
    HEADING,
    Block,
    Columns,
    Dating,
    Event,
    draw_block,
    draw_heading,
    fit_columns,
    list_rows,
    make_blocks,
    sort_key,
    tidy_event,
)
from onggi.words import say

__all__ = ["Dating", "Event", "Mark", "draw_timeline"]

MOST = 2000
"""Datings in one timeline; whoever has more shows a part."""

MOST_READ = 200
"""Datings, on some ten pages, that a reader of a document still follows; beyond them she has a table."""

_LOWEST = 300  # a page is not made lower, whatever is asked for
_HEAD = ("lane", "event", "kind", "earliest", "latest", "meant", "source", "remark")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What all pages of a timeline share."""

    columns: Columns
    styles: Mapping[str, int]
    lang: str
    scale: Timescale | None = None
    flags: Sequence[Flag] = ()
    keys: Sequence[Key] = ()

    @property
    def top(self) -> float:
        """Where the rows begin."""
        return 2.0 if self.scale is None else measure_flags(self.flags) + AXIS + 2

    @property
    def legend(self) -> float:
        """How much room the legend takes under the rows."""
        return measure_legend(self.keys, self.columns.right) + 8 if self.keys else 0.0


def draw_timeline(
    events: Sequence[Event],
    *,
    title: str,
    lang: str,
    marks: Sequence[Mark] = (),
    lanes: Sequence[str] = (),
    kinds: Sequence[str] = (),
    width: int = WIDTH,
    height: int = HEIGHT,
) -> tuple[Figure, ...]:
    """The pages of a timeline, none where there is no event; all of them share one scale.

    Lanes and kinds come in the order of `lanes` and `kinds`, those not named there as they occur. `width` and
    `height` are the most that a page takes.
    """
    _check(events, marks)
    tidy = [tidy_event(event) for event in events]
    if not tidy:
        return ()
    ranks = {
        lane: at for at, lane in enumerate(dict.fromkeys([*map(clean_text, lanes), *(e.lane for e in tidy)]))
    }
    ordered = sorted(tidy, key=lambda event: (ranks[event.lane], sort_key(event)))
    dated = [event for event in ordered if event.known]
    undated = [event for event in tidy if not event.known]
    styles = rank_kinds([*kinds, *(event.kind for event in tidy)])
    sheet = _lay_sheet(dated, undated, marks, styles, max(width, NARROWEST), lang)
    pages = break_pages(_list_pieces(dated, undated, sheet), max(height, _LOWEST) - sheet.top - sheet.legend)
    alt = _describe(dated, undated, lang)
    titles = [number_title(title, number, len(pages), lang) for number in range(1, len(pages) + 1)]
    return tuple(_draw_page(page, sheet, name, alt) for page, name in zip(pages, titles, strict=True))


def _check(events: Sequence[Event], marks: Sequence[Mark]) -> None:
    datings = sum(max(len(event.datings), 1) for event in events)
    for count, most in ((datings, MOST), (len(marks), MOST_MARKS)):
        if count > most:
            raise OnggiError("figures.many", exit_code=Exit.REFUSED, count=count, most=most)
    for row, event in enumerate(events, 1):
        for dating in event.datings:
            read_span(dating.earliest, dating.latest, row)
    for row, mark in enumerate(marks, 1):
        read_day(mark.day, row)


def _lay_sheet(
    dated: Sequence[Event],
    undated: Sequence[Event],
    marks: Sequence[Mark],
    styles: Mapping[str, int],
    width: int,
    lang: str,
) -> _Sheet:
    columns = fit_columns([*dated, *undated], width, lang)
    spans = [span for event in dated for dating in event.datings for span in _bound_days(dating)]
    if not spans:
        return _Sheet(columns, styles, lang)
    days = [read_day(mark.day) for mark in marks]
    scale = make_timescale(
        [*spans, *((day, day + 1) for day in days)], columns.plot_left + ARROW, width - ARROW
    )
    flags = place_flags(marks, scale, width)
    keys = [*list_keys(dated, styles, scale, lang), *list_flag_keys(flags)]
    return _Sheet(columns, styles, lang, scale, flags, keys)


def _bound_days(dating: Dating) -> list[tuple[int, int]]:
    """The days that the scale must hold for a dating: those it names."""
    known = [day for day in read_span(dating.earliest, dating.latest) if day is not None]
    return [(known[0], known[-1] + 1)] if known else []


def _list_pieces(dated: Sequence[Event], undated: Sequence[Event], sheet: _Sheet) -> list[Piece[Block]]:
    pieces: list[Piece[Block]] = []
    lanes = {event.lane for event in dated}
    lane = None
    for event in dated:
        if len(lanes) > 1 and event.lane != lane:
            pieces.append(Piece(HEADING, event.lane or say("figures.timeline.no_lane", sheet.lang)))
        lane = event.lane
        pieces += _break_event(event, sheet)
    if undated:
        pieces.append(Piece(HEADING, say("figures.timeline.undated", sheet.lang)))
    return pieces + [piece for event in undated for piece in _break_event(event, sheet)]


def _break_event(event: Event, sheet: _Sheet) -> list[Piece[Block]]:
    return [Piece(block.height, held=block) for block in make_blocks(event, sheet.columns, sheet.lang)]


def _draw_page(page: Sequence[Piece[Block]], sheet: _Sheet, title: str, alt: str) -> Figure:
    width = sheet.columns.right
    dated = any(piece.held is not None and piece.held.event.known for piece in page)
    top = sheet.top if dated else 2.0
    bottom = top + sum(piece.height for piece in page)
    ground: list[str] = []
    if sheet.scale is not None and dated:
        floor = bottom - _measure_undated(page)
        ground += [*draw_axis(sheet.scale, sheet.flags, floor), *draw_flags(sheet.flags, floor)]
    rows: list[str] = []
    y = top
    for piece in page:
        if piece.held is None:
            ground += draw_heading(piece.heading, y, width)
        else:
            rows += draw_block(piece.held, y, sheet.columns, sheet.scale, sheet.styles)
        y += piece.height
    parts = [*ground, *rows, *draw_legend(sheet.keys, 0, bottom + 8, width)]
    height = ceil(bottom + sheet.legend + 2)
    svg = draw_picture(parts, width, height, title=title, alt=alt, lang=sheet.lang)
    table = [row for piece in page if piece.held for row in list_rows(piece.held.event, sheet.lang)]
    head = tuple(say(f"figures.timeline.head.{name}", sheet.lang) for name in _HEAD)
    return Figure(svg, width, height, title, alt, *drop_empty(head, table))


def _measure_undated(page: Sequence[Piece[Block]]) -> float:
    """How much of a page, at its end, is without dates: no line of time is drawn there."""
    height = 0.0
    for piece in reversed(page):
        if piece.held is not None and piece.held.event.known:
            return height
        height += piece.height
    return height


def _describe(dated: Sequence[Event], undated: Sequence[Event], lang: str) -> str:
    events = [*dated, *undated]
    conflicts = sum(event.conflict for event in events)
    if not dated:
        return say("figures.timeline.alt_undated", lang, events=len(events), conflicts=conflicts)
    days = sorted(
        day for event in dated for dating in event.datings for day in (dating.earliest, dating.latest) if day
    )
    return say("figures.timeline.alt", lang, events=len(events), first=days[0], last=days[-1],
               unknown=len(undated), conflicts=conflicts)  # fmt: skip
