"""Projections: one encrypted table of statements for each compartment and stratum, made from the log.

Touches the disk through SQLCipher only. `open_index` is the one way in and asserts that what it opened is
encrypted; ATTACH is forbidden, so that no query can reach into another stratum. File sizes are powers of two:
what a listing shows of an index must tell no more than what it shows of the vault. A projection is never
evidence: where a page turns out to be damaged, it is made again while somebody reads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlcipher3 import dbapi2 as sqlcipher

from onggi.errors import OnggiError
from onggi.ledger.bigrams import normalise, tokens_of, words_of
from onggi.ledger.held import Held
from onggi.ledger.sentence import NAMES, search_text, value_reference
from onggi.model.statement import About, Said, Statement, Trace, What, Words
from onggi.model.value import Text

LEAST = 256 * 1024
_PAGE = 4096
_MOMENT = 946_684_800
_CACHE_KIB = 64 * 1024
_PATIENCE = 60.0
# A row of the filling takes whole pages; SQLite has no value longer than this many of them.
_MOST_PAGES = 100_000

# Rows stand in causal order (held.py): the highest row is the newest statement.
_SCHEMA = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE step (
    step INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, log TEXT NOT NULL, seq INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL, counter INTEGER NOT NULL, author TEXT NOT NULL);
CREATE TABLE statement (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, matter TEXT NOT NULL,
    unit TEXT NOT NULL, source TEXT, property TEXT NOT NULL, reference TEXT, live INTEGER NOT NULL,
    step INTEGER NOT NULL, place INTEGER NOT NULL, leaf INTEGER NOT NULL, slots BLOB NOT NULL);
CREATE TABLE mark (target TEXT NOT NULL, row INTEGER NOT NULL);
CREATE TABLE text (row INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE name (row INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='ascii');
CREATE TABLE piece (word TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX by_subject ON statement (subject, property);
CREATE INDEX by_matter ON statement (matter, unit);
CREATE INDEX by_unit ON statement (unit);
CREATE INDEX by_source ON statement (source) WHERE source IS NOT NULL;
CREATE INDEX by_reference ON statement (reference, property) WHERE reference IS NOT NULL;
CREATE INDEX by_property ON statement (property);
CREATE INDEX by_target ON mark (target);
CREATE INDEX by_judge ON mark (row);
"""
_COLUMNS = "slots, hash, log, seq, place, leaf, milliseconds, counter, author"
_JOINED = "JOIN statement USING (row) JOIN step USING (step)"

# Everything that is bound by supersession and retraction to what stands behind a row, in both directions.
_BOUND = """
WITH RECURSIVE near (row) AS (
    SELECT row FROM mark WHERE row > ?
    UNION SELECT statement.row FROM near JOIN mark ON mark.row = near.row JOIN statement ON id = target
    UNION SELECT mark.row FROM near JOIN statement ON statement.row = near.row JOIN mark ON target = id)
"""
_JUDGING = """
WITH RECURSIVE judge (row) AS (
    SELECT row FROM mark WHERE target IN (SELECT value FROM json_each(?))
    UNION SELECT mark.row FROM judge JOIN statement ON statement.row = judge.row JOIN mark ON target = id)
"""

_Stored = tuple[What, About, Said | None, Words | None, Trace | None]
_decoder = msgspec.json.Decoder(_Stored)


class Index:
    """The projection of one compartment and stratum.

    `renew` makes it again from the log; it is called once, when a page cannot be read.
    """

    def __init__(self, connection: Any, compartment: str, stratum: str, path: Path | None) -> None:
        self._db = connection
        self._path = path
        self.compartment = compartment
        self.stratum = stratum
        self.renew: Callable[[], Index] | None = None
        self._pieces: set[str] = set()

    def state(self) -> dict[str, str]:
        """What was put into it, by name; nothing before the first `keep`."""
        return dict(self.rows("SELECT name, value FROM state"))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Change it as a whole or not at all. Raises `ledger.index.damaged` where that cannot be done."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._round_up()
            self._db.execute("COMMIT")
        except sqlcipher.DatabaseError:
            raise OnggiError("ledger.index.damaged") from None
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
        if self._path is not None:
            calm(self._path)

    def add(self, statements: Iterable[tuple[Held, str, tuple[bytes, ...]]]) -> int:
        """Add statements, oldest first, each with its unit and its slots as stored; the last row before them.

        The schema is finished with the first statements: building it once is twice as fast as keeping it up.
        """
        execute = self._db.execute
        last = row = int(execute("SELECT coalesce(max(row), 0) FROM statement").fetchone()[0])
        steps: dict[str, int] = {}
        for held, unit, slots in statements:
            if held.commit not in steps:
                steps[held.commit] = self._add_step(held)
            row += self._add(row + 1, held, unit, slots, steps[held.commit])
        if not last and not self.rows("SELECT 1 FROM sqlite_master WHERE name = 'by_subject'"):
            for definition in _INDEXES.split(";"):
                execute(definition)
        return last

    def _add_step(self, held: Held) -> int:
        found = self._db.execute("SELECT step FROM step WHERE hash = ?", (held.commit,)).fetchone()
        if found:
            return int(found[0])
        values = (held.commit, held.log, held.seq, *held.time, held.author)
        return int(self._db.execute("INSERT INTO step VALUES (NULL, ?,?,?,?,?,?)", values).lastrowid)

    def _add(self, row: int, held: Held, unit: str, slots: tuple[bytes, ...], step: int) -> bool:
        """Add one statement; false where another has its id already, which keeps it."""
        execute, said = self._db.execute, held.statement
        about, reference = said.about, value_reference(said.value)
        stored = b"[" + b",".join(slots) + b"]"
        name = said.value.text if said.what.property in NAMES and isinstance(said.value, Text) else None
        if said.what.property == "code":
            reference = name
        added = execute(
            "INSERT OR IGNORE INTO statement VALUES (?,?,?,?,?,?,?,?,1,?,?,?,?)",
            (row, held.id, said.subject, about.case, unit, said.source, said.what.property, reference)
            + (step, held.place, held.leaf, stored),
        )
        if not added.rowcount:
            return False
        text = normalise(search_text(said))
        if text:
            execute("INSERT INTO text VALUES (?,?)", (row, text))
            execute("INSERT INTO words (rowid, text) VALUES (?,?)", (row, " ".join(tokens_of(text))))
            fresh = set(words_of(text)) - self._pieces
            self._db.executemany("INSERT OR IGNORE INTO piece VALUES (?)", [(word,) for word in fresh])
            self._pieces |= fresh
        if name is not None:
            execute("INSERT INTO name VALUES (?,?)", (row, normalise(name)))
        for target in (*said.trace.supersedes, *said.trace.retracts):
            execute("INSERT INTO mark VALUES (?,?)", (target, row))
        return True

    def keep(self, state: Mapping[str, str]) -> None:
        """Remember how far it goes."""
        self._db.execute("DELETE FROM state")
        self._db.executemany("INSERT INTO state VALUES (?,?)", list(state.items()))

    def set_live(self, judged: Mapping[str, bool]) -> None:
        """Say of statements whether they are live."""
        self._db.executemany(
            "UPDATE statement SET live = ? WHERE id = ?", [(int(live), id) for id, live in judged.items()]
        )

    def bound(self, row: int) -> list[Held]:
        """All that supersede or retract, or are so judged, and have to do with what stands behind a row."""
        query = f"{_BOUND} SELECT {_COLUMNS} FROM near {_JOINED}"  # noqa: S608 - constants
        return self._held(self.rows(query, (row,)))

    def judging(self, ids: Iterable[str]) -> list[Held]:
        """The statements that supersede or retract any of these, and those that judge them, however far."""
        query = f"{_JUDGING} SELECT {_COLUMNS} FROM judge {_JOINED}"  # noqa: S608 - constants
        return self._held(self.rows(query, (write_list(ids),)))

    def by_ids(self, ids: Iterable[str]) -> list[Held]:
        """The statements of these ids."""
        return self._select("id IN (SELECT value FROM json_each(?))", write_list(ids))

    def by_rows(self, rows: Sequence[int]) -> list[Held]:
        """The statements of these rows, in the order asked for."""
        where = "row IN (SELECT value FROM json_each(?))"
        found = dict(zip(sorted(rows), self._select(where, json.dumps(rows)), strict=True))
        return [found[row] for row in rows]

    def about(self, subjects: Iterable[str], *properties: str) -> list[Held]:
        """The statements about these entities: all, or of these properties."""
        where = "subject IN (SELECT value FROM json_each(?))"
        return self._select(where + _among(properties), write_list(subjects), *properties)

    def pointing(self, entities: Iterable[str], *properties: str) -> list[Held]:
        """The statements of these properties whose value is one of these entities, or this code."""
        where = "reference IN (SELECT value FROM json_each(?))"
        return self._select(where + _among(properties), write_list(entities), *properties)

    def mentioning(self, entity: str) -> list[Held]:
        """The statements about an entity, those that point to it, and those it made."""
        return self._select("subject = ? OR reference = ? OR source = ?", entity, entity, entity)

    def of_case(self, case: str) -> list[Held]:
        """All statements of a case."""
        return self._select("matter = ?", case)

    def of_property(self, *properties: str) -> list[Held]:
        """All statements of these properties."""
        return self._select("TRUE" + _among(properties), *properties)

    def first_of_units(self, case: str) -> list[tuple[str, Held]]:
        """The units of a case, each with its first statement."""
        query = "SELECT unit, min(row) FROM statement WHERE matter = ? GROUP BY unit ORDER BY min(row)"
        found = self.rows(query, (case,))
        held = self.by_rows([row for _, row in found])
        return [(unit, one) for (unit, _), one in zip(found, held, strict=True)]

    def count_unit(self, unit: str) -> int:
        """How many statements a unit has."""
        return int(self.rows("SELECT count(*) FROM statement WHERE unit = ?", (unit,))[0][0])

    def first_of_unit(self, unit: str) -> Held | None:
        """The oldest statement of a unit."""
        found = self._select("row = (SELECT min(row) FROM statement WHERE unit = ?)", unit)
        return found[0] if found else None

    def count(self) -> int:
        """How many statements it holds."""
        return int(self.rows("SELECT count(*) FROM statement")[0][0])

    def named(self, word: str) -> list[tuple[str, str, bool]]:
        """The statements that give an entity a name or code with a normalised word in it.

        For each: its id, the entity, and whether it is live.
        """
        query = "SELECT id, subject, live FROM name JOIN statement USING (row) WHERE instr(name.text, ?)"
        return [(id, entity, bool(live)) for id, entity, live in self.rows(query, (word,))]

    def check(self) -> bool:
        """Whether every page is as it was written."""
        return not self.rows("PRAGMA cipher_integrity_check")

    def close(self) -> None:
        """Close it; the key leaves memory with the connection."""
        self._db.close()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query. A page that cannot be read makes the projection new, once."""
        try:
            return list(self._db.execute(query, values))
        except sqlcipher.ProgrammingError:
            raise  # Ours: a connection that was closed, a query that is wrong.
        except sqlcipher.DatabaseError:
            if self.renew is None:
                raise OnggiError("ledger.index.damaged") from None
        self._db.close()
        fresh = self.renew()
        self._db, self._path, self.renew = fresh._db, fresh._path, None
        return self.rows(query, values)

    def _select(self, where: str, *values: str) -> list[Held]:
        tables = "statement JOIN step USING (step)"
        query = f"SELECT {_COLUMNS} FROM {tables} WHERE {where} ORDER BY row"  # noqa: S608 - `where` is ours
        return self._held(self.rows(query, values))

    def _held(self, rows: Iterable[Sequence[Any]]) -> list[Held]:
        found = []
        for slots, commit, log, seq, place, leaf, milliseconds, counter, author in rows:
            what, about, said, words, trace = _decoder.decode(slots)
            statement = Statement(what, about, said, words, trace or Trace())
            time = (milliseconds, counter)
            found.append(
                Held(statement, self.stratum, self.compartment, commit, log, seq, place, leaf, time, author)
            )
        return found

    def _round_up(self) -> None:
        """Grow the file to a power of two of pages; rows to come use the free ones first."""
        pages = self._count_pages()
        target = max(LEAST // _PAGE, 1 << (pages - 1).bit_length())
        if self._path is None or pages == target:
            return
        self._db.execute("CREATE TABLE filling (bytes BLOB)")
        while (missing := target - self._count_pages()) > 0:
            # Rows of whole pages while many are missing; a row that fits one page at the end.
            whole = min(missing - 2, _MOST_PAGES)
            length = whole * (_PAGE - 200) if whole > 0 else _PAGE // 2
            self._db.execute("INSERT INTO filling VALUES (zeroblob(?))", (length,))
        self._db.execute("DROP TABLE filling")

    def _count_pages(self) -> int:
        return int(self._db.execute("PRAGMA page_count").fetchone()[0])


def open_index(path: Path | None, key: bytes, compartment: str, stratum: str) -> Index:
    """Open a projection, or an empty one in memory where `path` is None (a folder that cannot be written).

    Raises:
        OnggiError: `ledger.index.plain` if what was opened is not encrypted, `ledger.index.damaged` if it
            cannot be read.
        OSError: where nothing can be written.
    """
    if len(key) != 32:
        raise OnggiError("ledger.index.plain")
    if path is not None and not path.exists():
        # SQLite would make it readable to others; its journal takes over what is allowed here.
        path.parent.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    try:
        connection = sqlcipher.connect(
            ":memory:" if path is None else str(path), timeout=_PATIENCE, isolation_level=None
        )
    except sqlcipher.DatabaseError:
        raise OnggiError("ledger.index.damaged") from None
    try:
        _prepare(connection, key if path is not None else None)
        if path is not None:
            _assert_encrypted(path)
    except sqlcipher.DatabaseError:
        connection.close()
        raise OnggiError("ledger.index.damaged") from None
    except OnggiError:
        connection.close()
        raise
    return Index(connection, compartment, stratum, path)


def remove_index(path: Path) -> None:
    """Delete a projection. Its journal goes last: alone it harms nobody, and the file without it would."""
    path.unlink(missing_ok=True)
    _journal(path).unlink(missing_ok=True)
    if path.parent.is_dir():
        os.utime(path.parent, (_MOMENT, _MOMENT))


def calm(path: Path) -> None:
    """Set the times of a projection and its folder back, so that they do not tell when anybody worked."""
    for one in (path, path.parent):
        os.utime(one, (_MOMENT, _MOMENT))


def write_list(values: Iterable[object]) -> str:
    """Values as one parameter, however many there are."""
    return json.dumps(list(values))


def _prepare(connection: Any, key: bytes | None) -> None:
    connection.set_authorizer(_forbid_attach)
    if key is not None:
        # A misspelt pragma would silently leave a plain database, so what follows checks, and does not trust.
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise OnggiError("ledger.index.plain")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        connection.execute("SELECT count(*) FROM state").fetchone()
        return
    connection.execute("BEGIN IMMEDIATE")
    for definition in _SCHEMA.split(";"):
        connection.execute(definition)
    connection.execute("COMMIT")


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


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def _forbid_attach(action: int, *_: object) -> int:
    return int(sqlcipher.SQLITE_DENY if action == sqlcipher.SQLITE_ATTACH else sqlcipher.SQLITE_OK)


def _among(properties: Sequence[str]) -> str:
    return f" AND property IN ({','.join('?' * len(properties))})" if properties else ""
