"""One connected graph laid out: where nodes and labels stand, and how each link runs.

Pure (§4). Several layerings are tried, each across the page and down it; what fits best, crosses least and
runs shortest is taken. By construction no node and no label touches another, and no link runs through either.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onggi.figures.chains import Chains, make_chains
from onggi.figures.layering import Links, list_layerings
from onggi.figures.ordering import count_crossings, order_layers
from onggi.figures.placing import place_layers, straighten_runs

_STUB = 10.0  # how straight a line leaves a node: room for the head of an arrow
_LEAST, _MOST = 10.0, 40.0  # of the room in which lines change their place
_SLOPE = 0.1
# What a layout costs, in crossings: to be shrunk by its own size, to fill a page.
_SHRINKING, _FILLING = 50, 10
_LENGTH = 400  # so long a way aside costs as much as a crossing

Point = tuple[float, float]
Piece = tuple[Point, ...]  # one point: a straight way there; three: a curve, as SVG has it


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """A graph laid out from 0, 0; routes begin with a point and end with a straight piece."""

    width: float
    height: float
    nodes: tuple[Box, ...]
    labels: tuple[Box, ...]
    routes: tuple[tuple[Piece, ...], ...]


def lay_out(sizes: Sequence[Point], labels: Sequence[Point], links: Links, room: Point) -> Layout:
    """The best layout for nodes and labels of these widths and heights, seen from the room there is."""
    tried = []
    for layering in list_layerings(len(sizes), links):
        for down in (False, True):
            layout, cost = _lay_layers(layering, sizes, labels, links, down=down)
            shrunk = max(layout.width / room[0], layout.height / room[1], 1) - 1
            filled = layout.width * layout.height / (room[0] * room[1])
            tried.append((cost + _SHRINKING * shrunk + _FILLING * filled, layout))
    return min(tried, key=lambda one: one[0])[1]


def _lay_layers(
    layering: Sequence[int], sizes: Sequence[Point], labels: Sequence[Point], links: Links, *, down: bool
) -> tuple[Layout, float]:
    """A layout with these layers, and what it costs in crossings and lengths."""
    thick_wide = [[(h, w) if down else (w, h) for w, h in some] for some in (sizes, labels)]
    made = make_chains(layering, thick_wide[0], thick_wide[1], links)
    made.layers = order_layers(made.layers, made.list_links())
    ports = made.find_ports()
    lines = made.list_lines(ports)
    wide = {at: item.wide for at, item in enumerate(made.items)}
    gaps = {at: item.gap for at, item in enumerate(made.items)}
    middles = place_layers(made.layers, wide, gaps, lines)
    runs = [
        (chain[1:-1], _find_ends(chain, offs, middles))
        for chain, offs in zip(made.chains, ports, strict=True)
    ]
    straighten_runs(runs, made.layers, wide, gaps, middles)
    first = min(middles[item] - wide[item] / 2 for item in middles)
    middles = {item: middle - first for item, middle in middles.items()}
    layout = _turn_layout(made, middles, _lay_bands(made, middles), ports, down=down)
    bends = sum(
        abs(middles[line.one] + line.off_one - middles[line.other] - line.off_other) for line in lines
    )
    return layout, count_crossings(made.layers, made.list_links()) + bends / _LENGTH


def _find_ends(
    chain: Sequence[int], offs: Sequence[tuple[float, float]], middles: dict[int, float]
) -> tuple[float, float]:
    """Where a link leaves its two nodes."""
    return middles[chain[0]] + offs[0][0], middles[chain[-1]] + offs[-1][1]


Band = tuple[float, float]  # where a layer begins and ends


def _lay_bands(made: Chains, middles: dict[int, float]) -> list[Band]:
    """The layers one behind the other, with more room between them where lines have far to go."""
    farthest = [0.0] * len(made.layers)
    for one, other in made.list_links():
        low = min(made.items[one].layer, made.items[other].layer)
        farthest[low] = max(farthest[low], abs(middles[one] - middles[other]))
    bands, at = [], 0.0
    for number, layer in enumerate(made.layers):
        thick = max((made.items[item].thick for item in layer), default=0.0)
        bands.append((at, at + thick))
        at += thick + _STUB + min(max(_LEAST + _SLOPE * farthest[number], _LEAST), _MOST)
    return bands


def _turn_layout(
    made: Chains,
    middles: dict[int, float],
    bands: Sequence[Band],
    ports: Sequence[Sequence[tuple[float, float]]],
    *,
    down: bool,
) -> Layout:
    """Layers become columns, or rows if they go down the page."""

    def place(across: float, along: float) -> Point:
        return (along, across) if down else (across, along)

    boxes = []
    for number, item in enumerate(made.items[: made.nodes + len(made.chains)]):
        begin, end = bands[item.layer]
        x, y = place((begin + end - item.thick) / 2, middles[number] - item.wide / 2)
        boxes.append(Box(x, y, *place(item.thick, item.wide)))
    routes = []
    for chain, offs in zip(made.chains, ports, strict=True):
        pieces = _route_chain(made, chain, offs, middles, bands)
        routes.append(tuple(tuple(place(*point) for point in piece) for piece in pieces))
    width, height = place(bands[-1][1], max(middles[item] + made.items[item].wide / 2 for item in middles))
    return Layout(width, height, tuple(boxes[: made.nodes]), tuple(boxes[made.nodes :]), tuple(routes))


def _route_chain(
    made: Chains,
    chain: Sequence[int],
    offs: Sequence[tuple[float, float]],
    middles: dict[int, float],
    bands: Sequence[Band],
) -> list[Piece]:
    """How a link runs: straight through layers, in a curve between them."""
    pieces: list[Piece] = []
    for at, (one, other) in enumerate(zip(chain, chain[1:], strict=False)):
        begin, end = middles[one] + offs[at][0], middles[other] + offs[at][1]
        side = 1 if made.items[other].layer > made.items[one].layer else -1
        leave, enter = _edge(bands, made, one, side), _edge(bands, made, other, -side)
        if at == 0:
            pieces.append(((_border(bands, made, one, side), begin),))
        pieces.append(((leave, begin),))
        half = (leave + enter) / 2
        pieces.append(((half, begin), (half, end), (enter, end)))
        if (
            other >= made.nodes
            and at + 2 < len(chain)
            and made.items[chain[at + 2]].layer == made.items[one].layer
        ):
            # It turns round under its label.
            low, high = bands[made.items[other].layer]
            pieces += [(((low + high) / 2, end),), (((low + high) / 2, middles[other] + offs[at + 1][0]),)]
    pieces.append(((_border(bands, made, chain[-1], -side), end),))
    return pieces


def _edge(bands: Sequence[Band], made: Chains, item: int, side: int) -> float:
    """Where a line is straight again beside the layer of an item."""
    low, high = bands[made.items[item].layer]
    stub = _STUB if item < made.nodes else 0.0
    return high + stub if side > 0 else low - stub


def _border(bands: Sequence[Band], made: Chains, node: int, side: int) -> float:
    """Where a line meets a node."""
    low, high = bands[made.items[node].layer]
    return (low + high + side * made.items[node].thick) / 2
