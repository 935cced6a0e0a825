"""What somebody can work out of a table in which cells are hidden: the least and the most that each can be.

Pure. A linear programme over all that is hidden: it knows every number that is shown, every sum, and the
rules by which cells are hidden. In a table of rows, columns and their margins this is a flow through a
network, so that whole numbers reach the same ends; nobody can do better from the numbers alone.
Solved by HiGHS through scipy. Refused: nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

_SOLVED, _UNBOUNDED = 0, 3
_NEAR = 1e-6


@dataclass(frozen=True)
class Sheet:
    """Numbers and their sums, in one order: `values` (n,), `sums` (m, n) with `sums @ values = 0`.

    `least` (n,) is what a hidden number is at least by the rules that everybody knows.
    """

    values: "np.ndarray[Any, np.dtype[np.float64]]"
    sums: "csr_array[Any, Any]"
    least: "np.ndarray[Any, np.dtype[np.float64]]"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a number can be."""

    low: float
    high: float


def make_sheet(
    values: Sequence[int], sums: Iterable[tuple[int, Sequence[int]]], least: Sequence[int] | None = None
) -> Sheet:
    """The sheet of these numbers; each sum is the place of a number and the places of its parts."""
    listed = [(total, parts) for total, parts in sums if parts]
    places = [(row, at, sign) for row, one in enumerate(listed) for at, sign in _signs(*one)]
    rows, columns, signs = zip(*places, strict=True) if places else ((), (), ())
    matrix = csr_array((np.array(signs, float), (rows, columns)), shape=(len(listed), len(values)))
    known = np.zeros(len(values)) if least is None else np.array(least, float)
    return Sheet(np.array(values, float), matrix, known)


def bound_number(sheet: Sheet, hidden: Iterable[int], at: int, *, rules: bool = True) -> Bounds:
    """What can be told of the number at a place while these are hidden.

    With `rules` the reader knows what a hidden number is at least; without, only that none is below zero.
    """
    places = frozenset(hidden)
    return Bounds(_reach(sheet, places, at, 1.0, rules), _reach(sheet, places, at, -1.0, rules))


def is_open(sheet: Sheet, hidden: Iterable[int], at: int, k: int) -> bool:
    """Whether a small number could be anything from nothing to 2k, and from what the rules say to 2k."""
    places = frozenset(hidden)
    return (
        at in places
        # What is so high with the rules is so high without them.
        and _reach(sheet, places, at, -1.0, True) >= 2 * k - _NEAR
        and _reach(sheet, places, at, 1.0, True) <= sheet.least[at] + _NEAR
        and _reach(sheet, places, at, 1.0, False) <= _NEAR
    )


def _reach(sheet: Sheet, places: frozenset[int], at: int, sign: float, rules: bool) -> float:
    """The least (sign 1) or the most (sign -1) that a number can be."""
    if at not in places:
        return float(sheet.values[at])
    free = np.isin(np.arange(len(sheet.values)), list(places))
    floors = sheet.least[free] if rules else np.zeros(len(places))
    found = linprog(
        sign * (np.flatnonzero(free) == at),
        A_eq=sheet.sums[:, free],
        b_eq=-(sheet.sums[:, ~free] @ sheet.values[~free]),
        bounds=np.column_stack([floors, np.full(len(floors), inf)]),
        method="highs",
    )
    if found.status == _UNBOUNDED:
        return -sign * inf
    # What could not be solved is taken for told.
    return round(sign * found.fun, 6) if found.status == _SOLVED else float(sheet.values[at])


def _signs(total: int, parts: Sequence[int]) -> list[tuple[int, float]]:
    return [(total, -1.0), *((part, 1.0) for part in parts)]
