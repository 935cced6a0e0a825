"""Who stands in which layer of a graph: several ways to decide, so that the best to draw can be taken.

Pure (§4). Nodes are numbers from zero, in the order in which they were handed in; links are pairs of them,
and all nodes are connected. Every way gives each node a layer from zero on, and leaves no layer empty.
Nothing is left to chance: where two nodes are alike, the one that was named first goes first.
"""

from collections.abc import Sequence

Links = Sequence[tuple[int, int]]

_PASSES = 8


def list_layerings(count: int, links: Links) -> list[tuple[int, ...]]:
    """The different layerings of a connected graph that are worth trying."""
    near = list_neighbours(count, links)
    center = find_center(near)
    edge = find_edge(near)
    ways = (
        follow_links(count, links),
        measure_distances(near, center),
        spread_sides(near, center),
        measure_distances(near, edge),
    )
    return list(dict.fromkeys(ways))


def list_neighbours(count: int, links: Links) -> list[list[int]]:
    """The neighbours of each node, whichever way the links point."""
    near: list[dict[int, None]] = [{} for _ in range(count)]
    for start, end in links:
        if start != end:
            near[start][end] = near[end][start] = None
    return [sorted(one) for one in near]


def find_center(near: Sequence[Sequence[int]]) -> int:
    """The node from which the farthest is nearest, and which has the most neighbours."""
    return min(
        range(len(near)), key=lambda node: (max(measure_distances(near, node)), -len(near[node]), node)
    )


def find_edge(near: Sequence[Sequence[int]]) -> int:
    """The node from which the farthest is farthest, with the fewest neighbours: layers become narrow."""
    return min(
        range(len(near)), key=lambda node: (-max(measure_distances(near, node)), len(near[node]), node)
    )


def measure_distances(near: Sequence[Sequence[int]], center: int) -> tuple[int, ...]:
    """Layers by the number of links from a center."""
    distance = {center: 0}
    queue = [center]
    for node in queue:
        for other in near[node]:
            if other not in distance:
                distance[other] = distance[node] + 1
                queue.append(other)
    return tuple(distance[node] for node in range(len(near)))


def spread_sides(near: Sequence[Sequence[int]], center: int) -> tuple[int, ...]:
    """Layers by distance, to both sides of a center: what hangs together without it stays on one side."""
    distance = measure_distances(near, center)
    side = dict.fromkeys(range(len(near)), 0)
    weight = {-1: 0, 1: 0}
    for part in sorted(_split_without(near, center), key=lambda part: (-len(part), part)):
        lighter = 1 if weight[1] <= weight[-1] else -1
        weight[lighter] += len(part)
        side.update(dict.fromkeys(part, lighter))
    layers = [side[node] * distance[node] for node in range(len(near))]
    return tuple(layer - min(layers) for layer in layers)


def follow_links(count: int, links: Links) -> tuple[int, ...]:
    """Layers in the direction of the links, as far as these do not run in a circle, with short links."""
    forward = _break_circles(count, links)
    after: list[list[int]] = [[] for _ in range(count)]
    before: list[list[int]] = [[] for _ in range(count)]
    for start, end in forward:
        after[start].append(end)
        before[end].append(start)
    layers = [0] * count
    for node in _sort_by_links(after, before):
        layers[node] = max((layers[one] + 1 for one in before[node]), default=0)
    for _ in range(_PASSES):
        for node in range(count):
            low = max((layers[one] + 1 for one in before[node]), default=None)
            high = min((layers[one] - 1 for one in after[node]), default=None)
            beside = sorted(layers[one] for one in (*before[node], *after[node]))
            if beside:
                wanted = beside[(len(beside) - 1) // 2]
                wanted = wanted if low is None else max(wanted, low)
                layers[node] = wanted if high is None else min(wanted, high)
    return _close_gaps(layers)


def _close_gaps(layers: Sequence[int]) -> tuple[int, ...]:
    ranks = {layer: at for at, layer in enumerate(sorted(set(layers)))}
    return tuple(ranks[layer] for layer in layers)


def _split_without(near: Sequence[Sequence[int]], center: int) -> list[list[int]]:
    """The parts into which a graph falls without its center."""
    seen = {center}
    parts = []
    for first in near[center]:
        if first in seen:
            continue
        part = [first]
        seen.add(first)
        for node in part:
            fresh = [other for other in near[node] if other not in seen]
            seen.update(fresh)
            part += fresh
        parts.append(sorted(part))
    return parts


def _break_circles(count: int, links: Links) -> list[tuple[int, int]]:
    """The links, those turned round that would close a circle."""
    after: list[list[int]] = [[] for _ in range(count)]
    for start, end in links:
        if start != end:
            after[start].append(end)
    entered: dict[int, int] = {}  # in which order a node was left for good
    left: dict[int, int] = {}
    for root in range(count):
        path = [root] if root not in entered else []
        while path:
            node = path[-1]
            entered.setdefault(node, len(entered))
            fresh = next((other for other in after[node] if other not in entered), None)
            if fresh is None:
                left.setdefault(path.pop(), len(left))
            else:
                path.append(fresh)
    return [(a, b) if left[a] > left[b] else (b, a) for a, b in links if a != b]


def _sort_by_links(after: Sequence[Sequence[int]], before: Sequence[Sequence[int]]) -> list[int]:
    """Nodes, each after all that link to it."""
    waiting = [len(one) for one in before]
    ready = [node for node, count in enumerate(waiting) if not count]
    for node in ready:
        for other in after[node]:
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return ready
