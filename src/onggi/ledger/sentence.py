"""Statements in words: the value for a reader, all of it for search, and a whole sentence with who says so.

Pure. Codes stand for persons here; a name appears only where the statement's own value is one and its stratum
is open.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from onggi.ledger.bigrams import normalise
from onggi.ledger.held import Held
from onggi.model.consent import GIVEN, SELF, Consent
from onggi.model.entity import is_id
from onggi.model.estimate import Estimate
from onggi.model.judgement import Judgement
from onggi.model.likeness import Likeness
from onggi.model.places import find_place, load_places, place_labels
from onggi.model.release import Release
from onggi.model.statement import Statement
from onggi.model.tabulated import HIDDEN, Tabulated
from onggi.model.value import BOUNDS, Date, Entity, Number, Place, Term, Text, Unknown, Value
from onggi.model.vocabulary import find_term, labels_of, load_properties, load_vocabularies
from onggi.words import known, say

Naming = Callable[[str], str]
"""How an entity is called where people read: its code."""


def _keep_date(value: Date) -> str:
    return f"{value.words} ({value.edtf})" if value.words and value.words != value.edtf else value.edtf


@dataclass(frozen=True, slots=True)
class Manner:
    """How a day, a date that somebody remembers and a recipient are written."""

    day: Callable[[str], str] = str
    date: Callable[[Date], str] = _keep_date
    recipient: Callable[[str], str] = str


RECORDED = Manner()
"""As they were recorded."""

# What stands behind a full stop is another level of the catalogue.
_UNIT = re.compile(r"[A-Za-z][A-Za-z _%]*")
# Four digits are read at a glance, and may be a year.
_LONG = re.compile(r"(-?[0-9]{5,})(\.[0-9]+)?")

NAMES = ("name", "legal_name", "alias", "nickname", "code")
"""The properties by whose value whatever is said of an entity can be found."""


def say_value(value: Value, lang: str, call: Naming, manner: Manner = RECORDED) -> str:
    """A value in the reader's language; text stays in its own."""
    match value:
        case Text(text=text):
            return text
        case Date():
            return manner.date(value)
        case Term(vocabulary=vocabulary, term=term):
            return _say_term(vocabulary, term, lang) if vocabulary in load_vocabularies() else term
        case Place(place=id):
            place = find_place(id)
            return place.label(lang) if place else id
        case Entity(entity=entity):
            return call(entity)
        case Number():
            return _say_number(value, lang)
        case Consent():
            return _say_consent(value, lang, call, manner)
        case Judgement(other=other, verdict=verdict, because=because):
            said = f"ledger.judged.{verdict}" if because else "ledger.judged.told"
            return say(said, lang, other=call(other), because=because)
        case Likeness(other=other, probability=probability):
            return say("ledger.likeness", lang, other=call(other), probability=probability)
        case Release():
            return _say_release(value, lang, manner)
        case Estimate():
            return _say_estimate(value, lang)
        case Tabulated():
            return _say_tabulated(value, lang)
        case Unknown():
            return say("ledger.unknown", lang)


def say_statement(held: Held, lang: str, call: Naming, manner: Manner = RECORDED) -> str:
    """One sentence: whose, what, and its value; denied where it is denied."""
    return say_sentence(held.statement, lang, call, manner)


def say_sentence(said: Statement, lang: str, call: Naming, manner: Manner = RECORDED) -> str:
    """The same of a statement that is not recorded yet."""
    properties = load_properties()
    name = (
        properties[said.what.property].labels[lang]
        if said.what.property in properties
        else said.what.property
    )
    shape = "ledger.denied" if said.what.polarity == "denies" else "ledger.asserted"
    value = say_value(said.value, lang, call, manner)
    return say(shape, lang, subject=call(said.subject), property=name, value=value)


def search_text(statement: Statement) -> str:
    """Everything in a statement that is text of its own; never a label, which is found by its id."""
    return "\n".join(_texts(statement))


def value_reference(value: Value) -> str | None:
    """The id a value points to: a place, a term, an entity."""
    match value:
        case Place(place=id) | Entity(entity=id) | Judgement(other=id) | Likeness(other=id):
            return id
        case Term(vocabulary=vocabulary, term=term):
            return f"{vocabulary}/{term}"
    return None


def labelled(word: str) -> list[str]:
    """The ids of all places and terms one of whose labels contains a normalised word."""
    return [id for id, labels in _labels() if word in labels]


@cache
def _labels() -> tuple[tuple[str, str], ...]:
    """Every place and term with its labels, normalised, a line each: no word has a line end in it."""
    labels = {place.id: place_labels(place) for place in load_places().values()}
    for vocabulary in load_vocabularies().values():
        labels |= {f"{vocabulary.id}/{term.id}": labels_of(term) for term in vocabulary.terms.values()}
    return tuple((id, normalise("\n".join(texts))) for id, texts in labels.items())


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
        case Consent() | Judgement() | Release() | Estimate() as decision:
            yield from decision.texts
    if statement.words is not None:
        yield statement.words.original
        if statement.words.translation:
            yield statement.words.translation


def _say_consent(consent: Consent, lang: str, call: Naming, manner: Manner) -> str:
    """What was decided, for what and with whom; of a yes also on what, how, by whom and until when."""
    whom = _say_whom(consent.recipient, consent.organisation, manner)
    parts = [
        _say_term("consent_decisions", consent.decision, lang),
        _say_term("consent_purposes", consent.purpose, lang)
        if consent.purpose
        else say("ledger.consent.purpose", lang),
        whom or say("ledger.consent.recipient", lang),
    ]
    if consent.decision == GIVEN:
        parts += (_say_term("consent_data", one, lang) for one in consent.covers)
        parts += (call(item) for item in consent.items)
        parts.append(_say_term("consent_shown", consent.shown, lang))
        parts.append(_say_term("consent_likeness", consent.likeness, lang))
        kept = dict.fromkeys(mark for one in consent.withheld for mark in one.what)
        if kept:
            what = say("ledger.list", lang).join(_say_mark(mark, lang, call) for mark in kept)
            parts.append(say("ledger.consent.withheld", lang, what=what))
        if consent.given_by != SELF:
            parts.append(_say_term("consent_givers", consent.given_by, lang))
        if consent.valid_until:
            parts.append(say("ledger.consent.until", lang, day=manner.day(consent.valid_until)))
    return " · ".join(parts)


def _say_whom(recipient: str | None, organisation: str | None, manner: Manner) -> str:
    return " / ".join(filter(None, (manner.recipient(recipient) if recipient else "", organisation)))


def _say_release(release: Release, lang: str, manner: Manner) -> str:
    """For whom and for what, and which risks somebody took upon herself or under which anchor it left."""
    whom = _say_whom(release.recipient, release.organisation, manner)
    parts = [whom, _say_term("consent_purposes", release.purpose, lang)]
    parts += (say(f"{one}.taken", lang) if known(f"{one}.taken") else one for one in release.accepts)
    parts += (one for one in (release.because, release.anchor) if one)
    return " · ".join(parts)


def _say_estimate(estimate: Estimate, lang: str) -> str:
    """Of whom, and the range or the bound that was found: never one number."""
    whom = " · ".join(estimate.texts) or say("ledger.counted.undeclared", lang)
    if estimate.status == "estimate" and estimate.lo is not None and estimate.hi is not None:
        return say(
            "ledger.counted.estimate", lang, whom=whom, low=estimate.lo, high=estimate.hi, seen=estimate.seen
        )
    return say(
        "ledger.counted.bound", lang, whom=whom, lower=estimate.lower or estimate.seen, seen=estimate.seen
    )


def _say_tabulated(table: Tabulated, lang: str) -> str:
    """What was counted by what, and how many numbers were shown and hidden."""
    by = (table.rows, table.columns) if table.columns else (table.rows,)
    hidden = sum(number == HIDDEN for _, _, number in table.cells)
    if table.epsilon:
        return say(
            "ledger.tabulated_noisy",
            lang,
            unit=say(f"table.unit.{table.unit}", lang),
            by=" × ".join(say(f"table.by.{name}", lang) for name in by),
            shown=len(table.cells) - hidden,
            hidden=hidden,
            epsilon=f"{table.epsilon / 1000:g}",
            lifetime=f"{table.lifetime / 1000:g}",
        )
    return say(
        "ledger.tabulated",
        lang,
        unit=say(f"table.unit.{table.unit}", lang),
        by=" × ".join(say(f"table.by.{name}", lang) for name in by),
        shown=len(table.cells) - hidden,
        hidden=hidden,
        k=table.k,
    )


def _say_mark(mark: str, lang: str, call: Naming) -> str:
    """What is kept back: a class of details, a property, or an entity or statement."""
    if is_id(mark):
        return call(mark)
    property = load_properties().get(mark)
    return property.labels[lang] if property else _say_term("redaction_classes", mark, lang)


def _say_term(vocabulary: str, term: str, lang: str) -> str:
    found = find_term(vocabulary, term)
    return found.labels[lang] if found else term


def _say_number(value: Number, lang: str) -> str:
    shape = "ledger.number" if value.of is None else "ledger.share"
    bound = value.bound if known(f"{shape}.{value.bound}") else BOUNDS[0]
    unit = _say_unit(value, lang)
    return say(f"{shape}.{bound}", lang, number=_group_digits(value.number), unit=unit, of=value.of or "")


def _group_digits(number: str) -> str:
    """A long number in threes, as all three languages print it; what is no number stays as it is."""
    found = _LONG.fullmatch(number)
    return f"{int(found[1]):,}{found[2] or ''}" if found else number


def _say_unit(value: Number, lang: str) -> str:
    """A unit in the reader's language if it is one of the common ones, else as it was recorded."""
    if _UNIT.fullmatch(value.unit):
        for id in (f"ledger.measure.{value.unit}.one", f"ledger.measure.{value.unit}"):
            if known(id) and (value.number == "1" or not id.endswith(".one")):
                return say(id, lang)
    return value.unit
