"""Sources, what happened, places and groups: one page of one shape, with the parts that the kind asks for.

Of a source: how it was graded, what it rests on and what rests on it. Of what happened: who did what to whom,
when and where, answer by answer, with the sources for and against. A map shows the record alone.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from onggi.errors import OnggiError
from onggi.figures.figure import Figure
from onggi.figures.map import draw_map
from onggi.ledger.held import Held
from onggi.model.places import find_place
from onggi.web.addresses import address
from onggi.web.answers import Answer, go, show
from onggi.web.casework import Matter, take_matter
from onggi.web.happening import TYPES, list_happenings, split_mentions
from onggi.web.interviews import list_interviews
from onggi.web.paging import Paging
from onggi.web.shown import HEADED, Piece, name_entity, name_grade
from onggi.web.spots import group_places, list_names, make_spot
from onggi.web.visit import Visit
from onggi.web.weighed import weigh_parts
from onggi.words import say

SHAPES = {
    "event": "happening",
    "act": "happening",
    "intervention": "happening",
    "source": "source",
    "place": "place",
    "group": "group",
}
"""The kinds that are shown here, and the shape of the page of each."""

_PAGE = 100


def show_entity(visit: Visit) -> Answer:
    """Its page; of a statement, the page of what it is about, at its place."""
    matter = take_matter(visit, visit.parts["ref"])
    kind = matter.kind
    if kind is None:
        return _show_statement(visit, matter)
    if not visit.path.startswith(f"/{kind}/"):
        return go(address(matter.view, matter.entity))
    mentions = matter.view.live_mentioning(matter.entity)
    own = [held for held in mentions if held.statement.source == matter.entity]
    leaning = [held for held in mentions if held.statement.what.property == "cites" and held not in own]
    happened, others = split_mentions(
        matter.view, matter.entity, (held for held in mentions if held not in leaning)
    )
    contested = {id for one in matter.portrait.conflicts for id in one.statements}
    told = Paging.of(own, visit.number("page", 1), _PAGE)
    return show(
        "entity.html",
        section="cases",
        matter=matter,
        case=name_entity(matter.case, matter.view),
        titles=matter.texts(matter.entity, "title"),
        kinds=matter.terms(matter.entity, *TYPES),
        conflicts=[matter.showing.conflict(one) for one in matter.portrait.conflicts],
        weighed=weigh_parts(matter.view, matter.entity, SHAPES[kind], contested, matter.tongue),
        happenings=list_happenings(matter.view, happened, matter.tongue),
        grades=_count_grades(own, matter.tongue),
        leaning=matter.showing.statements(leaning),
        statements=matter.showing.statements(matter.portrait.statements, HEADED | {"title", "passage"}),
        mentions=matter.showing.statements(others),
        told=matter.showing.statements(told.items),
        paging=told,
        interviews=list_interviews(matter) if kind == "source" else [],
        **_place(visit, matter),
    )


def _show_statement(visit: Visit, matter: Matter) -> Answer:
    """What is no entity is a statement, or words of one; shown where it belongs."""
    held = visit.view().statement(matter.entity)
    if held is None:
        raise OnggiError("ledger.absent")
    return go(f"{address(matter.view, held.statement.subject)}#s-{held.id[:12]}")


def _place(visit: Visit, matter: Matter) -> dict[str, Any]:
    """The map of the places that the record has of it; of a place also its names in every script."""
    portrait = visit.view().portrait(matter.entity) if matter.open else matter.portrait
    groups = group_places(portrait)
    spots = [make_spot(id, held, portrait, matter.tongue) for id, held in groups.items()]
    title = say("web_map.figure", matter.tongue, case=matter.code)
    figures: tuple[Figure, ...] = draw_map(spots, title=title, lang=matter.tongue) if spots else ()
    known = [place for id in groups if (place := find_place(id)) is not None]
    names = [row for place in known for row in list_names(place, matter.tongue)]
    return {"figures": figures, "spelled": names if matter.kind == "place" else []}


def _count_grades(own: Iterable[Held], tongue: str) -> list[list[str | tuple[Piece, ...]]]:
    """How often a source's statements were given each grade, the best first; what is not graded is told."""
    counted = Counter((held.statement.what.reliability, held.statement.what.credibility) for held in own)
    ranked = sorted(counted.items(), key=lambda pair: (pair[0][0] or "~", pair[0][1] or 9))
    none = say("web_entity.grades.none", tongue)
    return [[name_grade(*grade, tongue) or none, f"{count:,}"] for grade, count in ranked]


ROUTES = [
    ("GET", "/about/{ref}", show_entity),
    *(("GET", f"/{kind}/{{ref}}", show_entity) for kind in SHAPES),
]
