"""What happened, in one line: what kind of thing, when, where, to whom, and what somebody was in it.

Over a view. Refused: a date or place that is denied.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.value import Date, Entity, Term, Text
from onggi.model.vocabulary import find_term, load_properties
from onggi.web.shown import Piece, label_property, name_entity, show_value
from onggi.words import known, say

KINDS = ("event", "act", "intervention")
"""The kinds of entities that happen."""

TYPES = ("type", "event_kind", "intervention_type", "group_kind", "source_kind")
"""The properties that say what kind of thing something is."""

SAID = (*TYPES, "title", "date", "place", "victim")
"""Everything that such a line is made of."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line. `part` is what somebody whose page it is was in it; `first` the earliest day, to sort by."""

    code: Piece
    what: list[Piece]
    when: list[tuple[Piece, ...]]
    where: list[tuple[Piece, ...]]
    whom: list[Piece]
    part: list[str]
    contested: bool
    first: str


def show_happening(
    view: View,
    entity: str,
    said: Iterable[Held],
    tongue: str,
    contested: Collection[str] = (),
    part: Iterable[str] = (),
) -> Happening:
    """What these statements about something that happened come to."""
    found: dict[str, list[Held]] = {}
    for held in said:
        if held.statement.what.polarity == "asserts":
            found.setdefault(held.statement.what.property, []).append(held)
    values = {name: [held.statement.value for held in group] for name, group in found.items()}
    terms = [one for name in TYPES for one in values.get(name, ()) if isinstance(one, Term)]
    listed = (find_term(one.vocabulary, one.term) for one in terms)
    kinds = dict.fromkeys(term.labels[tongue] for term in listed if term is not None)
    titles = [one for one in values.get("title", ()) if isinstance(one, Text)]
    return Happening(
        name_entity(entity, view),
        [*(Piece(one, tongue) for one in kinds), *(Piece(one.text, one.lang) for one in titles)],
        [show_value(one, view, tongue) for one in values.get("date", ())],
        [show_value(one, view, tongue) for one in values.get("place", ())],
        [piece for one in values.get("victim", ()) for piece in show_value(one, view, tongue)],
        list(dict.fromkeys(part)),
        any(held.id in contested for group in found.values() for held in group),
        first_day(held for group in found.values() for held in group),
    )


def first_day(said: Iterable[Held]) -> str:
    """The earliest day on which these statements have something happen; one far away where they have none."""
    told = (held.statement for held in said if held.statement.what.polarity == "asserts")
    values = (one.value for one in told if one.what.property == "date")
    return min((one.earliest for one in values if isinstance(one, Date) and one.earliest), default="9999")


def split_mentions(view: View, entity: str, mentions: Iterable[Held]) -> tuple[list[Held], list[Held]]:
    """What points to an entity from something that happened, and from anything else.

    Left out is what says nothing of it, beyond how the record is kept, and what it only said as a source.
    """
    happened: list[Held] = []
    others: list[Held] = []
    for held in mentions:
        said = held.statement
        property = load_properties().get(said.what.property)
        if said.value == Entity(entity) and (property is None or not property.keeping):
            (happened if view.kind_of(said.subject) in KINDS else others).append(held)
    return happened, others


def list_happenings(view: View, mentions: Iterable[Held], tongue: str) -> list[Happening]:
    """What happened in which an entity had a part, and which; the earliest first."""
    parts: dict[str, list[str]] = {}
    for held in mentions:
        part = _say_part(held.statement.what.property, tongue)
        parts.setdefault(held.statement.subject, []).append(part)
    found = [
        show_happening(view, one, view.live(one, *SAID), tongue, part=part) for one, part in parts.items()
    ]
    return sorted(found, key=lambda one: one.first)


def _say_part(property: str, tongue: str) -> str:
    """What an entity was in what happened. That one thing follows another reads the other way from there."""
    id = f"web_entity.back.{property}"
    return say(id, tongue) if known(id) else label_property(property, tongue)
