"""FollowTheMoney entities, one JSON object a line, as Aleph and its kin read them.

Written by hand: the library brings ninety packages. Schemata and properties are those of followthemoney 4.0.0
(Person, Organization, Event, Document, and `involved`). It takes a year, a month or a day, and has no word
for a range, a season or a doubt: such a date is left out here and stands in `statements.csv`. Pure.
"""

import json
import re
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
_PLAIN = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_DATES = {
    ("Event", "date"): "date",
    ("Event", "until"): "endDate",
    ("Person", "died_on"): "deathDate",
    ("Document", "published_on"): "publishedAt",
}
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
    if schema == "Document":  # which requires the name of a file; what a source is called here is its code
        found["fileName"].append(told.data.call(entity))
    return dict(found)


def _translate(schema: str, property: str, value: object) -> Iterator[tuple[str, str]]:
    match schema, property, value:
        case "Person", "sex", Term(term=term) if term in _GENDER:
            yield "gender", _GENDER[term]
        case "Person", "nationality", Term(term=term) if len(term) == 2:
            yield "nationality", term
        case _, _, Date(edtf=edtf) if (schema, property) in _DATES and _PLAIN.fullmatch(edtf):
            yield _DATES[schema, property], edtf
        case "Event", "place", Place(place=id):
            yield from _locate(id)
        case "Event", _, Entity(entity=other) if property in _INVOLVED:
            yield "involved", other
        case "Document", "title", Text(text=text):
            yield "title", text
        case "Document", "url", Text(text=text):
            yield "sourceUrl", text


def _locate(id: str) -> Iterator[tuple[str, str]]:
    place = find_place(id)
    if place is not None:
        yield "location", place.label("en")
        yield "country", id[:2].lower()
