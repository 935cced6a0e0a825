"""Projections: one encrypted table of statements for each compartment and stratum, made from the log and never evidence.

Touches the disk through SQLCipher only. `open_index` is the one way in and asserts that what it opened is encrypted;
ATTACH is forbidden, so that no query can reach into another stratum. File sizes are powers of two, because what a
listing shows of an index must tell no more than what it shows of the vault.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlcipher3 import dbapi2 as sqlcipher

from onggi.errors import OnggiError
from onggi.ledger.bigrams import Condition, tokens_of
from onggi.ledger.held import Held
from onggi.ledger.sentence import search_text, value_reference
from onggi.model.statement import About, Said, Statement, Trace, What, Words

LEAST = 256 * 1024
_PAGE = 4096
_MOMENT = 946_684_800
_PIECES = 500

_SCHEMA = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE statement (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, subject TEXT NOT NULL, matter TEXT NOT NULL, unit TEXT NOT NULL,
    source TEXT, property TEXT NOT NULL, reference TEXT, live INTEGER NOT NULL DEFAULT 1,
    milliseconds INTEGER NOT NULL, counter INTEGER NOT NULL, hash TEXT NOT NULL, log TEXT NOT NULL, seq INTEGER NOT NULL,
    place INTEGER NOT NULL, leaf INTEGER NOT NULL, author TEXT NOT NULL, slots BLOB NOT NULL);
CREATE TABLE mark (target TEXT NOT NULL, row INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (text, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
"""
_INDEXES = """
CREATE UNIQUE INDEX by_id ON statement (id);
CREATE INDEX by_subject ON statement (subject);
CREATE INDEX by_matter ON statement (matter);
CREATE INDEX by_source ON statement (source) WHERE source IS NOT NULL;
CREATE INDEX by_reference ON statement (reference) WHERE reference IS NOT NULL;
CREATE INDEX by_property ON statement (property);
CREATE INDEX by_target ON mark (target);
"""
_COLUMNS = "slots, hash, log, seq, place, leaf, milliseconds, counter, author"

_Stored = tuple[What, About, Said | None, Words | None, Trace | None]
_decoder = msgspec.json.Decoder(_Stored)


class Index:
    """The projection of one compartment and stratum."""

    def __init__(self, connection: Any, compartment: str, stratum: str, path: Path | None) -> None:
        self._db = connection
        self.compartment = compartment
        self.stratum = stratum
        self._path = path

    def state(self) -> dict[str, str]:
        """What was put into it, by name."""
        return dict(self._db.execute("SELECT name, value FROM state"))

    def add(self, statements: Iterable[tuple[Held, tuple[bytes, ...]]]) -> None:
        """Add statements with the slots as they are stored, oldest first. The caller commits with `keep`."""
        db = self._db
        row = db.execute("SELECT coalesce(max(row), 0) FROM statement").fetchone()[0]
        for held, slots in statements:
            row += 1
            said = held.statement
            db.execute(
                "INSERT OR IGNORE INTO statement VALUES (?,?,?,?,?,?,?,?,1,?,?,?,?,?,?,?,?,?)",
                (
                    row,
                    held.id,
                    said.subject,
                    said.about.case,
                    said.about.unit,
                    said.source,
                    said.what.property,
                    value_reference(said.value),
                    *held.time,
                    held.commit,
                    held.log,
                    held.seq,
                    held.place,
                    held.leaf,
                    held.author,
                    b"[" + b",".join(slots) + b"]",
                ),
            )
            db.execute("INSERT INTO words (rowid, text) VALUES (?,?)", (row, tokens_of(search_text(said))))
            for target in (*said.trace.supersedes, *said.trace.retracts):
                db.execute("INSERT INTO mark VALUES (?,?)", (target, row))

    def seal_schema(self) -> None:
        """Build the indexes: once, after the first rows are in, which is twice as fast as keeping them meanwhile."""
        self._db.executescript(_INDEXES)

    def keep(self, state: Mapping[str, str]) -> None:
        """Commit what was added, remember how far it goes, and round the file up."""
        self._db.execute("DELETE FROM state")
        self._db.executemany("INSERT INTO state VALUES (?,?)", list(state.items()))
        self._db.commit()
        if self._path is not None:
            self._round_up()

    def set_live(self, judged: Mapping[str, bool]) -> None:
        """Say of statements whether they are live."""
        self._db.executemany("UPDATE statement SET live = ? WHERE id = ?", [(int(v), k) for k, v in judged.items()])

    def marked(self) -> list[Held]:
        """All statements that supersede, retract, or are so judged."""
        return self._select("row IN (SELECT row FROM mark) OR id IN (SELECT target FROM mark)", ())

    def by_ids(self, ids: Sequence[str]) -> list[Held]:
        """The statements of these ids."""
        return [held for id in ids for held in self._select("id = ?", (id,))]

    def about(self, subjects: Iterable[str]) -> list[Held]:
        """All statements about these entities."""
        return [held for one in subjects for held in self._select("subject = ?", (one,))]

    def pointing(self, entity: str, *properties: str) -> list[Held]:
        """The statements of these properties whose value is this entity."""
        return self._select(f"reference = ? AND property IN ({_marks(properties)})", (entity, *properties))

    def mentioning(self, entity: str) -> list[Held]:
        """The statements about an entity and those that point to it."""
        return self._select("subject = ? OR reference = ?", (entity, entity))

    def judging(self, ids: Sequence[str]) -> list[Held]:
        """The statements that supersede or retract any of these, and those that judge them, however far."""
        found: dict[str, Held] = {}
        waiting = list(ids)
        while waiting:
            some, waiting = waiting[-_PIECES:], waiting[:-_PIECES]
            judges = self._select(f"row IN (SELECT row FROM mark WHERE target IN ({_marks(some)}))", some)
            waiting += [held.id for held in judges if held.id not in found]
            found |= {held.id: held for held in judges}
        return list(found.values())

    def of_case(self, case: str) -> list[Held]:
        """All statements of a case."""
        return self._select("matter = ?", (case,))

    def of_property(self, *properties: str) -> list[Held]:
        """All statements of these properties."""
        return self._select(f"property IN ({_marks(properties)})", properties)

    def of_unit(self, unit: str) -> list[Held]:
        """All statements of a unit."""
        return self._select("unit = ?", (unit,))

    def everything(self) -> Iterator[Held]:
        """All statements, oldest first."""
        for row in self._db.execute(f"SELECT {_COLUMNS} FROM statement ORDER BY row"):  # noqa: S608 - constants
            yield self._held(row)

    def units(self, case: str) -> set[str]:
        """The units of a case."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT unit FROM statement WHERE matter = ?", (case,))}

    def count(self) -> int:
        """How many statements it holds."""
        found: int = self._db.execute("SELECT count(*) FROM statement").fetchone()[0]
        return found

    def search(
        self, conditions: Sequence[Condition], references: Sequence[str], ranked: bool, subjects: Sequence[str]
    ) -> Iterator[Held]:
        """Live statements that may contain one typed word, newest first (or by rank): the caller looks at the text.

        `references` are ids of places, terms and entities one of whose labels contains the word; statements that point
        to them, or are about `subjects`, match by that alone.
        """
        clauses: list[str] = []
        values: list[str] = []
        expressions = self._expressions(conditions)
        if expressions:
            clauses.append("row IN (SELECT rowid FROM words WHERE words MATCH ?)")
            values.append(" AND ".join(expressions))
        for column, ids in (("reference", references), ("subject", subjects)):
            if ids:
                clauses.append(f"{column} IN ({_marks(ids)})")
                values += ids
        if not clauses:
            return
        order = "milliseconds DESC, counter DESC, row DESC"
        if ranked and expressions and not references and not subjects:
            order = "(SELECT rank FROM words WHERE words MATCH ? AND rowid = statement.row), " + order
            values.append(values[0])
        where = f"live = 1 AND ({' OR '.join(clauses)}) ORDER BY {order}"
        for row in self._db.execute(f"SELECT {_COLUMNS} FROM statement WHERE {where}", values):  # noqa: S608 - constants
            yield self._held(row)

    def check(self) -> bool:
        """Whether every page is as it was written."""
        return not self._db.execute("PRAGMA cipher_integrity_check").fetchall()

    def close(self) -> None:
        """Close it; the key leaves memory with the connection."""
        self._db.close()

    def _expressions(self, conditions: Sequence[Condition]) -> list[str]:
        found = []
        for condition in conditions:
            if condition.expression:
                found.append(condition.expression)
                continue
            pattern = f"%{condition.piece}" + ("" if condition.at_end else "%")
            rows = self._db.execute("SELECT term FROM vocabulary WHERE term LIKE ? LIMIT ?", (pattern, _PIECES + 1))
            terms = [row[0] for row in rows]
            if not terms:
                return ["\"\ufffe\""]  # No token holds the piece, so no row can.
            if len(terms) <= _PIECES:
                found.append("(" + " OR ".join(f'"{term}"' for term in terms) + ")")
        return found

    def _select(self, where: str, values: Sequence[str]) -> list[Held]:
        query = f"SELECT {_COLUMNS} FROM statement WHERE {where} ORDER BY row"  # noqa: S608 - `where` is ours
        return [self._held(row) for row in self._db.execute(query, values)]

    def _held(self, row: Sequence[Any]) -> Held:
        slots, commit, log, seq, place, leaf, milliseconds, counter, author = row
        what, about, said, words, trace = _decoder.decode(slots)
        statement = Statement(what, about, said, words, trace or Trace())
        time = (milliseconds, counter)
        return Held(statement, self.stratum, self.compartment, commit, log, seq, place, leaf, time, author)

    def _round_up(self) -> None:
        """Grow the file to a power of two of pages; rows to come use the free ones first."""
        db = self._db
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        target = max(LEAST // _PAGE, 1 << (pages - 1).bit_length())
        if pages < target:
            db.execute("CREATE TABLE filling (bytes BLOB)")
            while (missing := target - db.execute("PRAGMA page_count").fetchone()[0]) > 0:
                # Rows of whole pages while many are missing; a row that fits one page at the end.
                length = max(missing - 2, 1) * (_PAGE - 200) if missing > 2 else _PAGE // 2
                db.execute("INSERT INTO filling VALUES (zeroblob(?))", (length,))
            db.execute("DROP TABLE filling")
            db.commit()
        os.utime(self._path, (_MOMENT, _MOMENT))  # type: ignore[arg-type]  # only called with a path


def open_index(path: Path | None, key: bytes, compartment: str, stratum: str) -> Index:
    """Open a projection, or an empty one in memory where `path` is None (a folder that cannot be written).

    Raises:
        OnggiError: `ledger.index.plain` if what was opened is not encrypted, `ledger.index.damaged` if it cannot be read.
    """
    if len(key) != 32:
        raise OnggiError("ledger.index.plain")
    fresh = path is None or not path.exists()
    connection = sqlcipher.connect(":memory:" if path is None else str(path), isolation_level="DEFERRED")
    connection.set_authorizer(_forbid_attach)
    try:
        if path is not None:
            # A misspelt pragma would silently leave a plain database, so what follows checks, and does not trust.
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            if not connection.execute("PRAGMA cipher_version").fetchone():
                raise OnggiError("ledger.index.plain")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA secure_delete = OFF")
        if fresh:
            connection.executescript(_SCHEMA)
            connection.commit()
        else:
            connection.execute("SELECT count(*) FROM state").fetchone()
    except sqlcipher.DatabaseError:
        connection.close()
        raise OnggiError("ledger.index.damaged") from None
    if path is not None:
        _assert_encrypted(path)
    return Index(connection, compartment, stratum, path)


def _assert_encrypted(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(16) == b"SQLite format 3\0":
            raise OnggiError("ledger.index.plain")
    stranger = sqlcipher.connect(str(path))
    try:
        stranger.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError:
        return
    finally:
        stranger.close()
    raise OnggiError("ledger.index.plain")


def _forbid_attach(action: int, *_: object) -> int:
    return int(sqlcipher.SQLITE_DENY if action == sqlcipher.SQLITE_ATTACH else sqlcipher.SQLITE_OK)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
