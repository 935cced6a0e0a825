"""Graphs: nothing lies on anything else, and no arrow runs through what it does not concern."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.picture import check_picture, list_texts, read_picture

from onggi.errors import OnggiError
from onggi.figures.graph import MOST_EDGES, MOST_NODES, Edge, Node, draw_graph
from onggi.figures.layering import follow_links, list_layerings
from onggi.figures.layout import Box, Layout, Point, lay_out
from onggi.figures.ordering import count_crossings, order_layers
from onggi.figures.placing import place_layers

TEXTS = st.sampled_from(
    ["", "victim of", "에게서 삼", "卖给", "<b>&", "W" * 60, "가나다 라마바 " * 30]
) | st.text(max_size=12)
ROOM = (668.0, 880.0)
Links = list[tuple[int, int]]


@st.composite
def connected(draw: st.DrawFn) -> tuple[int, Links]:
    count = draw(st.integers(1, 14))
    links = [(draw(st.integers(0, at - 1)), at) for at in range(1, count)]
    ends = st.integers(0, count - 1)
    links += draw(st.lists(st.tuples(ends, ends), max_size=10))
    return count, [(b, a) if draw(st.booleans()) else (a, b) for a, b in links]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Node], list[Edge]]:
    count = draw(st.integers(1, 16))
    nodes = [
        Node(str(at), draw(TEXTS), draw(st.sampled_from(["", "person", "단체"])), draw(st.booleans()))
        for at in range(count)
    ]
    ends = st.integers(0, count - 1).map(str)
    return nodes, draw(st.lists(st.builds(Edge, ends, ends, TEXTS, st.booleans()), max_size=20))


def meet(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width - 0.01 and other.x < one.x + one.width - 0.01
    return across and one.y < other.y + other.height - 0.01 and other.y < one.y + one.height - 0.01


def walk_route(layout: Layout, number: int) -> list[Point]:
    """Points along a link, close to each other."""
    points: list[Point] = []
    for piece in layout.routes[number]:
        if not points:
            points.append(piece[0])
            continue
        ends = [points[-1], *(piece if len(piece) == 3 else (points[-1], piece[0], piece[0]))]
        for step in range(1, 17):
            t = step / 16
            shares = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
            points.append((sum(s * p[0] for s, p in zip(shares, ends, strict=True)),
                           sum(s * p[1] for s, p in zip(shares, ends, strict=True))))  # fmt: skip
    return points


def holds(box: Box, point: Point) -> bool:
    return (
        box.x + 0.01 < point[0] < box.x + box.width - 0.01
        and box.y + 0.01 < point[1] < box.y + box.height - 0.01
    )


@settings(max_examples=50, deadline=None)
@given(graphs(), st.sampled_from(["en", "ko", "zh"]), st.sampled_from([0, 680]))
def test_no_text_meets_another_or_leaves_the_paper(
    graph: tuple[list[Node], list[Edge]], lang: str, width: int
) -> None:
    figures = draw_graph(*graph, title="<관계>", lang=lang, width=width)
    for figure in figures:
        check_picture(figure)
    linked = {end for edge in graph[1] for end in (edge.start, edge.end)}
    alone = sum(node.id not in linked for node in graph[0])
    assert sum(len(figure.rows) for figure in figures) == len(graph[1]) + alone


@settings(max_examples=50, deadline=None)
@given(connected(), st.data())
def test_nothing_lies_on_anything_else(graph: tuple[int, Links], data: st.DataObject) -> None:
    count, links = graph
    size = st.tuples(st.integers(20, 130).map(float), st.integers(20, 70).map(float))
    sizes = [data.draw(size) for _ in range(count)]
    label = size | st.just((0.0, 0.0))
    labels = [data.draw(label) for _ in links]
    layout = lay_out(sizes, labels, links, ROOM)
    boxes = [*layout.nodes, *(box for box, (width, _) in zip(layout.labels, labels, strict=True) if width)]
    assert not any(meet(one, other) for one, other in combinations(boxes, 2))
    for number, (start, end) in enumerate(links):
        points = walk_route(layout, number)
        own = {layout.nodes[start], layout.nodes[end], layout.labels[number]}
        foreign = [box for box in boxes if box not in own]
        assert not any(holds(box, point) for box in foreign for point in points)
        assert not any(holds(layout.nodes[node], point) for node in {start, end} for point in points)
        assert all(0 <= x <= layout.width + 0.01 and 0 <= y <= layout.height + 0.01 for x, y in points)


@settings(deadline=None)
@given(connected())
def test_every_layering_gives_each_node_a_layer_and_leaves_none_empty(
    graph: tuple[int, Links],
) -> None:
    for layers in list_layerings(*graph):
        assert len(layers) == graph[0]
        assert set(layers) == set(range(max(layers) + 1))


@given(connected())
def test_links_without_circles_lead_forward(graph: tuple[int, Links]) -> None:
    forward = [(min(link), max(link)) for link in graph[1] if link[0] != link[1]]
    layers = follow_links(graph[0], forward)
    assert all(layers[start] < layers[end] for start, end in forward)


def test_lines_that_can_be_untangled_are() -> None:
    layers, links = [[0, 1, 2], [3, 4, 5]], [(0, 5), (1, 4), (2, 3)]
    assert count_crossings(layers, links) == 3
    assert count_crossings(order_layers(layers, links), links) == 0


@given(st.lists(st.lists(st.floats(1, 90), min_size=1, max_size=6), min_size=1, max_size=5))
def test_placed_items_keep_their_order_and_distance(wide: list[list[float]]) -> None:
    numbers = iter(range(100))
    layers = [[next(numbers) for _ in layer] for layer in wide]
    sizes = dict(
        zip([i for layer in layers for i in layer], [w for layer in wide for w in layer], strict=True)
    )
    middles = place_layers(layers, sizes, dict.fromkeys(sizes, 8.0), [])
    for layer in layers:
        for one, other in zip(layer, layer[1:], strict=False):
            assert middles[other] - middles[one] >= (sizes[one] + sizes[other]) / 2 + 8 - 1e-6


def test_arrow_points_from_start_to_end() -> None:
    nodes = [Node("a", "buyer"), Node("b", "victim")]
    for start, end in (("a", "b"), ("b", "a")):
        (figure,) = draw_graph(nodes, [Edge(start, end, "bought")], title="t", lang="en")
        names = {"a": "buyer", "b": "victim"}
        places = {box.text: (box.left + box.right) / 2 for box in list_texts(figure)}
        head = next(mark for mark in read_picture(figure).iter() if mark.tag.endswith("polygon"))
        tip = float(head.attrib["points"].split(",")[0])
        assert abs(tip - places[names[end]]) < abs(tip - places[names[start]])
        assert figure.rows == ((names[start], "bought", names[end]),)


def test_parallel_relations_and_relations_to_oneself_each_have_their_label() -> None:
    nodes = [Node("a", "A"), Node("b", "B")]
    edges = [
        Edge("a", "b", "one"),
        Edge("a", "b", "two"),
        Edge("b", "a", "three"),
        Edge("a", "a", "self"),
        Edge("a", "a", "again"),
    ]
    (figure,) = draw_graph(nodes, edges, title="t", lang="en")
    check_picture(figure)
    assert {"one", "two", "three", "self", "again"} <= {box.text for box in list_texts(figure)}


def test_doubt_is_said_and_not_only_dashed() -> None:
    (figure,) = draw_graph([Node("a", "A")], [Edge("a", "a", "hit", uncertain=True)], title="t", lang="ko")
    assert "불확실함" in {box.text for box in list_texts(figure)}
    assert figure.rows[0][-1] == "불확실함"


def test_kinds_have_the_forms_they_are_given_in_every_figure() -> None:
    kinds = ["person", "group"]
    pages = [draw_graph([Node("a", "A", kind)], [], title="t", lang="en", kinds=kinds)[0] for kind in kinds]
    assert pages[0].svg != pages[1].svg
    both = draw_graph(
        [Node("a", "A", "group"), Node("b", "B", "person")], [], title="t", lang="en", kinds=kinds
    )[0]
    assert [box.text for box in list_texts(both)][-2:] == kinds


def test_many_parts_go_on_on_further_pages() -> None:
    nodes = [Node(str(at), f"node {at}") for at in range(MOST_NODES)]
    pages = draw_graph(nodes, [], title="All", lang="zh", height=400)
    assert len(pages) > 1
    assert all(page.height <= 400 for page in pages)
    assert pages[1].title == f"All（2/{len(pages)}）"


@pytest.mark.parametrize("shape", ["chain", "star", "complete", "circle"])
def test_forty_nodes_are_drawn(shape: str) -> None:
    count = 8 if shape == "complete" else 40
    ends = {
        "chain": [(at, at + 1) for at in range(count - 1)],
        "star": [(0, at) for at in range(1, count)],
        "circle": [(at, (at + 1) % count) for at in range(count)],
        "complete": list(combinations(range(count), 2)),
    }[shape]
    edges = [Edge(str(a), str(b), "knows") for a, b in ends]
    (figure,) = draw_graph([Node(str(at), f"P-{at:06}") for at in range(count)], edges, title="t", lang="en")
    check_picture(figure)


def test_order_of_relations_does_not_depend_on_chance() -> None:
    nodes = [Node(str(at), f"P-{at}") for at in range(12)]
    edges = [Edge(str(at), str(at * 5 % 12), "r") for at in range(12)]
    assert draw_graph(nodes, edges, title="t", lang="en") == draw_graph(nodes, edges, title="t", lang="en")


def test_hostile_text_stays_text_and_ids_are_not_shown() -> None:
    said = "</text><script>x</script>\x00\u202e"
    (figure,) = draw_graph(
        [Node("SECRET-ID", said, said)], [Edge("SECRET-ID", "SECRET-ID", said)], title=said, lang="en"
    )
    check_picture(figure)
    assert "SECRET-ID" not in figure.svg + repr(figure.rows)
    assert "<script" not in figure.svg


def test_no_node_no_figure() -> None:
    assert draw_graph([], [], title="t", lang="en") == ()


@pytest.mark.parametrize(
    ("id", "nodes", "edges"),
    [
        ("figures.graph.twice", [Node("a", "A"), Node("a", "B")], []),
        ("figures.graph.end", [Node("a", "A")], [Edge("a", "b")]),
        ("figures.graph.end", [], [Edge("a", "b")]),
        ("figures.many", [Node(str(at), "x") for at in range(MOST_NODES + 1)], []),
        ("figures.many", [Node("a", "A")], [Edge("a", "a")] * (MOST_EDGES + 1)),
        ("figures.kinds", [Node(str(at), "x", str(at)) for at in range(7)], []),
    ],
)
def test_what_cannot_be_drawn_is_refused(id: str, nodes: list[Node], edges: list[Edge]) -> None:
    with pytest.raises(OnggiError) as refused:
        draw_graph(nodes, edges, title="t", lang="en")
    assert refused.value.id == id
