"""In which order items stand within their layers, so that few lines cross.

Pure (§4). The usual sweeps: each layer is sorted by the middle of its neighbours in the one before, then
neighbours change places where that helps; the best order seen is kept. Items are numbers, links join items of
neighbouring layers.
"""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence

Layers = list[list[int]]

_SWEEPS = 16
_SWAPS = 3


def order_layers(layers: Sequence[Sequence[int]], links: Sequence[tuple[int, int]]) -> Layers:
    """The layers with their items in the best order found; the order handed in is where the search begins."""
    near: dict[int, list[int]] = {item: [] for layer in layers for item in layer}
    for one, other in links:
        near[one].append(other)
        near[other].append(one)
    best = [list(layer) for layer in layers]
    fewest = count_crossings(best, links)
    for first in (0, 1):
        ordered = [list(layer) for layer in layers]
        for sweep in range(_SWEEPS):
            if not fewest:
                return best
            _sweep(ordered, near, down=(sweep + first) % 2 == 0)
            _swap_neighbours(ordered, near)
            crossings = count_crossings(ordered, links)
            if crossings < fewest:
                fewest, best = crossings, [list(layer) for layer in ordered]
    return best


def count_crossings(layers: Sequence[Sequence[int]], links: Sequence[tuple[int, int]]) -> int:
    """How often lines cross between layers."""
    place = {item: (at, number) for at, layer in enumerate(layers) for number, item in enumerate(layer)}
    gaps: dict[int, list[tuple[int, int]]] = {}
    for ends in links:
        one, other = sorted(place[item] for item in ends)
        gaps.setdefault(one[0], []).append((one[1], other[1]))
    crossings = 0
    for lines in gaps.values():
        passed: list[int] = []  # where the lines that begin before end
        for _, end in sorted(lines):
            crossings += len(passed) - bisect_right(passed, end)
            insort(passed, end)
    return crossings


def _sweep(layers: Layers, near: Mapping[int, list[int]], *, down: bool) -> None:
    order = range(1, len(layers)) if down else range(len(layers) - 2, -1, -1)
    for at in order:
        fixed = {item: number for number, item in enumerate(layers[at - 1 if down else at + 1])}
        wanted = {}
        for number, item in enumerate(layers[at]):
            beside = [fixed[other] for other in near[item] if other in fixed]
            wanted[item] = sum(beside) / len(beside) if beside else float(number)
        layers[at].sort(key=wanted.__getitem__)


def _swap_neighbours(layers: Layers, near: Mapping[int, list[int]]) -> None:
    for _ in range(_SWAPS):
        changed = False
        for at, layer in enumerate(layers):
            around = [
                {item: number for number, item in enumerate(layers[side])}
                for side in (at - 1, at + 1)
                if 0 <= side < len(layers)
            ]
            for number in range(len(layer) - 1):
                one, other = layer[number], layer[number + 1]
                if _count_pair(one, other, near, around) > _count_pair(other, one, near, around):
                    layer[number], layer[number + 1] = other, one
                    changed = True
        if not changed:
            return


def _count_pair(
    one: int, other: int, near: Mapping[int, list[int]], around: Sequence[Mapping[int, int]]
) -> int:
    """How often the lines of two items cross if the first stands before the second."""
    return sum(
        places[mine] > places[its]
        for places in around
        for mine in near[one]
        if mine in places
        for its in near[other]
        if its in places
    )
