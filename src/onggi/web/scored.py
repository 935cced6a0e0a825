"""A table of pairs of names that was brought, and the table of scores that came of it.

In memory and nowhere else. The scores are the very bytes that `onggi names --pairs` writes. Refused: more
than `MOST_PAIRS` bytes of a table.
"""

import csv
from dataclasses import dataclass, field
from io import BytesIO

from onggi.errors import Exit, Finding, OnggiError
from onggi.names.pairs import COLUMNS, LONGEST_LINE, read_pairs, score_pair
from onggi.web.jobs import Progress
from onggi.web.sheet import Sheet
from onggi.web.store import MOST_HELD

MOST_PAIRS = 16 * 1024 * 1024
"""Bytes of a table: as much as may wait in memory without a script."""

_MOST_TOLD = 20  # rows whose names cannot be read; the table has them all


@dataclass
class Scores:
    """Either `problem`, or `data` once a table was scored: of `count` pairs, `unread` of which were none."""

    size: int
    data: bytes = field(default=b"", repr=False)
    count: int = 0
    unread: int = 0
    encoding: str = ""
    told: tuple[Finding, ...] = ()
    problem: Finding | None = None

    def score(self, table: bytes, lang: str, tell: Progress) -> None:
        """Score each row; what is wrong with the table is kept as what is to be told."""
        try:
            self._score(table, lang, tell)
        except OnggiError as error:
            self.problem, self.size = Finding(error.id, "pairs", error.values), 0

    def _score(self, table: bytes, lang: str, tell: Progress) -> None:
        if len(table) > MOST_PAIRS:
            raise OnggiError("web_names.large", exit_code=Exit.USAGE)
        source, sheet = BytesIO(table), Sheet(MOST_HELD, "web_names.large")
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerow(COLUMNS)
        told: list[Finding] = []
        for pair in read_pairs(iter(lambda: source.readline(LONGEST_LINE + 1), b""), self._note_encoding):
            scored = score_pair(pair, lang)
            writer.writerow(scored.cells)
            self.count += 1
            self.unread += bool(scored.findings)
            told += scored.findings[: _MOST_TOLD - len(told)]
            tell(source.tell(), len(table), "read")
        self.data, self.told = bytes(sheet.data), tuple(told)
        self.size = len(self.data)

    def _note_encoding(self, encoding: str) -> None:
        self.encoding = encoding
