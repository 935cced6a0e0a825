"""Tables (CSV) as records: any of four encodings, our own columns or mapped ones (§1).

Floor 4. Pure. Refused, with a reason: bytes of no known encoding, a table without `record_id`, a map that is
wrong, a quotation mark out of place. A row that is wrong stops nothing: it is left out and told, by its line.
"""

import csv
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO

import numpy as np

from onggi.errors import Exit, Finding, OnggiError
from onggi.link.columns import MISSING, Column, Head, Records
from onggi.link.features import KINDS
from onggi.names.encodings import find_encoding

# Our own columns, in the order in which they are compared, and what is in them.
KNOWN = {
    "name": "name",
    "sex": "sex",
    "birth_year": "year",
    "origin": "place",
    "left_year": "year",
    "location": "place",
    "list": "list",
}
COLUMNS = ("record_id", *KNOWN, "note")
_MOST_TOLD = 200  # findings of one kind
_MOST_HEADS = 20  # that are told of the columns of a table that are none of ours
_LONGEST_CELL = 100_000
_TOGETHER = 1 << 16  # rows that are looked at together
_FORMULA = frozenset("=+-@\t\r")  # what a table program runs where an id begins with it


_Kept = tuple[int, dict[str, int], list[int]]  # where a column stands; its texts; what each row has


@dataclass(frozen=True, slots=True)
class TableMap:
    """Which column of a table is which of ours, and further features: their columns and kinds."""

    columns: Mapping[str, str] = field(default_factory=dict)
    features: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def kinds(self) -> dict[str, str]:
        """What is compared, in order."""
        return {**KNOWN, **{name: kind for name, (_, kind) in self.features.items()}}


def read_map(data: bytes) -> TableMap:
    """A map: `[columns]` ours = "theirs"; `[feature.NAME]` with `kind` and, if it is not NAME, `column`.

    Raises:
        OnggiError: `link.map.broken`, `link.map.unknown` or `link.map.kind`.
    """
    try:
        sheet = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise OnggiError("link.map.broken", exit_code=Exit.FINDINGS) from None
    columns, features = sheet.pop("columns", {}), sheet.pop("feature", {})
    if (
        sheet
        or not isinstance(columns, dict)
        or not isinstance(features, dict)
        or not set(columns) <= set(COLUMNS)
        or not all(isinstance(theirs, str) for theirs in columns.values())
    ):
        raise OnggiError("link.map.unknown", exit_code=Exit.FINDINGS, columns=", ".join(COLUMNS))
    made = {}
    for number, (name, told) in enumerate(features.items(), start=1):
        if not isinstance(told, dict) or told.get("kind") not in KINDS or name in COLUMNS:
            raise OnggiError("link.map.kind", exit_code=Exit.FINDINGS, number=number, kinds=", ".join(KINDS))
        column = told.get("column", name)
        if not isinstance(column, str) or not set(told) <= {"kind", "column"}:
            raise OnggiError("link.map.kind", exit_code=Exit.FINDINGS, number=number, kinds=", ".join(KINDS))
        made[name] = (column, told["kind"])
    return TableMap(columns, made)


def decode_table(data: bytes) -> str:
    """The text of a table: UTF-8 with or without its mark, CP949 or GB18030.

    Raises:
        OnggiError: `link.table.encoding`.
    """
    encoding = find_encoding(data)
    if encoding is None:
        raise OnggiError("link.table.encoding", exit_code=Exit.FINDINGS)
    return data.decode(encoding)


def read_tables(tables: Iterable[bytes], mapping: TableMap) -> Records:
    """The records of all tables, each of which is let go of before the next is asked for.

    Raises:
        OnggiError: what `TableReader.add` raises.
    """
    reader = TableReader(mapping)
    for data in tables:
        reader.add(data)
    return reader.finish()


class TableReader:
    """Reads one table after the other into columns of numbers."""

    def __init__(self, mapping: TableMap) -> None:
        self._mapping = mapping
        self._names = (*COLUMNS[1:], *mapping.features)
        self._known: dict[str, dict[str, int]] = {name: {} for name in self._names}
        self._codes: dict[str, list[int]] = {name: [] for name in self._names}
        self._ids: dict[str, None] = {}
        self._findings: list[Finding] = []
        self._told: dict[str, int] = {}
        self._heads: list[Head] = []
        self._left_out = self._tables = 0

    def add(self, data: bytes) -> None:
        """The rows of one table.

        Raises:
            OnggiError: `link.table.encoding`, `link.table.header`, `link.table.column` or
                `link.table.quotation`.
        """
        self._tables += 1
        known, left_out = len(self._ids), self._left_out
        reader = csv.reader(StringIO(decode_table(data).replace("\0", " "), newline=""), strict=True)
        begins = 1
        try:
            header = [cell.strip() for cell in next(reader, ())]
            (places, unused), width = self._place(header), len(header)
            columns = [
                (places[name], self._known[name], self._codes[name]) for name in self._names if name in places
            ]
            own = places["record_id"]
            begins = reader.line_num + 1
            rows: list[list[str]] = []
            lines: list[int] = []
            for cells in reader:
                rows.append(cells)
                lines.append(begins)
                begins = reader.line_num + 1
                if len(rows) == _TOGETHER:
                    self._add_rows(rows, lines, width, own, columns)
                    rows, lines = [], []
            self._add_rows(rows, lines, width, own, columns)
        except csv.Error:
            raise OnggiError(
                "link.table.quotation", exit_code=Exit.FINDINGS, table=self._tables, line=begins
            ) from None
        self._fill(places)
        self._heads.append(
            Head(
                tuple((name, header[place]) for name, place in places.items()),
                tuple(unused[:_MOST_HEADS]),
                len(unused),
                len(self._ids) - known,
                self._left_out - left_out,
            )
        )

    def finish(self) -> Records:
        """All records."""
        columns = {
            name: Column(np.array(codes, np.int32), tuple(self._known[name]))
            for name, codes in self._codes.items()
        }
        unlisted = sum(max(count - _MOST_TOLD, 0) for count in self._told.values())
        return Records(
            *(tuple(self._ids), columns, tuple(self._findings), self._left_out, unlisted),
            tables=tuple(self._heads),
        )

    def _fill(self, places: Mapping[str, int]) -> None:
        """Nothing for the columns that this table does not have; a table without lists is one of its own."""
        for name in self._names:
            if name not in places:
                codes, known = self._codes[name], self._known[name]
                # No table can hold the name of such a list.
                number = known.setdefault(f"\0{self._tables}", len(known)) if name == "list" else MISSING
                codes += [number] * (len(self._ids) - len(codes))

    def _place(self, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
        """Where each of our columns stands, and the columns that are none of ours."""
        wanted = {name: self._mapping.columns.get(name, name) for name in COLUMNS}
        wanted |= {name: column for name, (column, _) in self._mapping.features.items()}
        if len(set(header)) < len(header) or wanted["record_id"] not in header:
            raise OnggiError("link.table.header", exit_code=Exit.FINDINGS, table=self._tables)
        asked = {*self._mapping.columns.values(), *(column for column, _ in self._mapping.features.values())}
        if not asked <= set(header):
            raise OnggiError("link.table.column", exit_code=Exit.FINDINGS, table=self._tables)
        unused = [column for column in header if column not in wanted.values()]
        if unused:
            self._findings.append(
                Finding("link.table.unused", f"table {self._tables}", {"count": len(unused)}, grave=False)
            )
        return {name: header.index(column) for name, column in wanted.items() if column in header}, unused

    def _add_rows(
        self,
        rows: list[list[str]],
        lines: Sequence[int],
        width: int,
        own: int,
        columns: Sequence[_Kept],
    ) -> None:
        """Rows and the lines on which they begin; whatever is not as most rows are is looked at by itself."""
        if set(map(len, rows)) != {width} or not self._are_new([cells[own] for cells in rows]):
            rows = [
                cells for cells, line in zip(rows, lines, strict=True) if self._keep(cells, width, own, line)
            ]
        self._ids.update(dict.fromkeys(cells[own] for cells in rows))
        for place, known, codes in columns:
            texts = (cells[place].strip()[:_LONGEST_CELL] for cells in rows)
            codes += [known.setdefault(text, len(known)) if text else MISSING for text in texts]

    def _are_new(self, ids: Sequence[str]) -> bool:
        """Whether these are different ids, none of which stood before, is empty or begins like a formula."""
        return (
            len(set(ids)) == len(ids)
            and self._ids.keys().isdisjoint(ids)
            and not any(not id.strip() or id[0] in _FORMULA for id in ids)
        )

    def _keep(self, cells: Sequence[str], width: int, own: int, line: int) -> bool:
        """Whether a row is one; what is to be told of it is told."""
        if len(cells) != width:
            if cells:
                self._leave("link.row.width", line)
            return False
        id = cells[own]
        if not id.strip():
            self._leave("link.row.nameless", line)
            return False
        if id in self._ids:
            self._leave("link.row.twice", line)
            return False
        if id[0] in _FORMULA:
            self._tell("link.row.formula", line)
        self._ids[id] = None
        return True

    def _leave(self, code: str, line: int) -> None:
        self._left_out += 1
        self._tell(code, line)

    def _tell(self, code: str, line: int) -> None:
        self._told[code] = self._told.get(code, 0) + 1
        if self._told[code] <= _MOST_TOLD:
            self._findings.append(Finding(code, f"table {self._tables}, line {line}", grave=False))
