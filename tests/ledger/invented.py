"""Invented statements and vaults for the tests of the ledger. Argon2id runs once; vaults are copied."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import shake_256
from itertools import count
from pathlib import Path

from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger, Placed, open_ledger
from onggi.model.statement import About, Said, Statement, Trace, What, Words
from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Term, Text, Value

PASSPHRASE = "jar"


class Dice:
    """Randomness that a test can repeat, as much of it as is asked for."""

    def __init__(self) -> None:
        self._thrown = 0

    def __call__(self, size: int) -> bytes:
        self._thrown += 1
        return shake_256(self._thrown.to_bytes(8, "big")).digest(size)


def id_of(name: str | int) -> str:
    """A readable id: the name in hex, filled up."""
    return str(name).encode().hex().ljust(32, "0")[:32]


def state(
    id: str | int,
    name: str,
    value: Value | str,
    about: str = "someone",
    *,
    source: str | None = None,
    case: str = "case",
    words: Words | None = None,
    supersedes: Sequence[str | int] = (),
    retracts: Sequence[str | int] = (),
    denies: bool = False,
    screened: bool = False,
) -> Statement:
    """A statement in which ids are written as words; a value that is a word is a text."""
    return Statement(
        What(name, Text(value, "en") if isinstance(value, str) else value, "denies" if denies else "asserts"),
        About(id_of(id), id_of(about), id_of(case), ""),
        Said(id_of(source)) if source else None,
        words,
        Trace(
            supersedes=tuple(map(id_of, supersedes)),
            retracts=tuple(map(id_of, retracts)),
            screened=screened,
        ),
    )


def hold(
    statement: Statement,
    time: int,
    *,
    place: int = 0,
    author: str = "ann",
    stratum: str = "record",
    compartment: str = "main",
    commit: str | None = None,
) -> Held:
    """A statement as if a commit of its own had brought it."""
    commit = commit or f"{author}{time:05}"
    return Held(statement, stratum, compartment, commit, author, time, place, place, (time, 0), author)


def kind(entity: str, kind: str, case: str = "case") -> Statement:
    """That an entity is of a kind."""
    return state(f"k{entity}", "kind", Term("entity_kinds", kind), entity, case=case)


def point(id: str | int, name: str, to: str, about: str = "someone", **more: object) -> Statement:
    """A statement whose value is an entity."""
    return state(id, name, Entity(id_of(to)), about, **more)  # type: ignore[arg-type]  # state says what may be


def record(*statements: Statement, stratum: Stratum = Stratum.RECORD) -> list[Placed]:
    """Statements for one stratum."""
    return [(stratum, one) for one in statements]


@dataclass
class Bench:
    """A folder with a vault in it, and ledgers opened on it."""

    root: Path
    dice: Callable[[int], bytes] = field(default_factory=Dice)
    ticks: Iterator[int] = field(default_factory=lambda: count(1_000))
    opened: list[Ledger] = field(default_factory=list)

    def open(self, slot: int = 1) -> Ledger:
        """The vault as a new process would open it."""
        ledger = open_ledger(self.root, slot, PASSPHRASE, self.dice, self.clock)
        self.opened.append(ledger)
        return ledger

    def clock(self) -> int:
        """Each time a millisecond later."""
        return next(self.ticks)

    def copy(self, to: Path) -> "Bench":
        """The folder as it is now, somewhere else."""
        shutil.copytree(self.root, to)
        return Bench(to, self.dice, self.ticks)

    def indexes(self) -> dict[str, bytes]:
        """What lies in the index folder."""
        return {path.name: path.read_bytes() for path in (self.root / "index").iterdir()}

    def close(self) -> None:
        """Close all that was opened."""
        for ledger in self.opened:
            ledger.close()


def append(ledger: Ledger, *placed: Placed) -> None:
    """Record into the only compartment."""
    ledger.append(ledger.vault.compartment(), list(placed))
