"""The words in which abuses are recorded: vocabularies, their terms, and the properties of statements.

Each file in `vocabularies/` is one vocabulary. A term has an id that never changes, a label and a definition
in every language, and codes of other systems as cross-references. A code or a meaning that awaits a lawyer's
or a source's confirmation is named in `uncertain`; it is shown with that mark and never silently promoted.
Labels of other systems are not shipped, their licences differ from ours: labels and definitions are our own.

`properties.toml` says what a statement may say of what. Every relation between people is a property as well:
"A's husband is B" is a statement like any other.

Floor 2. Reads package data when first asked; `read_vocabulary` and `read_properties` are pure and serve a
user's own files too. Refused: a term without a language, an id that is not plain ASCII, a key nobody knows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from onggi.errors import Exit, Finding, OnggiError
from onggi.model.entity import LETTERS
from onggi.model.sheet import Sheet, check_keys, check_texts, read_sheet
from onggi.model.stratum import Stratum

CODE_SYSTEMS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "esf": re.compile(r"\d{12}"),  # HURIDOCS Events Standard Formats, micro-thesauri
        "gbvims": re.compile(r"[a-z_]+"),  # core types of incident, or `context`
        "iccs": re.compile(r"\d{2,6}"),  # UNODC International Classification of Crime
        "htcds": re.compile(r"[A-Z]\w*(:\w+)?"),  # IOM Human Trafficking Case Data Standard
        "iso": re.compile(r"[A-Z]{2}"),  # ISO 3166-1
    }
)
VALUE_TYPES = (
    *("text", "date", "entity", "term", "number", "place"),
    *("consent", "judgement", "likeness", "release", "estimate", "tabulated"),
)

# A grade of the Admiralty scale keeps its own letter or digit.
_TERM_ID = re.compile(r"[a-z][a-z0-9_]*|[A-Z]|[1-9]")
_TERM_KEYS = frozenset({"label", "definition", "code", "uncertain", "inverse"})
_PROPERTY_KEYS = frozenset(
    {"label", "definition", "about", "value", "vocabulary", "kinds", "stratum", "many", "withheld", "keeping"}
)
_STRATA = tuple(stratum.value for stratum in Stratum)
_PROPERTIES = "properties"
_REDACTION = "redaction_classes"
_RELATIONS = "relations"


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a vocabulary.

    `codes` may hold alternatives as `0204/0205`; `uncertain` names the codes that are, or `meaning`.
    """

    id: str
    vocabulary: str
    labels: Mapping[str, str] = field(hash=False)
    definitions: Mapping[str, str] = field(hash=False)
    codes: Mapping[str, str] = field(hash=False)
    uncertain: frozenset[str]
    inverse: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms that may stand in one place, in the order of their file."""

    id: str
    labels: Mapping[str, str] = field(hash=False)
    terms: Mapping[str, Term] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Property:
    """What a statement may say: of which entities (`about`), with which types of `value`, in which stratum.

    `vocabulary` is set where a term may be the value, `kinds` where an entity may. Where not `many`, two
    different asserted values contradict each other. `withheld` says why its value stays inside unless
    somebody asks for it: a term of `redaction_classes`. `keeping` marks what is said of the record itself:
    Onggi records it, no file does, and no dossier shows it as a fact.
    """

    id: str
    labels: Mapping[str, str] = field(hash=False)
    definitions: Mapping[str, str] = field(hash=False)
    about: frozenset[str]
    value: tuple[str, ...]
    vocabulary: str | None
    kinds: frozenset[str]
    stratum: Stratum
    many: bool
    withheld: str | None = None
    keeping: bool = False


@cache
def load_vocabulary(name: str) -> Vocabulary:
    """The shipped vocabulary `name`; raises `model.vocabulary.absent` if there is none."""
    if name not in _list_names():
        raise OnggiError("model.vocabulary.absent", exit_code=Exit.USAGE)
    vocabulary, findings = read_vocabulary(_read_text(name), f"{name}.toml")
    if vocabulary is None:
        raise OnggiError("model.vocabulary.broken", count=len(findings))
    return vocabulary


@cache
def load_vocabularies() -> Mapping[str, Vocabulary]:
    """Every shipped vocabulary by its id."""
    return MappingProxyType({name: load_vocabulary(name) for name in _list_names()})


@cache
def load_properties() -> Mapping[str, Property]:
    """Every property a statement may have by its id, relations between people included."""
    properties, findings = read_properties(_read_text(_PROPERTIES), f"{_PROPERTIES}.toml")
    if properties is None:
        raise OnggiError("model.vocabulary.broken", count=len(findings))
    relations = load_vocabulary(_RELATIONS).terms.values()
    return MappingProxyType({**properties, **{term.id: _relate_persons(term) for term in relations}})


def find_term(vocabulary: str, term_id: str) -> Term | None:
    """The term of a shipped vocabulary, or None."""
    return load_vocabulary(vocabulary).terms.get(term_id)


def labels_of(term: Term) -> tuple[str, ...]:
    """Every label under which a person may look for the term."""
    return tuple(dict.fromkeys(term.labels.values()))


def read_vocabulary(text: str, file: str) -> tuple[Vocabulary | None, list[Finding]]:
    """The vocabulary written in `text`, whose id is the stem of `file`; None where any finding is grave.

    A vocabulary with a gap is not read in part: a term that is missing would read as "never happened".
    """
    sheet, findings = read_sheet(text, file)
    if sheet is None:
        return None, findings
    findings = list(_check_vocabulary(sheet))
    return (None if findings else _build_vocabulary(sheet)), findings


def read_properties(text: str, file: str) -> tuple[Mapping[str, Property] | None, list[Finding]]:
    """The properties written in `text`; None where any finding is grave."""
    sheet, findings = read_sheet(text, file)
    if sheet is None:
        return None, findings
    findings = list(_check_properties(sheet))
    if findings:
        return None, findings
    tables = sheet.tables["property"]
    return MappingProxyType({name: _build_property(name, table) for name, table in tables.items()}), []


def _list_names() -> tuple[str, ...]:
    names = (entry.name for entry in _folder().iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(stem for name in names if (stem := name.removesuffix(".toml")) != _PROPERTIES))


def _read_text(name: str) -> str:
    return _folder().joinpath(f"{name}.toml").read_text("utf-8")


def _folder() -> Traversable:
    return files("onggi.model").joinpath("vocabularies")


def _check_vocabulary(sheet: Sheet) -> Iterator[Finding]:
    tables = sheet.tables
    yield from check_keys(sheet, tables, frozenset({"label", "term", "uncertain"}))
    yield from check_texts(sheet, tables, "label")
    yield from _check_uncertain(sheet, tables)
    yield from _check_entries(sheet, "term")
    for term_id, table in _list_entries(sheet, "term").items():
        yield from _check_term(sheet, term_id, table)


def _check_entries(sheet: Sheet, name: str) -> Iterator[Finding]:
    """`[term.*]` or `[property.*]`: at least one table, each under an id of ours."""
    if not _list_entries(sheet, name):
        yield Finding("model.sheet.missing_key", sheet.find_line(name), {"key": name})
    entries = sheet.tables.get(name)
    for id, entry in entries.items() if isinstance(entries, dict) else ():
        if not _TERM_ID.fullmatch(id):
            yield Finding("model.vocabulary.bad_id", sheet.find_line(name, id))
        if not isinstance(entry, dict):
            yield Finding("model.sheet.unknown_key", sheet.find_line(name, id))


def _list_entries(sheet: Sheet, name: str) -> dict[str, dict[str, Any]]:
    entries = sheet.tables.get(name)
    if not isinstance(entries, dict):
        return {}
    return {id: entry for id, entry in entries.items() if isinstance(entry, dict)}


def _check_term(sheet: Sheet, term_id: str, table: dict[str, Any]) -> Iterator[Finding]:
    path = ("term", term_id)
    yield from check_keys(sheet, table, _TERM_KEYS, *path)
    yield from check_texts(sheet, table, "label", *path)
    yield from check_texts(sheet, table, "definition", *path)
    yield from _check_codes(sheet, table.get("code", {}), *path, "code")
    yield from _check_uncertain(sheet, table, *path)
    if table.get("inverse", term_id) not in list(_list_entries(sheet, "term")):
        yield Finding("model.vocabulary.no_inverse", sheet.find_line(*path, "inverse"))


def _check_codes(sheet: Sheet, codes: Any, *path: str) -> Iterator[Finding]:
    if not isinstance(codes, dict):
        yield Finding("model.sheet.unknown_key", sheet.find_line(*path))
        return
    for system, code in codes.items():
        pattern = CODE_SYSTEMS.get(system)
        if pattern is None:
            systems = ", ".join(CODE_SYSTEMS)
            yield Finding(
                "model.vocabulary.unknown_system", sheet.find_line(*path, system), {"systems": systems}
            )
        elif not isinstance(code, str) or not all(pattern.fullmatch(part) for part in code.split("/")):
            yield Finding("model.vocabulary.bad_code", sheet.find_line(*path, system), {"system": system})


def _check_uncertain(sheet: Sheet, table: dict[str, Any], *path: str) -> Iterator[Finding]:
    """What is uncertain must exist: the meaning itself, or a code that stands in the same term."""
    codes = table.get("code", {})
    known = ["meaning", *(codes if isinstance(codes, dict) else ())]
    marks = table.get("uncertain", [])
    if not isinstance(marks, list) or any(mark not in known for mark in marks):
        yield Finding("model.vocabulary.bad_uncertain", sheet.find_line(*path, "uncertain"))


def _build_vocabulary(sheet: Sheet) -> Vocabulary:
    name = sheet.file.removesuffix(".toml")
    everywhere = sheet.tables.get("uncertain", [])
    terms = {
        term_id: Term(
            id=term_id,
            vocabulary=name,
            labels=MappingProxyType(table["label"]),
            definitions=MappingProxyType(table["definition"]),
            codes=MappingProxyType(table.get("code", {})),
            uncertain=frozenset(everywhere).union(table.get("uncertain", [])),
            inverse=table.get("inverse"),
        )
        for term_id, table in sheet.tables["term"].items()
    }
    return Vocabulary(name, MappingProxyType(sheet.tables["label"]), MappingProxyType(terms))


def _check_properties(sheet: Sheet) -> Iterator[Finding]:
    yield from check_keys(sheet, sheet.tables, frozenset({"property"}))
    yield from _check_entries(sheet, "property")
    for name, table in _list_entries(sheet, "property").items():
        yield from _check_property(sheet, name, table)


def _check_property(sheet: Sheet, name: str, table: dict[str, Any]) -> Iterator[Finding]:
    path = ("property", name)
    yield from check_keys(sheet, table, _PROPERTY_KEYS, *path)
    yield from check_texts(sheet, table, "label", *path)
    yield from check_texts(sheet, table, "definition", *path)
    value = table.get("value", [])
    yield from _check_choices(sheet, value, VALUE_TYPES, *path, "value")
    yield from _check_choices(sheet, table.get("about", []), tuple(LETTERS), *path, "about")
    yield from _check_choices(sheet, [table.get("stratum", "record")], _STRATA, *path, "stratum")
    allowed = value if isinstance(value, list) else []
    if "entity" in allowed or "kinds" in table:
        yield from _check_choices(sheet, table.get("kinds", []), tuple(LETTERS), *path, "kinds")
    if "term" in allowed or "vocabulary" in table:
        yield from _check_choices(sheet, [table.get("vocabulary")], _list_names(), *path, "vocabulary")
    if "withheld" in table:
        classes = tuple(load_vocabulary(_REDACTION).terms)
        yield from _check_choices(sheet, [table["withheld"]], classes, *path, "withheld")
    for key in ("many", "keeping"):
        if not isinstance(table.get(key, False), bool):
            yield Finding(
                "model.vocabulary.bad_choice", sheet.find_line(*path, key), {"choices": "true, false"}
            )


def _check_choices(sheet: Sheet, chosen: Any, choices: tuple[str, ...], *path: str) -> Iterator[Finding]:
    if not isinstance(chosen, list) or not chosen or any(choice not in choices for choice in chosen):
        yield Finding("model.vocabulary.bad_choice", sheet.find_line(*path), {"choices": ", ".join(choices)})


def _build_property(name: str, table: dict[str, Any]) -> Property:
    return Property(
        id=name,
        labels=MappingProxyType(table["label"]),
        definitions=MappingProxyType(table["definition"]),
        about=frozenset(table["about"]),
        value=tuple(table["value"]),
        vocabulary=table.get("vocabulary"),
        kinds=frozenset(table.get("kinds", [])),
        stratum=Stratum(table.get("stratum", "record")),
        many=table.get("many", False),
        withheld=table.get("withheld"),
        keeping=table.get("keeping", False),
    )


def _relate_persons(term: Term) -> Property:
    return Property(
        id=term.id,
        labels=term.labels,
        definitions=term.definitions,
        about=frozenset({"person", "group"}),
        value=("entity",),
        vocabulary=None,
        kinds=frozenset({"person", "group"}),
        stratum=Stratum.RECORD,
        many=True,
    )
