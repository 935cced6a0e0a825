"""A CSV table as cells: patterns with their counts (`--cells`), or one row for each person (`--lists a,b,c`).

Pure. Rows are read one at a time and only counted: nothing but 0 and 1 is taken from a row of a person.
Refused, with the line and the column's number, never with what stands there: a header without the columns
that are needed, columns nobody asked for beside patterns, a mark that is no 0 or 1, a count that is no whole
number or below zero, people on no list in a table of patterns.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence

from onggi.count.cells import gather_cells
from onggi.count.listed import MOST_LISTS, Listed
from onggi.errors import Finding

MOST_FINDINGS = 100
MOST_PEOPLE = 10**9

_COUNT = "count"
_ON = frozenset({"1", "true", "yes", "x"})
_OFF = frozenset({"", "0", "false", "no"})


def read_cells(text: str) -> Listed:
    """A table of patterns: columns of 0 and 1, and `count`. Rows that repeat a pattern are told."""
    rows = read_rows(text)
    _, header = next(rows)
    findings = _check_header(header)
    names = [column for column in header if column != _COUNT]
    if not findings and (header.count(_COUNT) != 1 or not names):
        findings.append(Finding("count.table.count", "line 1"))
    if len(names) > MOST_LISTS:
        findings.append(Finding("count.table.lists", "line 1", {"limit": MOST_LISTS}))
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
    return Listed(gather_cells(names, seen), _tell("repeated", repeated))


def read_records(text: str, lists: Sequence[str]) -> Listed:
    """A table with one row for each person, and the lists among its columns. Rows on none are told."""
    rows = read_rows(text)
    _, header = next(rows)
    findings = _check_header(header)
    if len(set(lists)) < len(lists) or not all(header.count(name) == 1 for name in lists):
        findings.append(Finding("count.table.unknown", "line 1"))
    if len(lists) > MOST_LISTS:
        findings.append(Finding("count.table.lists", "line 1", {"limit": MOST_LISTS}))
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
    return Listed(gather_cells(lists, seen.items()), _tell("unlisted", seen[0]))


def is_cells(text: str) -> bool:
    """Whether a table looks like one of patterns: it has a column `count`."""
    _, header = next(read_rows(text))
    return _COUNT in header


def read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The header, and each row that is not empty with the line it begins on; a broken one ends the table.

    Between columns stands what stands most often in the first line: a comma, a semicolon or a tab.
    """
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, strict=True, delimiter=max(",;\t", key="".join(lines[:1]).count))
    begins, first = 1, True
    try:
        for row in reader:
            if first or any(cell.strip() for cell in row):
                yield begins, [cell.strip() for cell in row]
            begins, first = reader.line_num + 1, False
    except csv.Error:
        yield begins, []  # of no width that any header has
    if first:
        yield 1, []


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
