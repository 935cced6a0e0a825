"""Persons, and whatever has no page of its own yet: what is said of it, what points to it, what it says."""

from collections.abc import Iterable
from typing import Any

from onggi.errors import OnggiError
from onggi.ledger.held import Held
from onggi.model.value import Entity, Term
from onggi.model.vocabulary import load_properties
from onggi.web.addresses import address
from onggi.web.answers import Answer, go, show
from onggi.web.casework import Matter, take_matter
from onggi.web.happening import KINDS as HAPPENING
from onggi.web.happening import SAID, TYPES, Happening, show_happening
from onggi.web.paging import Paging
from onggi.web.shown import HEADED, Piece, label_property, name_entity, show_value
from onggi.web.visit import Visit

KINDS = ("group", "event", "act", "place", "source", "intervention")
"""The kinds that are shown by this module's plain page."""

_PAGE = 100
_NAMES = ("name", "legal_name", "alias", "nickname")


def show_person(visit: Visit) -> Answer:
    """A person under her code; with her names only where identity of the case is open."""
    matter = take_matter(visit, visit.parts["ref"])
    if matter.portrait.kind != "person":
        return go(address(matter.view, matter.entity))
    said = [held for held in matter.portrait.statements if held.statement.what.property not in _NAMES]
    record = [held for held in said if held.stratum == "record"]
    others = [held for held in said if held.stratum != "record"]
    mentions = [held for held in matter.view.live_mentioning(matter.entity) if _points_to(held)]
    happened = [held for held in mentions if matter.view.kind_of(held.statement.subject) in HAPPENING]
    sourced = [held for held in record if held.statement.source is not None]
    return show(
        "person.html",
        section="cases",
        **_describe(matter),
        names=matter.texts(matter.entity, *_NAMES),
        roles=matter.terms(matter.entity, "role"),
        described=_describe_plainly(matter, [held for held in record if held not in sourced]),
        happenings=_list_happenings(matter, happened),
        statements=matter.showing.statements(sourced),
        hidden=matter.showing.statements(others),
        mentions=matter.showing.statements(held for held in mentions if held not in happened),
    )


def show_entity(visit: Visit) -> Answer:
    """Anything else; of a statement, the page of what it is about, at its place."""
    matter = take_matter(visit, visit.parts["ref"])
    kind = matter.portrait.kind
    if kind is None:
        return _show_statement(visit, matter)
    if not visit.path.startswith(f"/{kind}/"):
        return go(address(matter.view, matter.entity))
    mentions = matter.view.live_mentioning(matter.entity)
    own = [held for held in mentions if held.statement.source == matter.entity]
    told = Paging.of(own, visit.number("page", 1), _PAGE)
    return show(
        "entity.html",
        section="cases",
        **_describe(matter),
        titles=matter.texts(matter.entity, "title"),
        kinds=matter.terms(matter.entity, *TYPES),
        statements=matter.showing.statements(matter.portrait.statements, HEADED | {"title", "passage"}),
        mentions=matter.showing.statements(held for held in mentions if _points_to(held)),
        told=matter.showing.statements(told.items),
        paging=told,
    )


def _show_statement(visit: Visit, matter: Matter) -> Answer:
    """What is no entity is a statement, or words of one; shown where it belongs."""
    held = visit.view().statement(matter.entity)
    if held is None:
        raise OnggiError("ledger.absent")
    return go(f"{address(matter.view, held.statement.subject)}#s-{held.id[:12]}")


def _describe(matter: Matter) -> dict[str, Any]:
    return {
        "matter": matter,
        "case": name_entity(matter.case, matter.view),
        "conflicts": [matter.showing.conflict(one) for one in matter.portrait.conflicts],
    }


def _describe_plainly(matter: Matter, said: Iterable[Held]) -> list[tuple[str, tuple[Piece, ...]]]:
    """What members describe without a source, a line for each property; of a decision a line for each.

    Her roles stand in the heading. Of two entries that are one, the other one is told.
    """
    lines: list[tuple[str, tuple[Piece, ...]]] = []
    found: dict[str, list[Piece]] = {}
    for held in said:
        name, value = held.statement.what.property, held.statement.value
        label = label_property(name, matter.tongue)
        if name in HEADED or name == "role":
            continue
        if value == Entity(matter.entity):
            value = Entity(held.statement.subject)
        pieces = show_value(value, matter.view, matter.tongue)
        if isinstance(value, Term | Entity):
            found.setdefault(label, []).extend(pieces)
        else:
            lines.append((label, pieces))
    return [(label, tuple(dict.fromkeys(pieces))) for label, pieces in found.items()] + lines


def _list_happenings(matter: Matter, mentions: Iterable[Held]) -> list[Happening]:
    """What happened in which she had a part, and which; the earliest first."""
    parts: dict[str, list[str]] = {}
    for held in mentions:
        part = label_property(held.statement.what.property, matter.tongue)
        parts.setdefault(held.statement.subject, []).append(part)
    found = [
        show_happening(matter.view, one, matter.view.live(one, *SAID), matter.tongue, part=part)
        for one, part in parts.items()
    ]
    return sorted(found, key=lambda one: one.first)


def _points_to(held: Held) -> bool:
    """Whether a statement that mentions something says anything of it, beyond how the record is kept."""
    said = held.statement.what
    found = load_properties().get(said.property)
    return isinstance(held.statement.value, Entity) and (found is None or not found.keeping)


ROUTES = [
    ("GET", "/person/{ref}", show_person),
    ("GET", "/about/{ref}", show_entity),
    *(("GET", f"/{kind}/{{ref}}", show_entity) for kind in KINDS),
]
