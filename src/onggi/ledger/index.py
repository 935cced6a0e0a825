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
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from sqlcipher3 import dbapi2 as sqlcipher

from onggi.errors import OnggiError
from onggi.ledger.bigrams import pairs_of
from onggi.ledger.fold import Authority, judge_statements
from onggi.ledger.held import Held
from onggi.ledger.tables import INDEXES, SCHEMA, Batch, Row
from onggi.model.statement import About, Said, Statement, Trace, What, Words

LEAST = 256 * 1024
_PAGE = 4096
_MOMENT = 946_684_800
_CACHE_KIB = 64 * 1024
_PATIENCE = 60.0
# So many pages a row of the filling takes at most: SQLite holds it whole.
_MOST_PAGES = 1_000

# So many statements become rows at a time, and so many words are looked for among those that are known.
_BATCH, _FRESH = 500, 20_000
_JUDGED = 500
_LAST = 2**62

_IDS = "SELECT id FROM statement WHERE id IN (SELECT value FROM json_each(?))"
_STEPS = "SELECT step FROM step WHERE hash IN (SELECT value FROM json_each(?))"
_TALLY = f"""
SELECT hash, matter, property, count(*) FROM statement JOIN step USING (step)
WHERE step IN ({_STEPS}) GROUP BY step, matter, property ORDER BY step, min(row)
"""  # noqa: S608 - a constant
_WORDS = "SELECT word FROM piece WHERE word IN (SELECT value FROM json_each(?))"

_COLUMNS = "slots, hash, log, seq, place, leaf, milliseconds, counter, author"
_WIDTH = 9
_WHOLE = "JOIN stored USING (row) JOIN step USING (step)"

# Everything that is bound by supersession and retraction to what stands behind a row, in both directions.
_BIND = """
INSERT INTO bound
WITH RECURSIVE near (row) AS (
    SELECT row FROM mark WHERE row > ?
    UNION SELECT statement.row FROM near JOIN mark ON mark.row = near.row JOIN statement ON id = target
    UNION SELECT mark.row FROM near JOIN statement ON statement.row = near.row JOIN mark ON target = id)
SELECT row FROM near
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
        self._file = _identify(path)
        self.compartment = compartment
        self.stratum = stratum
        self.renew: Callable[[], Index] | None = None

    def state(self) -> dict[str, str]:
        """What was put into it, by name; nothing before the first `keep`."""
        return dict(self.rows("SELECT name, value FROM state"))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Change it as a whole or not at all. Raises `ledger.index.damaged` where that cannot be done."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            if self._path is not None:
                _round_up(self._db)
            self._db.execute("COMMIT")
        except sqlcipher.DatabaseError:
            raise OnggiError("ledger.index.damaged") from None
        finally:
            try:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
            finally:
                if self._path is not None:
                    calm(self._path)

    def add(self, statements: Iterable[Row]) -> int:
        """Add statements, oldest first; returns the last row that was there before them.

        Of two with one id the first keeps it. The schema is finished with the first statements.
        """
        statements = iter(statements)
        last = row = self.count()
        words: set[str] = set()
        while chunk := list(islice(statements, _BATCH)):
            self._db.execute("SAVEPOINT chunk")
            try:
                row += self._add(chunk, row, words, set())
            except sqlcipher.IntegrityError:
                self._db.execute("ROLLBACK TO chunk")
                row += self._add(chunk, row, words, self._known(_IDS, (held.id for held, _, _ in chunk)))
            self._db.execute("RELEASE chunk")
            if len(words) > _FRESH:
                self._add_words(words)
        self._add_words(words)
        if not last and not self.rows("SELECT 1 FROM sqlite_master WHERE name = 'by_subject'"):
            for definition in INDEXES.split(";"):
                self._db.execute(definition)
        return last

    def _add(self, chunk: Sequence[Row], row: int, words: set[str], known: set[str]) -> int:
        """Add those whose ids are not known, behind a row; returns how many. An id twice is an error."""
        batch = Batch(words)
        added, step, commit = 0, 0, ""
        for held, unit, slots in chunk:
            if held.commit != commit:
                commit, step = held.commit, self._add_step(held)
            if held.id not in known:
                known.add(held.id)
                added += 1
                batch.add(row + added, step, held, unit, slots)
        for insert, rows in batch.inserts():
            self._db.executemany(insert, rows)
        return added

    def _known(self, query: str, values: Iterable[str]) -> set[str]:
        return {value for (value,) in self._db.execute(query, (write_list(values),))}

    def _add_step(self, held: Held) -> int:
        found = self._db.execute("SELECT step FROM step WHERE hash = ?", (held.commit,)).fetchone()
        if found:
            return int(found[0])
        values = (held.commit, held.log, held.seq, *held.time, held.author)
        return int(self._db.execute("INSERT INTO step VALUES (NULL, ?,?,?,?,?,?)", values).lastrowid)

    def _add_words(self, words: set[str]) -> None:
        """Remember whole words, of which a piece may be typed; in order, so that pages are written once."""
        fresh = sorted(words - self._known(_WORDS, words))
        last = int(self._db.execute("SELECT coalesce(max(piece), 0) FROM piece").fetchone()[0])
        rows = list(enumerate(fresh, last + 1))
        self._db.executemany("INSERT INTO piece VALUES (?,?)", rows)
        self._db.executemany(
            "INSERT INTO pieces (rowid, tokens) VALUES (?,?)",
            [(number, " ".join(pairs_of(word))) for number, word in rows],
        )
        words.clear()

    def keep(self, state: Mapping[str, str]) -> None:
        """Remember how far it goes."""
        self._db.execute("DELETE FROM state")
        self._db.executemany("INSERT INTO state VALUES (?,?)", list(state.items()))

    def judge(self, last: int, may: Authority) -> None:
        """Say which statements are live, of all that have to do with what stands behind a row.

        Page by page from the latest, so that a million that were all superseded take no more memory than a
        few.
        """
        self._db.execute("CREATE TEMP TABLE bound (row INTEGER PRIMARY KEY)")
        self._db.execute(_BIND, (last,))
        self._db.execute("UPDATE mark SET stands = 0 WHERE row IN (SELECT row FROM bound)")
        judged = judge_statements(self._bound(), self, may)
        values = ((int(by is None), held.id) for held, by in judged)
        while page := list(islice(values, _JUDGED)):
            self._db.executemany("UPDATE statement SET live = ? WHERE id = ?", page)
        self._db.execute("DROP TABLE bound")

    def _bound(self) -> Iterator[Held]:
        """What is to be judged, latest first."""
        before = _LAST
        tables = f"bound JOIN statement USING (row) {_WHOLE}"
        query = f"SELECT {_COLUMNS}, row FROM {tables} WHERE row < ? ORDER BY row DESC LIMIT ?"  # noqa: S608 - constants
        while page := self.rows(query, (before, _JUDGED)):
            yield from map(self._held, page)
            before = page[-1][-1]

    def against(self, held: Held) -> Iterator[tuple[Held, bool]]:
        """Who refers to a statement and is in force (fold.Judges), read one by one."""
        tables = f"mark JOIN statement USING (row) {_WHOLE}"
        query = f"SELECT {_COLUMNS}, retracts FROM {tables} WHERE target = ? AND stands ORDER BY row DESC"  # noqa: S608 - constants
        for row in self._db.execute(query, (held.id,)):
            yield self._held(row), bool(row[-1])

    def seat(self, held: Held) -> None:
        """A statement is in force, and speaks against those it refers to (fold.Judges)."""
        self._db.execute(
            "UPDATE mark SET stands = 1 WHERE row = (SELECT row FROM statement WHERE id = ?)", (held.id,)
        )

    def judging(self, ids: Iterable[str]) -> list[Held]:
        """The statements that supersede or retract any of these, and those that judge them, however far."""
        query = f"{_JUDGING} SELECT {_COLUMNS} FROM judge JOIN statement USING (row) {_WHOLE}"  # noqa: S608 - constants
        return list(map(self._held, self.rows(query, (write_list(ids),))))

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

    def count_cases(self) -> list[tuple[str, int, str, int, int]]:
        """Every case with how many statements it has, and the id and time of its newest."""
        counted = "SELECT matter, count(*) AS count, max(row) AS row FROM statement GROUP BY matter"
        return self.rows(
            "SELECT found.matter, count, id, milliseconds, counter"  # noqa: S608 - constants
            f" FROM ({counted}) AS found JOIN statement USING (row) JOIN step USING (step)"
        )

    def of_property(self, *properties: str) -> list[Held]:
        """All statements of these properties."""
        return self._select("TRUE" + _among(properties), *properties)

    def of_commits(self, commits: Iterable[str], *properties: str) -> list[Held]:
        """The statements of these properties that these commits brought."""
        where = f"step IN ({_STEPS})"
        return self._select(where + _among(properties), write_list(commits), *properties)

    def tally(self, commits: Iterable[str]) -> list[tuple[str, str, str, int]]:
        """What these commits brought: commit, case, property, and how many statements."""
        return list(self.rows(_TALLY, (write_list(commits),)))

    def first_of_units(self, case: str) -> list[tuple[str, Held]]:
        """The units of a case, each with its first statement."""
        found = self.rows("SELECT id, first FROM unit WHERE matter = ? ORDER BY first", (case,))
        held = self.by_rows([row for _, row in found])
        return [(unit, one) for (unit, _), one in zip(found, held, strict=True)]

    def count_unit(self, unit: str) -> int:
        """How many statements a unit has."""
        found = self.rows("SELECT count FROM unit WHERE id = ?", (unit,))
        return int(found[0][0]) if found else 0

    def first_of_unit(self, unit: str) -> Held | None:
        """The oldest statement of a unit."""
        found = self._select("row = (SELECT first FROM unit WHERE id = ?)", unit)
        return found[0] if found else None

    def count(self) -> int:
        """How many statements it holds: the last row, for rows begin at 1 and none is left out."""
        return int(self.rows("SELECT coalesce(max(row), 0) FROM statement")[0][0])

    def check(self) -> bool:
        """Whether every page is as it was written."""
        return not self.rows("PRAGMA cipher_integrity_check")

    @property
    def displaced(self) -> bool:
        """Whether what it reads lies there no more: somebody made it again, or removed it."""
        return self._file is not None and _identify(self._path) != self._file

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
        self._db, self._path, self._file, self.renew = fresh._db, fresh._path, fresh._file, None
        return self.rows(query, values)

    def _select(self, where: str, *values: str) -> list[Held]:
        # The plus keeps SQLite from reading all rows for the sake of their order.
        query = f"SELECT {_COLUMNS} FROM statement {_WHOLE} WHERE {where} ORDER BY +row"  # noqa: S608 - `where` is ours
        return list(map(self._held, self.rows(query, values)))

    def _held(self, row: Sequence[Any]) -> Held:
        slots, commit, log, seq, place, leaf, milliseconds, counter, author = row[:_WIDTH]
        what, about, said, words, trace = _decoder.decode(slots)
        statement = Statement(what, about, said, words, trace or Trace())
        where = (self.stratum, self.compartment, commit, log, seq, place, leaf)
        return Held(statement, *where, (milliseconds, counter), author)


def open_index(path: Path | None, key: bytes, compartment: str, stratum: str) -> Index:
    """Open a projection, or an empty one in memory where `path` is None (a folder that cannot be written).

    Raises:
        OnggiError: `ledger.index.plain` if what was opened is not encrypted, `ledger.index.damaged` if it
            cannot be read.
        OSError: where nothing can be written.
    """
    if len(key) != 32:
        raise OnggiError("ledger.index.plain")
    if path is None:
        return Index(_connect(":memory:", None), compartment, stratum, None)
    fresh = not path.exists()
    try:
        if fresh:
            # SQLite would make it readable to others; its journal takes over what is allowed here.
            path.parent.mkdir(mode=0o700, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = _connect(str(path), key)
    except BaseException:
        if fresh:
            remove_index(path)  # nothing stands in it yet, and its size would be none of ours
        raise
    finally:
        with suppress(OSError):  # whoever was killed left its time; where nothing can be written, nobody has
            calm(path)
    return Index(connection, compartment, stratum, path)


def remove_index(path: Path) -> None:
    """Delete a projection. Its journal goes last: alone it harms nobody, and the file without it would."""
    try:
        path.unlink(missing_ok=True)
        _journal(path).unlink(missing_ok=True)
    finally:
        calm(path)


def replace_index(path: Path, finished: Path, key: bytes) -> None:
    """Put a finished, closed projection where another lies, or lay.

    Whoever reads the other goes on reading it until she looks whether it was displaced. Where the system lets
    no file be replaced that is open (Windows), its pages are, all or none, and readers wait for that.
    """
    try:
        if _journal(path).exists():
            remove_index(path)  # a crash left it, and SQLite would play it into whatever lies here next
        os.replace(finished, path)
    except PermissionError:
        _write_over(path, finished, key)
    finally:
        calm(path)


def is_forsaken(path: Path, key: bytes) -> bool:
    """Whether nobody is at work on a projection that was begun, so that it may be removed."""
    try:
        connection = sqlcipher.connect(str(path), timeout=0, isolation_level=None)
    except sqlcipher.DatabaseError:
        return False  # another user's
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("BEGIN EXCLUSIVE")
    except sqlcipher.OperationalError:
        return False
    except sqlcipher.DatabaseError:
        return True  # it cannot be read, by whoever holds the key there is now
    finally:
        connection.close()
    return True


def calm(path: Path) -> None:
    """Set the times of a projection and its folder back, so that they do not tell when anybody worked."""
    try:
        for one in (path, path.parent):
            if one.exists() and one.stat().st_mtime != _MOMENT:
                os.utime(one, (_MOMENT, _MOMENT))
    except KeyboardInterrupt:
        calm(path)
        raise


def write_list(values: Iterable[object]) -> str:
    """Values as one parameter, however many there are."""
    return json.dumps(list(values))


def _connect(place: str, key: bytes | None) -> Any:
    try:
        connection = sqlcipher.connect(place, timeout=_PATIENCE, isolation_level=None)
    except sqlcipher.DatabaseError:
        raise OnggiError("ledger.index.damaged") from None
    try:
        _prepare(connection, key)
        if key is not None:
            _assert_encrypted(Path(place))
    except sqlcipher.DatabaseError:
        connection.close()
        raise OnggiError("ledger.index.damaged") from None
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, key: bytes | None) -> None:
    connection.set_authorizer(_forbid_attach)
    # It would tell a damaged page on stderr, in words that are not ours; the finding says it.
    connection.execute("PRAGMA cipher_log_level = NONE")
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
    for definition in SCHEMA.split(";"):
        connection.execute(definition)
    if key is not None:
        _round_up(connection)
    connection.execute("COMMIT")


def _round_up(connection: Any) -> None:
    """Grow the file to a power of two of pages; rows to come use the free ones first."""
    pages = _count_pages(connection)
    target = max(LEAST // _PAGE, 1 << (pages - 1).bit_length())
    if pages == target:
        return
    connection.execute("CREATE TABLE filling (bytes BLOB)")
    while (missing := target - _count_pages(connection)) > 0:
        # Rows of whole pages while many are missing; a row that fits one page at the end.
        whole = min(missing - 2, _MOST_PAGES)
        length = whole * (_PAGE - 200) if whole > 0 else _PAGE // 2
        connection.execute("INSERT INTO filling VALUES (zeroblob(?))", (length,))
    # These are zeros: to wipe them, as SQLCipher does, would hold all of them in memory.
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("DROP TABLE filling")
    connection.execute("PRAGMA secure_delete = ON")


def _count_pages(connection: Any) -> int:
    return int(connection.execute("PRAGMA page_count").fetchone()[0])


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


def _write_over(path: Path, finished: Path, key: bytes) -> None:
    fresh = _connect(str(finished), key)
    try:
        there = _connect(str(path), key)
        try:
            fresh.backup(there)
        except sqlcipher.DatabaseError:
            raise OnggiError("ledger.index.damaged") from None
        finally:
            there.close()
    finally:
        fresh.close()


def _identify(path: Path | None) -> tuple[int, int] | None:
    """Which file lies at a path; None where none does."""
    if path is None:
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def _forbid_attach(action: int, *_: object) -> int:
    return int(sqlcipher.SQLITE_DENY if action == sqlcipher.SQLITE_ATTACH else sqlcipher.SQLITE_OK)


def _among(properties: Sequence[str]) -> str:
    return f" AND property IN ({','.join('?' * len(properties))})" if properties else ""
