"""People and groups, coded: who is spoken of, and how they stand to each other."""

from collections.abc import Iterator

from onggi.dossier.told import Told
from onggi.figures.graph import MOST_EDGES, MOST_NODES, Edge, Node, draw_graph
from onggi.model.value import Entity
from onggi.model.vocabulary import load_vocabulary
from onggi.paper.document import Block, Fact, Facts, Heading, Paragraph, Picture

_PEOPLE = ("person", "group")
_TRAITS = frozenset(
    {
        *("title", "group_kind", "role", "sex", "age", "nationality", "ethnicity", "civil_status"),
        *("victim_status", "perpetrator_status", "name", "legal_name", "birth", "same_as"),
    }
)
_RELATIONS = frozenset(load_vocabulary("relations").terms)


def tell(told: Told) -> tuple[Block, ...]:
    """Everybody of whom anything is shown, under codes that exist in this dossier only."""
    people = [one for one in told.of_kind(*_PEOPLE) if told.by_entity[one]]
    if not people:
        return ()
    return (
        Heading(1, told.say("people.title")),
        Paragraph(told.say("people.codes")),
        Facts(tuple(Fact(told.data.call(one), "; ".join(_describe(told, one))) for one in people)),
        *_draw(told, people),
    )


def _describe(told: Told, person: str) -> Iterator[str]:
    """Who somebody is and how she stands to others; what befell her is told among the facts."""
    for entry in told.by_entity[person]:
        said = entry.held.statement
        if said.what.property not in _TRAITS | _RELATIONS:
            continue
        shape = "denied" if said.what.polarity == "denies" else "said"
        number = told.numbers[entry.held.id]
        yield told.say(
            f"people.{shape}",
            property=told.label(said.what.property),
            value=told.value(said.value),
            number=number,
        )


def _draw(told: Told, people: list[str]) -> tuple[Block, ...]:
    shown = [*people, *(one for one in told.of_kind("act") if told.by_entity[one])]
    edges = list(_list_edges(told, frozenset(shown)))
    ends = {end for edge in edges for end in (edge.start, edge.end)}
    nodes = [_make_node(told, one) for one in shown if one in ends]
    if len(nodes) > MOST_NODES or len(edges) > MOST_EDGES:
        return ()  # a thicket: the facts say the same
    figures = draw_graph(nodes, edges, title=told.say("people.graph"), lang=told.lang)
    return tuple(Picture(figure.svg, figure.alt, figure.title) for figure in figures)


def _make_node(told: Told, entity: str) -> Node:
    code, kind = told.data.call(entity), told.data.kinds[entity]
    label = code if kind == "person" else f"{code} {told.title(entity)}"
    return Node(entity, label, told.kind(entity))


def _list_edges(told: Told, shown: frozenset[str]) -> Iterator[Edge]:
    for entry in told.data.entries:
        said = entry.held.statement
        if not isinstance(said.value, Entity) or said.what.polarity == "denies":
            continue
        if said.subject in shown and said.value.entity in shown:
            yield Edge(said.subject, said.value.entity, told.label(said.what.property))
