"""One value as it was written, read as the property asks: text, date, term, place, entity, number, or not
known.

Written plainly where the property allows one type only, as a table otherwise
(docs/design/statement-model.md, §8).

Floor 5. Pure. Refused: a type the property does not allow, a term of another vocabulary, a place that
nobody knows or that several share, a date no calendar has, a reference to nothing or to the wrong kind, a
number that is not decimal.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from onggi.errors import Finding, OnggiError
from onggi.intake.cast import Cast
from onggi.intake.findings import Spot
from onggi.model.places import find_place, places_named
from onggi.model.spoken import read_spoken
from onggi.model.value import BOUNDS, Date, Entity, Number, Place, Term, Text, Unknown, Value
from onggi.model.vocabulary import Property, find_term
from onggi.model.when import When

_TYPE_FIELDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "text": frozenset({"lang"}),
        "date": frozenset({"lang"}),
        "term": frozenset(),
        "place": frozenset(),
        "entity": frozenset(),
        "number": frozenset({"unit", "bound", "of", "lang"}),
        "unknown": frozenset(),
    }
)
VALUE_FIELDS = frozenset(_TYPE_FIELDS).union(*_TYPE_FIELDS.values())

_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)
_ENDLESS = 10**30
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a value is read against: its property, the language and interview around it, and who may be
    meant."""

    property: Property
    lang: str | None
    interview: When | None
    cast: Cast
    spot: Spot


def read_value(written: object, asked: Asked) -> Value | Finding:
    """The value, or why it is none."""
    if isinstance(written, dict):
        return _read_table(written, asked)
    types = asked.property.value
    if len(types) > 1:
        return Finding("intake.value.plain", asked.spot.say(), {"types": ", ".join(types)})
    return _READERS[types[0]](written, {}, asked)


def read_interview(written: object) -> When | None:
    """The date on which something was told, as EDTF or a date of TOML; None if it is none."""
    text = _write_date(written)
    try:
        return When(text) if text is not None else None
    except OnggiError:
        return None


def is_language(text: str) -> bool:
    """Whether `text` is written like a language tag of BCP 47."""
    return _LANGUAGE.fullmatch(text) is not None


def _read_table(table: Mapping[str, object], asked: Asked) -> Value | Finding:
    types = [type for type in _TYPE_FIELDS if type in table]
    if len(types) != 1 or not table.keys() <= {types[0], *_TYPE_FIELDS[types[0]]}:
        return Finding("intake.value.table", asked.spot.say())
    type = types[0]
    if type != "unknown" and type not in asked.property.value:
        return Finding("intake.value.type", asked.spot.say(), {"types": ", ".join(asked.property.value)})
    return _READERS[type](table[type], table, asked)


def _read_text(written: object, table: Mapping[str, object], asked: Asked) -> Value | Finding:
    if not isinstance(written, str) or not written.strip():
        return Finding("intake.value.text", asked.spot.say())
    lang = table.get("lang", asked.lang)
    if not isinstance(lang, str) or not is_language(lang):
        return Finding("intake.value.language", asked.spot.say())
    return Text(written, lang)


def _read_date(written: object, table: Mapping[str, object], asked: Asked) -> Value | Finding:
    text, lang = _write_date(written), table.get("lang", asked.lang)
    if text is None:
        return Finding("intake.value.date", asked.spot.say())
    if lang is not None and not isinstance(lang, str):
        return Finding("intake.value.language", asked.spot.say())
    read = read_day(text, lang, asked.interview)
    return Finding(read.code, asked.spot.say(), read.values) if isinstance(read, Finding) else read


def _write_date(written: object) -> str | None:
    """A date as text: TOML has dates of its own, and a bare year is a whole number there."""
    if isinstance(written, date) and not isinstance(written, datetime):
        return written.isoformat()
    if type(written) is int:
        return f"{written:04}" if 0 <= written <= 9999 else None
    return written if isinstance(written, str) else None


@lru_cache(maxsize=4096)
def read_day(written: str, lang: str | None, interview: When | None) -> Date | Finding:
    """The date somebody wrote: EDTF first, since it says exactly what it means; then as people speak.

    `interview` is the date against which *last year* is read.
    """
    try:
        return Date.of(When(written))
    except OnggiError as error:
        refused = error
    spoken = read_spoken(written, lang.partition("-")[0] if lang else None, interview)
    if isinstance(spoken, When):
        return Date.of(spoken)
    # What is written like EDTF is refused as EDTF: its reason is the one that helps.
    return spoken if refused.id == "model.when.edtf" else Finding(refused.id, "")


def _read_term(written: object, _: Mapping[str, object], asked: Asked) -> Value | Finding:
    vocabulary = asked.property.vocabulary
    if not isinstance(written, str) or vocabulary is None or find_term(vocabulary, written) is None:
        return Finding("intake.value.term", asked.spot.say(), {"vocabulary": vocabulary or ""})
    return Term(vocabulary, written)


def _read_place(written: object, _: Mapping[str, object], asked: Asked) -> Value | Finding:
    if not isinstance(written, str):
        return Finding("intake.value.place", asked.spot.say())
    if find_place(written) is not None:
        return Place(written)
    named = places_named(written)
    if len(named) > 1:
        return Finding("intake.value.places", asked.spot.say(), {"count": len(named)})
    return Place(named[0].id) if named else Finding("intake.value.place", asked.spot.say())


def _read_entity(written: object, _: Mapping[str, object], asked: Asked) -> Value | Finding:
    if not isinstance(written, str):
        return Finding("intake.reference.absent", asked.spot.say())
    found = asked.cast.find(written, asked.spot.say())
    if isinstance(found, Finding):
        return found
    if found.kind not in asked.property.kinds:
        kinds = ", ".join(sorted(asked.property.kinds))
        return Finding("intake.reference.kind", asked.spot.say(), {"kinds": kinds})
    return Entity(found.id)


def _read_number(written: object, table: Mapping[str, object], asked: Asked) -> Value | Finding:
    number = _write_number(written)
    unit, bound = table.get("unit"), table.get("bound", BOUNDS[0])
    of, lang = table.get("of"), table.get("lang", asked.lang)
    if not _DECIMAL.fullmatch(number):
        return Finding("intake.value.number", asked.spot.say())
    if not isinstance(unit, str) or not unit.strip():
        return Finding("intake.value.unit", asked.spot.say())
    if not isinstance(bound, str) or bound not in BOUNDS:
        return Finding("intake.value.bound", asked.spot.say(), {"bounds": ", ".join(BOUNDS)})
    if of is None:
        return Number(number, unit, bound)
    if not isinstance(of, str) or not of.strip():
        return Finding("intake.value.text", asked.spot.say())
    if not isinstance(lang, str) or not is_language(lang):
        return Finding("intake.value.language", asked.spot.say())
    return Number(number, unit, bound, of, lang)


def _write_number(written: object) -> str:
    """A number as text; empty where it is none, or one that Python would refuse to write out."""
    if type(written) is int and abs(written) >= _ENDLESS:
        return ""
    return str(written) if type(written) in (str, int, Decimal) else ""


def _read_unknown(written: object, _: Mapping[str, object], asked: Asked) -> Value | Finding:
    return Unknown() if written is True else Finding("intake.value.table", asked.spot.say())


_READERS: Mapping[str, Callable[[object, Mapping[str, object], Asked], Value | Finding]] = MappingProxyType(
    {
        "text": _read_text,
        "date": _read_date,
        "term": _read_term,
        "place": _read_place,
        "entity": _read_entity,
        "number": _read_number,
        "unknown": _read_unknown,
    }
)
