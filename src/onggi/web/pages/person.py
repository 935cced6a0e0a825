"""Persons: under their codes until identity is open; what happened to each, and what is said of her."""

from collections.abc import Iterable

from onggi.ledger.held import Held
from onggi.model.consent import Consent
from onggi.model.value import Entity, Term
from onggi.web.addresses import address
from onggi.web.answers import Answer, go, show
from onggi.web.casework import Matter, take_matter
from onggi.web.happening import list_happenings, split_mentions
from onggi.web.shown import HEADED, Piece, label_property, name_entity, show_value
from onggi.web.visit import Visit

_NAMES = ("name", "legal_name", "alias", "nickname")


def show_person(visit: Visit) -> Answer:
    """A person under her code; with her names only where identity of the case is open."""
    matter = take_matter(visit, visit.parts["ref"])
    if matter.kind != "person":
        return go(address(matter.view, matter.entity))
    said = [held for held in matter.portrait.statements if held.statement.what.property not in _NAMES]
    record = [held for held in said if held.stratum == "record"]
    others = [held for held in said if held.stratum != "record"]
    happened, mentions = split_mentions(
        matter.view, matter.entity, matter.view.live_mentioning(matter.entity)
    )
    sourced = [held for held in record if held.statement.source is not None]
    decided = [held for held in record if isinstance(held.statement.value, Consent)]
    return show(
        "person.html",
        section="cases",
        matter=matter,
        erased="erased" in visit.asked.get("done", ()),
        case=name_entity(matter.case, matter.view),
        conflicts=[matter.showing.conflict(one) for one in matter.portrait.conflicts],
        names=matter.texts(matter.entity, *_NAMES),
        roles=matter.terms(matter.entity, "role"),
        described=_describe_plainly(
            matter, [held for held in record if held not in sourced and held not in decided]
        ),
        decided=[show_value(held.statement.value, matter.view, matter.tongue) for held in decided],
        happenings=list_happenings(matter.view, happened, matter.tongue),
        statements=matter.showing.statements(sourced),
        hidden=matter.showing.statements(others),
        mentions=matter.showing.statements(mentions),
    )


def _describe_plainly(matter: Matter, said: Iterable[Held]) -> list[tuple[str, tuple[Piece, ...]]]:
    """What members describe without a source, a line for each property.

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


ROUTES = [("GET", "/person/{ref}", show_person)]
