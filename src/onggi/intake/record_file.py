"""A record file: TOML as people write it by hand, as a draft (docs/design/statement-model.md, §8).

Floor 5. Pure. Refused, with the line: what is not TOML, what nests too deeply, another version of the form,
a key or a kind nobody knows, a table where a value stands or the reverse.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from onggi.errors import Finding
from onggi.intake.draft import FIELDS, SHARED_FIELDS, Described, Draft, Row
from onggi.intake.files import MEBIBYTE
from onggi.intake.findings import Findings, Path, Spot
from onggi.intake.toml_lines import find_depth, find_line, index_lines
from onggi.model.entity import LETTERS

VERSION = 1
# Thousands of pages. TOML is read far more slowly than a table, and a hostile one takes a minute as it is.
MOST_TOML = 8 * MEBIBYTE
_DESCRIBED_KINDS = tuple(kind for kind in LETTERS if kind != "case")
_TOP_KEYS = frozenset({"onggi", "case", "defaults", "statement", *_DESCRIBED_KINDS})
_ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_record_file(text: str, findings: Findings, prefix: str = "") -> Draft | None:
    """The draft, or None if the text cannot be taken apart; `prefix` stands before each place."""
    tables = _parse_toml(text, findings, prefix)
    if tables is None:
        return None
    top = Spot(_make_locator(text, prefix), ())
    if type(tables.get("onggi")) is not int or tables["onggi"] != VERSION:
        findings.add(Finding("intake.form.version", top.say("onggi"), {"version": VERSION}))
    _check_top(tables, top, findings)
    defaults = _take_table(tables, "defaults", top, findings)
    _check_keys(defaults, SHARED_FIELDS, top.inside("defaults"), findings)
    statements = tuple(_take_statements(tables, top, findings))
    return Draft(
        case=_take_case(tables, top, findings),
        spot=top,
        defaults=defaults,
        described=tuple(_take_described(tables, top, findings)),
        statements=statements,
        total=len(statements),
    )


def _check_keys(written: Iterable[str], known: frozenset[str], spot: Spot, findings: Findings) -> None:
    """A misspelt key would otherwise be lost without a word."""
    for key in written:
        if key not in known:
            findings.add(Finding("intake.form.key", spot.say(key)))


def _parse_toml(text: str, findings: Findings, prefix: str) -> dict[str, Any] | None:
    deep = find_depth(text)
    if deep is not None:
        findings.add(Finding("intake.file.nesting", f"{prefix}line {deep}"))
        return None
    try:
        return tomllib.loads(text, parse_float=Decimal)
    # Not only TOMLDecodeError: Python refuses a number of more than 4300 digits in its own words.
    except (ValueError, ArithmeticError) as error:
        found = _ERROR_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        findings.add(Finding("intake.form.toml", f"{prefix}line {line}"))
        return None


def _make_locator(text: str, prefix: str) -> Callable[[Path], str]:
    @cache
    def index() -> dict[Path, int]:
        return index_lines(text)

    return lambda path: f"{prefix}line {find_line(index(), path)}"


def _check_top(tables: dict[str, Any], top: Spot, findings: Findings) -> None:
    for key, written in tables.items():
        if key in _TOP_KEYS:
            continue
        if isinstance(written, dict):
            findings.add(Finding("intake.form.kind", top.say(key), {"kinds": ", ".join(_DESCRIBED_KINDS)}))
        else:
            findings.add(Finding("intake.form.key", top.say(key)))


def _take_case(tables: dict[str, Any], top: Spot, findings: Findings) -> Row | str | None:
    case = tables.get("case")
    if case is None or isinstance(case, str):
        return case or None
    return Row(_take_table(tables, "case", top, findings), top.inside("case"))


def _take_table(tables: dict[str, Any], name: str, spot: Spot, findings: Findings) -> dict[str, Any]:
    table = tables.get(name, {})
    if isinstance(table, dict):
        return table
    findings.add(Finding("intake.form.table", spot.say(name)))
    return {}


def _take_described(tables: dict[str, Any], top: Spot, findings: Findings) -> Iterator[Described]:
    for kind in _DESCRIBED_KINDS:
        entities = _take_table(tables, kind, top, findings)
        for key in entities:
            fields = _take_table(entities, key, top.inside(kind), findings)
            yield Described(kind, key, Row(fields, top.inside(kind, key)))


def _take_statements(tables: dict[str, Any], top: Spot, findings: Findings) -> Iterator[Row]:
    statements = tables.get("statement", [])
    if not isinstance(statements, list) or not all(isinstance(fields, dict) for fields in statements):
        findings.add(Finding("intake.form.table", top.say("statement")))
        return
    for number, fields in enumerate(statements):
        spot = top.inside("statement", number)
        _check_keys(fields, FIELDS, spot, findings)
        yield Row(fields, spot)
