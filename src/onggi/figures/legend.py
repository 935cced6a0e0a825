"""What the forms of a picture mean: samples and words, in as many lines as they need.

Pure. Only what occurs in the picture is explained. Refused: more kinds than there are patterns.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onggi.errors import Exit, OnggiError
from onggi.figures.ink import PATTERNS, SOFT
from onggi.figures.measure import clean_text, cut_text, measure_text
from onggi.figures.svg import draw_text

SIZE = 10.5
_LINE = 18.0
_SAMPLE = 34.0  # room for a sample and the space behind it
_GAP = 18.0


@dataclass(frozen=True, slots=True)
class Key:
    """A sample, drawn from its left end at a height, and its meaning."""

    sample: Callable[[float, float], list[str]]
    text: str


def rank_kinds(kinds: Iterable[str]) -> dict[str, int]:
    """A number for each kind, in the order in which they are named first."""
    ranks = {kind: at for at, kind in enumerate(dict.fromkeys(map(clean_text, kinds)))}
    if len(ranks) > len(PATTERNS):
        raise OnggiError("figures.kinds", exit_code=Exit.USAGE, count=len(ranks), most=len(PATTERNS))
    return ranks


def measure_legend(keys: Sequence[Key], width: float) -> float:
    """How high a legend becomes."""
    return _LINE * len(_break_lines(keys, width))


def draw_legend(keys: Sequence[Key], x: float, y: float, width: float) -> list[str]:
    """The legend, with its upper edge at `y`."""
    parts = []
    for number, line in enumerate(_break_lines(keys, width)):
        at, middle = x, y + _LINE * number + _LINE / 2
        for key, text in line:
            parts += key.sample(at, middle)
            parts.append(draw_text(at + _SAMPLE, middle + SIZE * 0.36, text, SIZE, fill=SOFT))
            at += _SAMPLE + measure_text(text, SIZE) + _GAP
    return parts


def _break_lines(keys: Sequence[Key], width: float) -> list[list[tuple[Key, str]]]:
    lines: list[list[tuple[Key, str]]] = []
    taken = width
    for key in keys:
        text = cut_text(clean_text(key.text), SIZE, width - _SAMPLE)
        needed = _SAMPLE + measure_text(text, SIZE)
        if not lines or taken + _GAP + needed > width:
            lines.append([])
            taken = -_GAP
        lines[-1].append((key, text))
        taken += _GAP + needed
    return lines
