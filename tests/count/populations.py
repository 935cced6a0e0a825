"""Invented populations whose size is known, and what lists see of them."""

from collections.abc import Sequence

import numpy as np

from onggi.count.cells import Cells, count_rows

LISTS = ("north", "south", "east", "west", "coast", "hill", "river", "lake")


def draw_classes(
    size: int, shares: Sequence[float], chances: Sequence[Sequence[float]], seed: int
) -> tuple[Cells, np.ndarray]:
    """People of a few classes, each with chances of its own to be on each list; the cells, and all rows."""
    dice = np.random.default_rng(seed)
    classes = dice.choice(len(shares), size, p=list(shares))
    rows = (dice.random((size, len(chances[0]))) < np.array(chances)[classes]).astype(np.int64)
    return count_rows(LISTS[: len(chances[0])], rows), rows


def draw_plain(size: int, chances: Sequence[float], seed: int) -> Cells:
    """People who are all alike, on lists that know nothing of each other."""
    return draw_classes(size, [1.0], [chances], seed)[0]


def count_some(text: str) -> Cells:
    """`100:12 110:3` as cells; the first digit is the first list."""
    from onggi.count.cells import gather_cells

    pairs = [part.split(":") for part in text.split()]
    width = len(pairs[0][0])
    return gather_cells(LISTS[:width], [(int(mark[::-1], 2), int(count)) for mark, count in pairs])
