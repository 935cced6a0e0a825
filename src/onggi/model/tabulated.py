"""Tabulated: that a table left the vault, what it counted by, and every number that stood in it.

It is what later tables are held against, so that two of them together tell no more than each (docs/design/
tables.md, §5). It names nobody: kinds and numbers, as they are outside.

Pure data. Refused: nothing; what may leave is decided in `dossier`.
"""

from msgspec import Struct

HIDDEN = -1
"""What stands in the place of a number that was not shown."""


class Tabulated(Struct, frozen=True, tag="tabulated", tag_field="type", omit_defaults=True, gc=False):
    """What was counted, by what; below which number of people nothing was shown; the cells.

    `cells` are row, column and number, `HIDDEN` where it was not shown; `base` is what was rounded to, `file`
    the SHA-256 of the file that left, in hex. Of a table with noise `epsilon` is what it spent of `lifetime`,
    which all noisy tables together may spend, both in thousandths.
    """

    unit: str
    rows: str
    k: int
    file: str
    cells: tuple[tuple[str, str, int], ...]
    columns: str | None = None
    base: int = 1
    epsilon: int = 0
    lifetime: int = 0
