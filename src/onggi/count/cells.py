"""Capture patterns and how many people have each: the only thing that any estimate here is made from.

Pure. A pattern is a whole number whose bit `i` is set where somebody stands on list `i`. Names of lists stay
beside the numbers for the page that is written; nothing is known of any person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Counts: TypeAlias = NDArray[np.int64]
Reals: TypeAlias = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Cells:
    """Lists, and the patterns that were seen, in rising order, each with a positive count."""

    lists: tuple[str, ...]
    patterns: tuple[int, ...]
    counts: tuple[int, ...]

    @property
    def width(self) -> int:
        """How many lists there are."""
        return len(self.lists)

    @cached_property
    def people(self) -> int:
        """How many people stand on any list."""
        return sum(self.counts)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many people each list has."""
        return tuple(self.count_on(1 << at) for at in range(self.width))

    @cached_property
    def overlaps(self) -> Counts:
        """How many people stand on both of two lists, as a square; on the diagonal the sizes."""
        found = np.array(
            [[self.count_on(1 << a | 1 << b) for b in range(self.width)] for a in range(self.width)],
            dtype=np.int64,
        )
        return found.reshape(self.width, self.width)

    @cached_property
    def table(self) -> Counts:
        """Every pattern from 0 to 2**width - 1 with its count; pattern 0, which nobody can see, has 0."""
        filled = np.zeros(1 << self.width, dtype=np.int64)
        filled[list(self.patterns)] = self.counts
        return filled

    @cached_property
    def marks(self) -> Counts:
        """One row for each pattern seen, with 1 where the list has it."""
        return spread_bits(self.patterns, self.width)

    def count_on(self, subset: int) -> int:
        """How many people stand on every list of a subset."""
        return sum(
            count
            for pattern, count in zip(self.patterns, self.counts, strict=True)
            if pattern & subset == subset
        )

    def count_frequencies(self) -> tuple[int, ...]:
        """How many people stand on exactly 0 (never seen), 1, 2 … lists."""
        found = [0] * (self.width + 1)
        for pattern, count in zip(self.patterns, self.counts, strict=True):
            found[pattern.bit_count()] += count
        return tuple(found)

    def keep_lists(self, kept: Sequence[int]) -> "Cells":
        """Only these lists, in this order. Whoever stands on none of them is not seen any more."""
        moved = (sum((pattern >> at & 1) << new for new, at in enumerate(kept)) for pattern in self.patterns)
        return gather_cells([self.lists[at] for at in kept], zip(moved, self.counts, strict=True))

    def take_list(self, at: int) -> "Cells":
        """The people of one list, as the other lists see them; whoever is on no other is not seen."""
        others = [one for one in range(self.width) if one != at]
        on = [one for one in zip(self.patterns, self.counts, strict=True) if one[0] >> at & 1]
        return gather_cells(self.lists, on).keep_lists(others)

    def merge_lists(self, groups: Sequence[Sequence[int]]) -> "Cells":
        """Lists made one where a group has several: somebody stands on it who stands on any of them."""
        moved = (
            sum(any(pattern >> at & 1 for at in group) << new for new, group in enumerate(groups))
            for pattern in self.patterns
        )
        names = ["+".join(self.lists[at] for at in group) for group in groups]
        return gather_cells(names, zip(moved, self.counts, strict=True))


def gather_cells(lists: Sequence[str], seen: Iterable[tuple[int, int]]) -> Cells:
    """Patterns with their counts, in any order and as often as they come, as cells."""
    total: dict[int, int] = {}
    for pattern, count in seen:
        if pattern and count:
            total[pattern] = total.get(pattern, 0) + count
    patterns = tuple(sorted(total))
    return Cells(tuple(lists), patterns, tuple(total[pattern] for pattern in patterns))


def count_rows(lists: Sequence[str], rows: Counts) -> Cells:
    """People × lists of 0 and 1 as cells."""
    weights = np.left_shift(1, np.arange(len(lists), dtype=np.int64))
    patterns, counts = np.unique(rows.astype(np.int64) @ weights, return_counts=True)
    return gather_cells(lists, zip(patterns.tolist(), counts.tolist(), strict=True))


def spread_bits(patterns: Sequence[int], width: int) -> Counts:
    """Patterns × lists, with 1 where the list has it."""
    numbers = np.asarray(patterns, dtype=np.int64).reshape(-1, 1)
    return numbers >> np.arange(width, dtype=np.int64) & 1


def write_pattern(pattern: int, lists: Sequence[str]) -> str:
    """A pattern as the names of its lists."""
    return " + ".join(lists[at] for at in range(pattern.bit_length()) if pattern >> at & 1)
