"""An invented vault: an admin, a member with the record alone, and one in another compartment only.

`build_vault` makes it once; tests work on copies. Dice are seeded, so that a failure comes again.
"""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256, shake_256
from itertools import count
from pathlib import Path

from onggi.vault.checking import Report, check_vault
from onggi.vault.enrol import add_compartment, add_member, create_vault, grant_strata
from onggi.vault.keys import FLOOR, Cost
from onggi.vault.opened import Vault, open_vault
from onggi.vault.session import write_session
from onggi.vault.strata import Entry, Slots
from onggi.vault.writing import Change, File, Receipt, write_commit

ADMIN, MEMBER, NORTHERNER = 1, 2, 3
PASSPHRASES = {ADMIN: "the admin's", MEMBER: "the member's", NORTHERNER: "the northerner's"}
COST = Cost(FLOOR.memory, FLOOR.passes, FLOOR.lanes)

ALPHA, BETA, GAMMA = (digit * 32 for digit in "abc")
NORTH = "d" * 32
ITEM = "e" * 32
ITEM_BYTES = bytes(range(256)) * 700


class Dice:
    """Bytes that look random and are the same each time."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._rolled = 0

    def __call__(self, size: int) -> bytes:
        self._rolled += 1
        return shake_256(self._seed + b" %d" % self._rolled).digest(size)


class Clock:
    """A clock that moves on by one second whenever somebody looks at it."""

    def __init__(self, start: int = 1_000_000) -> None:
        self.now = start

    def __call__(self) -> int:
        self.now += 1000
        return self.now


def stretch_cheaply(passphrase: str, salt: bytes, cost: Cost, slot: int) -> bytes:
    """Instead of Argon2id, where what a passphrase costs is not what is tested."""
    cost.check()
    return sha256(f"{passphrase} {slot}".encode() + salt).digest()


def make_slots(text: str) -> Slots:
    """Five slots, the last one empty."""
    return b'{"what":"%s"}' % text.encode(), b'{"of":"nobody"}', b'{"from":"dice"}', b'{"words":"-"}', b"null"


def make_entries(unit: str, count: int, text: str = "entry") -> list[Entry]:
    """Statements of one unit."""
    return [Entry(unit, make_slots(f"{text} {number}")) for number in range(count)]


_openings = count()


def open_as(root: Path, slot: int) -> Vault:
    """The invented vault as one of its members sees it, with dice that nobody else has."""
    return open_vault(root, slot, PASSPHRASES[slot], Dice(f"opening {next(_openings)}"))


def write(
    vault: Vault, changes: dict[str, Change], name: str = "main", clock: Clock | None = None
) -> Receipt:
    """One commit in a session of its own."""
    with write_session(vault):
        return write_commit(vault, vault.compartment(name), changes, clock or Clock())


def check_as(root: Path, slot: int) -> Report:
    """What a member finds who opens the vault afresh."""
    return check_vault(open_as(root, slot))


def codes(report: Report) -> set[str]:
    """The ids of the grave findings."""
    return {finding.code for finding in report.findings if finding.grave}


def read_all(vault: Vault) -> dict[tuple[str, str], list[bytes]]:
    """The first slot of every statement that can be read, by compartment and stratum."""
    found: dict[tuple[str, str], list[bytes]] = {}
    for compartment in vault.compartments:
        for stratum in compartment.strata:
            texts = found.setdefault((compartment.name, stratum), [])
            for step in compartment.history.steps():
                texts += sorted(kept.slots[0] for kept in vault.content(compartment, step, stratum).kept)
    return found


def count_packs(root: Path) -> dict[int, int]:
    """What a listing tells: how many packs there are of each size."""
    counts: dict[int, int] = {}
    for path in (root / "packs").glob("?/*"):
        size = path.stat().st_size
        counts[size] = counts.get(size, 0) + 1
    return counts


def is_power(count: int) -> bool:
    """Whether a number is a power of two."""
    return count > 0 and count & (count - 1) == 0


def build_vault(root: Path) -> None:
    """The invented vault: two compartments, three members, a commit of each who may write."""
    clock = Clock()
    vault = create_vault(root, PASSPHRASES[ADMIN], "main", COST, Dice("created"))
    with write_session(vault):
        add_compartment(vault, "north")
        for slot, compartment, strata in (
            (MEMBER, "main", ["record"]),
            (NORTHERNER, "north", ["record", "care"]),
        ):
            assert add_member(vault, PASSPHRASES[slot], "member", COST) == slot
            grant_strata(vault, vault.compartment(compartment), vault.members.slots()[slot], strata, False)
        changes = {
            "record": Change([*make_entries(ALPHA, 3, "alpha"), *make_entries(BETA, 2, "beta")]),
            "identity": Change(
                make_entries(GAMMA, 1, "gamma"),
                [File(ITEM, GAMMA, io.BytesIO(ITEM_BYTES), len(ITEM_BYTES))],
            ),
        }
        write_commit(vault, vault.compartment("main"), changes, clock)
    write(open_as(root, MEMBER), {"record": Change(make_entries(BETA, 1, "member"))}, clock=clock)
    write(open_as(root, NORTHERNER), {"care": Change(make_entries(NORTH, 4, "north"))}, "north", clock)


@contextmanager
def changed(path: Path, data: bytes | None) -> Iterator[None]:
    """A file with other bytes, or without the file; as it was behind."""
    kept = path.read_bytes()
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    try:
        yield
    finally:
        path.write_bytes(kept)


def copy_folder(source: Path, target: Path) -> Path:
    """All files of a vault, by other means than `copy`."""
    shutil.copytree(source, target)
    return target
