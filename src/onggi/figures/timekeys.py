"""What the forms of a timeline mean, as far as they occur in it.

Pure (§3).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from onggi.figures.ink import PATTERNS
from onggi.figures.legend import Key
from onggi.figures.span import Reach, draw_span
from onggi.figures.timeaxis import draw_fold
from onggi.figures.timescale import Timescale
from onggi.figures.track import Event, draw_unequal
from onggi.words import say

Sample = Callable[[float, float], list[str]]


def list_keys(events: Sequence[Event], styles: Mapping[str, int], scale: Timescale, lang: str) -> list[Key]:
    """The legend of these events: forms of time first, then kinds."""
    shown = [dating for event in events for dating in event.datings if dating.known]
    spans = [dating for dating in shown if dating.earliest != dating.latest]
    is_open = any(dating.earliest is None or dating.latest is None for dating in spans)
    forms: list[tuple[str, bool, Sample]] = [
        ("exact", len(spans) < len(shown), partial(_sample_day, 0)),
        ("between", not all(dating.lasting for dating in spans), partial(_sample_span, 0)),
        ("lasting", any(dating.lasting for dating in spans), partial(_sample_span, 0, lasting=True)),
        ("open", is_open, _sample_open),
        ("uncertain", any(dating.uncertain for dating in shown), partial(_sample_span, 0, uncertain=True)),
        ("conflict", any(event.conflict for event in events), _sample_conflict),
        ("fold", bool(scale.list_folds()), _sample_fold),
    ]
    keys = [Key(sample, say(f"figures.timeline.{word}", lang)) for word, occurs, sample in forms if occurs]
    used = sorted({(styles[event.kind], event.kind) for event in events})
    if used == [(0, "")]:
        return keys
    return keys + [
        Key(partial(_sample_kind, style), kind or say("figures.no_kind", lang)) for style, kind in used
    ]


def _sample_day(style: int, x: float, y: float) -> list[str]:
    return draw_span(Reach(x + 14, x + 14, True), y, PATTERNS[style], style, lasting=False, uncertain=False)


def _sample_span(
    style: int, x: float, y: float, *, lasting: bool = False, uncertain: bool = False
) -> list[str]:
    reach = Reach(x + 2, x + 26, False)
    return draw_span(reach, y, PATTERNS[style], style, lasting=lasting, uncertain=uncertain)


def _sample_open(x: float, y: float) -> list[str]:
    reach = Reach(x - 8, x + 1, False, open_right=True)
    return draw_span(reach, y, PATTERNS[0], 0, lasting=False, uncertain=False)[:-1]


def _sample_kind(style: int, x: float, y: float) -> list[str]:
    bar = draw_span(Reach(x + 15, x + 28, False), y, PATTERNS[style], style, lasting=False, uncertain=False)
    return [
        *draw_span(Reach(x + 7, x + 7, True), y, PATTERNS[style], style, lasting=False, uncertain=False),
        *bar,
    ]


def _sample_conflict(x: float, y: float) -> list[str]:
    return draw_unequal(x + 14, y)


def _sample_fold(x: float, y: float) -> list[str]:
    return draw_fold(x + 4, y, 20)
