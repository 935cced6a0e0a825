"""The tables of a projection, and the rows that a statement becomes in them.

Pure. What is looked through stands apart from what is long and only fetched: an index over a million
statements is made by reading a narrow table once. Rows stand in causal order (held.py): the highest row is
the newest statement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from onggi.ledger.bigrams import normalise, split_name, split_text, tie_of
from onggi.ledger.held import Held
from onggi.ledger.sentence import NAMES, search_text, value_reference
from onggi.ledger.spelling import recorded_keys
from onggi.model.value import Text

SCHEMA = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE step (
    step INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, log TEXT NOT NULL, seq INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL, counter INTEGER NOT NULL, author TEXT NOT NULL);
CREATE TABLE statement (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, matter TEXT NOT NULL,
    source TEXT, property TEXT NOT NULL, reference TEXT, live INTEGER NOT NULL,
    step INTEGER NOT NULL, place INTEGER NOT NULL, leaf INTEGER NOT NULL);
CREATE TABLE stored (row INTEGER PRIMARY KEY, slots BLOB NOT NULL);
CREATE TABLE unit (
    id TEXT PRIMARY KEY, matter TEXT NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE mark (
    target TEXT NOT NULL, row INTEGER NOT NULL, retracts INTEGER NOT NULL, stands INTEGER NOT NULL);
CREATE TABLE text (row INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE name (row INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE spelling (key TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (key, row)) WITHOUT ROWID;
CREATE TABLE piece (piece INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE words USING fts5 (tokens, content='', tokenize='ascii', columnsize=0);
CREATE VIRTUAL TABLE names USING fts5 (tokens, content='', tokenize='ascii', columnsize=0);
CREATE VIRTUAL TABLE pieces USING fts5 (tokens, content='', tokenize='ascii', columnsize=0);
"""
"""What is there from the start."""

INDEXES = """
CREATE INDEX by_subject ON statement (subject, property);
CREATE INDEX by_matter ON statement (matter);
CREATE INDEX by_source ON statement (source) WHERE source IS NOT NULL;
CREATE INDEX by_reference ON statement (reference, property) WHERE reference IS NOT NULL;
CREATE INDEX by_property ON statement (property);
CREATE INDEX units_of_matter ON unit (matter);
CREATE INDEX by_target ON mark (target);
CREATE INDEX by_judge ON mark (row);
"""
"""What is made once the first statements stand: that is twice as fast as keeping it up with them."""

Row: TypeAlias = tuple[Held, str, tuple[bytes, ...]]
"""A statement on its way into a projection, with its unit and its slots as they are stored."""

_Rows: TypeAlias = list[tuple[Any, ...]]


@dataclass
class Batch:
    """The rows of some statements, table by table."""

    words: set[str] = field(default_factory=set)
    _statement: _Rows = field(default_factory=list)
    _stored: _Rows = field(default_factory=list)
    _units: dict[str, tuple[str, str, int, int]] = field(default_factory=dict)
    _mark: _Rows = field(default_factory=list)
    _text: _Rows = field(default_factory=list)
    _name: _Rows = field(default_factory=list)
    _words: _Rows = field(default_factory=list)
    _names: _Rows = field(default_factory=list)
    _spelling: _Rows = field(default_factory=list)

    def add(self, row: int, step: int, held: Held, unit: str, slots: Sequence[bytes]) -> None:
        """Take up one statement."""
        said = held.statement
        about, trace, name = said.about, said.trace, said.what.property
        reference = value_reference(said.value)
        called = said.value.text if name in NAMES and isinstance(said.value, Text) else None
        self._statement.append(
            (row, about.id, about.subject, about.case, said.source, name)
            + (called if name == "code" else reference, step, held.place, held.leaf)
        )
        # sqlite3 asks the whole program how to adapt bytes, each time; a bytearray is taken as it is.
        self._stored.append((row, bytearray(b"[" + b",".join(slots) + b"]")))
        _, matter, first, count = self._units.get(unit, (unit, about.case, row, 0))
        self._units[unit] = (unit, matter, first, count + 1)
        self._mark += [(target, row, 0) for target in trace.supersedes]
        self._mark += [(target, row, 1) for target in trace.retracts]
        tokens: list[str] = []
        text = normalise(search_text(said))
        if text:
            self._text.append((row, text))
            tokens, words = split_text(text)
            self.words.update(words)
        tokens += [tie_of(one) for one in (about.subject, reference) if one is not None]
        self._words.append((row, " ".join(tokens)))
        if called is not None:
            text = normalise(called)
            self._name.append((row, text))
            self._names.append((row, " ".join(split_name(text))))
            if name != "code":
                self._spelling += [(key, row) for key in recorded_keys(text)]

    def inserts(self) -> Iterator[tuple[str, _Rows]]:
        """What is to be inserted, with its rows."""
        yield "INSERT INTO statement VALUES (?,?,?,?,?,?,?,1,?,?,?)", self._statement
        yield "INSERT INTO stored VALUES (?,?)", self._stored
        yield (
            "INSERT INTO unit VALUES (?,?,?,?) ON CONFLICT (id) DO UPDATE SET count = count + excluded.count",
            list(self._units.values()),
        )
        yield "INSERT INTO mark VALUES (?,?,?,0)", self._mark
        yield "INSERT INTO text VALUES (?,?)", self._text
        yield "INSERT INTO name VALUES (?,?)", self._name
        yield "INSERT INTO spelling VALUES (?,?)", self._spelling
        yield "INSERT INTO words (rowid, tokens) VALUES (?,?)", self._words
        yield "INSERT INTO names (rowid, tokens) VALUES (?,?)", self._names
