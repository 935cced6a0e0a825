"""A table for noise: everybody under one of all kinds that there are, and nothing counted together.

Pure. That a row is there must tell nothing, so the rows and columns do not come from the record. One person
stands in her row and the total, or in a cell and three margins; noise is measured by that.
Refused: a table that would be too large.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onggi.count.table import MOST_CELLS, OTHER, SEVERAL, TOTAL, UNKNOWN, Counted, Key, Spec
from onggi.errors import Exit, OnggiError


@dataclass(frozen=True)
class Filled:
    """How many stand in each cell and margin, before noise; it is shown to nobody."""

    spec: Spec
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: Mapping[Key, int]

    @property
    def touched(self) -> int:
        """In how many numbers one person stands."""
        return count_touched(self.spec)


def count_touched(spec: Spec) -> int:
    """In how many numbers of such a table one person stands."""
    return 4 if spec.columns else 2


def fill_table(units: Iterable[Counted], spec: Spec, rows: Sequence[str], columns: Sequence[str]) -> Filled:
    """Everybody counted, under the kinds that there are; what is none of them under `_other` or `_unknown`.

    Raises:
        OnggiError: `table.large` for more cells than a table may have.
    """
    if (len(rows) + 1) * (len(columns) + 1) > MOST_CELLS:
        raise OnggiError("table.large", exit_code=Exit.REFUSED, most=MOST_CELLS)
    found: Counter[Key] = Counter()
    for one in units:
        row = _find_kind(one, spec.rows, rows)
        column = _find_kind(one, spec.columns, columns) if spec.columns else TOTAL
        found.update({(row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)})
    every = [(row, column) for row in (*rows, TOTAL) for column in (*columns, TOTAL)]
    return Filled(spec, tuple(rows), tuple(columns), {key: found[key] for key in every})


def _find_kind(unit: Counted, property: str, kinds: Sequence[str]) -> str:
    values = unit.values.get(property, frozenset())
    if len(values) > 1:
        return SEVERAL
    return next((one if one in kinds else OTHER for one in values if OTHER in kinds or one in kinds), UNKNOWN)
