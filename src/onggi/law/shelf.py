"""The norms, avenues and treaties that an answer goes by: what is shipped, and a user's own corrections.

A user's folder holds TOML files like the shipped ones. An entry there adds a new id, or takes the place of
the shipped one of the same id as a whole; its version is above that one, and it says who changed it and when.

Reads a folder that a person named. Refused: a file with any mistake, a correction without a name or a day, a
version that is not newer. Nothing of the folder is taken then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onggi.errors import Exit, Finding, OnggiError
from onggi.law.avenues import AVENUE, Avenue, load_avenues
from onggi.law.entry import Kind, Standing, read_entries
from onggi.law.norms import NORM, Norm, link_norms, load_norms
from onggi.law.treaties import TREATY, Treaty, load_treaties
from onggi.model.sheet import Sheet, check_keys, read_sheet

_LARGEST = 4 * 1024 * 1024
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Shelf:
    """What an answer goes by."""

    norms: Mapping[str, Norm]
    avenues: Mapping[str, Avenue]
    treaties: Mapping[str, Treaty]


def open_shelf(folder: Path | None = None) -> tuple[Shelf | None, list[Finding]]:
    """The shipped shelf, corrected by a folder if one is named; None, and every mistake, where it has any."""
    shelf = Shelf(load_norms(), load_avenues(), load_treaties())
    if folder is None:
        return shelf, []
    return correct_shelf(shelf, _read_folder(folder))


def correct_shelf(shelf: Shelf, texts: Sequence[tuple[str, str]]) -> tuple[Shelf | None, list[Finding]]:
    """A shelf with the entries of these texts, each given with its file's name; None where any is wrong."""
    findings: list[Finding] = []
    norms: dict[str, Any] = dict(shelf.norms)
    avenues: dict[str, Any] = dict(shelf.avenues)
    treaties: dict[str, Any] = dict(shelf.treaties)
    for file, text in texts:
        sheet, broken = read_sheet(text, file)
        if sheet is None:
            findings += broken
            continue
        findings += _check_words(sheet)
        for kind, known in ((NORM, norms), (AVENUE, avenues), (TREATY, treaties)):
            findings += _take(kind, known, text, file)
    if findings:
        return None, findings
    return Shelf(link_norms(norms), avenues, treaties), []


def describe_version(standing: Standing) -> str:
    """Which version of an entry an answer used: `1`, or `2 (name, day)` for a correction."""
    if not standing.changed_by:
        return str(standing.version)
    return f"{standing.version} ({standing.changed_by}, {standing.changed_on})"


def _take(kind: Kind, known: dict[str, Any], text: str, file: str) -> list[Finding]:
    entries, findings = read_entries(text, file, kind)
    if entries is None:
        return findings
    for id, entry in entries.items():
        standing: Standing = entry.standing
        if not (standing.changed_by and standing.changed_on):
            findings.append(Finding("law.entry.changed", f"{file}: {id}"))
        elif id in known and standing.version <= known[id].standing.version:
            findings.append(
                Finding("law.shelf.older", f"{file}: {id}", {"version": known[id].standing.version})
            )
        known[id] = entry
    return findings


def _check_words(sheet: Sheet) -> list[Finding]:
    """Nothing but norms, avenues and treaties: a misspelt word would be lost without a word."""
    return list(check_keys(sheet, sheet.tables, frozenset({"norm", "avenue", "treaty"})))


def _read_folder(folder: Path) -> list[tuple[str, str]]:
    """Every TOML file of a folder, by a number instead of its name: a file name may hold a person's."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.is_file())
        if len(files) > _MOST or any(path.stat().st_size > _LARGEST for path in files):
            raise OnggiError("law.shelf.large", exit_code=Exit.USAGE)
        return [(f"file {at}", path.read_text("utf-8")) for at, path in enumerate(files, start=1)]
    except (OSError, ValueError):
        raise OnggiError("law.shelf.folder", exit_code=Exit.USAGE) from None
