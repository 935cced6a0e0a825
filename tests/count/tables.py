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

    Written without the attacker under test: it tries whole numbers one by one.
    """
    table = shown.table
    inner = [(row, column) for row in table.rows for column in table.columns]
    open_cells = [key for key in inner if key in shown.hidden]
    found = []
    for tried in product(range(1, most + 1), repeat=len(open_cells)):
        filled = {key: len(table.members[key]) for key in inner} | dict(zip(open_cells, tried, strict=True))
        if _agrees(shown, filled):
            found.append({key: filled[key] for key in open_cells})
    return found


def _agrees(shown: Shown, filled: Mapping[Key, int]) -> bool:
    table = shown.table
    for total, parts in _order_sums(table):
        value = sum(filled.get(part, 0) for part in parts)
        if total not in shown.hidden and value != len(table.members[total]):
            return False
    return True


def _order_sums(table: Table) -> Sequence[tuple[Key, tuple[Key, ...]]]:
    """The sums of every margin over inner cells alone."""
    rows, columns = table.rows, table.columns
    found = [((row, "_total"), tuple((row, one) for one in columns)) for row in rows]
    found += [(("_total", one), tuple((row, one) for row in rows)) for one in columns]
    return [*found, (("_total", "_total"), tuple((row, one) for row in rows for one in columns))]


SPEC = Spec("victim", "type", "sex")
ROWS = Spec("victim", "type")
