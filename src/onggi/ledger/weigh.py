"""Agreement and contradiction among live statements: corroboration by independent sources, and conflicts (§7).

Pure. It counts and sets side by side; it decides nothing.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from onggi.ledger.fold import Folded, find_root
from onggi.ledger.held import Held
from onggi.model.places import find_place
from onggi.model.value import Date, Entity, Number, Place, Term, Text, Unknown, Value
from onggi.model.vocabulary import load_properties
from onggi.model.when import When, may_overlap

Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Live statements of one entity and property that cannot all be true."""

    entity: str
    property: str
    statements: tuple[str, ...]


def find_conflicts(folded: Folded, statements: Iterable[Held]) -> list[Conflict]:
    """What contradicts what among these live statements."""
    groups: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for held in statements:
        if held.statement.known:
            groups[folded.root(held.statement.subject), held.statement.what.property].append(held)
    conflicts = []
    for (entity, name), group in sorted(groups.items()):
        found = _contradicting(folded, name, group)
        if found:
            conflicts.append(Conflict(entity, name, tuple(held.id for held in found)))
    return conflicts


def count_sources(folded: Folded, statements: Iterable[Held]) -> dict[str, int]:
    """For each statement, how many independent sources assert the same of the same entity."""
    group = independent_sources(folded)
    sources: dict[Key, set[str]] = defaultdict(set)
    keys = {}
    for held in statements:
        said = held.statement
        if said.known and said.source is not None:
            key = (folded.root(said.subject), said.what.property, said.what.polarity, *value_key(folded, said.value))
            keys[held.id] = key
            sources[key].add(group.get(said.source, said.source))
    return {id: len(sources[key]) for id, key in keys.items()}


def independent_sources(folded: Folded) -> Mapping[str, str]:
    """A representative for each source that cites or is cited: who repeats another is no second witness."""
    parents: dict[str, str] = {}
    for held in folded.live:
        value = held.statement.value
        if held.statement.what.property == "cites" and isinstance(value, Entity):
            first, second = sorted(find_root(parents, one) for one in (held.statement.subject, value.entity))
            parents[second] = first
    return {one: find_root(parents, one) for one in parents}


def value_key(folded: Folded, value: Value) -> Key:
    """Equal for values that say the same."""
    match value:
        case Text(text=text, lang=lang):
            return ("text", lang, unicodedata.normalize("NFKC", text).casefold().strip())
        case Date(edtf=edtf):
            return ("date", edtf)
        case Term(vocabulary=vocabulary, term=term):
            return ("term", vocabulary, term)
        case Place(place=place):
            return ("place", place)
        case Entity(entity=entity):
            return ("entity", folded.root(entity))
        case Number():
            return ("number", value.number, value.unit, value.bound, value.of or "")
        case Unknown():
            return ("unknown",)


def compatible(folded: Folded, one: Value, other: Value) -> bool:
    """Whether both can be true where only one value can."""
    match one, other:
        case (Unknown(), _) | (_, Unknown()):
            return True
        case Date(edtf=a), Date(edtf=b):
            return may_overlap(When(a), When(b))
        case Place(place=a), Place(place=b):
            return a in _within(b) or b in _within(a)
        case Text(lang=a), Text(lang=b) if a != b:
            return True  # Nobody has compared them; saying that they differ would be inventing.
    return type(one) is not type(other) or value_key(folded, one) == value_key(folded, other)


def _contradicting(folded: Folded, name: str, group: list[Held]) -> list[Held]:
    said: dict[str, dict[Key, list[Held]]] = {"asserts": defaultdict(list), "denies": defaultdict(list)}
    for held in group:
        said[held.statement.what.polarity][value_key(folded, held.statement.value)].append(held)
    asserted, denied = said["asserts"], said["denies"]
    found = [held for key in asserted.keys() & denied.keys() for held in (*asserted[key], *denied[key])]
    properties = load_properties()
    if name in properties and not properties[name].many:
        for at, one in enumerate(asserted.values()):
            for other in list(asserted.values())[:at]:
                if not compatible(folded, one[0].statement.value, other[0].statement.value):
                    found += (*other, *one)
    return sorted({held.id: held for held in found}.values(), key=lambda held: held.order)


def _within(id: str) -> list[str]:
    """A place and everything around it."""
    chain = []
    place = find_place(id)
    while place is not None and place.id not in chain:
        chain.append(place.id)
        place = find_place(place.parent) if place.parent else None
    return chain or [id]
