"""The persons of a vault as records: one for each entry, whoever she is held to be the same as (§8).

A name that is somebody else's ("mother of X") goes to the note. A year that a date leaves open is missing,
and so is whatever two sources say differently: what is not sure must not tell two people apart.

Floor 4. Pure, over a view in which identity is open. Refused: nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.link.byname import BETWEEN, BYNAME
from onggi.link.columns import Records, number_texts
from onggi.link.couples import Couple, order_couple
from onggi.link.naming import read_named
from onggi.link.places import list_above, read_place
from onggi.model.places import find_place
from onggi.model.value import Date, Entity, Place, Term, Text, Value
from onggi.model.vocabulary import load_vocabulary

KINDS: Mapping[str, str] = {
    "name": "names", "sex": "sex", "birth_year": "year", "province": "category", "origin": "place",
    "left_year": "year", "location": "place",
}  # fmt: skip
"""What is compared of persons, and how."""

NAMES = ("name", "legal_name")
BYNAMES = ("alias", "nickname")
_READ = (*NAMES, *BYNAMES, "sex", "birth", "origin", "left_from", "left_on", "lives_in")
# "A's mother is B": what B is to A, and what A is to B, in words that relations.py reads.
_TOLD = {
    "mother": ("mother of", "child of"),
    "father": ("father of", "child of"),
    "child": ("child of", ""),
    "husband": ("husband of", "wife of"),
    "wife": ("wife of", "husband of"),
    "sold_with": ("sold with", "sold with"),
}
_PARENTS = {"female": "mother of", "male": "father of"}


@dataclass(frozen=True, slots=True)
class Persons:
    """The persons of one compartment, in the order of their ids: records, names as they were recorded, and
    `related`, the pairs that some source ties as two people."""

    records: Records
    names: tuple[tuple[str, ...], ...]
    kin: tuple[tuple[str, ...], ...]
    related: frozenset[Couple]

    def __len__(self) -> int:
        return len(self.records)


def read_persons(view: View, compartment: str) -> Persons:
    """The persons that have an entry in a compartment."""
    ids = sorted(
        {
            held.statement.subject
            for held in view.live_of("kind")
            if held.compartment == compartment and held.statement.value == Term("entity_kinds", "person")
        }
    )
    places = {id: at for at, id in enumerate(ids)}
    said: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for held in _list_asserted(view.live_of(*_READ), compartment):
        said[held.statement.subject][held.statement.what.property].append(held.statement.value)
    relations = [
        (held.statement.subject, held.statement.what.property, held.statement.value.entity)
        for held in _list_asserted(view.live_of(*load_vocabulary("relations").terms), compartment)
        if isinstance(held.statement.value, Entity)
    ]
    names, kin = {}, {}
    for id in ids:
        texts = _list_texts(said[id], *NAMES, *BYNAMES)
        names[id] = tuple(text for text in texts if not read_named(text).kin)
        kin[id] = tuple(text for text in texts if read_named(text).kin)
    homes = {id: _read_home(said[id]) for id in ids}
    notes = _write_notes(ids, said, relations, names, kin)
    columns = {
        "name": [_write_names(said[id], names[id]) for id in ids],
        "sex": [_read_one(_list_terms(said[id], "sex")) for id in ids],
        "birth_year": [_read_one(_list_years(said[id], "birth")) for id in ids],
        "province": [homes[id][0] for id in ids],
        "origin": [homes[id][1] for id in ids],
        "left_year": [_read_one(_list_years(said[id], "left_on")) for id in ids],
        "location": [_label_chain(_find_finest(said[id], "lives_in")) for id in ids],
        "note": notes,
    }
    related = {
        order_couple(places[one], places[other])
        for one, _, other in relations
        if one in places and other in places and one != other
    }
    return Persons(
        Records(tuple(ids), {name: number_texts(cells) for name, cells in columns.items()}),
        tuple(names[id] for id in ids),
        tuple(kin[id] for id in ids),
        frozenset(related),
    )


def names_child(persons: Persons, one: int, other: int) -> bool:
    """Whether one is known as the kin of whoever has the other's name: "mother of X" is not X."""
    return any(
        not read_named(phrase).chances.keys().isdisjoint(read_named(name).chances)
        for a, b in ((one, other), (other, one))
        for phrase in persons.kin[a]
        for name in persons.names[b]
    )


def _list_asserted(found: Iterable[Held], compartment: str) -> Iterable[Held]:
    return (
        held
        for held in found
        if held.compartment == compartment and held.statement.what.polarity == "asserts"
    )


def _list_texts(said: Mapping[str, list[Value]], *properties: str) -> list[str]:
    values = (value for name in properties for value in said.get(name, ()))
    texts = (" ".join(value.text.split()) for value in values if isinstance(value, Text))
    return list(dict.fromkeys(filter(None, texts)))


def _write_names(said: Mapping[str, list[Value]], names: Iterable[str]) -> str:
    """Her names, one on a line; what is only a by-name is marked."""
    own = _list_texts(said, *NAMES)
    return BETWEEN.join(("" if name in own else BYNAME) + name.lstrip(BYNAME) for name in names)


def _list_terms(said: Mapping[str, list[Value]], name: str) -> list[str]:
    return [value.term for value in said.get(name, ()) if isinstance(value, Term)]


def _list_years(said: Mapping[str, list[Value]], name: str) -> list[str]:
    """The years of dates that lie in one year each; a date in doubt is none."""
    dates = [value for value in said.get(name, ()) if isinstance(value, Date) and not value.uncertain]
    ends = [((one.earliest or "")[:4], (one.latest or "")[:4]) for one in dates]
    return [first for first, last in ends if first == last]


def _read_one(values: Iterable[str]) -> str:
    """The one value there is; nothing where there are several."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _read_home(said: Mapping[str, list[Value]]) -> tuple[str, str]:
    """The province that a person is from or left, and the place in it where that is known."""
    place = _find_finest(said, "origin") or _find_finest(said, "left_from")
    wider = list_above(place)
    if wider:
        return wider[-1], _label_chain(place)
    return place, "" if place else _read_one(_list_texts(said, "origin"))


def _find_finest(said: Mapping[str, list[Value]], name: str) -> str:
    """The finest place of a property, by id; nothing where two lie apart, or a text can be several places."""
    ids = {value.place for value in said.get(name, ()) if isinstance(value, Place)}
    read = [read_place(text) for text in _list_texts(said, name)]
    ids |= {places[0] for places in read if len(places) == 1 and find_place(places[0])}
    finest = (id for id in sorted(ids) if all(id == other or other in list_above(id) for other in ids))
    return next(finest, "")


def _label_chain(id: str) -> str:
    """A place and those it lies in, the widest first, as a table would have it."""
    chain = [find_place(one) for one in (*reversed(list_above(id)), id)]
    return ", ".join(place.label("en") for place in chain if place is not None)


def _write_notes(
    ids: Iterable[str],
    said: Mapping[str, Mapping[str, list[Value]]],
    relations: Iterable[tuple[str, str, str]],
    names: Mapping[str, tuple[str, ...]],
    kin: Mapping[str, tuple[str, ...]],
) -> list[str]:
    """Whose mother or husband each is, with whom she was sold, in words that relations.py reads."""
    notes: dict[str, list[str]] = {id: list(kin[id]) for id in ids}

    for one, relation, other in relations:
        hers, mine = _TOLD.get(relation, ("", ""))
        if relation == "child":
            mine = _PARENTS.get(_read_one(_list_terms(said.get(one, {}), "sex")), "")
        for who, word, whom in ((other, hers, one), (one, mine, other)):
            if word and who in notes:
                notes[who] += [f"{word} {name}" for name in names.get(whom, ())[:1]]
    return ["; ".join(dict.fromkeys(notes[id])) for id in ids]
