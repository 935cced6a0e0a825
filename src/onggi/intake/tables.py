"""A table (CSV, RFC 4180) as a draft: with our own names in its header, or any table with a map.

A map is a record file whose statements are made once for every row of the table, with `{column}` filled in.
Rows are read one at a time, so that a table of any length takes no more memory than its statements.

Floor 5. Pure. Refused, with line and column: no header, a column twice or of a name nobody knows, a row of
another width, a quotation mark out of place, a map that fills in a column the table does not have, or out of
a small table makes more text than a machine can hold.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from onggi.errors import Finding
from onggi.intake.draft import FIELDS, LISTED_FIELDS, WHOLE_FIELDS, Draft, Row
from onggi.intake.files import MEBIBYTE, MOST_BYTES
from onggi.intake.findings import Findings, Path, Spot
from onggi.intake.values import VALUE_FIELDS

_COLUMNS = FIELDS | {f"value.{field}" for field in VALUE_FIELDS}
_SLOT = re.compile(r"\{([^{}]+)\}")
# A map may use a cell several times, with text of its own around it; to do so without end is an attack.
MOST_FILLED = 4 * MOST_BYTES


def read_table(text: str, findings: Findings) -> Draft | None:
    """The draft of a table whose header holds our own names."""
    header = _read_header(text, findings)
    if header is None:
        return None
    spot = Spot(_locate, ())
    for number, column in enumerate(header, start=1):
        if column not in _COLUMNS:
            findings.add(Finding("intake.table.unknown", f"line 1, column {number}", {"column": number}))
    rows = (
        Row(_build_fields(cells), spot.inside(number)) for number, cells in _read_rows(text, header, findings)
    )
    return Draft(None, spot, {}, (), rows, text.count("\n") + 1, makes_entities=True)


def apply_map(mapping: Draft, text: str, findings: Findings) -> Draft | None:
    """The draft of any table: each statement of `mapping`, with its defaults, made for every row."""
    header = _read_header(text, findings)
    if header is None:
        return None
    filled = {name: written for name, written in mapping.defaults.items() if _list_slots(written)}
    templates = [Row({**filled, **row.fields}, row.spot) for row in mapping.statements]
    for template in templates:
        if not _list_slots(template.fields) <= set(header):
            findings.add(Finding("intake.table.column", template.spot.say()))

    places = [template.spot.say() for template in templates]

    def fill_rows() -> Iterator[Row]:
        left = MOST_FILLED
        for number, cells in _read_rows(text, header, findings):
            for template, place in zip(templates, places, strict=True):
                spot = Spot(_locate, (number, place))
                left -= _measure(template.fields, cells)
                if left < 0:
                    findings.add(
                        Finding("intake.table.filled", spot.say(), {"limit": MOST_FILLED // MEBIBYTE})
                    )
                    return
                fields = {name: _fill(written, cells) for name, written in template.fields.items()}
                if not _is_empty(fields.get("value")):
                    yield Row(fields, spot)

    return replace(
        mapping,
        defaults={name: written for name, written in mapping.defaults.items() if name not in filled},
        statements=fill_rows(),
        total=text.count("\n") + 1,
        makes_entities=True,
    )


def _locate(path: Path) -> str:
    """`line 7, value`; what is not of any row is of the header."""
    number, *inner = path if path and isinstance(path[0], int) else (1,)
    return ", ".join((f"line {number}", *map(str, inner)))


def _read_header(text: str, findings: Findings) -> tuple[str, ...] | None:
    try:
        header = tuple(
            column.strip() for column in next(csv.reader(text.split("\n", 1)[:1], strict=True), ())
        )
    except csv.Error:
        findings.add(Finding("intake.table.broken", "line 1"))
        return None
    if not all(header) or not header:
        findings.add(Finding("intake.table.header", "line 1"))
        return None
    if len(set(header)) < len(header):
        findings.add(Finding("intake.table.twice", "line 1"))
    return header


def _read_rows(
    text: str, header: tuple[str, ...], findings: Findings
) -> Iterator[tuple[int, dict[str, str]]]:
    """The line each row begins on, and its cells by column."""
    reader = csv.reader(_split_lines(text), strict=True)
    begins = 1
    try:
        for cells in reader:
            if begins > 1 and cells:
                if len(cells) == len(header):
                    yield begins, dict(zip(header, cells, strict=True))
                else:
                    findings.add(Finding("intake.table.width", f"line {begins}", {"columns": len(header)}))
            begins = reader.line_num + 1
    except csv.Error:
        # What comes after a broken quotation mark cannot be told apart any more.
        findings.add(Finding("intake.table.broken", f"line {begins}"))


def _split_lines(text: str) -> Iterator[str]:
    """Line by line with its end; `splitlines` would also break at characters that are no line end in CSV."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _build_fields(cells: Mapping[str, str]) -> dict[str, object]:
    fields: dict[str, object] = {}
    value: dict[str, object] = {}
    for column, cell in cells.items():
        if not cell:
            continue
        if column.startswith("value."):
            value[column.removeprefix("value.")] = cell == "true" if column == "value.unknown" else cell
        else:
            fields[column] = _read_cell(column, cell)
    if value:
        fields["value"] = value
    return fields


def _read_cell(column: str, cell: str) -> object:
    """A cell as a record file would have it: a whole number, a list, or text."""
    if column in WHOLE_FIELDS and cell.isascii() and cell.isdigit() and len(cell) < 4:
        return int(cell)
    if column in LISTED_FIELDS:
        return [reference.strip() for reference in cell.split(";")]
    return cell


def _list_slots(written: object) -> set[str]:
    match written:
        case str():
            return set(_SLOT.findall(written))
        case dict():
            return set().union(*map(_list_slots, written.values()))
        case list():
            return set().union(*map(_list_slots, written))
    return set()


def _fill(written: object, cells: Mapping[str, str]) -> object:
    match written:
        case str():
            return _SLOT.sub(lambda slot: cells.get(slot[1], ""), written)
        case dict():
            return {name: _fill(inner, cells) for name, inner in written.items()}
        case list():
            return [_fill(inner, cells) for inner in written]
    return written


def _measure(written: object, cells: Mapping[str, str]) -> int:
    """How long the texts become in which something is filled in."""
    match written:
        case str():
            slots = _SLOT.findall(written)
            return sum((len(cells.get(slot, "")) for slot in slots), start=len(written) if slots else 0)
        case dict():
            return sum(_measure(inner, cells) for inner in written.values())
        case list():
            return sum(_measure(inner, cells) for inner in written)
    return 0


def _is_empty(value: object) -> bool:
    """Whether a value came out of its row with nothing in it."""
    if isinstance(value, dict):
        return any(value.get(kind) == "" for kind in VALUE_FIELDS)
    return value == ""
