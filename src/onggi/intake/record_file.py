"""A record file: TOML as people write it by hand, as a draft (docs/design/statement-model.md, §8).

Floor 5. Pure. Refused, with the line: what `toml_file` refuses, and a kind nobody knows.
"""

from collections.abc import Iterator
from typing import Any

from onggi.errors import Finding
from onggi.intake.draft import FIELDS, SHARED_FIELDS, Described, Draft, Row
from onggi.intake.findings import Findings, Spot
from onggi.intake.toml_file import check_keys, parse_toml, take_table, take_tables
from onggi.model.entity import LETTERS

_DESCRIBED_KINDS = tuple(kind for kind in LETTERS if kind != "case")
_TOP_KEYS = frozenset({"onggi", "case", "defaults", "statement", *_DESCRIBED_KINDS})


def read_record_file(text: str, findings: Findings, prefix: str = "") -> Draft | None:
    """The draft, or None if the text cannot be taken apart; `prefix` stands before each place."""
    parsed = parse_toml(text, findings, prefix)
    if parsed is None:
        return None
    tables, top = parsed
    _check_top(tables, top, findings)
    defaults = take_table(tables, "defaults", top, findings)
    check_keys(defaults, SHARED_FIELDS, top.inside("defaults"), findings)
    statements = tuple(_take_statements(tables, top, findings))
    return Draft(
        case=_take_case(tables, top, findings),
        spot=top,
        defaults=defaults,
        described=tuple(_take_described(tables, top, findings)),
        statements=statements,
        total=len(statements),
    )


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
    return Row(take_table(tables, "case", top, findings), top.inside("case"))


def _take_described(tables: dict[str, Any], top: Spot, findings: Findings) -> Iterator[Described]:
    for kind in _DESCRIBED_KINDS:
        entities = take_table(tables, kind, top, findings)
        for key in entities:
            fields = take_table(entities, key, top.inside(kind), findings)
            yield Described(kind, key, Row(fields, top.inside(kind, key)))


def _take_statements(tables: dict[str, Any], top: Spot, findings: Findings) -> Iterator[Row]:
    for fields, spot in take_tables(tables, "statement", top, findings):
        check_keys(fields, FIELDS, spot, findings)
        yield Row(fields, spot)
