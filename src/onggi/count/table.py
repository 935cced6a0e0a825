"""A table of how many: who is in which row and column, with margins, and which cells are too small to show.

Pure. Every unit stands in exactly one row and one column: where nothing is recorded in `_unknown`, where
several things are in `_several`. Kinds of which there are too few are counted together in `_other`, so that a
row or column with a name of its own is never small; nor is `_several`. A cell is small where it holds fewer
than k units, or units of fewer than k people; one that holds nothing is not (docs/design/tables.md, §2).
Refused: a k below K; a table of so few that nothing could stand in it; one that is too large to be checked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from onggi.errors import Exit, OnggiError

K = 11
"""Fewer people than this are never shown by themselves. It may be raised, never lowered."""
MOST_CELLS = 1500

UNKNOWN, SEVERAL, OTHER, TOTAL = "_unknown", "_several", "_other", "_total"
SPECIAL = (SEVERAL, OTHER, UNKNOWN)
"""What is no kind of its own, in the order in which it stands at the end."""
_MAY_BE_SMALL = frozenset({OTHER, UNKNOWN})

Key: TypeAlias = tuple[str, str]
"""A row and a column; TOTAL for a margin."""
Members: TypeAlias = frozenset[str]

ALL: Key = (TOTAL, TOTAL)


@dataclass(frozen=True, slots=True)
class Counted:
    """One unit that is counted: its id, the people it happened to, and what is recorded of it by property."""

    id: str
    persons: frozenset[str]
    values: Mapping[str, frozenset[str]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Spec:
    """What a table counts, by what, and how small is too small. Without `columns` it is a list of rows."""

    unit: str
    rows: str
    columns: str | None = None
    k: int = K


@dataclass(frozen=True)
class Table:
    """The units in each cell, the margins too. `people` are those of each unit; `small` may not be shown."""

    spec: Spec
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    members: Mapping[Key, Members]
    people: Mapping[str, frozenset[str]]

    @property
    def small(self) -> frozenset[Key]:
        """The cells that hold somebody, and too few."""
        return frozenset(
            key for key, units in self.members.items() if is_few(units, self.people, self.spec.k)
        )

    @property
    def sums(self) -> list[tuple[Key, tuple[Key, ...]]]:
        """Which cell is the sum of which others."""
        down = [(TOTAL, *self.columns)] if self.columns else [(TOTAL,)]
        found = [((TOTAL, one), tuple((row, one) for row in self.rows)) for one in down[0]]
        if self.columns:
            found += [
                ((row, TOTAL), tuple((row, one) for one in self.columns)) for row in (*self.rows, TOTAL)
            ]
        return found

    def name(self, key: Key) -> Members:
        """What a cell counts, whichever way: its units, or its people where each unit is of one person alone
        and each person of one unit. Two cells of one name hold one number."""
        units = self.members[key]
        found = [self.people.get(one, frozenset()) for one in units]
        people = frozenset[str]().union(*found)
        return people if len(people) == len(units) and all(len(one) == 1 for one in found) else units

    def least(self, key: Key) -> int:
        """What a hidden cell holds at least by the rules that everybody knows: nothing is shown as such."""
        if TOTAL not in key:
            return 1
        named = _MAY_BE_SMALL.isdisjoint(key)
        parts = next((parts for total, parts in self.sums if total == key), ())
        return max(1, self.spec.k if named else 1, sum(self.least(one) for one in parts if self.members[one]))


def is_few(units: Members, people: Mapping[str, frozenset[str]], k: int) -> bool:
    """Whether these are some, but fewer than k units or units of fewer than k people we know of."""
    if not units:
        return False
    return len(units) < k or len(frozenset[str]().union(*(people.get(one, ()) for one in units))) < k


def make_table(units: Iterable[Counted], spec: Spec) -> Table:
    """The table of these units.

    Raises:
        OnggiError: `table.k` for a k below K, `table.few` where there are fewer than k in all,
            `table.large` for more cells than can be checked.
    """
    if spec.k < K:
        raise OnggiError("table.k", exit_code=Exit.USAGE, least=K)
    counted = list(units)
    people = {one.id: one.persons for one in counted}
    everybody = frozenset(people)
    if not everybody or is_few(everybody, people, spec.k):
        raise OnggiError("table.few", exit_code=Exit.REFUSED, least=spec.k)
    rows = _sort(counted, spec.rows, people, spec.k)
    columns = _sort(counted, spec.columns, people, spec.k) if spec.columns else {}
    if (len(rows) + 1) * (len(columns) + 1) > MOST_CELLS:
        raise OnggiError("table.large", exit_code=Exit.REFUSED, most=MOST_CELLS)
    members = {
        (row, column): these & those
        for row, these in {**rows, TOTAL: everybody}.items()
        for column, those in {**columns, TOTAL: everybody}.items()
    }
    return Table(spec, tuple(rows), tuple(columns), members, people)


def _sort(
    units: Sequence[Counted], property: str, people: Mapping[str, frozenset[str]], k: int
) -> dict[str, Members]:
    """Who belongs to which kind, in the order of the names; what is small is counted together."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in units:
        values = one.values.get(property, frozenset())
        name = UNKNOWN if not values else next(iter(values)) if len(values) == 1 else SEVERAL
        found[name].add(one.id)
    kinds = {name: frozenset(found[name]) for name in sorted(found)}
    named = sorted((name for name in kinds if name != UNKNOWN), key=lambda name: (len(kinds[name]), name))
    other: Members = frozenset()
    for name in named:  # the smallest first; one that is large enough joins only to hide those before it
        if is_few(kinds[name], people, k) or is_few(other, people, k):
            other |= kinds.pop(name)
    special = {name: kinds.pop(name) for name in SPECIAL if name in kinds}
    if other:
        special[OTHER] = other
    return kinds | {name: special[name] for name in SPECIAL if name in special}
