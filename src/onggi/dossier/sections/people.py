"""People and groups, coded: who is spoken of, and how they stand to each other."""

from collections.abc import Iterator, Mapping

from onggi.dossier.told import Told
from onggi.figures.figure import LEGIBLE
from onggi.figures.graph import MOST_EDGES, Edge, Node, draw_graph
from onggi.ledger.held import Held
from onggi.ledger.relations import list_relations
from onggi.model.vocabulary import load_vocabulary
from onggi.paper.document import Block, Fact, Facts, Heading, Line, Paragraph, Picture, Table
from onggi.words import say

_PEOPLE = ("person", "group")
_TRAITS = frozenset(
    {
        *("title", "group_kind", "role", "sex", "age", "nationality", "ethnicity", "civil_status"),
        *("victim_status", "perpetrator_status", "name", "legal_name", "birth", "same_as"),
    }
)
_MOST = 40  # nodes: beyond that nobody follows an arrow, however large it is drawn
_RELATIONS = frozenset(load_vocabulary("relations").terms)


def tell(told: Told) -> tuple[Block, ...]:
    """Everybody of whom anything is shown, under codes that exist in this dossier only."""
    people = [one for one in told.of_kind(*_PEOPLE) if told.by_entity[one]]
    if not people:
        return ()
    return (
        Heading(1, told.say("people.title")),
        Paragraph(told.say("people.codes")),
        Facts(tuple(Fact(told.data.call(one), told.join(_describe(told, one))) for one in people)),
        *_tell_ties(told, people),
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


def _tell_ties(told: Told, people: list[str]) -> tuple[Block, ...]:
    """Who did what to whom: a picture while it can be read, and a table that says the same with its facts."""
    shown = [*people, *(one for one in told.of_kind("act") if told.by_entity[one])]
    ties = _list_ties(told, frozenset(shown))
    if not ties:
        return ()
    head = [say(f"figures.graph.head.{name}", told.lang) for name in ("from", "relation", "to")]
    rows: tuple[tuple[Line, ...], ...] = tuple(
        (_call(told, one.start), one.label, _call(told, one.end), told.refer_runs(facts))
        for one, facts in ties.items()
    )
    drawn = _draw(told, shown, list(ties))
    caption = "" if drawn else told.say("people.graph")
    return (*drawn, Table((*head, told.say("chronology.fact")), rows, (4, 3, 4, 2), caption))


def _draw(told: Told, shown: list[str], edges: list[Edge]) -> tuple[Picture, ...]:
    """The picture; none of more than can be told apart, and none that a page makes too small to read."""
    ends = {end for edge in edges for end in (edge.start, edge.end)}
    nodes = [Node(one, _call(told, one), told.kind(one)) for one in shown if one in ends]
    if len(nodes) > _MOST or len(edges) > MOST_EDGES:
        return ()
    figures = draw_graph(nodes, edges, title=told.say("people.graph"), lang=told.lang)
    if any(figure.scale < LEGIBLE for figure in figures):
        return ()
    return tuple(Picture(figure.svg, figure.alt, figure.title) for figure in figures)


def _call(told: Told, entity: str) -> str:
    code = told.data.call(entity)
    return code if told.data.kinds[entity] == "person" else f"{code} {told.title(entity)}"


def _list_ties(told: Told, shown: frozenset[str]) -> Mapping[Edge, list[Held]]:
    """Each relation once, with all that say it."""
    ties = list_relations(told.held, shown)
    return {Edge(one.start, one.end, told.label(one.property)): held for one, held in ties.items()}
