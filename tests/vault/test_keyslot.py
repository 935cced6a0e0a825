"""Keyslots: one error and one price for whatever does not open, and nothing written by trying (P10)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.proof.vectors import read_vectors
from tests.vault.invented import COST, Dice, changed

from onggi.errors import Exit, OnggiError
from onggi.vault.cells import KEYSLOT, check_cell
from onggi.vault.folder import Folder
from onggi.vault.keys import FLOOR, Secret, make_secret
from onggi.vault.keyslot import (
    build_keyslot,
    choose_cost,
    is_spare_slot,
    open_keyslot,
    read_cost,
    slot_name,
    spare_keyslot,
)
from onggi.vault.seal import sealed_length

OURS = read_vectors("vault")
VAULT_KEY = bytes(range(32))
DICE = Dice("keyslots")
SECRET = make_secret("ab" * 32, VAULT_KEY, "cd" * 16, 1, DICE)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Slot 1 of somebody; 2 spare; 3 damaged; 4 the bytes of slot 1."""
    folder = Folder(tmp_path / "slots", DICE)
    folder.make()
    held = build_keyslot(SECRET, "옹기", COST, DICE)
    damaged = bytearray(held)
    damaged[200] ^= 1
    files = (held, spare_keyslot(VAULT_KEY, 2, COST, DICE), bytes(damaged), held)
    for number, data in enumerate(files, 1):
        folder.replace(slot_name(number), data)
    return folder


def test_a_keyslot_gives_back_its_secret(folder: Folder) -> None:
    assert open_keyslot(folder, 1, "옹기") == SECRET
    assert open_keyslot(folder, 1, "옹기") == SECRET


@pytest.mark.parametrize(
    ("slot", "said"), [(1, "onggi"), (1, ""), (2, "옹기"), (3, "옹기"), (4, "옹기"), (9, "옹기")]
)
def test_whatever_does_not_open_is_one_case(folder: Folder, slot: int, said: str) -> None:
    before = {path: path.read_bytes() for path in folder.root.rglob("*") if path.is_file()}
    with pytest.raises(OnggiError) as raised:
        open_keyslot(folder, slot, said)
    assert (raised.value.id, raised.value.values, raised.value.exit_code) == (
        "vault.keyslot.closed",
        {},
        Exit.LOCKED,
    )
    assert {path: path.read_bytes() for path in folder.root.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("dear")
def test_the_keyslot_of_the_vectors_opens(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "slots", DICE)
    folder.make()
    vector = OURS["keyslot"]
    folder.replace(slot_name(vector["slot"]), bytes.fromhex(vector["file"]))
    secret = open_keyslot(folder, vector["slot"], vector["passphrase"])
    assert secret == Secret(**vector["secret"])
    assert check_cell(bytes.fromhex(secret.vaultkey), "keys", "07", bytes.fromhex(vector["file"]))


@pytest.mark.parametrize(("at", "byte"), [(0, 2), (0, 0), (1, 1)])
def test_another_version_or_flag_is_named_before_any_work(folder: Folder, at: int, byte: int) -> None:
    path = folder.path(slot_name(1))
    data = bytearray(path.read_bytes())
    data[at] = byte
    with changed(path, bytes(data)), pytest.raises(OnggiError, match="vault.newer"):
        open_keyslot(folder, 1, "옹기")


@pytest.mark.parametrize(("at", "number"), [(2, 1024), (2, 1 << 30), (6, 1), (6, 1 << 20), (10, 0), (10, 99)])
def test_a_cost_that_was_changed_is_refused(folder: Folder, at: int, number: int) -> None:
    path = folder.path(slot_name(1))
    data = bytearray(path.read_bytes())
    data[at : at + 4] = number.to_bytes(4, "big")
    with changed(path, bytes(data)), pytest.raises(OnggiError, match="vault.keys.cost"):
        open_keyslot(folder, 1, "옹기")


@pytest.mark.parametrize("length", [0, 1, 100, KEYSLOT - 1, KEYSLOT + 1])
def test_another_length_does_not_open(folder: Folder, length: int) -> None:
    path = folder.path(slot_name(1))
    data = (path.read_bytes() + b"\x00")[:length]
    with changed(path, data), pytest.raises(OnggiError, match="vault.keyslot.closed"):
        open_keyslot(folder, 1, "옹기")


def test_members_alone_tell_a_spare_slot(folder: Folder) -> None:
    spares = [slot for slot in range(1, 6) if is_spare_slot(folder, VAULT_KEY, slot)]
    assert spares == [2]
    assert not is_spare_slot(folder, bytes(32), 2)
    clear = {folder.read(slot_name(slot))[:14] for slot in (1, 2)}
    assert len(clear) == 1


def test_a_keyslot_is_what_the_format_says(folder: Folder) -> None:
    data = folder.read(slot_name(1))
    assert len(data) == KEYSLOT and data[:2] == b"\x01\x00"
    assert read_cost(folder, 1) == COST
    assert sealed_length(4096) == 4168
    assert check_cell(VAULT_KEY, "keys", "01", data)
    assert not check_cell(VAULT_KEY, "keys", "02", data)


@pytest.mark.parametrize(("spent", "passes"), [(0.5, 6), (3.0, 3), (0.01, 16), (0.0, 3)])
def test_a_new_slot_takes_about_a_second(spent: float, passes: int) -> None:
    def clock() -> Iterator[float]:
        yield 0.0
        yield spent

    ticks = clock()
    cost = choose_cost(lambda: next(ticks))
    assert (cost.memory, cost.passes, cost.lanes) == (FLOOR.memory, passes, 4)
    cost.check()
