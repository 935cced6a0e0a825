"""Invented people for tables, and an attacker of the tests' own, who tries every whole number."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from random import Random

from onggi.count.differencing import Shown
from onggi.count.table import Counted, Key, Spec, Table


def count_people(number: int, seed: int, rows: str = "abcdef", columns: str = "xyz") -> list[Counted]:
    """So many people in rows and columns of very different sizes; some of whom nothing is known."""
    dice = Random(seed)
    heavy = [2.0**-place for place in range(len(rows))]
    return [
        make_unit(
            f"{seed}-{one}",
            dice.choices(rows, heavy)[0] if dice.random() < 0.95 else "",
            dice.choice(columns) if dice.random() < 0.95 else "",
        )
        for one in range(number)
    ]


def make_unit(id: str, row: str, column: str = "", persons: Iterable[str] | None = None) -> Counted:
    """One unit, of one person unless it is said of whom."""
    values = {"type": frozenset([row] if row else []), "sex": frozenset([column] if column else [])}
    return Counted(id, frozenset([id] if persons is None else persons), values)


def fill(numbers: Mapping[Key, int]) -> list[Counted]:
    """As many people in each cell."""
    return [
        make_unit(f"{row}-{column}-{one}", row, column)
        for (row, column), number in numbers.items()
        for one in range(number)
    ]


def list_fillings(shown: Shown, most: int) -> list[dict[Key, int]]:
    """Every way to fill the hidden inner cells of a small table so that all that is shown is right.

    Written without the attacker under test: it tries whole numbers one by one, row after row.
    """
    table = shown.table
    ways = [
        [dict(zip(row, tried, strict=True)) for tried in product(*(_tries(shown, key, most) for key in row))]
        for row in ([(name, column) for column in table.columns] for name in table.rows)
    ]
    sums = list_sums(table)
    ways = [[one for one in row if _agrees(shown, one, [sums[at]])] for at, row in enumerate(ways)]
    found = [{key: number for part in parts for key, number in part.items()} for parts in product(*ways)]
    return [one for one in found if _agrees(shown, one, sums[len(ways) :])]


def _tries(shown: Shown, key: Key, most: int) -> Sequence[int]:
    return range(1, most + 1) if key in shown.hidden else [len(shown.table.members[key])]


def _agrees(shown: Shown, filled: Mapping[Key, int], sums: Sequence[tuple[Key, tuple[Key, ...]]]) -> bool:
    return all(
        total in shown.hidden or sum(filled[part] for part in parts) == len(shown.table.members[total])
        for total, parts in sums
    )


def list_sums(table: Table) -> list[tuple[Key, tuple[Key, ...]]]:
    """The margins, rows first, each as the sum of inner cells alone."""
    rows, columns = table.rows, table.columns
    found = [((row, "_total"), tuple((row, one) for one in columns)) for row in rows]
    found += [(("_total", one), tuple((row, one) for row in rows)) for one in columns]
    return [*found, (("_total", "_total"), tuple((row, one) for row in rows for one in columns))]


SPEC = Spec("victim", "type", "sex")
ROWS = Spec("victim", "type")
