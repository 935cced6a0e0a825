"""A table as link holds it: every cell a small number, and each different text once (§1).

Floor 4. Pure. Refused: nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from onggi.errors import Finding

Numbers = NDArray[np.int32]
Levels = NDArray[np.int8]  # how two values agree, by number; -1 where one is missing
Floats = NDArray[np.float64]
Value = TypeVar("Value")

MISSING = -1


@dataclass(frozen=True, slots=True)
class Column:
    """One column: for each record the number of its text in `texts`, or -1 where there is none."""

    codes: Numbers
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What was seen of one table, beside what its rows say.

    `read` is which column is which of ours: (ours, theirs), in our order; `unread` the heads of the first of
    `unused` columns that are none of ours. So many `rows` are records, and so many were `left_out`.
    """

    read: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    unused: int
    rows: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Records:
    """The records of all tables, one after the other: ids as they were given, columns by our own names."""

    ids: tuple[str, ...]
    columns: Mapping[str, Column]
    findings: tuple[Finding, ...] = ()
    left_out: int = 0
    unlisted: int = 0  # findings beyond those
    tables: tuple[Head, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)


def translate_codes(column: Column, read: Callable[[str], Value | None]) -> tuple[Numbers, list[Value]]:
    """For each record the number of its value, -1 where there is none; and the values, each once.

    Each different text is read once. Values are numbered in the order of their texts in the table.
    """
    known: dict[Value, int] = {}
    translated = np.full(len(column.texts) + 1, MISSING, np.int32)
    for number, text in enumerate(column.texts):
        value = read(text)
        if value is not None:
            translated[number] = known.setdefault(value, len(known))
    return translated[column.codes], list(known)


def count_codes(codes: Numbers, size: int) -> NDArray[np.int64]:
    """How many records have each value."""
    return np.bincount(codes[codes >= 0], minlength=size)


def write_column(values: Floats, form: str, held: NDArray[np.bool_] | None = None) -> list[str]:
    """Numbers as text, each different one written once; nothing where none is held."""
    distinct, places = np.unique(values, return_inverse=True)
    texts = np.array([*map(form.format, distinct.tolist()), ""], object)
    written: list[str] = texts[places if held is None else np.where(held, places, -1)].tolist()
    return written


def number_texts(texts: Sequence[str]) -> Column:
    """A column from its cells; an empty one is missing."""
    known: dict[str, int] = {}
    codes = np.fromiter(
        (known.setdefault(text, len(known)) if text else MISSING for text in texts), np.int32, len(texts)
    )
    return Column(codes, tuple(known))
