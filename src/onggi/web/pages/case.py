"""A case: what it is about at a glance, who is in it, what happened when, and all that is said in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onggi.figures.figure import Figure
from onggi.figures.graph import MOST_EDGES, Edge, Node, draw_graph
from onggi.figures.timeline import MOST, Dating, Event, draw_timeline
from onggi.ledger.chronology import Dated, list_dated
from onggi.ledger.held import Held
from onggi.ledger.relations import Relation, list_relations
from onggi.web.addresses import address
from onggi.web.answers import Answer, go, show
from onggi.web.casework import Matter, take_matter
from onggi.web.days import say_moment
from onggi.web.happening import KINDS, TYPES, Happening, first_day, show_happening
from onggi.web.paging import Paging
from onggi.web.shown import HEADED, Piece, Shown, label_property, name_entity, set_aside, show_value
from onggi.web.visit import Visit
from onggi.words import say

_MOST_ENDS = 40  # beyond that nobody follows an arrow, however large it is drawn
_PAGE = 100  # statements on one page of a case
_FIRST = 24  # persons at a glance
_ITEMS = 200  # codes of items at a glance
_TIES = 300  # as many as the relations that are moved about can be followed in
_NAMES = ("name", "legal_name", "alias", "nickname")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a case: her code, her names where identity is open, and what she is in it."""

    code: Piece
    names: list[Piece]
    roles: list[str]
    facts: list[str]
    count: int


@dataclass(frozen=True, slots=True)
class Source:
    """Who says something in the case, how she stands to it, and how much."""

    code: Piece
    title: list[Piece]
    what: list[str]
    count: int


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relation: its code, its kind, and of an act what it was."""

    code: Piece
    kind: str
    what: list[str]


@dataclass(frozen=True, slots=True)
class Related:
    """One relation, as it reads from its first end to its second, and who says so."""

    start: End
    relation: str
    end: End
    sources: list[Piece]


@dataclass(frozen=True, slots=True)
class Group:
    """Everything that is said of one entity, as far as one page holds."""

    code: Piece
    kind: str
    statements: list[Shown]


def show_cases(visit: Visit) -> Answer:
    """Every case, the last worked on first."""
    view = visit.view()
    paging = Paging.of(view.cases(), visit.number("page", 1), _PAGE)
    rows = []
    for matter in paging.items:
        titles = [held.statement.value for held in view.live(matter.case, "title")]
        title = tuple(piece for value in titles for piece in show_value(value, view, visit.tongue))
        last = say_moment(matter.time[0], visit.tongue)
        rows.append([(name_entity(matter.case, view),), title, f"{matter.count:,}", last])
    return show("cases.html", section="cases", rows=rows, paging=paging)


def show_case(visit: Visit) -> Answer:
    """The overview."""
    matter = take_matter(visit, visit.parts["ref"])
    if matter.kind != "case":
        return go(address(matter.view, matter.entity))
    if matter.portrait.conflicts:
        visit.walked.mark("conflict", matter.case)
    happened = Paging.of(_order_happenings(matter), visit.number("page", 1), _PAGE)
    kept = Paging.of(matter.of_kind("item"), visit.number("items", 1), _ITEMS)
    return show(
        "case.html",
        section="cases",
        matter=matter,
        titles=matter.texts(matter.case, "title"),
        about=_list_about(matter),
        notes=matter.showing.statements(_said_of(matter, matter.case), HEADED | {"title"}),
        persons=_list_persons(matter, _order_persons(matter)[:_FIRST]),
        counted=len(matter.of_kind("person")),
        happened=happened,
        happenings=_show_happenings(matter, happened.items),
        sources=_list_sources(matter),
        items=[name_entity(one, matter.view) for one in kept.items],
        erased="erased" in visit.asked.get("done", ()),
        kept=kept,
        conflicts=[matter.showing.conflict(one) for one in matter.portrait.conflicts],
    )


def show_people(visit: Visit) -> Answer:
    """Who stands to whom, and who did what to whom: drawn, to be moved about, and told."""
    matter = take_matter(visit, visit.parts["ref"])
    ties = list_relations(matter.portrait.statements, frozenset(matter.of_kind("person", "group", "act")))
    persons = Paging.of(_order_persons(matter), visit.number("page", 1), _PAGE)
    told = Paging.of(list(ties.items()), visit.number("ties", 1), _TIES)
    return show(
        "people.html",
        section="cases",
        matter=matter,
        persons=_list_persons(matter, persons.items),
        paging=persons,
        figures=_draw_ties(matter, list(ties)),
        ties=[_show_tie(matter, one, held) for one, held in told.items],
        told=told,
    )


def show_chronology(visit: Visit) -> Answer:
    """What happened when, drawn and told."""
    matter = take_matter(visit, visit.parts["ref"])
    dated = list_dated(matter.portrait.statements, matter.weighed.kinds.get)
    told = Paging.of(dated, visit.number("page", 1), _PAGE)
    return show(
        "chronology.html",
        section="cases",
        matter=matter,
        figures=_draw(matter, told.items),
        statements=[matter.showing.statement(held) for one in told.items for held, _ in one.datings],
        paging=told,
    )


def show_statements(visit: Visit) -> Answer:
    """Everything that is said in a case, entity by entity."""
    matter = take_matter(visit, visit.parts["ref"])
    said = [
        held
        for group in matter.groups.values()
        for held in group
        if held.statement.what.property not in HEADED
    ]
    paging = Paging.of(said, visit.number("page", 1), _PAGE)
    return show(
        "statements.html", section="cases", matter=matter, groups=_group(matter, paging.items), paging=paging
    )


def _list_about(matter: Matter) -> list[tuple[str, object]]:
    tongue, portrait = matter.tongue, matter.portrait
    newest = max((held.time[0] for held in portrait.statements), default=0)
    counted = len({held.statement.source for held in portrait.statements} - {None})
    about: list[tuple[str, object]] = [
        (say("web_case.about.statements", tongue), f"{len(portrait.statements):,}"),
        (say("web_case.about.sources", tongue), f"{counted:,}"),
        (say("web_case.about.newest", tongue), say_moment(newest, tongue)),
    ]
    if portrait.replaced:
        about.append((say("web_case.about.replaced", tongue), f"{portrait.replaced:,}"))
    return about


def _order_persons(matter: Matter) -> list[str]:
    """The persons, those of whom most is said first."""
    return sorted(matter.of_kind("person"), key=lambda one: -len(matter.groups[one]))


def _list_persons(matter: Matter, persons: Iterable[str]) -> list[Person]:
    return [
        Person(
            name_entity(one, matter.view),
            matter.texts(one, *_NAMES),
            matter.terms(one, "role"),
            matter.terms(one, "sex", "victim_status", "perpetrator_status", "whereabouts"),
            len(matter.groups[one]),
        )
        for one in persons
    ]


def _list_sources(matter: Matter) -> list[Source]:
    counts: dict[str, int] = {}
    for held in matter.portrait.statements:
        if held.statement.source:
            counts[held.statement.source] = counts.get(held.statement.source, 0) + 1
    return [
        Source(
            name_entity(one, matter.view),
            matter.texts(one, "title"),
            matter.terms(one, "source_kind", "connection"),
            count,
        )
        for one, count in sorted(counts.items(), key=lambda pair: -pair[1])
    ]


def _order_happenings(matter: Matter) -> list[str]:
    """What happened, the earliest first; what has no date stands last."""
    return sorted(matter.of_kind(*KINDS), key=lambda one: first_day(matter.groups[one]))


def _show_happenings(matter: Matter, entities: Iterable[str]) -> list[Happening]:
    contested = frozenset(id for one in matter.portrait.conflicts for id in one.statements)
    return [
        show_happening(matter.view, one, matter.groups[one], matter.tongue, contested) for one in entities
    ]


def _said_of(matter: Matter, entity: str) -> Iterable[Held]:
    return matter.groups.get(entity, ())


def _group(matter: Matter, said: Iterable[Held]) -> list[Group]:
    groups: dict[str, list[Held]] = {}
    for held in said:
        groups.setdefault(held.statement.subject, []).append(held)
    return [
        Group(
            name_entity(one, matter.view),
            say(f"cli.kind.{matter.view.kind_of(one)}", matter.tongue),
            matter.showing.statements(held),
        )
        for one, held in groups.items()
    ]


def _show_tie(matter: Matter, tie: Relation, held: list[Held]) -> Related:
    sources = dict.fromkeys(one.statement.source for one in held if one.statement.source)
    return Related(
        _name_end(matter, tie.start),
        label_property(tie.property, matter.tongue),
        _name_end(matter, tie.end),
        [name_entity(one, matter.view) for one in sources],
    )


def _name_end(matter: Matter, entity: str) -> End:
    return End(
        name_entity(entity, matter.view), matter.view.kind_of(entity) or "", matter.terms(entity, *TYPES)
    )


def _draw_ties(matter: Matter, ties: list[Relation]) -> tuple[Figure, ...]:
    """The picture; none of more than can be told apart: the table says the same."""
    ends = dict.fromkeys(end for one in ties for end in (one.start, one.end))
    if not ties or len(ends) > _MOST_ENDS or len(ties) > MOST_EDGES:
        return ()
    nodes = [
        Node(
            one,
            " ".join([matter.view.call(one), *matter.terms(one, *TYPES)]),
            say(f"cli.kind.{matter.view.kind_of(one)}", matter.tongue),
        )
        for one in ends
    ]
    edges = [Edge(one.start, one.end, label_property(one.property, matter.tongue)) for one in ties]
    title = say("web_case.people.figure", matter.tongue, case=matter.code)
    return draw_graph(nodes, list(dict.fromkeys(edges)), title=title, lang=matter.tongue)


def _draw(matter: Matter, dated: Sequence[Dated]) -> tuple[Figure, ...]:
    """The timeline; none of more datings than one may hold: the statements below say the same."""
    events = [_show_dated(matter, one) for one in dated]
    if not any(event.known for event in events) or sum(len(one.datings) for one in events) > MOST:
        return ()
    title = say("web_case.chronology.figure", matter.tongue, case=matter.code)
    return draw_timeline(events, title=title, lang=matter.tongue)


def _show_dated(matter: Matter, one: Dated) -> Event:
    contested = {id for conflict in matter.portrait.conflicts for id in conflict.statements}
    words = [piece.text for piece in matter.texts(one.entity, "title")]
    words = words or matter.terms(one.entity, *TYPES)
    if one.property != "date":
        words = [*words, label_property(one.property, matter.tongue)]
    datings = []
    for held, date in one.datings:
        source = matter.view.call(held.statement.source) if held.statement.source else ""
        datings.append(Dating(date.earliest, date.latest, source, date.uncertain))
    return Event(
        " · ".join(words) + set_aside(matter.view.call(one.entity), matter.tongue),
        tuple(datings),
        conflict=any(held.id in contested for held, _ in one.datings),
    )


ROUTES = [
    ("GET", "/cases", show_cases),
    ("GET", "/case/{ref}", show_case),
    ("GET", "/case/{ref}/people", show_people),
    ("GET", "/case/{ref}/chronology", show_chronology),
    ("GET", "/case/{ref}/statements", show_statements),
]
