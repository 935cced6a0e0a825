"""FollowTheMoney entities, one JSON object a line, as Aleph and its kin read them.

Written by hand: the library brings ninety packages. Schemata and properties are those of followthemoney 4
(Person, Organization, Event, Document, and `involved`). Pure.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from onggi.dossier.told import Told
from onggi.model.places import find_place
from onggi.model.value import Date, Entity, Place, Term, Text

_SCHEMA: Mapping[str, str] = {
    "person": "Person",
    "group": "Organization",
    "event": "Event",
    "act": "Event",
    "intervention": "Event",
    "source": "Document",
}
_INVOLVED = frozenset(
    {"victim", "perpetrator", "seller", "buyer", "broker", "taken_by", "addressed_to", "witness_of"}
)
_GENDER = {"female": "female", "male": "male"}


def write_ftm(told: Told) -> bytes:
    """The entities that are shown, under the ids of this dossier."""
    lines = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in _list_entities(told)]
    return "".join(f"{line}\n" for line in lines).encode()


def _list_entities(told: Told) -> Iterator[dict[str, object]]:
    for entity in told.by_entity:
        schema = _SCHEMA.get(told.data.kinds.get(entity, ""))
        if schema is not None:
            yield {"id": entity, "schema": schema, "properties": _describe(told, entity, schema)}


def _describe(told: Told, entity: str, schema: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    found["name"].append(told.data.call(entity))
    for entry in told.by_entity[entity]:
        said = entry.held.statement
        if said.what.polarity == "asserts":
            for name, value in _translate(schema, said.what.property, said.value):
                if value not in found[name]:
                    found[name].append(value)
    if schema == "Event":
        found["summary"].append(told.title(entity))
    return dict(found)


def _translate(schema: str, property: str, value: object) -> Iterator[tuple[str, str]]:
    match schema, property, value:
        case "Person", "sex", Term(term=term) if term in _GENDER:
            yield "gender", _GENDER[term]
        case "Person", "nationality", Term(term=term) if len(term) == 2:
            yield "nationality", term
        case "Event", "date", Date(earliest=first, latest=last):
            # A range, as it is known: FollowTheMoney takes days and has no word for "about".
            if first:
                yield "startDate", first
            if last:
                yield "endDate", last
        case "Event", "place", Place(place=id):
            yield from _locate(id)
        case "Event", _, Entity(entity=other) if property in _INVOLVED:
            yield "involved", other
        case "Document", "title", Text(text=text):
            yield "title", text
        case "Document", "published_on", Date(edtf=edtf):
            yield "date", edtf
        case "Document", "url", Text(text=text):
            yield "sourceUrl", text


def _locate(id: str) -> Iterator[tuple[str, str]]:
    place = find_place(id)
    if place is not None:
        yield "location", place.label("en")
        yield "country", id[:2].lower()
