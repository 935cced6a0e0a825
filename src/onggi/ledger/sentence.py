"""Statements in words: the value for a reader, all of it for search, and a whole sentence with who says so.

Pure. Codes stand for persons here; a name appears only where the statement's own value is one and its stratum is open.
"""

from collections.abc import Callable, Iterator

from onggi.ledger.held import Held
from onggi.model.places import find_place, load_places, place_labels
from onggi.model.statement import Statement
from onggi.model.value import Date, Entity, Number, Place, Term, Text, Unknown, Value
from onggi.model.vocabulary import find_term, labels_of, load_properties, load_vocabularies
from onggi.words import known, say

Naming = Callable[[str], str]
"""How an entity is called where people read: its code."""


def say_value(value: Value, lang: str, call: Naming) -> str:
    """A value in the reader's language; text stays in its own."""
    match value:
        case Text(text=text):
            return text
        case Date(edtf=edtf, words=words):
            return f"{words} ({edtf})" if words and words != edtf else edtf
        case Term(vocabulary=vocabulary, term=term):
            found = find_term(vocabulary, term) if vocabulary in load_vocabularies() else None
            return found.labels[lang] if found else term
        case Place(place=id):
            place = find_place(id)
            return place.label(lang) if place else id
        case Entity(entity=entity):
            return call(entity)
        case Number():
            return _say_number(value, lang)
        case Unknown():
            return say("ledger.unknown", lang)


def say_statement(held: Held, lang: str, call: Naming) -> str:
    """One sentence: whose, what, and its value; denied where it is denied."""
    said = held.statement
    properties = load_properties()
    name = properties[said.what.property].labels[lang] if said.what.property in properties else said.what.property
    shape = "ledger.denied" if said.what.polarity == "denies" else "ledger.asserted"
    return say(shape, lang, subject=call(said.subject), property=name, value=say_value(said.value, lang, call))


def search_text(statement: Statement) -> str:
    """Everything in a statement that is text of its own, for the index: never a label, which is found by its id."""
    return "\n".join(_texts(statement))


def value_reference(value: Value) -> str | None:
    """The id a value points to: a place, a term, an entity."""
    match value:
        case Place(place=id) | Entity(entity=id):
            return id
        case Term(vocabulary=vocabulary, term=term):
            return f"{vocabulary}/{term}"
    return None


def labelled(word: str, fold: Callable[[str], str]) -> list[str]:
    """The ids of all places and terms one of whose labels contains a word that is folded already."""
    found = [
        place.id for place in load_places().values() if any(word in fold(label) for label in place_labels(place))
    ]
    for vocabulary in load_vocabularies().values():
        found += [
            f"{vocabulary.id}/{term.id}"
            for term in vocabulary.terms.values()
            if any(word in fold(label) for label in labels_of(term))
        ]
    return found


def _texts(statement: Statement) -> Iterator[str]:
    match statement.value:
        case Text(text=text):
            yield text
        case Date(edtf=edtf, words=words):
            yield edtf
            if words:
                yield words
        case Number(number=number, unit=unit, of=of):
            yield f"{number} {unit}"
            if of:
                yield of
    if statement.words is not None:
        yield statement.words.original
        if statement.words.translation:
            yield statement.words.translation


def _say_number(value: Number, lang: str) -> str:
    shape = f"ledger.number.{value.bound}" if value.of is None else f"ledger.share.{value.bound}"
    unit = _say_unit(value.unit, lang)
    return say(shape, lang, number=value.number, unit=unit, of=value.of or "")


def _say_unit(unit: str, lang: str) -> str:
    id = f"ledger.unit.{unit}"
    return say(id, lang) if known(id) else unit
