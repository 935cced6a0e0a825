"""Tables of other lists that were brought: what was seen of them, and what came of linking them.

In memory and nowhere else; of a table what it says and not what it is called. What they are linked by is the
room that `onggi link` asks, and the files are the very bytes that it writes. Refused: more than `MOST_TABLES`
bytes of tables at once, and files of more than `MOST_FILES`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onggi import __version__
from onggi.errors import Exit, Finding, OnggiError
from onggi.link.columns import Records
from onggi.link.linked import Linked, link_tables, list_files
from onggi.link.table import TableMap, read_map, read_tables
from onggi.web.jobs import Progress
from onggi.web.sheet import Sheet
from onggi.web.store import MOST_HELD

MEBIBYTE = 1024 * 1024
MOST_TABLES = 16 * MEBIBYTE
"""Bytes of all tables that are linked with each other; as much as may wait in memory without a script."""

MOST_MAP = MEBIBYTE
MOST_FILES = MOST_HELD
"""Bytes of all that is written of one linkage."""

_ENGINE = "duckdb"
_MUCH = "web_lists.much"
_KEPT = {"pairs": "pairs.csv", "clusters": "clusters.csv", "replicates": "replicates.csv"}
_SETTINGS, _REPORT = "settings.json", "report.html"


@dataclass
class Listed:
    """Tables that were brought, and the map that was typed, so that it need not be typed twice.

    Either `problem`, or `records` once they were read, and in the end `linked` with the `files` made of it.
    """

    typed: str = field(repr=False)
    size: int
    mapping: TableMap = field(default_factory=TableMap, repr=False)
    records: Records | None = field(default=None, repr=False)
    problem: Finding | None = None
    linked: Linked | None = field(default=None, repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def look(self, tables: Sequence[bytes], mapping: bytes) -> None:
        """Read the tables by their map; what is wrong with either is kept as what is to be told."""
        where = "map"
        try:
            if len(mapping) > MOST_MAP:
                raise OnggiError("web_lists.map_large", exit_code=Exit.USAGE)
            self.mapping = read_map(mapping)
            where = "tables"
            if sum(map(len, tables)) > MOST_TABLES:
                raise OnggiError("web_lists.large", exit_code=Exit.USAGE)
            if not tables:
                raise OnggiError("web_lists.fileless", exit_code=Exit.USAGE)
            self.records = read_tables(tables, self.mapping)
        except OnggiError as error:
            where = "map" if error.id == "link.table.column" else where
            self.problem, self.size = Finding(error.id, where, error.values), 0

    def link(self, seed: int, draws: int, tell: Progress) -> None:
        """Link them, draw so many clusterings, and write what comes of it.

        Raises:
            OnggiError: `web_lists.much` where that is more than `MOST_FILES`; what `link_tables` raises.
        """
        if self.records is None:
            return
        linked = link_tables(
            *(self.records, self.mapping, _ENGINE, seed, draws, __version__),
            lambda stage: tell(0, 0, stage),
        )
        tell(0, 0, "write")
        writers, files, room = list_files(linked, "en"), dict[str, bytes](), MOST_FILES
        for kind in filter(writers.__contains__, _KEPT):
            sheet = Sheet(room, _MUCH, tell)
            writers[kind](sheet)
            files[_KEPT[kind]] = bytes(sheet.data)
            room -= len(sheet.data)
        self.linked, self.files = linked, files
        self.size = min(self.size, MOST_TABLES) + sum(map(len, files.values()))

    def list_names(self) -> list[str]:
        """What there is to be handed over, once it is linked."""
        return [*self.files, _SETTINGS, _REPORT] if self.linked is not None else []

    def write(self, name: str, lang: str) -> bytes | None:
        """The bytes of one of these; the report in a language, as all of it stands in one."""
        if self.linked is None:
            return None
        if name in self.files:
            return self.files[name]
        kind = {_SETTINGS: "settings", _REPORT: "report"}.get(name)
        if kind is None:
            return None
        sheet = Sheet(MOST_FILES, _MUCH)
        list_files(self.linked, lang)[kind](sheet)
        return bytes(sheet.data)


def is_much(records: Records, draws: int) -> bool:
    """Whether so many clusterings of these records would be more than is held."""
    digits = len(str(len(records)))
    return len(records) * draws * (digits + 1) + sum(map(len, records.ids)) > MOST_FILES
