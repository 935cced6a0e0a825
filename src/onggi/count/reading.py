"""A CSV table as cells: patterns with their counts (`--cells`), or one row for each person (`--lists a,b,c`).

Pure. Rows are read one at a time and only counted: nothing but 0 and 1 is taken from a row of a person. Where
nobody has said yet which columns are lists, those of which every row is 0 or 1 are offered (`read_columns`).
Refused, with the line and the column's number, never with what stands there: a header without the columns
that are needed, columns nobody asked for beside patterns, a mark that is no 0 or 1, a count that is no whole
number or below zero, people on no list in a table of patterns, a name of a list that no page has room for.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onggi.count.cells import gather_cells
from onggi.count.listed import MOST_LISTS, Listed
from onggi.errors import Finding

MOST_FINDINGS = 100
MOST_PEOPLE = 10**9
MOST_COLUMNS = 100
"""Columns that are offered as lists."""

LONGEST_NAME = 100
"""Characters of the name of a list."""

Told = Callable[[int, int], None]
"""Hears how many lines of how many are read."""

_COUNT = "count"
_OFTEN = 1 << 12  # rows
_ON = frozenset({"1", "true", "yes", "x"})
_OFF = frozenset({"", "0", "false", "no"})
_MARKS = _ON | _OFF
_MOST_PATTERNS = 1 << 16  # that are remembered of columns of which it is not said yet which are lists


@dataclass(frozen=True, slots=True)
class Other:
    """A column that is no list, by its number from 1: the first line on which something else than 0 or 1
    stands, and on how many."""

    number: int
    line: int
    rows: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table of people that may be lists, each with how many stand on it; the others; and how
    many rows have which pattern. Nothing else of a row is here, and no head of a column that holds more."""

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    others: tuple[Other, ...]
    rows: int
    patterns: Mapping[int, int]

    def choose(self, chosen: Sequence[int]) -> Listed:
        """What `read_records` gives for these columns, by their places in `names`."""
        if len(chosen) > MOST_LISTS:
            return Listed(None, (_refuse_many("line 1"),))
        seen: Counter[int] = Counter()
        for pattern, rows in self.patterns.items():
            seen[sum((pattern >> at & 1) << new for new, at in enumerate(chosen))] += rows
        names = [self.names[at] for at in chosen]
        return Listed(gather_cells(names, seen.items()), _tell("unlisted", seen[0]), rows=self.rows)


def read_cells(text: str, told: Told | None = None) -> Listed:
    """A table of patterns: columns of 0 and 1, and `count`. Rows that repeat a pattern are told."""
    rows = read_rows(text, told)
    _, header = next(rows)
    findings = _check_header(header)
    names = [column for column in header if column != _COUNT]
    if not findings and (header.count(_COUNT) != 1 or not names):
        findings.append(Finding("count.table.count", "line 1"))
    if len(names) > MOST_LISTS:
        findings.append(_refuse_many("line 1"))
    findings += check_names(names, "line 1")
    if findings:
        return Listed(None, tuple(findings))
    at = header.index(_COUNT)
    seen: list[tuple[int, int]] = []
    for line, row in rows:
        if len(row) != len(header):
            findings.append(Finding("count.table.width", f"line {line}", {"columns": len(header)}))
            continue
        pattern = _read_marks([cell for number, cell in enumerate(row) if number != at], line, findings)
        count = _read_count(row[at], line, findings)
        if pattern == 0 and count:
            findings.append(Finding("count.table.nobody", f"line {line}"))
        if pattern is not None and count is not None:
            seen.append((pattern, count))
        if len(findings) >= MOST_FINDINGS:
            break
    if sum(count for _, count in seen) > MOST_PEOPLE:
        findings.append(Finding("count.table.many", "", {"limit": MOST_PEOPLE}))
    if findings:
        return Listed(None, tuple(findings))
    repeated = sum(times - 1 for times in Counter(pattern for pattern, _ in seen).values())
    return Listed(gather_cells(names, seen), _tell("repeated", repeated), rows=len(seen))


def read_records(text: str, lists: Sequence[str]) -> Listed:
    """A table with one row for each person, and the lists among its columns. Rows on none are told."""
    rows = read_rows(text)
    _, header = next(rows)
    findings = _check_header(header)
    if len(set(lists)) < len(lists) or not all(header.count(name) == 1 for name in lists):
        findings.append(Finding("count.table.unknown", "line 1"))
    if len(lists) > MOST_LISTS:
        findings.append(_refuse_many("line 1"))
    findings += check_names(lists, "line 1")
    if findings:
        return Listed(None, tuple(findings))
    places = [header.index(name) for name in lists]
    seen: Counter[int] = Counter()
    for line, row in rows:
        if len(row) != len(header):
            findings.append(Finding("count.table.width", f"line {line}", {"columns": len(header)}))
        else:
            pattern = _read_marks([row[place] for place in places], line, findings)
            if pattern is not None:
                seen[pattern] += 1
        if len(findings) >= MOST_FINDINGS:
            break
    if findings:
        return Listed(None, tuple(findings))
    return Listed(gather_cells(lists, seen.items()), _tell("unlisted", seen[0]), rows=seen.total())


def read_columns(text: str, told: Told | None = None) -> tuple[Columns | None, tuple[Finding, ...]]:
    """The columns of a table with one row for each person of which every row is a mark; None, and what is
    wrong with the table."""
    rows = read_rows(text, told)
    _, header = next(rows)
    findings = _check_header(header)
    if findings:
        return None, tuple(findings)
    sorting = _Sorting(len(header))
    for line, row in rows:
        if len(row) != len(header):
            findings.append(Finding("count.table.width", f"line {line}", {"columns": len(header)}))
        elif not sorting.add(line, row):
            findings.append(Finding("count.table.patterns", f"line {line}", {"limit": _MOST_PATTERNS}))
            break
        if len(findings) >= MOST_FINDINGS:
            break
    found = sorting.conclude(header)
    findings += check_names(found.names, "line 1")
    if len(found.names) > MOST_COLUMNS:
        findings.append(Finding("count.table.columns", "line 1", {"limit": MOST_COLUMNS}))
    return (None if findings else found), tuple(findings)


def check_names(names: Sequence[str], where: str) -> list[Finding]:
    """A finding where a list has a name that no page has room for."""
    if all(len(name) <= LONGEST_NAME for name in names):
        return []
    return [Finding("count.table.long", where, {"limit": LONGEST_NAME})]


def is_cells(text: str) -> bool:
    """Whether a table looks like one of patterns: it has a column `count`."""
    _, header = next(read_rows(text))
    return _COUNT in header


def read_rows(text: str, told: Told | None = None) -> Iterator[tuple[int, list[str]]]:
    """The header, and each row that is not empty with the line it begins on; a broken one ends the table.

    Between columns stands what stands most often in the first line: a comma, a semicolon or a tab.
    """
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, strict=True, delimiter=max(",;\t", key="".join(lines[:1]).count))
    begins, first = 1, True
    try:
        for number, row in enumerate(reader):
            if told is not None and number % _OFTEN == 0:
                told(reader.line_num, len(lines))
            if first or any(cell.strip() for cell in row):
                yield begins, [cell.strip() for cell in row]
            begins, first = reader.line_num + 1, False
    except csv.Error:
        yield begins, []  # of no width that any header has
    if first:
        yield 1, []


class _Sorting:
    """Which columns are lists as far as the rows go, and how many rows have which pattern of these."""

    def __init__(self, width: int) -> None:
        self._lists = list(range(width))
        self._others: dict[int, Other] = {}
        self._seen: Counter[int] = Counter()
        self._rows = 0

    def add(self, line: int, row: Sequence[str]) -> bool:
        """One more row; False where there are more patterns than are remembered."""
        marks = [cell.lower() for cell in row]
        self._rows += 1
        for at, other in self._others.items():
            if marks[at] not in _MARKS:
                self._others[at] = replace(other, rows=other.rows + 1)
        if wrong := [at for at in self._lists if marks[at] not in _MARKS]:
            self._others |= {at: Other(at + 1, line, 1) for at in wrong}
            self._lists = [at for at in self._lists if at not in self._others]
        self._seen[sum(1 << at for at in self._lists if marks[at] in _ON)] += 1
        if len(self._seen) > _MOST_PATTERNS:
            self._seen = self._join({at: at for at in self._lists})
        return len(self._seen) <= _MOST_PATTERNS

    def conclude(self, header: Sequence[str]) -> Columns:
        """What came of it."""
        seen = self._join({at: new for new, at in enumerate(self._lists)})
        sizes = [
            sum(rows for pattern, rows in seen.items() if pattern >> at & 1) for at in range(len(self._lists))
        ]
        others = (self._others[at] for at in sorted(self._others))
        names = tuple(header[at] for at in self._lists)
        return Columns(names, tuple(sizes), tuple(others), self._rows, dict(seen))

    def _join(self, places: Mapping[int, int]) -> Counter[int]:
        """The patterns of these columns alone, each with its bit at its place."""
        joined: Counter[int] = Counter()
        for pattern, rows in self._seen.items():
            joined[sum((pattern >> at & 1) << new for at, new in places.items())] += rows
        return joined


def _refuse_many(where: str) -> Finding:
    return Finding("count.table.lists", where, {"limit": MOST_LISTS})


def _tell(name: str, rows: int) -> tuple[Finding, ...]:
    return (Finding(f"count.flag.{name}", "", {"count": rows}, grave=False),) if rows else ()


def _check_header(header: Sequence[str]) -> list[Finding]:
    if not header or not all(header):
        return [Finding("count.table.header", "line 1")]
    if len(set(header)) < len(header):
        return [Finding("count.table.twice", "line 1")]
    return []


def _read_marks(cells: Sequence[str], line: int, findings: list[Finding]) -> int | None:
    pattern = 0
    for number, cell in enumerate(cells):
        mark = cell.lower()
        if mark in _ON:
            pattern |= 1 << number
        elif mark not in _OFF:
            findings.append(Finding("count.table.mark", f"line {line}"))
            return None
    return pattern


def _read_count(cell: str, line: int, findings: list[Finding]) -> int | None:
    if cell.isascii() and cell.isdigit() and len(cell) <= len(str(MOST_PEOPLE)):
        return int(cell)
    findings.append(Finding("count.table.whole", f"line {line}"))
    return None
