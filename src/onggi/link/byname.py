"""Several names of one record, of which any may agree: those she is known by, and by-names (§8).

One name stands on a line of the cell; a line that begins with `BYNAME` is a by-name. Anybody may be called
Boss Choe, so a by-name shows no more than `SHOWN`, whatever it says.

Floor 4. Pure. Refused: nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onggi.link.columns import MISSING, Column, Levels, Numbers, number_texts

BETWEEN = "\n"
BYNAME = "~"
SHOWN = 3  # the highest level that a by-name reaches: evidence of 2 to 3.5 (naming.EDGES)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Sets of names, numbered: `codes` of each record, and for each set its places among `names`.

    `names` is a column with a row for each name of each record, `rows` says of which record; `own` is False
    for a by-name.
    """

    codes: Numbers
    values: int
    names: Column
    rows: Numbers
    own: NDArray[np.bool_]
    places: Sequence[NDArray[np.int64]]

    def find_known(self, numbers: Numbers) -> list[bool]:
        """Whether a set holds a name at all; "mother of X" is none of hers."""
        return [bool((numbers[places] >= 0).any()) for places in self.places]

    def find_best(
        self,
        numbers: Numbers,
        equal: Levels,
        near: Callable[[Numbers, Numbers], Levels] | None,
        first: Numbers,
        second: Numbers,
    ) -> Levels:
        """The highest level that any name of one set has with any of the other; -1 where none can be told."""
        best = np.full(len(first), MISSING, np.int8)
        couples = list(zip(first.tolist(), second.tolist(), strict=True))
        if not couples:
            return best
        x = np.concatenate([np.repeat(self.places[a], len(self.places[b])) for a, b in couples])
        y = np.concatenate([np.tile(self.places[b], len(self.places[a])) for a, b in couples])
        pair = np.repeat(
            np.arange(len(couples)), [len(self.places[a]) * len(self.places[b]) for a, b in couples]
        )
        held = (numbers[x] >= 0) & (numbers[y] >= 0)
        x, y, pair = x[held], y[held], pair[held]
        one, other = numbers[x], numbers[y]
        levels = np.where(one == other, equal[one], 0).astype(np.int8)
        unequal = one != other
        if near is not None and unequal.any():
            levels[unequal] = near(np.minimum(one, other)[unequal], np.maximum(one, other)[unequal])
        levels = np.where(self.own[x] & self.own[y], levels, np.minimum(levels, SHOWN))
        np.maximum.at(best, pair, levels)
        return best

    def move_part(self, rows: Numbers, keys: Numbers) -> tuple[Numbers, Numbers]:
        """What names can be found by, as what their records can; each key once."""
        pairs = np.unique(np.stack([self.rows[rows], keys]).astype(np.int32), axis=1)
        return pairs[0], pairs[1]


def gather_names(column: Column) -> Gathered:
    """The names in each cell of a column; a cell with the same names in another order is the same."""
    sets: dict[tuple[str, ...], int] = {}
    translated = np.full(len(column.texts) + 1, MISSING, np.int32)
    for number, text in enumerate(column.texts):
        lines = tuple(sorted({line for line in text.split(BETWEEN) if line.strip(BYNAME + " ")}))
        if lines:
            translated[number] = sets.setdefault(lines, len(sets))
    codes = translated[column.codes]
    held = list(sets)
    rows: list[int] = []
    lines_of: list[str] = []
    places: list[list[int]] = [[] for _ in held]
    for row, code in enumerate(codes.tolist()):
        if code < 0:
            continue
        first = len(lines_of)
        lines_of += held[code]
        rows += [row] * len(held[code])
        places[code] = places[code] or list(range(first, len(lines_of)))
    return Gathered(
        codes,
        len(held),
        number_texts([line.removeprefix(BYNAME) for line in lines_of]),
        np.array(rows, np.int32),
        np.array([not line.startswith(BYNAME) for line in lines_of], bool),
        [np.array(each, np.int64) for each in places],
    )
