"""What every entry of the room's files has in common, and how it is checked with its file and line.

An entry is one table of a TOML file that a lawyer can read: a norm, an avenue, a treaty. Each says where it
comes from and how sure that is, which of its fields are uncertain, and who has reviewed it: nobody yet. A
text stands in all languages, or is the id of a short answer of `phrases.toml`.

Reads package data when first asked; the rest is pure. Refused: a key nobody knows, a missing language, a
choice that is none, an id that leads nowhere. A file with a mistake is not read in part: a norm that is
missing would read as "no law against it".
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from onggi.errors import Finding, OnggiError
from onggi.law.pattern import Pattern, read_pattern
from onggi.model.sheet import Sheet, check_texts, read_sheet

Texts: TypeAlias = Mapping[str, str]
"""One text in each language."""

Entry = TypeVar("Entry")

CONFIDENCE = ("high", "medium", "low")
STANDING = frozenset(
    {
        "source",
        "confidence",
        "confidence_note",
        "uncertain",
        "reviewed_by",
        "reviewed_on",
        "version",
        "changed_by",
        "changed_on",
    }
)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an entry can be relied on. `uncertain` names fields noted from memory or doubted by a source.

    `version` is 1 as shipped; `changed_by` and `changed_on` tell who corrected it, and when.
    """

    sources: tuple[str, ...]
    confidence: str
    confidence_note: Texts | None = field(hash=False)
    uncertain: frozenset[str]
    reviewed_by: str
    reviewed_on: str
    version: int
    changed_by: str
    changed_on: str

    @property
    def reviewed(self) -> bool:
        """Whether a lawyer has signed it."""
        return bool(self.reviewed_by and self.reviewed_on)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: the word its tables stand under, and how one is checked and built."""

    word: str
    check: Callable[[Sheet, dict[str, Any], str], Iterator[Finding]] = field(compare=False)
    build: Callable[[str, dict[str, Any]], Any] = field(compare=False)


def read_entries(text: str, file: str, kind: Kind) -> tuple[Mapping[str, Any] | None, list[Finding]]:
    """The entries of one kind written in `text` by id; None where anything is wrong.

    Tables of other kinds may stand beside them: a user's file can correct a norm and an avenue.
    """
    sheet, findings = read_sheet(text, file)
    if sheet is None:
        return None, findings
    tables = sheet.tables.get(kind.word, {})
    if not isinstance(tables, dict):
        return None, [Finding("model.sheet.unknown_key", sheet.find_line(kind.word))]
    for id, table in tables.items():
        if isinstance(table, dict):
            findings += kind.check(sheet, table, id)
        else:
            findings.append(Finding("model.sheet.unknown_key", sheet.find_line(kind.word, id)))
    if findings:
        return None, findings
    return MappingProxyType({id: kind.build(id, table) for id, table in tables.items()}), []


def load_entries(kind: Kind, *shipped: Traversable) -> dict[str, Any]:
    """The entries of shipped files by id, in the order of the files."""
    found: dict[str, Any] = {}
    for file in shipped:
        entries, findings = read_entries(file.read_text("utf-8"), file.name, kind)
        if entries is None:
            raise OnggiError("law.broken", count=len(findings), where=findings[0].where)
        found |= entries
    return found


def list_shipped(folder: str) -> list[Traversable]:
    """The files of a folder of this room, in the order of their names."""
    found = files("onggi.law").joinpath(folder).iterdir()
    return sorted((file for file in found if file.name.endswith(".toml")), key=lambda file: file.name)


def shipped_file(name: str) -> Traversable:
    """One file of this room."""
    return files("onggi.law").joinpath(name)


def check_standing(
    sheet: Sheet, table: dict[str, Any], known: Iterable[str], *path: str
) -> Iterator[Finding]:
    """Source, confidence, doubts and review; `known` are the fields that can be uncertain."""
    yield from check_strings(sheet, table, "source", *path)
    if not table.get("source"):
        yield Finding("law.entry.no_source", sheet.find_line(*path))
    yield from check_choice(sheet, table, "confidence", CONFIDENCE, *path)
    uncertain = table.get("uncertain", [])
    if not isinstance(uncertain, list) or not all(one in tuple(known) for one in uncertain):
        yield Finding("law.entry.uncertain", sheet.find_line(*path, "uncertain"))
    if "confidence_note" in table:
        yield from check_said(sheet, table, "confidence_note", *path)
    version = table.get("version", 1)
    if type(version) is not int or version < 1:
        yield Finding("law.entry.version", sheet.find_line(*path, "version"))
    elif version > 1 and not (table.get("changed_by") and table.get("changed_on")):
        yield Finding("law.entry.changed", sheet.find_line(*path, "version"))
    for name in ("reviewed_by", "changed_by"):
        if not isinstance(table.get(name, ""), str):
            yield Finding("model.sheet.empty_text", sheet.find_line(*path, name), {"key": name})
    for name in ("reviewed_on", "changed_on"):
        day = table.get(name, "")
        if day != "" and not is_day(day):
            yield Finding("law.entry.day", sheet.find_line(*path, name))


def build_standing(table: dict[str, Any]) -> Standing:
    """The standing of a table that was checked."""
    return Standing(
        sources=tuple(table["source"]),
        confidence=table["confidence"],
        confidence_note=build_said(table, "confidence_note") if "confidence_note" in table else None,
        uncertain=frozenset(table.get("uncertain", ())),
        reviewed_by=table.get("reviewed_by", ""),
        reviewed_on=table.get("reviewed_on", ""),
        version=table.get("version", 1),
        changed_by=table.get("changed_by", ""),
        changed_on=table.get("changed_on", ""),
    )


def check_said(sheet: Sheet, table: dict[str, Any], name: str, *path: str) -> Iterator[Finding]:
    """`table[name]` is a text in all languages, or the id of a phrase."""
    if isinstance(table.get(name), str):
        if table[name] not in load_phrases():
            yield Finding("law.entry.phrase", sheet.find_line(*path, name))
        return
    yield from check_texts(sheet, table, name, *path)


def build_said(table: dict[str, Any], name: str) -> Texts:
    """The text that `table[name]` holds or names."""
    said = table[name]
    return load_phrases()[said] if isinstance(said, str) else MappingProxyType(said)


def check_choice(
    sheet: Sheet, table: dict[str, Any], name: str, choices: tuple[str, ...], *path: str
) -> Iterator[Finding]:
    """`table[name]` must be one of these."""
    if table.get(name) not in choices:
        yield Finding(
            "model.vocabulary.bad_choice", sheet.find_line(*path, name), {"choices": ", ".join(choices)}
        )


def check_flag(sheet: Sheet, table: dict[str, Any], name: str, *path: str) -> Iterator[Finding]:
    """`table[name]`, if it is there, must be true or false."""
    if not isinstance(table.get(name, False), bool):
        yield Finding("model.vocabulary.bad_choice", sheet.find_line(*path, name), {"choices": "true, false"})


def check_strings(sheet: Sheet, table: dict[str, Any], name: str, *path: str) -> Iterator[Finding]:
    """`table[name]`, if it is there, must be a list of texts that are not empty."""
    strings = table.get(name, [])
    if not isinstance(strings, list) or not all(isinstance(one, str) and one.strip() for one in strings):
        yield Finding("model.sheet.empty_text", sheet.find_line(*path, name), {"key": name})


def check_known(
    sheet: Sheet, table: dict[str, Any], name: str, known: Iterable[str], *path: str
) -> Iterator[Finding]:
    """Every id in the list `table[name]` must exist."""
    yield from check_strings(sheet, table, name, *path)
    listed = table.get(name, [])
    for id in listed if isinstance(listed, list) else ():
        if not isinstance(id, str) or id not in known:
            yield Finding("law.entry.unknown_id", sheet.find_line(*path, name), {"id": str(id)})


def check_patterns(sheet: Sheet, table: dict[str, Any], name: str, *path: str) -> Iterator[Finding]:
    """Every pattern in the list `table[name]` must be one, of properties and terms that exist."""
    yield from check_strings(sheet, table, name, *path)
    listed = table.get(name, [])
    for text in listed if isinstance(listed, list) else ():
        if not isinstance(text, str) or read_pattern(text) is None:
            yield Finding("law.entry.pattern", sheet.find_line(*path, name), {"pattern": str(text)})


def build_patterns(table: dict[str, Any], name: str) -> tuple[Pattern, ...]:
    """The patterns of a list that was checked."""
    found = (read_pattern(text) for text in table.get(name, ()))
    return tuple(pattern for pattern in found if pattern is not None)


def is_own(standing: Standing) -> bool:
    """Whether an entry is a correction: what is shipped was changed by nobody."""
    return bool(standing.changed_by)


def is_day(value: object) -> bool:
    """Whether this is a day that there is, written `2026-11-29`."""
    try:
        return isinstance(value, str) and bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


@cache
def load_phrases() -> Mapping[str, Texts]:
    """The short answers that entries share, by id."""
    return MappingProxyType(
        load_entries(Kind("phrase", _check_phrase, _build_phrase), shipped_file("phrases.toml"))
    )


def _check_phrase(sheet: Sheet, table: dict[str, Any], id: str) -> Iterator[Finding]:
    yield from check_texts(sheet, {id: table}, id, "phrase")


def _build_phrase(id: str, table: dict[str, Any]) -> Texts:
    return MappingProxyType(table)
