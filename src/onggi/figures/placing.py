"""Where items stand within their layers: as straight as their lines can run, without touching.

Pure (§4). Each layer in turn is laid as near as it can to where its lines would have it; the order and the
least distances are kept. For one layer this is a least-squares fit with an order, which pooling neighbours
solves exactly; a few dozen rounds over all layers settle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

_ROUNDS = 40
_NEAR = 14.0  # an end of a line is so near that the line may run straight on to it
_LOOSE = 0.01  # the weight of an item without lines: it stays where it is


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two items: where it leaves each, off its middle, and how much it should be straight."""

    one: int
    other: int
    off_one: float
    off_other: float
    weight: float


def place_layers(
    layers: Sequence[Sequence[int]],
    sizes: Mapping[int, float],
    gaps: Mapping[int, float],
    lines: Sequence[Line],
) -> dict[int, float]:
    """The middle of each item. `gaps` is the room that an item wants beside it; of two the larger counts."""
    pulls: dict[int, list[tuple[int, float, float]]] = {item: [] for layer in layers for item in layer}
    for line in lines:
        pulls[line.one].append((line.other, line.off_other - line.off_one, line.weight))
        pulls[line.other].append((line.one, line.off_one - line.off_other, line.weight))
    offsets = {layer_at: _stack(layer, sizes, gaps) for layer_at, layer in enumerate(layers)}
    middle: dict[int, float] = {}
    for at, layer in enumerate(layers):
        half = offsets[at][-1] / 2
        middle |= {item: offset - half for item, offset in zip(layer, offsets[at], strict=True)}
    for round_ in range(_ROUNDS):
        order = range(len(layers)) if round_ % 2 == 0 else range(len(layers) - 1, -1, -1)
        for at in order:
            wanted = [_pull(item, middle, pulls[item]) for item in layers[at]]
            shifted = [
                (target - offset, weight)
                for (target, weight), offset in zip(wanted, offsets[at], strict=True)
            ]
            for item, place, offset in zip(layers[at], _pool(shifted), offsets[at], strict=True):
                middle[item] = place + offset
    return middle


Run = tuple[Sequence[int], tuple[float, float]]  # the items of one line, and where it comes from and goes to


def straighten_runs(
    runs: Sequence[Run],
    layers: Sequence[Sequence[int]],
    sizes: Mapping[int, float],
    gaps: Mapping[int, float],
    middle: dict[int, float],
) -> None:
    """Items of one line moved to one place, as far as there is room; straight on to an end that is near."""
    beside: dict[int, tuple[int | None, int | None]] = {}
    for layer in layers:
        for before, item, after in zip([None, *layer], layer, [*layer[1:], None], strict=False):
            beside[item] = before, after
    for items, ends in runs:
        rest = list(items)
        while rest:
            low, high, taken = _find_room(rest, beside, sizes, gaps, middle)
            mean = sum(middle[item] for item in rest[:taken]) / taken
            near = min(ends, key=lambda end: abs(end - mean))
            wanted = near if abs(near - mean) <= _NEAR else mean
            place = min(max(wanted, low), high)
            for item in rest[:taken]:
                middle[item] = place
            rest = rest[taken:]


def _find_room(
    items: Sequence[int],
    beside: Mapping[int, tuple[int | None, int | None]],
    sizes: Mapping[int, float],
    gaps: Mapping[int, float],
    middle: Mapping[int, float],
) -> tuple[float, float, int]:
    """Between where and where the first items can stand in one line, and how many of them can."""
    low, high = -inf, inf
    for taken, item in enumerate(items):
        before, after = beside[item]
        least, most = low, high
        if before is not None:
            least = max(low, middle[before] + _find_distance(before, item, sizes, gaps))
        if after is not None:
            most = min(high, middle[after] - _find_distance(item, after, sizes, gaps))
        if least > most and taken:
            return low, high, taken
        low, high = least, most
    # Rounding may leave a hair's breadth less than nothing between two neighbours.
    return low, max(low, high), len(items)


def _find_distance(one: int, other: int, sizes: Mapping[int, float], gaps: Mapping[int, float]) -> float:
    """How far apart the middles of two neighbours must be."""
    return (sizes[one] + sizes[other]) / 2 + max(gaps[one], gaps[other])


def _stack(layer: Sequence[int], sizes: Mapping[int, float], gaps: Mapping[int, float]) -> list[float]:
    """Middles of items that stand as close as they may, the first at zero."""
    offsets = [0.0]
    for one, other in zip(layer, layer[1:], strict=False):
        offsets.append(offsets[-1] + _find_distance(one, other, sizes, gaps))
    return offsets


def _pull(
    item: int, middle: Mapping[int, float], pulls: Sequence[tuple[int, float, float]]
) -> tuple[float, float]:
    """Where an item's lines would have it, and how strongly."""
    weight = sum(strength for _, _, strength in pulls)
    if not weight:
        return middle[item], _LOOSE
    return sum((middle[other] + off) * strength for other, off, strength in pulls) / weight, weight


def _pool(wanted: Sequence[tuple[float, float]]) -> list[float]:
    """The nearest places that do not decrease; what would overtake is pooled at its common mean."""
    pools: list[tuple[float, float, int]] = []
    for place, weight in wanted:
        pool = (place, weight, 1)
        while pools and pools[-1][0] >= pool[0]:
            before = pools.pop()
            total = before[1] + pool[1]
            mean = (before[0] * before[1] + pool[0] * pool[1]) / total
            pool = (mean, total, before[2] + pool[2])
        pools.append(pool)
    return [place for place, _, count in pools for _ in range(count)]
