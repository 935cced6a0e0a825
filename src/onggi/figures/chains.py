"""A layered graph taken apart into items: nodes, labels of links, and the places where links pass a layer.

Pure (§4). Nodes stand in every second layer, labels in those between, so that no label can lie on a node, and
a link that goes farther passes each layer at a place of its own, so that it runs through nothing. A link
within one layer, or from a node to itself, turns round at its label.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from onggi.figures.layering import Links
from onggi.figures.placing import Line

_PORT = 8.0  # the least distance between lines at one side of a node
_MOST = 13.0
_EDGE = 8.0  # from a corner to the first line
_TURN = 5.0  # off the middle of a label at which a link turns round
_NODE_GAP, _LABEL_GAP, _PASS_GAP = 16.0, 8.0, 9.0
_PASS = 2.0  # how wide a line is
_WEIGHTS = (1.0, 2.0, 8.0)  # how straight a piece should be, by how many of its ends are no nodes


@dataclass(slots=True)
class Item:
    """Something that takes a place in a layer: how thick across its layers, how wide along them."""

    layer: int
    thick: float
    wide: float
    gap: float


@dataclass(slots=True)
class Chains:
    """The items of a graph (nodes, then one label for each link, then passes) and the chain of each link."""

    items: list[Item]
    chains: list[list[int]]
    nodes: int
    layers: list[list[int]] = field(default_factory=list)

    def list_links(self) -> list[tuple[int, int]]:
        """Pairs of items in neighbouring layers, link by link."""
        return [pair for chain in self.chains for pair in zip(chain, chain[1:], strict=False)]

    def widen_nodes(self) -> None:
        """Nodes made wide enough for all lines at their sides."""
        counts: dict[tuple[int, int], int] = {}
        for chain in self.chains:
            for end, beside in ((chain[0], chain[1]), (chain[-1], chain[-2])):
                side = self.items[beside].layer - self.items[end].layer
                counts[end, side] = counts.get((end, side), 0) + 1
        for (node, _), count in counts.items():
            item = self.items[node]
            item.wide = max(item.wide, _PORT * (count - 1) + 2 * _EDGE)

    def find_ports(self) -> list[list[tuple[float, float]]]:
        """Where each piece of each chain leaves its two items, off their middles; layers are ordered by
        now."""
        rank = {item: at for layer in self.layers for at, item in enumerate(layer)}
        sides: dict[tuple[int, int], list[tuple[int, int, int, int]]] = {}
        for number, chain in enumerate(self.chains):
            for at, (one, other) in enumerate(zip(chain, chain[1:], strict=False)):
                for end, beside, which in ((one, other, 0), (other, one, 1)):
                    side = self.items[beside].layer - self.items[end].layer
                    sides.setdefault((end, side), []).append((rank[beside], number, at, which))
        ports = [[[0.0, 0.0] for _ in chain[1:]] for chain in self.chains]
        for (end, _), ends in sides.items():
            item = self.items[end]
            step = (
                min(_MOST, (item.wide - 2 * _EDGE) / max(len(ends) - 1, 1)) if end < self.nodes else _TURN * 2
            )
            for at, (_, number, piece, which) in enumerate(sorted(ends)):
                ports[number][piece][which] = (at - (len(ends) - 1) / 2) * step
        return [[(one, other) for one, other in chain] for chain in ports]

    def list_lines(self, ports: Sequence[Sequence[tuple[float, float]]]) -> list[Line]:
        """The pieces of all chains, long ways straightest."""
        lines = []
        for chain, offs in zip(self.chains, ports, strict=True):
            for one, other, (off_one, off_other) in zip(chain, chain[1:], offs, strict=False):
                weight = _WEIGHTS[sum(item >= self.nodes for item in (one, other))]
                lines.append(Line(one, other, off_one, off_other, weight))
        return lines


Size = tuple[float, float]  # thick, wide


def make_chains(
    layering: Sequence[int], sizes: Sequence[Size], labels: Sequence[Size], links: Links
) -> Chains:
    """The items of a graph whose nodes stand in these layers."""
    items = [
        Item(2 * layer, thick, wide, _NODE_GAP) for layer, (thick, wide) in zip(layering, sizes, strict=True)
    ]
    crowd = [0] * (2 * max(layering) + 2)
    chains: list[list[int]] = []
    passes: list[list[int]] = []
    for (start, end), (thick, wide) in zip(links, labels, strict=True):
        low, high = sorted((items[start].layer, items[end].layer))
        if low == high:
            at = _choose_side(low, crowd)
            between: list[int] = []
            wide = max(wide, 2 * _TURN + _PASS)
        else:
            at = (low + high) // 2 if (low + high) // 2 % 2 else (low + high) // 2 - 1
            between = [layer for layer in range(low + 1, high) if layer != at]
        crowd[at] += 1
        items.append(Item(at, thick, max(wide, _PASS), _LABEL_GAP))
        passes.append(between)
    for number, ((start, end), between) in enumerate(zip(links, passes, strict=True)):
        label = len(sizes) + number
        inner = [label]
        for layer in between:
            inner.append(len(items))
            items.append(Item(layer, 0, _PASS, _PASS_GAP))
        backwards = items[start].layer > items[end].layer
        inner.sort(key=lambda item: items[item].layer, reverse=backwards)
        chains.append([start, *inner, end])
    made = Chains(items, chains, len(sizes))
    made.layers = [[] for _ in range(max(item.layer for item in items) + 1)]
    for item in _walk(made):
        made.layers[items[item].layer].append(item)
    made.widen_nodes()
    return made


def _choose_side(layer: int, crowd: Sequence[int]) -> int:
    """The less crowded layer of labels beside a layer of nodes; beyond the last only if there is no other."""
    sides = [side for side in (layer + 1, layer - 1) if 0 <= side < len(crowd) - 1] or [layer + 1]
    return min(sides, key=lambda side: crowd[side])


def _walk(made: Chains) -> list[int]:
    """All items, those that hang together near each other: where the search for a good order begins."""
    near: list[list[int]] = [[] for _ in made.items]
    for one, other in made.list_links():
        near[one].append(other)
        near[other].append(one)
    seen: dict[int, None] = {}
    for root in range(len(made.items)):
        path = [root]
        while path:
            item = path.pop()
            if item not in seen:
                seen[item] = None
                path += [other for other in reversed(near[item]) if other not in seen]
    return list(seen)
