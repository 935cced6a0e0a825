"""What one look through a text finds, and how several looks are made one. Floor 1. Pure. Refused: nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """Characters `start` up to `end` can be what has this number; `whole` unless only a given name stands."""

    start: int
    end: int
    number: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place in a text where something known stands: characters `start` up to `end`.

    `known` are the numbers of what it can be, in the order in which things were given, names before places.
    `whole` is False where only a given name stands: whose it is, only who knows the text can say.
    """

    start: int
    end: int
    known: tuple[int, ...]
    whole: bool


def merge_matches(matches: Iterable[Match]) -> list[Occurrence]:
    """By their start. What lies within a longer one is part of it; whole names go before given ones."""
    spans: defaultdict[tuple[int, int], dict[bool, set[int]]] = defaultdict(dict)
    for match in matches:
        spans[match.start, match.end].setdefault(match.whole, set()).add(match.number)
    kept: list[Occurrence] = []
    reach = 0
    for (start, end), found in sorted(spans.items(), key=lambda one: (one[0][0], -one[0][1])):
        if end > reach:
            whole = True in found
            kept.append(Occurrence(start, end, tuple(sorted(found[whole])), whole))
            reach = end
    return kept
