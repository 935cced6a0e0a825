"""The norms, avenues and treaties that an answer goes by: what is shipped, and a user's own corrections.

A user's folder holds TOML files like the shipped ones. An entry there adds a new id, or takes the place of
the shipped one of the same id as a whole; its version is above that one, and it says who changed it and when.

Reads a folder that a person named. Refused: a file with any mistake, a correction without a name or a day, a
version that is not newer. Nothing of the folder is taken then.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onggi.errors import Exit, Finding, OnggiError
from onggi.law.avenues import AVENUE, Avenue, load_avenues
from onggi.law.entry import Kind, Standing, is_own, list_shipped, read_entries, shipped_file
from onggi.law.norms import NORM, Norm, link_norms, load_norms
from onggi.law.treaties import TREATY, Treaty, load_treaties
from onggi.model.sheet import Sheet, check_keys, read_sheet

_HEAD = re.compile(r"\[(\w+)\.([A-Za-z0-9_-]+)")
_UNSIGNED = ("version = 2", 'changed_by = ""', 'changed_on = ""')

MOST_BYTES = 4 * 1024 * 1024
"""Bytes of one file of corrections."""

MOST_FILES = 1000
"""Files of corrections."""


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """What an answer goes by. One is equal to itself alone: an answer is of the shelf that it was made by."""

    norms: Mapping[str, Norm]
    avenues: Mapping[str, Avenue]
    treaties: Mapping[str, Treaty]


def open_shelf(folder: Path | None = None) -> tuple[Shelf | None, list[Finding]]:
    """The shipped shelf, corrected by a folder if one is named; None, and every mistake, where it has any."""
    shelf = Shelf(load_norms(), load_avenues(), load_treaties())
    if folder is None:
        return shelf, []
    return correct_shelf(shelf, _read_folder(folder))


def correct_shelf(shelf: Shelf, files: Sequence[bytes]) -> tuple[Shelf | None, list[Finding]]:
    """A shelf with the entries of these files; None, and every mistake, where any is wrong.

    A finding calls a file by its number, from 1: a file name may hold a person's.

    Raises:
        OnggiError: `law.shelf.large`.
    """
    if len(files) > MOST_FILES or any(len(one) > MOST_BYTES for one in files):
        raise OnggiError("law.shelf.large", exit_code=Exit.USAGE)
    findings: list[Finding] = []
    norms: dict[str, Any] = dict(shelf.norms)
    avenues: dict[str, Any] = dict(shelf.avenues)
    treaties: dict[str, Any] = dict(shelf.treaties)
    own: dict[str, Sheet] = {}
    for file, data in ((f"file {at}", one) for at, one in enumerate(files, start=1)):
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            findings.append(Finding("law.shelf.encoding", f"{file}:{line}"))
            continue
        sheet, broken = read_sheet(text, file)
        if sheet is None:
            findings += broken
            continue
        findings += _check_words(sheet)
        for kind, known in ((NORM, norms), (AVENUE, avenues), (TREATY, treaties)):
            findings += _take(kind, known, sheet, own)
    if findings:
        return None, findings
    try:
        return Shelf(link_norms(norms), avenues, treaties), []
    except OnggiError as error:
        norm = str(error.values.get("norm"))
        return None, [
            Finding(error.id, own[norm].find_line("norm", norm) if norm in own else "?", error.values)
        ]


def quote_entry(word: str, id: str) -> str:
    """A shipped entry as it is written, with room for who corrects it; empty where none is shipped."""
    quoted: list[str] = []
    for file in (*list_shipped("norms"), *list_shipped("avenues"), shipped_file("treaties.toml")):
        wanted = False
        for line in file.read_text("utf-8").splitlines():
            if head := _HEAD.match(line):
                wanted = head.groups() == (word, id)
            if wanted:
                quoted += [line] if quoted else [line, *_UNSIGNED]
    return "\n".join(quoted).rstrip() + "\n" if quoted else ""


def describe_version(standing: Standing) -> str:
    """Which version of an entry an answer used: `1`, or `2 (name, day)` for a correction."""
    if not is_own(standing):
        return str(standing.version)
    return f"{standing.version} ({standing.changed_by}, {standing.changed_on})"


def _take(kind: Kind, known: dict[str, Any], sheet: Sheet, own: dict[str, Sheet]) -> list[Finding]:
    entries, findings = read_entries(sheet.text, sheet.file, kind)
    if entries is None:
        return findings
    for id, entry in entries.items():
        standing: Standing = entry.standing
        if not (standing.changed_by and standing.changed_on):
            findings.append(Finding("law.entry.changed", sheet.find_line(kind.word, id)))
        elif id in known and standing.version <= (least := known[id].standing.version):
            findings.append(Finding("law.shelf.older", sheet.find_line(kind.word, id), {"version": least}))
        known[id] = entry
        if kind is NORM:
            own[id] = sheet
    return findings


def _check_words(sheet: Sheet) -> list[Finding]:
    """Nothing but norms, avenues and treaties: a misspelt word would be lost without a word."""
    return list(check_keys(sheet, sheet.tables, frozenset({"norm", "avenue", "treaty"})))


def _read_folder(folder: Path) -> list[bytes]:
    """Every TOML file of a folder, in the order of their names."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.is_file())
        if len(files) > MOST_FILES or any(path.stat().st_size > MOST_BYTES for path in files):
            raise OnggiError("law.shelf.large", exit_code=Exit.USAGE)
        return [path.read_bytes() for path in files]
    except (OSError, ValueError):
        raise OnggiError("law.shelf.folder", exit_code=Exit.USAGE) from None
