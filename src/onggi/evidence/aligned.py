"""An original beside what was made of it: transcript and translation, place by place.

Floor 4. Pure, over a view in which identity is open; without it nothing is aligned, since passages lie there.
What stands at one place of the original stands in one line; places that only one of the texts has get lines
of their own, in the order of the original. Refused: nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onggi.evidence.custody import Derivative, find_derivatives
from onggi.evidence.transcript import read_time
from onggi.ledger.view import View
from onggi.model.statement import Words
from onggi.model.value import Text

_TIMES = re.compile(r"([0-9:.]+)–([0-9:.]+)")
_PARAGRAPH = re.compile(r"¶ ([1-9][0-9]{0,6})")

Place = tuple[int, int]
"""From and up to a time in milliseconds; or a paragraph, twice."""


@dataclass(frozen=True, slots=True)
class Line:
    """One place as its locator has it, where it begins, and what each text says there; None for nothing."""

    place: str
    start: int
    words: tuple[Words | None, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Texts that are found in an original by the same means (`time` or `paragraph`), and their lines."""

    by: str
    texts: tuple[Derivative, ...]
    lines: tuple[Line, ...]


def align_texts(view: View, item: str) -> list[Aligned]:
    """The texts that were made of an item and lead to places in it, by time first."""
    texts = [one for one in find_derivatives(view, item) if one.alignment in ("time", "paragraph")]
    found = (_align(view, by, [one for one in texts if one.alignment == by]) for by in ("time", "paragraph"))
    return [one for one in found if one.lines]


def read_place(locator: str) -> Place | None:
    """The place that a passage's locator names."""
    if times := _TIMES.fullmatch(locator):
        start, end = (read_time(one) for one in times.groups())
        return (start, end) if start is not None and end is not None else None
    paragraph = _PARAGRAPH.fullmatch(locator)
    return (int(paragraph[1]), int(paragraph[1])) if paragraph else None


def _align(view: View, by: str, texts: list[Derivative]) -> Aligned:
    places: dict[tuple[Place, int], tuple[str, dict[int, Words]]] = {}
    for column, text in enumerate(texts):
        seen: dict[Place, int] = {}
        for locator, place, words in _list_passages(view, text.item):
            again = seen[place] = seen.get(place, -1) + 1  # two who speak at once stand one below the other
            places.setdefault((place, again), (locator, {}))[1][column] = words
    lines = [
        Line(locator, place[0], tuple(said.get(column) for column in range(len(texts))))
        for (place, _), (locator, said) in sorted(places.items(), key=lambda one: one[0])
    ]
    return Aligned(by, tuple(texts), tuple(lines))


def _list_passages(view: View, text: str) -> Iterator[tuple[str, Place, Words]]:
    for held in view.live(text, "passage"):
        locator = held.statement.trace.locator or ""
        place = read_place(locator)
        value = held.statement.value
        if place is not None and isinstance(value, Text):
            yield locator, place, held.statement.words or Words(value.text, value.lang)
