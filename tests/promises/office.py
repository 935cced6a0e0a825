"""An invented office: five members, two compartments, two cases, a copy, a proof; and what it must keep.

Anna, an admin, holds `saltmarsh`; Kyung, another admin, made `highmeadow` and holds it alone with the
northerner. The worker holds all of saltmarsh but may not release; the recorder holds its record and no more.
A passphrase costs nothing here. Nobody in it exists.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import shake_256
from itertools import count
from pathlib import Path

import pytest
from tests.vault.invented import COST, Dice, stretch_cheaply

from onggi.cli import opening
from onggi.dossier.prove import prove_statement
from onggi.intake.originals import Origin, take_in
from onggi.intake.record import read_record
from onggi.ledger.directory import Directory
from onggi.ledger.ledger import Ledger
from onggi.model.entity import Randomness
from onggi.vault import folder, keyslot
from onggi.vault.copying import copy_vault
from onggi.vault.enrol import add_compartment, add_member, create_vault, grant_strata
from onggi.vault.grants import STRATA
from onggi.vault.opened import Vault, open_vault
from onggi.vault.session import write_session
from onggi.words.heads import say_head

ANNA, KYUNG, WORKER, RECORDER, NORTHERNER = 1, 2, 3, 4, 5
PASSPHRASES = {slot: f"the passphrase of slot {slot}" for slot in (ANNA, KYUNG, WORKER, RECORDER, NORTHERNER)}
MAIN, NORTH = "saltmarsh", "highmeadow"

NAME, PHONE, ERASED, NORTHERN = "맑은물가온", "+86 100 2468 1357", "옛샘누리", "뫼등마루"
TITLE, RECORDED, CARED = "A quince orchard", "sold beyond the quince orchard", "limps since the winter"
REASON = "writing to the lantern committee"
PROVED, PUBLISHED = "named a bridge in the gazette", "The river gazette"
NORTHERN_TITLE, NORTHERN_RECORD = "A tin kettle", "carried the tin kettle across"
PHOTO_NAME, NORTHERN_PHOTO_NAME = "courtyard-at-noon.jpg", "gate-with-a-bell.jpg"
PHOTO, ERASED_PHOTO, NORTHERN_PHOTO = (
    shake_256(what).digest(size) for what, size in ((b"yard", 90_000), (b"old", 70_000), (b"gate", 80_000))
)

_MAIN_FILE = f"""
onggi = 1
case = {{ title = "{TITLE}", lang = "en" }}
defaults = {{ lang = "ko" }}

[person.woman]
[person.erased]
[source.her]
title = "An interview by the stove"
lang = "en"
witness = "woman"
published = "no"
[source.gazette]
title = "{PUBLISHED}"
lang = "en"
published = "yes"
[act.sale]
type = "sale"
victim = "woman"

[[statement]]
about = "woman"
property = "name"
value = "{NAME}"
[[statement]]
about = "woman"
property = "phone"
value = "{PHONE}"
[[statement]]
about = "woman"
property = "need"
value = {{ text = "{CARED}", lang = "en" }}
[[statement]]
about = "erased"
property = "name"
value = "{ERASED}"
[[statement]]
about = "sale"
property = "note"
value = {{ text = "{RECORDED}", lang = "en" }}
source = "her"
words = "살구나무 과수원 너머로 팔려 갔어요."
[[statement]]
about = "erased"
property = "note"
value = {{ text = "{PROVED}", lang = "en" }}
source = "gazette"
"""
_NORTHERN_FILE = f"""
onggi = 1
case = {{ title = "{NORTHERN_TITLE}", lang = "en" }}
defaults = {{ lang = "ko" }}

[person.man]

[[statement]]
about = "man"
property = "name"
value = "{NORTHERN}"
[[statement]]
about = "man"
property = "note"
value = {{ text = "{NORTHERN_RECORD}", lang = "en" }}
"""


@dataclass(frozen=True)
class Office:
    """Where it lies, and the ids of its people and things by the words of the files above."""

    desk: Path
    keys: Mapping[str, str]
    fingerprint: str
    words: str

    @property
    def vault(self) -> Path:
        return self.desk / "vault"

    @property
    def copy(self) -> Path:
        """Carried away before anything was erased."""
        return self.desk / "copy"

    @property
    def bag(self) -> Path:
        """A proof of what the gazette says of the person who is erased later."""
        return self.desk / "bag"


_openings = count()
_ticks = count(1_770_000_000_000, 60_000)


def throw_dice() -> Randomness:
    """Dice that nobody else has."""
    return Dice(f"office {next(_openings)}")


def tick() -> int:
    """A clock that goes on by a minute whenever somebody looks at it."""
    return next(_ticks)


@contextmanager
def made_cheap() -> Iterator[None]:
    """Argon2id and fsync replaced, and the commands' clock too, while this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyslot, "stretch", stretch_cheaply)
        patch.setattr(folder, "_sync", lambda file: None)
        patch.setattr(opening, "read_clock", tick)
        yield


def enter(root: Path, slot: int) -> Vault:
    """The vault as one of the members sees it."""
    return open_vault(root, slot, PASSPHRASES[slot], throw_dice())


def enter_ledger(root: Path, slot: int) -> Ledger:
    """The same, read as statements."""
    return Ledger(enter(root, slot), tick)


def find_office(base: Path, number: int = 0) -> Office:
    """An office, made when it is first asked for; nobody writes there."""
    with made_cheap():
        return _build(base / f"office {number}")


def borrow(source: Path, target: Path) -> Path:
    """A copy of a vault to work on. Files that are only ever replaced are shared with the first."""

    def copy(one: str, other: str) -> None:
        written_in_place = Path(one).parent.name == "index" or Path(one).name == "lock"
        (shutil.copy2 if written_in_place else os.link)(one, other)

    shutil.copytree(source, target, copy_function=copy)
    return target


@cache
def _build(desk: Path) -> Office:
    desk.mkdir()
    root = desk / "vault"
    _let_in(root)
    files = {PHOTO_NAME: PHOTO, NORTHERN_PHOTO_NAME: NORTHERN_PHOTO, "old.jpg": ERASED_PHOTO}
    for name, data in files.items():
        (desk / name).write_bytes(data)
    worker = enter_ledger(root, WORKER)
    keys = {"worker": worker.vault.device.id, **record_file(worker, MAIN, _MAIN_FILE)}
    _keep(worker, MAIN, keys["case"], desk / PHOTO_NAME, keys["woman"])
    _keep(worker, MAIN, keys["case"], desk / "old.jpg", keys["erased"])
    worker.open_identity(worker.vault.compartment(), keys["case"], REASON)
    proved = worker.view().search(PROVED)[0].id
    northerner = enter_ledger(root, NORTHERNER)
    keys |= {f"north:{key}": id for key, id in record_file(northerner, NORTH, _NORTHERN_FILE).items()}
    _keep(northerner, NORTH, keys["north:case"], desk / NORTHERN_PHOTO_NAME, keys["north:man"])
    northerner.view()
    fingerprint = prove_statement(anna := enter_ledger(root, ANNA), proved, desk / "bag")
    with write_session(anna.vault):
        copy_vault(anna.vault, desk / "copy", "2026-03-04", lambda done, total, stage: None)
    logs = anna.vault.compartment().history.logs.values()
    words = say_head(bytes.fromhex(next(iter(logs)).head[1]), "en")
    for ledger in (worker, northerner, anna):
        ledger.close()
    for name in files:
        (desk / name).unlink()
    return Office(desk, keys, fingerprint, words)


def _let_in(root: Path) -> None:
    vault = create_vault(root, PASSPHRASES[ANNA], MAIN, COST, throw_dice())
    with write_session(vault):
        for slot in (KYUNG, WORKER, RECORDER, NORTHERNER):
            add_member(vault, PASSPHRASES[slot], "admin" if slot == KYUNG else "member", COST)
        for slot, strata in ((WORKER, STRATA), (RECORDER, ("record",))):
            grant_strata(vault, vault.compartment(), vault.members.slots()[slot], strata, False)
    with write_session(vault := enter(root, KYUNG)):
        add_compartment(vault, NORTH)
        card = vault.members.slots()[NORTHERNER]
        grant_strata(vault, vault.compartment(), card, ("record", "identity"), False)


def record_file(ledger: Ledger, name: str, file: str) -> dict[str, str]:
    """Record a file into a compartment; returns the ids of its case and of all that is new, by its words."""
    compartment = ledger.vault.compartment(name)
    batch = read_record(file.encode(), "toml", Directory(ledger, compartment), ledger.vault.randomness)
    assert not isinstance(batch, list), batch
    ledger.append(compartment, batch.placed)
    return {**batch.keys, "case": batch.case}


def _keep(ledger: Ledger, name: str, case: str, file: Path, person: str) -> None:
    take_in(ledger, ledger.vault.compartment(name), case, [file], Origin(person), ledger.vault.randomness)
