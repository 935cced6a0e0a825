"""Who can still hear it: bodies, courts, archives and authorities, and what each asks for.

Each file in `avenues/` holds some of them. An avenue says who may submit and what it asks for, which consent
it expects, whether the State learns the victim's name, whether it asks for provenance, and where it is
dangerous (`gate` red: two members, and the risks are shown). `dossier` asks this module who a recipient is.

Floor 4. Reads package data when first asked; `read_avenues` is pure and serves a user's own file too.
Refused: an avenue that does not say where it comes from, or whether the State learns the name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from onggi.errors import Finding
from onggi.law.entry import (
    CONFIDENCE,
    STANDING,
    Kind,
    Standing,
    Texts,
    build_patterns,
    build_said,
    build_standing,
    check_choice,
    check_flag,
    check_known,
    check_patterns,
    check_said,
    check_standing,
    check_strings,
    list_shipped,
    load_entries,
    read_entries,
    shipped_file,
)
from onggi.law.pattern import Pattern
from onggi.model.sheet import Sheet, check_keys, check_texts

KINDS = (
    "un",
    "treaty_body",
    "court",
    "domestic",
    "sanctions",
    "record",
    "advocacy",
    "police",
    "protection",
    "support",
)
FORMS = ("communication", "petition", "complaint", "archive", "brief", "sanctions", "protection", "none")
"""The form a dossier takes for it; `none` where nothing is handed over."""
ADDRESSES = ("CN", "KP", "KR", "person", "official", "any")
"""Whose conduct it can address: a State's, a private person's, an official's, anyone's."""
CONSENT = ("required", "expected", "advised", "none")
LEARNS = ("yes", "no", "depends")

_TEXTS = (
    "name",
    "who",
    "consent_text",
    "state_learns",
    "urgency",
    "deadline",
    "exhaustion",
    "output",
    "risks",
)
_FLAGS = ("state_facing", "provenance", "urgent", "available")
_LISTS = ("addresses", "asks", "languages", "address")
_CHOICES = {"kind": KINDS, "form": FORMS, "consent": CONSENT, "state_learns_name": LEARNS}
_KEYS = (
    frozenset({*_TEXTS, *_FLAGS, *_LISTS, *_CHOICES, "why", "gate", "treaty", "need", "mandate"}) | STANDING
)


@dataclass(frozen=True, slots=True)
class Ask:
    """Something a body asks for, and which recorded statements answer it; none if only a person can tell."""

    id: str
    texts: Texts = field(hash=False)
    shown_by: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """What must be recorded (`any_of`) or must not be (`none_of`) for an avenue to be open; else why not."""

    id: str
    any_of: tuple[Pattern, ...]
    none_of: tuple[Pattern, ...]
    beyond_media: bool
    texts: Texts = field(hash=False)


@dataclass(frozen=True, slots=True)
class Mandate:
    """One of several addressees behind one form, and the statements that make it fit."""

    id: str
    names: Texts = field(hash=False)
    fits: tuple[Pattern, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Avenue:
    """One way to be heard, as far as it is known.

    `available` is false where nobody can use it against China or North Korea; `why` says why. `gate` is
    "red" where using it may lead to an arrest or a return. `provenance` says whether the recipient asks how
    each statement came to be known. `state_facing` says that the State concerned receives what is sent.
    """

    id: str
    kind: str
    form: str
    names: Texts = field(hash=False)
    who: Texts = field(hash=False)
    addresses: frozenset[str]
    asks: tuple[str, ...]
    consent: str
    consent_text: Texts = field(hash=False)
    state_learns_name: str
    state_learns: Texts = field(hash=False)
    state_facing: bool
    provenance: bool
    languages: tuple[str, ...]
    urgent: bool
    urgency: Texts = field(hash=False)
    deadline: Texts = field(hash=False)
    exhaustion: Texts = field(hash=False)
    output: Texts = field(hash=False)
    risks: Texts = field(hash=False)
    gate: str | None
    available: bool
    why: Texts | None = field(hash=False)
    treaty: str | None
    address: tuple[str, ...]
    needs: tuple[Need, ...]
    mandates: tuple[Mandate, ...]
    standing: Standing


@cache
def load_avenues() -> Mapping[str, Avenue]:
    """Every shipped avenue by its id."""
    return MappingProxyType(load_entries(AVENUE, *list_shipped("avenues")))


@cache
def load_asks() -> Mapping[str, Ask]:
    """Everything that bodies ask for, by id."""
    return MappingProxyType(load_entries(_ASK, shipped_file("asks.toml")))


def read_avenues(text: str, file: str) -> tuple[Mapping[str, Avenue] | None, list[Finding]]:
    """The avenues written in `text`; None, and file and line of every mistake, where there is one."""
    return read_entries(text, file, AVENUE)


def _check_avenue(sheet: Sheet, table: dict[str, Any], id: str) -> Iterator[Finding]:
    path = ("avenue", id)
    yield from check_keys(sheet, table, _KEYS, *path)
    for name in _TEXTS:
        yield from check_said(sheet, table, name, *path)
    for name, choices in _CHOICES.items():
        yield from check_choice(sheet, table, name, choices, *path)
    for name in _FLAGS:
        yield from check_flag(sheet, table, name, *path)
    for name in ("state_facing", "provenance", "urgent"):
        if name not in table:
            yield Finding("model.sheet.missing_key", sheet.find_line(*path), {"key": name})
    for name in ("languages", "address"):
        yield from check_strings(sheet, table, name, *path)
    yield from check_known(sheet, table, "addresses", ADDRESSES, *path)
    yield from check_known(sheet, table, "asks", load_asks(), *path)
    yield from check_choice(sheet, {"gate": "red", **table}, "gate", ("red",), *path)
    if "why" in table or not table.get("available", True):
        yield from check_said(sheet, table, "why", *path)
    if not isinstance(table.get("treaty", ""), str):
        yield Finding("model.sheet.empty_text", sheet.find_line(*path, "treaty"), {"key": "treaty"})
    yield from check_standing(sheet, table, {*_TEXTS, *_LISTS, "why"}, *path)
    yield from _check_parts(sheet, table, "need", _check_need, *path)
    yield from _check_parts(sheet, table, "mandate", _check_mandate, *path)


def _check_parts(sheet: Sheet, table: dict[str, Any], name: str, check: Any, *path: str) -> Iterator[Finding]:
    parts = table.get(name, {})
    if not isinstance(parts, dict) or not all(isinstance(part, dict) for part in parts.values()):
        yield Finding("model.sheet.unknown_key", sheet.find_line(*path, name))
        return
    for id, part in parts.items():
        yield from check(sheet, part, *path, name, id)


def _check_need(sheet: Sheet, table: dict[str, Any], *path: str) -> Iterator[Finding]:
    yield from check_keys(sheet, table, frozenset({"any_of", "none_of", "beyond_media", "text"}), *path)
    yield from check_texts(sheet, table, "text", *path)
    yield from check_patterns(sheet, table, "any_of", *path)
    yield from check_patterns(sheet, table, "none_of", *path)
    yield from check_flag(sheet, table, "beyond_media", *path)
    if not (table.get("any_of") or table.get("none_of") or table.get("beyond_media")):
        yield Finding("model.sheet.missing_key", sheet.find_line(*path), {"key": "any_of"})


def _check_mandate(sheet: Sheet, table: dict[str, Any], *path: str) -> Iterator[Finding]:
    yield from check_keys(sheet, table, frozenset({"name", "fits", "confidence"}), *path)
    yield from check_texts(sheet, table, "name", *path)
    yield from check_patterns(sheet, table, "fits", *path)
    yield from check_choice(sheet, table, "confidence", CONFIDENCE, *path)
    if not table.get("fits"):
        yield Finding("model.sheet.missing_key", sheet.find_line(*path), {"key": "fits"})


def _build_avenue(id: str, table: dict[str, Any]) -> Avenue:
    return Avenue(
        id=id,
        kind=table["kind"],
        form=table["form"],
        names=build_said(table, "name"),
        who=build_said(table, "who"),
        addresses=frozenset(table.get("addresses", ())),
        asks=tuple(table.get("asks", ())),
        consent=table["consent"],
        consent_text=build_said(table, "consent_text"),
        state_learns_name=table["state_learns_name"],
        state_learns=build_said(table, "state_learns"),
        state_facing=table["state_facing"],
        provenance=table["provenance"],
        languages=tuple(table.get("languages", ())),
        urgent=table["urgent"],
        urgency=build_said(table, "urgency"),
        deadline=build_said(table, "deadline"),
        exhaustion=build_said(table, "exhaustion"),
        output=build_said(table, "output"),
        risks=build_said(table, "risks"),
        gate=table.get("gate"),
        available=table.get("available", True),
        why=build_said(table, "why") if "why" in table else None,
        treaty=table.get("treaty"),
        address=tuple(table.get("address", ())),
        needs=tuple(_build_need(id, part) for id, part in table.get("need", {}).items()),
        mandates=tuple(_build_mandate(id, part) for id, part in table.get("mandate", {}).items()),
        standing=build_standing(table),
    )


def _build_need(id: str, table: dict[str, Any]) -> Need:
    return Need(
        id=id,
        any_of=build_patterns(table, "any_of"),
        none_of=build_patterns(table, "none_of"),
        beyond_media=table.get("beyond_media", False),
        texts=MappingProxyType(table["text"]),
    )


def _build_mandate(id: str, table: dict[str, Any]) -> Mandate:
    return Mandate(id, MappingProxyType(table["name"]), build_patterns(table, "fits"), table["confidence"])


def _check_ask(sheet: Sheet, table: dict[str, Any], id: str) -> Iterator[Finding]:
    yield from check_keys(sheet, table, frozenset({"text", "shown_by"}), "ask", id)
    yield from check_texts(sheet, table, "text", "ask", id)
    yield from check_patterns(sheet, table, "shown_by", "ask", id)


def _build_ask(id: str, table: dict[str, Any]) -> Ask:
    return Ask(id, MappingProxyType(table["text"]), build_patterns(table, "shown_by"))


AVENUE = Kind("avenue", _check_avenue, _build_avenue)
_ASK = Kind("ask", _check_ask, _build_ask)
