"""CSV that a spreadsheet opens as it is meant: UTF-8 with a mark, and no cell that could be a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table (RFC 4180). A cell that a spreadsheet would compute gets an apostrophe in front."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([guard_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def guard_cell(cell: str) -> str:
    """A cell that is text, whatever it begins with."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
