"""Boxes on pages: beside each other in rows, the highest first, each row in the middle.

Pure (§4). Nothing is cut or made smaller; a box that is wider or higher than a page makes its pages so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 28.0

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a box stands: its number among those handed in, the page from zero, its upper left corner."""

    number: int
    page: int
    x: float
    y: float


def pack_boxes(sizes: Sequence[Size], room: Size) -> tuple[list[Spot], Size]:
    """Where each box stands, and how large the pages must be."""
    width = max([room[0], *(size[0] for size in sizes)])
    height = max([room[1], *(size[1] for size in sizes)])
    spots: list[Spot] = []
    page, y = 0, 0.0
    for row in _fill_rows(sizes, width):
        tall = max(sizes[number][1] for number in row)
        if y and y + tall > height:
            page, y = page + 1, 0.0
        x = (width - sum(sizes[number][0] for number in row) - GAP * (len(row) - 1)) / 2
        for number in row:
            spots.append(Spot(number, page, x, y + (tall - sizes[number][1]) / 2))
            x += sizes[number][0] + GAP
        y += tall + GAP
    return spots, (width, height)


def _fill_rows(sizes: Sequence[Size], width: float) -> list[list[int]]:
    rows: list[list[int]] = []
    taken: list[float] = []
    for number in sorted(range(len(sizes)), key=lambda number: (-sizes[number][1], number)):
        needed = sizes[number][0]
        fitting = next((at for at, used in enumerate(taken) if used + GAP + needed <= width), None)
        if fitting is None:
            rows.append([number])
            taken.append(needed)
        else:
            rows[fitting].append(number)
            taken[fitting] += GAP + needed
    return rows
