"""The rows of a timeline: an event's label, its datings under each other, and where they lie in time.

Pure (§3). An event stands once, with as many lines beside it as there are datings, so that sources that
differ are seen side by side; a bracket holds them together, and the sign ≠ says that they contradict each
other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onggi.figures.days import read_span, write_span
from onggi.figures.figure import Row
from onggi.figures.ink import FAINT, INK, PAPER, PATTERNS, SOFT, WASH
from onggi.figures.measure import clean_text, measure_text, wrap_text
from onggi.figures.span import draw_span, reach_span
from onggi.figures.svg import draw, draw_strokes, draw_text
from onggi.figures.timescale import Timescale
from onggi.words import say

LABEL_SIZE = 12.0
NOTE_SIZE = 10.5
LABEL_LINE = 15.5
NOTE_LINE = 14.0
HEADING = 25.0

_PADDING = 5.0  # above and below an event
_LEAST = 19.0  # of one dating
_LABEL_LINES = 4
_TALLEST = 360.0  # of one event before its label is repeated
_INDENT = 6.0
_GUTTER = 32.0  # between label and notes: room for the bracket and its sign
_SPACE = 10.0  # between the notes and the line
_LONGEST = 500  # characters that are measured: more never find room


@dataclass(frozen=True, slots=True)
class Dating:
    """When something was, as one source has it.

    `earliest` and `latest` are ISO days, both included; None is an end that is open or that nobody knows,
    and two of them a date nobody knows. One day between them is meant, or, if `lasting`, all the time.
    `uncertain` says that the date itself is in doubt. `source` is shown as it is given.
    """

    earliest: str | None = None
    latest: str | None = None
    source: str = ""
    uncertain: bool = False
    lasting: bool = False

    @property
    def known(self) -> bool:
        """Whether anything is known of when it was."""
        return self.earliest is not None or self.latest is not None

    def write(self) -> str:
        """The date, briefly; empty if it is not known."""
        if not self.known:
            return ""
        return write_span(self.earliest, self.latest) + ("\u00a0?" if self.uncertain else "")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, when (by one or several sources), and to which lane of a timeline it belongs.

    `kind` chooses the pattern and is explained in the legend. `conflict` says that the datings contradict
    each other; whether they do is for the caller to know.
    """

    label: str
    datings: tuple[Dating, ...] = (Dating(),)
    lane: str = ""
    kind: str = ""
    conflict: bool = False

    @property
    def known(self) -> bool:
        """Whether anything is known of when it was."""
        return any(dating.known for dating in self.datings)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where label, notes and line lie."""

    label: float
    note: float
    note_left: float
    plot_left: float
    right: int


Note = tuple[str, str]  # a line and its colour


@dataclass(frozen=True, slots=True)
class Block:
    """An event, broken into lines."""

    event: Event
    label: tuple[str, ...]
    notes: tuple[tuple[Note, ...], ...]
    heights: tuple[float, ...]
    height: float


def tidy_event(event: Event) -> Event:
    """An event whose texts hold only what can be seen."""
    datings = tuple(replace(dating, source=clean_text(dating.source)) for dating in event.datings)
    label, lane, kind = clean_text(event.label), clean_text(event.lane), clean_text(event.kind)
    return replace(event, label=label, datings=datings or (Dating(),), lane=lane, kind=kind)


def sort_key(event: Event) -> tuple[str, str]:
    """By the earliest day, or, where only an end is known, by that; then by the latest."""
    first = [dating.earliest or dating.latest or "" for dating in event.datings if dating.known]
    last = [dating.latest or "9999-12-31" for dating in event.datings if dating.known]
    return min(first, default=""), min(last, default="")


def fit_columns(events: Sequence[Event], width: int, lang: str) -> Columns:
    """Columns as wide as the longest texts need, as long as time keeps nearly half of the width."""
    label = max((measure_text(event.label[:_LONGEST], LABEL_SIZE) for event in events), default=0.0)
    notes = (" · ".join(_write_note(dating, lang)) for event in events for dating in event.datings)
    note = max((measure_text(note[:_LONGEST], NOTE_SIZE) for note in notes), default=0.0)
    label = min(max(label, 40.0), width * 0.3)
    note = min(max(note, 30.0), width * 0.22)
    note_left = _INDENT + label + _GUTTER
    return Columns(label, note, note_left, note_left + note + _SPACE, width)


def make_blocks(event: Event, columns: Columns, lang: str) -> list[Block]:
    """An event in lines; one with very many datings in several parts under the same label."""
    label = wrap_text(event.label, LABEL_SIZE, columns.label, _LABEL_LINES)
    blocks: list[Block] = []
    taken: list[tuple[Dating, tuple[Note, ...], float]] = []
    for at, dating in enumerate(event.datings, 1):
        notes = _break_note(dating, columns.note, lang)
        taken.append((dating, notes, max(_LEAST, len(notes) * NOTE_LINE + 4)))
        if at == len(event.datings) or sum(height for _, _, height in taken) > _TALLEST:
            datings, lines, heights = zip(*taken, strict=True)
            height = max(len(label) * LABEL_LINE + 2, sum(heights)) + 2 * _PADDING
            blocks.append(Block(replace(event, datings=datings), label, lines, heights, height))
            taken = []
    return blocks


def draw_block(
    block: Block, y: float, columns: Columns, scale: Timescale | None, styles: Mapping[str, int]
) -> list[str]:
    """An event with its upper edge at `y`."""
    style = styles.get(block.event.kind, 0)
    parts = [draw("line", x1=0, y1=y + block.height, x2=columns.right, y2=y + block.height, stroke=FAINT)]
    first = y + _PADDING + _LEAST / 2
    for number, line in enumerate(block.label):
        parts.append(draw_text(_INDENT, first + LABEL_SIZE * 0.36 + number * LABEL_LINE, line, LABEL_SIZE))
    top, middles = y + _PADDING, []
    for dating, lines, height in zip(block.event.datings, block.notes, block.heights, strict=True):
        middle = top + height / 2
        middles.append(middle)
        base = middle + NOTE_SIZE * 0.36 - (len(lines) - 1) * NOTE_LINE / 2
        for number, (line, fill) in enumerate(lines):
            at = base + number * NOTE_LINE
            parts.append(draw_text(columns.note_left, at, line, NOTE_SIZE, fill=fill))
        if scale is not None and dating.known:
            reach = reach_span(scale, *read_span(dating.earliest, dating.latest))
            pattern = PATTERNS[style]
            parts += draw_span(
                reach, middle, pattern, style, lasting=dating.lasting, uncertain=dating.uncertain
            )
        top += height
    if len(middles) > 1 or block.event.conflict:
        parts += _draw_bracket(middles[0], middles[-1], columns.note_left, conflict=block.event.conflict)
    return parts


def draw_heading(text: str, y: float, width: float) -> list[str]:
    """The name of a lane, on a band of its own."""
    shown = wrap_text(clean_text(text), LABEL_SIZE - 0.5, width - 12, 1)
    return [
        draw("rect", x=0, y=y, width=width, height=HEADING - 4, fill=WASH),
        *(draw_text(_INDENT, y + HEADING / 2 + 2, line, LABEL_SIZE - 0.5, bold=True) for line in shown),
    ]


def draw_unequal(x: float, y: float) -> list[str]:
    """The sign of contradiction, drawn so that no font is needed for it."""
    strokes = [(x - 4, y - 2, x + 4, y - 2), (x - 4, y + 2, x + 4, y + 2), (x - 2.5, y + 5, x + 2.5, y - 5)]
    return [
        draw("circle", cx=x, cy=y, r=7.5, fill=PAPER, stroke=INK),
        *draw_strokes(strokes, stroke=INK),
    ]


def list_rows(event: Event, lang: str) -> Iterable[Row]:
    """What the table says of an event, a row for each dating."""
    for dating in event.datings:
        remarks = [
            say(f"figures.timeline.{word}", lang)
            for word, holds in (("uncertain", dating.uncertain), ("conflict", event.conflict))
            if holds
        ]
        ends = (dating.earliest or "", dating.latest or "")
        yield (event.lane, event.label, event.kind, *ends, _say_reach(dating, lang), dating.source,
               say("ledger.list", lang).join(remarks))  # fmt: skip


def _say_reach(dating: Dating, lang: str) -> str:
    if not dating.known:
        word = "unknown"
    elif dating.earliest == dating.latest:
        word = "exact"
    elif dating.earliest is None or dating.latest is None:
        word = "open_lasting" if dating.lasting else "open"
    else:
        word = "lasting" if dating.lasting else "between"
    return say(f"figures.timeline.{word}", lang)


def _write_note(dating: Dating, lang: str) -> list[str]:
    """The date and the source, on a line each."""
    date = dating.write() or say("figures.timeline.unknown", lang)
    return [date, dating.source] if dating.source else [date]


def _break_note(dating: Dating, width: float, lang: str) -> tuple[Note, ...]:
    """The date in ink, the source softer; on one line if there is room."""
    date, *source = _write_note(dating, lang)
    if measure_text(whole := " · ".join([date, *source]), NOTE_SIZE) <= width:
        return ((whole, INK),)
    lines = [(line, INK) for line in wrap_text(date, NOTE_SIZE, width, 2)]
    return (*lines, *((line, SOFT) for part in source for line in wrap_text(part, NOTE_SIZE, width, 2)))


def _draw_bracket(top: float, bottom: float, note_left: float, *, conflict: bool) -> list[str]:
    x = note_left - 10
    parts = []
    if bottom > top:
        strokes = [(x + 3, top, x, top), (x, top, x, bottom), (x, bottom, x + 3, bottom)]
        parts += draw_strokes(strokes, stroke=SOFT)
    if conflict:
        parts += draw_unequal(x - 3, (top + bottom) / 2)
    return parts
