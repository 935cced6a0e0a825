"""Which treaties bind which State, and against whom a person can complain to their committees.

Floor 4. Reads package data when first asked; `read_treaties` is pure. Refused: a standing nobody knows. Most
dates were noted from memory; they say so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from onggi.errors import Finding
from onggi.law.entry import (
    STANDING,
    Kind,
    Standing,
    Texts,
    build_standing,
    check_choice,
    check_known,
    check_standing,
    load_entries,
    read_entries,
    shipped_file,
)
from onggi.model.sheet import Sheet, check_keys, check_texts

STATES = ("CN", "KP", "KR")
STANDINGS = ("party", "signed", "not_party", "not_applicable")

_KEYS = frozenset({"name", "complaint", "open", "state"}) | STANDING


@dataclass(frozen=True, slots=True)
class Bond:
    """How a State stands to a treaty; `since` is a year, month or day, or empty."""

    standing: str
    since: str
    note: Texts | None = field(hash=False)


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty. `complaint` is what a State must accept before a person can complain; `open` who has."""

    id: str
    names: Texts = field(hash=False)
    complaint: Texts | None = field(hash=False)
    open: frozenset[str]
    states: Mapping[str, Bond] = field(hash=False)
    standing: Standing

    def binds(self, state: str) -> bool:
        """Whether the State is a party."""
        bond = self.states.get(state)
        return bond is not None and bond.standing == "party"


@cache
def load_treaties() -> Mapping[str, Treaty]:
    """Every shipped treaty by its id."""
    return MappingProxyType(load_entries(TREATY, shipped_file("treaties.toml")))


def read_treaties(text: str, file: str) -> tuple[Mapping[str, Treaty] | None, list[Finding]]:
    """The treaties written in `text`; None, and file and line of every mistake, where there is one."""
    return read_entries(text, file, TREATY)


def _check_treaty(sheet: Sheet, table: dict[str, Any], id: str) -> Iterator[Finding]:
    path = ("treaty", id)
    yield from check_keys(sheet, table, _KEYS, *path)
    yield from check_texts(sheet, table, "name", *path)
    if "complaint" in table:
        yield from check_texts(sheet, table, "complaint", *path)
    yield from check_known(sheet, table, "open", STATES, *path)
    yield from check_standing(sheet, table, STATES, *path)
    states = table.get("state")
    if not isinstance(states, dict) or set(states) != set(STATES):
        yield Finding("model.sheet.missing_key", sheet.find_line(*path, "state"), {"key": "state"})
        return
    for state, bond in states.items():
        if not isinstance(bond, dict) or not isinstance(bond.get("since", ""), str):
            yield Finding("model.sheet.unknown_key", sheet.find_line(*path, "state", state))
            continue
        yield from check_keys(sheet, bond, frozenset({"standing", "since", "note"}), *path, "state", state)
        yield from check_choice(sheet, bond, "standing", STANDINGS, *path, "state", state)
        if "note" in bond:
            yield from check_texts(sheet, bond, "note", *path, "state", state)


def _build_treaty(id: str, table: dict[str, Any]) -> Treaty:
    return Treaty(
        id=id,
        names=MappingProxyType(table["name"]),
        complaint=MappingProxyType(table["complaint"]) if "complaint" in table else None,
        open=frozenset(table.get("open", ())),
        states=MappingProxyType({state: _build_bond(bond) for state, bond in table["state"].items()}),
        standing=build_standing(table),
    )


def _build_bond(table: dict[str, Any]) -> Bond:
    note = MappingProxyType(table["note"]) if "note" in table else None
    return Bond(table["standing"], table.get("since", ""), note)


TREATY = Kind("treaty", _check_treaty, _build_treaty)
