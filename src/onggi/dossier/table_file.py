"""A table as a CSV file: a line for each cell, which says of itself what it counts and what was done to it.

UTF-8 without a mark at its beginning, lines ended by a line feed, the same bytes for the same table. Kinds
stand as ids and as labels in one language; there is no code, no id of the vault and no text of anybody's.
Pure. `is_table` is asked before anything is written: any other bytes do not leave.
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from onggi.count.table import SPECIAL, TOTAL, K, Spec
from onggi.count.units import DIMENSIONS, UNITS
from onggi.errors import OnggiError
from onggi.model.places import find_place
from onggi.model.tabulated import HIDDEN
from onggi.model.vocabulary import find_term, load_properties
from onggi.words import LANGUAGES, say

HEADER = (
    *("unit", "row_by", "row", "row_label", "column_by", "column", "column_label", "count", "shown"),
    *("k", "rounded_to", "basis", "duplicates", "coverage", "recorded_up_to"),
    *("noise", "epsilon", "off_by"),
)
SHOWN, KEPT = "shown", "hidden"
_SAID = ("documented", "resolved", "recorded_here")
"""Documented, not estimated; entries of one person counted once; what is recorded here, not all there is."""
_YEAR = re.compile(r"[0-9]{4}")
_AGE = re.compile(r"[0-9]{1,3}-[0-9]{1,3}")
_EXACT = ("", "", "")
_EPSILON = re.compile(r"1|0\.[0-9]{0,2}[1-9]")


class Noise(NamedTuple):
    """What a noisy table spent, in thousandths, and by how much 19 of 20 of its numbers are off at most."""

    epsilon: int
    off_by: int


def write_table(
    spec: Spec,
    cells: Iterable[tuple[str, str, int]],
    lang: str,
    day: str,
    base: int = 1,
    noise: Noise | None = None,
) -> bytes:
    """The file. `cells` are row, column and number, HIDDEN where it is not shown; `day` is an ISO day."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    by = spec.columns or ""
    told = (say("table.noisy", lang), say_epsilon(noise.epsilon), noise.off_by) if noise else _EXACT
    for row, column, number in cells:
        kind = say_kind(spec.rows, row, lang)
        labels = (say("table.noisy_row", lang, kind=kind) if noise else kind, say_kind(by, column, lang))
        count = ("", KEPT) if number == HIDDEN else (number, SHOWN)
        writer.writerow(
            (
                *(spec.unit, spec.rows, row, labels[0], by, column, labels[1], *count),
                *(spec.k, base, *_SAID, day, *told),
            )
        )
    return text.getvalue().encode()


def is_table(data: bytes) -> bool:
    """Whether these bytes are a table of ours, and show nothing below k."""
    try:
        header, *rows = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    except (UnicodeDecodeError, csv.Error, ValueError):
        return False
    return tuple(header) == HEADER and bool(rows) and all(map(_is_row, rows))


def say_epsilon(thousandths: int) -> str:
    """An amount as people write it: 0.2 of 200."""
    return f"{thousandths / 1000:g}"


def say_kind(by: str, name: str, lang: str) -> str:
    """A row or column in words; of what nobody knows, nothing."""
    if name == TOTAL or name in SPECIAL:
        return say(f"table.kind.{name[1:]}", lang)
    if by == "province":
        place = find_place(name)
        return place.label(lang) if place else ""
    if by in ("year", "age"):
        return name
    property = load_properties().get(by)
    term = find_term(property.vocabulary, name) if property and property.vocabulary else None
    return term.labels[lang] if term else ""


def _is_row(row: list[str]) -> bool:
    if len(row) != len(HEADER):
        return False
    unit, row_by, row_name, row_label, column_by, column, label, count, shown, k, base, *said = row[:-4]
    day, *told = row[-4:]
    try:
        known = date.fromisoformat(day).isoformat() == day
        least, step = int(k), int(base)
    except ValueError:
        return False
    numbers = [count, k, base] if shown == SHOWN else [k, base]
    if not all(one.isascii() and one.isdigit() and str(int(one)) == one for one in numbers):
        return False
    return (
        known
        and unit in UNITS
        and row_by in DIMENSIONS
        and (column_by in DIMENSIONS or (column_by, column) == ("", TOTAL))
        and _is_noise(told)
        and _is_kind(row_by, row_name, row_label, noisy=bool(told[0]))
        and _is_kind(column_by, column, label)
        and least >= K
        and step >= 1
        and tuple(said) == _SAID
        and ((count, shown) == ("", KEPT) or (shown == SHOWN and _may_stand(int(count), least)))
    )


def _may_stand(count: int, k: int) -> bool:
    return count == 0 or count >= k


def _is_noise(told: list[str]) -> bool:
    """Whether a row says that its number is exact, or that it is noisy and how much."""
    label, epsilon, off_by = told
    if tuple(told) == _EXACT:
        return True
    known = label in [say("table.noisy", lang) for lang in LANGUAGES]
    return known and off_by.isascii() and off_by.isdigit() and bool(_EPSILON.fullmatch(epsilon))


def _is_kind(by: str, name: str, label: str, *, noisy: bool = False) -> bool:
    """Whether a kind is one of ours, and its label what it is called in one of the languages."""
    if by == "year" and name != TOTAL and name not in SPECIAL and not _YEAR.fullmatch(name):
        return False
    if by == "age" and name != TOTAL and name not in SPECIAL and not _AGE.fullmatch(name):
        return False
    try:
        kinds = [(lang, say_kind(by, name, lang)) for lang in LANGUAGES]
        marked = [say("table.noisy_row", lang, kind=kind) if noisy and kind else kind for lang, kind in kinds]
        return bool(label) and label in marked
    except OnggiError:
        return False
