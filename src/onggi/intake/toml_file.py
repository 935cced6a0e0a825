"""A TOML text as people write it by hand, taken apart: its tables, and on which line each key stands.

Floor 5. Pure. Refused, with the line: what is not TOML, what nests too deeply, a key nobody knows, a table
where a value stands or the reverse.
"""

import tomllib
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from onggi.errors import Finding
from onggi.intake.files import MEBIBYTE
from onggi.intake.findings import Findings, Path, Spot
from onggi.intake.toml_lines import find_depth, find_line, index_lines
from onggi.model.sheet import find_error

VERSION = 1
"""The version of the forms, in the key `onggi`."""
# Thousands of pages. TOML is read far more slowly than a table, and a hostile one takes a minute as it is.
MOST_TOML = 8 * MEBIBYTE


def parse_toml(text: str, findings: Findings, prefix: str = "") -> tuple[dict[str, Any], Spot] | None:
    """The tables of a form and the place of its top, or None where they cannot be taken apart.

    `prefix` stands before each place. Another version of the form is a finding.
    """
    deep = find_depth(text)
    if deep is not None:
        findings.add(Finding("intake.file.nesting", f"{prefix}line {deep}"))
        return None
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    # Not only TOMLDecodeError: Python refuses a number of more than 4300 digits in its own words.
    except (ValueError, ArithmeticError) as error:
        findings.add(Finding("intake.form.toml", f"{prefix}line {find_error(error, text)}"))
        return None
    top = Spot(_make_locator(text, prefix), ())
    if type(tables.get("onggi")) is not int or tables["onggi"] != VERSION:
        findings.add(Finding("intake.form.version", top.say("onggi"), {"version": VERSION}))
    return tables, top


def check_keys(written: Iterable[str], known: frozenset[str], spot: Spot, findings: Findings) -> None:
    """A misspelt key would otherwise be lost without a word."""
    for key in written:
        if key not in known:
            findings.add(Finding("intake.form.key", spot.say(key)))


def take_table(tables: dict[str, Any], name: str, spot: Spot, findings: Findings) -> dict[str, Any]:
    """The table of this name; an empty one where there is none."""
    table = tables.get(name, {})
    if isinstance(table, dict):
        return table
    findings.add(Finding("intake.form.table", spot.say(name)))
    return {}


def take_tables(
    tables: dict[str, Any], name: str, spot: Spot, findings: Findings
) -> list[tuple[dict[str, Any], Spot]]:
    """The tables `[[name]]`, each with its place."""
    found = tables.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        findings.add(Finding("intake.form.table", spot.say(name)))
        return []
    return [(one, spot.inside(name, number)) for number, one in enumerate(found)]


def _make_locator(text: str, prefix: str) -> Callable[[Path], str]:
    @cache
    def index() -> dict[Path, int]:
        return index_lines(text)

    return lambda path: f"{prefix}line {find_line(index(), path)}"
