"""Who may be whom, many times over: replicates of the links between records, and the cells of each.

Pure. A file of replicates has a row for each record: `record_id`, and in every other column the cluster it
lies in in one replicate; records with the same cluster are one person there, and whoever stands on a list as
one of them stands on it. Refused, with the line and never with what stands there: fewer than LEAST replicates
or more than MOST, a record that is there twice, one of the table that is not there, a cluster without an id.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onggi.count.cells import Cells, Counts, gather_cells
from onggi.count.listed import MOST_LISTS, Listed
from onggi.count.reading import MOST_FINDINGS, Told, check_names, read_rows
from onggi.errors import Finding

LEAST, MOST = 20, 100

_RECORD, _LIST = "record_id", "list"


@dataclass(frozen=True, slots=True)
class Replicates:
    """The place of each record, and its clusters (records × replicates) as numbers."""

    places: Mapping[str, int]
    clusters: Counts


def read_replicates(text: str, told: Told | None = None) -> tuple[Replicates | None, tuple[Finding, ...]]:
    """The replicates in a CSV text; None, and what is wrong with them."""
    rows = read_rows(text, told)
    _, header = next(rows)
    columns = len(header) - 1
    if header[:1] != [_RECORD] or len(set(header)) < len(header):
        return None, (Finding("count.replicates.header", "line 1"),)
    if not LEAST <= columns <= MOST:
        return None, (
            Finding("count.replicates.number", "line 1", {"least": LEAST, "most": MOST, "found": columns}),
        )
    findings: list[Finding] = []
    places: dict[str, int] = {}
    known: list[dict[str, int]] = [{} for _ in range(columns)]
    numbers = array("q")
    for line, row in rows:
        if len(row) != len(header) or not all(row):
            findings.append(Finding("count.replicates.row", f"line {line}"))
        elif row[0] in places:
            findings.append(Finding("count.replicates.twice", f"line {line}"))
        else:
            places[row[0]] = len(places)
            numbers.extend(ids.setdefault(one, len(ids)) for ids, one in zip(known, row[1:], strict=True))
        if len(findings) >= MOST_FINDINGS:
            break
    if findings:
        return None, tuple(findings)
    return Replicates(places, np.array(numbers, dtype=np.int64).reshape(-1, columns)), ()


def read_listed(text: str, replicates: Replicates, told: Told | None = None) -> Listed:
    """A table of records, each with its `record_id` and the `list` it stands on, and who is whom by the
    replicates."""
    rows = read_rows(text, told)
    _, header = next(rows)
    if header.count(_RECORD) != 1 or header.count(_LIST) != 1:
        return Listed(None, (Finding("count.replicates.records", "line 1"),))
    own, stands = header.index(_RECORD), header.index(_LIST)
    findings: list[Finding] = []
    lists: dict[str, int] = {}
    seen: dict[str, int] = {}
    for line, row in rows:
        if len(row) != len(header):
            findings.append(Finding("count.table.width", f"line {line}", {"columns": len(header)}))
        elif not row[stands]:
            findings.append(Finding("count.replicates.list", f"line {line}"))
        elif row[own] in seen:
            findings.append(Finding("count.replicates.twice", f"line {line}"))
        elif row[own] not in replicates.places:
            findings.append(Finding("count.replicates.absent", f"line {line}"))
        else:
            seen[row[own]] = 1 << lists.setdefault(row[stands], len(lists))
        if len(findings) >= MOST_FINDINGS:
            break
    if len(lists) > MOST_LISTS:
        findings.append(Finding("count.table.lists", "", {"limit": MOST_LISTS}))
    findings += check_names(list(lists), "")
    if findings:
        return Listed(None, tuple(findings))
    cells = join_replicates(tuple(lists), seen, replicates)
    spare = len(replicates.places) - len(seen)
    spares = (Finding("count.replicates.spare", "", {"count": spare}, grave=False),) if spare else ()
    return Listed(cells[0], spares, replicates=cells, rows=len(seen))


def join_replicates(
    lists: Sequence[str], patterns: Mapping[str, int], replicates: Replicates
) -> tuple[Cells, ...]:
    """The cells of each replicate, from the pattern of each record. Who is in no replicate is nobody else."""
    names = list(patterns)
    marks = np.array([patterns[name] for name in names], dtype=np.int64)
    alone = replicates.clusters.max(initial=-1) + 1
    nowhere = np.full(replicates.clusters.shape[1], -1, dtype=np.int64)
    found = np.array(
        [
            replicates.clusters[place] if (place := replicates.places.get(name)) is not None else nowhere
            for name in names
        ],
        dtype=np.int64,
    ).reshape(len(names), -1)
    single = alone + np.arange(len(names), dtype=np.int64)
    return tuple(
        _join_clusters(lists, marks, np.where(clusters < 0, single, clusters)) for clusters in found.T
    )


def _join_clusters(lists: Sequence[str], marks: Counts, clusters: Counts) -> Cells:
    order = np.argsort(clusters, kind="stable")
    begins = np.flatnonzero(np.diff(clusters[order], prepend=-1))
    joined = np.bitwise_or.reduceat(marks[order], begins) if len(order) else marks
    patterns, counts = np.unique(joined, return_counts=True)
    return gather_cells(lists, zip(patterns.tolist(), counts.tolist(), strict=True))
