"""A graph of relations: who or what stands in which relation to whom, with an arrow for each.

Pure (§4). The layout is our own and leaves nothing to chance. No label lies on a node or on another label, no
arrow runs through either; parts that are not connected stand beside each other. Refused: a relation whose end
is no node, a node named twice, more than 80 nodes or 160 relations, more than six kinds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from onggi.errors import Exit, OnggiError
from onggi.figures.figure import HEIGHT, NARROWEST, WIDTH, Figure, Row, drop_empty, number_title
from onggi.figures.ink import INK, LINE, PAPER
from onggi.figures.layout import Box, Layout, Piece, lay_out
from onggi.figures.legend import Key, draw_legend, measure_legend, rank_kinds
from onggi.figures.measure import clean_text, measure_text, wrap_text
from onggi.figures.node import break_label, draw_form, draw_node, measure_node
from onggi.figures.packing import Spot, pack_boxes
from onggi.figures.svg import draw, draw_picture, draw_polygon, draw_text, write_number
from onggi.words import say

MOST_NODES = 80
MOST_EDGES = 160

_SIZE = 10.5  # of labels of relations
_LINE = 12.5
_WIDEST = 86.0
_LINES = 3
_MARGIN = 6.0
_HEAD = ("from", "from_kind", "relation", "to", "to_kind", "remark")
_ARROW = 8.0
_DASH = "5 3"


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody or something. `id` is what relations name, and not shown; `strong` marks whom it is about."""

    id: str
    label: str
    kind: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation from one node to another, as it reads in that direction; `uncertain` if it is in doubt."""

    start: str
    end: str
    label: str = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One connected part, laid out."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    texts: Sequence[tuple[str, ...]]
    labels: Sequence[tuple[str, ...]]
    layout: Layout


def draw_graph(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    title: str,
    lang: str,
    kinds: Sequence[str] = (),
    width: int = WIDTH,
    height: int = HEIGHT,
) -> tuple[Figure, ...]:
    """The pages of a graph, none where there is no node.

    Kinds have their forms in the order of `kinds`, those not named there as they occur. A part that finds no
    room in `width` and `height` makes the page larger.
    """
    _check(nodes, edges)
    if not nodes:
        return ()
    tidy = [Node(node.id, clean_text(node.label), clean_text(node.kind), node.strong) for node in nodes]
    drawn = [Edge(edge.start, edge.end, clean_text(edge.label), edge.uncertain) for edge in edges]
    forms = rank_kinds([*kinds, *(node.kind for node in tidy)])
    keys = list(_list_keys(tidy, drawn, forms, lang))
    width = max(width, NARROWEST)
    legend = measure_legend(keys, width) + 10 if keys else 0.0
    room = width - 2 * _MARGIN, max(height, NARROWEST) - legend - 2 * _MARGIN
    parts = [_lay_part(*part, room) for part in _split_parts(tidy, drawn)]
    spots, page_size = pack_boxes([(part.layout.width, part.layout.height) for part in parts], room)
    pages = [[spot for spot in spots if spot.page == page] for page in range(spots[-1].page + 1)]
    alt = say("figures.graph.alt", lang, nodes=len(nodes), edges=len(edges), parts=len(parts))
    titles = [number_title(title, number, len(pages), lang) for number in range(1, len(pages) + 1)]
    return tuple(
        _draw_page([(spot, parts[spot.number]) for spot in page], page_size[0], forms, keys, name, alt, lang)
        for page, name in zip(pages, titles, strict=True)
    )


def _check(nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    for count, most in ((len(nodes), MOST_NODES), (len(edges), MOST_EDGES)):
        if count > most:
            raise OnggiError("figures.many", exit_code=Exit.REFUSED, count=count, most=most)
    known: set[str] = set()
    for row, node in enumerate(nodes, 1):
        if node.id in known:
            raise OnggiError("figures.graph.twice", exit_code=Exit.USAGE, row=row)
        known.add(node.id)
    for row, edge in enumerate(edges, 1):
        if not {edge.start, edge.end} <= known:
            raise OnggiError("figures.graph.end", exit_code=Exit.USAGE, row=row)


def _split_parts(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[tuple[list[Node], list[Edge]]]:
    """The connected parts, in the order of their first nodes."""
    part = {node.id: at for at, node in enumerate(nodes)}
    for edge in edges:
        low, high = sorted((part[edge.start], part[edge.end]))
        if low != high:
            part = {id: low if number == high else number for id, number in part.items()}
    return [
        ([n for n in nodes if part[n.id] == number], [e for e in edges if part[e.start] == number])
        for number in sorted(set(part.values()))
    ]


def _lay_part(nodes: Sequence[Node], edges: Sequence[Edge], room: tuple[float, float]) -> _Part:
    texts = [break_label(node.label) for node in nodes]
    labels = [wrap_text(edge.label, _SIZE, _WIDEST, _LINES) for edge in edges]
    number = {node.id: at for at, node in enumerate(nodes)}
    links = [(number[edge.start], number[edge.end]) for edge in edges]
    layout = lay_out(
        [measure_node(lines) for lines in texts], [_measure_label(lines) for lines in labels], links, room
    )
    return _Part(nodes, edges, texts, labels, layout)


def _measure_label(lines: Sequence[str]) -> tuple[float, float]:
    if not lines:
        return 0.0, 0.0
    return max(measure_text(line, _SIZE) for line in lines) + 8, _LINE * len(lines) + 3


def _draw_page(
    page: Sequence[tuple[Spot, _Part]],
    width: float,
    forms: Mapping[str, int],
    keys: Sequence[Key],
    title: str,
    alt: str,
    lang: str,
) -> Figure:
    parts: list[str] = []
    bottom = 0.0
    for spot, part in page:
        parts += _draw_part(part, spot.x + _MARGIN, spot.y + _MARGIN, forms)
        bottom = max(bottom, spot.y + part.layout.height + 2 * _MARGIN)
    across = ceil(width + 2 * _MARGIN)
    parts += draw_legend(keys, _MARGIN, bottom + 8, across - 2 * _MARGIN)
    height = ceil(bottom + (measure_legend(keys, across - 2 * _MARGIN) + 10 if keys else 0))
    svg = draw_picture(parts, across, height, title=title, alt=alt, lang=lang)
    rows = [row for _, part in page for row in _list_rows(part, lang)]
    head = tuple(say(f"figures.graph.head.{name}", lang) for name in _HEAD)
    return Figure(svg, across, height, title, alt, *drop_empty(head, rows))


def _draw_part(part: _Part, x: float, y: float, forms: Mapping[str, int]) -> list[str]:
    drawn: list[str] = []
    for edge, route in zip(part.edges, part.layout.routes, strict=True):
        drawn += _draw_route(route, x, y, uncertain=edge.uncertain)
    for lines, box in zip(part.labels, part.layout.labels, strict=True):
        drawn += _draw_label(lines, box, x, y)
    for node, lines, box in zip(part.nodes, part.texts, part.layout.nodes, strict=True):
        place = (x + box.x, y + box.y, box.width, box.height)
        drawn += draw_node(lines, forms[node.kind], *place, strong=node.strong)
    return drawn


def _draw_route(route: Sequence[Piece], x: float, y: float, *, uncertain: bool) -> list[str]:
    """A line and the head of an arrow; white beside it shows which of two that cross lies above."""
    (tip_x, tip_y), (from_x, from_y) = route[-1][-1], route[-2][-1]
    length = max(abs(tip_x - from_x) + abs(tip_y - from_y), 0.01)  # the last piece runs along an axis
    ahead = ((tip_x - from_x) / length, (tip_y - from_y) / length)
    base = tip_x - ahead[0] * _ARROW, tip_y - ahead[1] * _ARROW
    path = ""
    for at, piece in enumerate([*route[:-1], (base,)]):
        places = " ".join(f"{write_number(px + x)} {write_number(py + y)}" for px, py in piece)
        path += ("M" if at == 0 else "C" if len(piece) > 1 else "L") + places
    side = (-ahead[1] * _ARROW * 0.42, ahead[0] * _ARROW * 0.42)
    head = [
        (tip_x + x, tip_y + y),
        (base[0] + side[0] + x, base[1] + side[1] + y),
        (base[0] - side[0] + x, base[1] - side[1] + y),
    ]
    return [
        draw("path", d=path, fill="none", stroke=PAPER, stroke_width=4),
        draw(
            "path",
            d=path,
            fill="none",
            stroke=LINE,
            stroke_width=1.2,
            stroke_dasharray=_DASH if uncertain else None,
        ),
        draw_polygon(head, fill=LINE),
    ]


def _draw_label(lines: Sequence[str], box: Box, x: float, y: float) -> list[str]:
    if not lines:
        return []
    middle, center = box.middle
    height = _LINE * len(lines) + 3
    width = max(measure_text(line, _SIZE) for line in lines) + 8
    ground = {"x": x + middle - width / 2, "y": y + center - height / 2, "width": width, "height": height}
    base = y + center + _SIZE * 0.36 - (len(lines) - 1) * _LINE / 2
    return [
        draw("rect", fill=PAPER, **ground),
        *(
            draw_text(x + middle, base + number * _LINE, line, _SIZE, anchor="middle", fill=INK)
            for number, line in enumerate(lines)
        ),
    ]


def _list_keys(
    nodes: Sequence[Node], edges: Sequence[Edge], forms: Mapping[str, int], lang: str
) -> Iterator[Key]:
    used = sorted({(forms[node.kind], node.kind) for node in nodes})
    if used != [(0, "")]:
        for form, kind in used:
            yield Key(partial(_sample_form, form), kind or say("figures.no_kind", lang))
    if any(edge.uncertain for edge in edges):
        yield Key(_sample_doubt, say("figures.graph.uncertain", lang))


def _sample_form(form: int, x: float, y: float) -> list[str]:
    return draw_form(form, x + 1, y - 6.5, 26, 13)


def _sample_doubt(x: float, y: float) -> list[str]:
    return _draw_route([((x, y),), ((x + 10, y),), ((x + 28, y),)], 0, 0, uncertain=True)


def _list_rows(part: _Part, lang: str) -> Iterator[Row]:
    """A row for each relation, and one for a node that has none."""
    named = {node.id: node for node in part.nodes}
    for edge in part.edges:
        start, end = named[edge.start], named[edge.end]
        remark = say("figures.graph.uncertain", lang) if edge.uncertain else ""
        yield start.label, start.kind, edge.label, end.label, end.kind, remark
    if not part.edges:
        yield from ((node.label, node.kind, "", "", "", "") for node in part.nodes)
