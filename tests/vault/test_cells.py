"""Cells: a tag that every member checks, one size class, two copies of which one is always whole."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.vectors import read_vectors
from tests.vault.invented import Dice, is_power

from onggi.errors import OnggiError
from onggi.vault.cells import (
    SMALLEST,
    build_cell,
    check_cell,
    is_spare,
    open_cell,
    read_copies,
    spare_cell,
    write_copies,
)
from onggi.vault.folder import Folder

OURS = read_vectors("vault")
VAULT, VAULT_KEY, KEY = "ab" * 32, b"v" * 32, b"k" * 32
NAME = "12" * 16


def build(data: bytes, kind: str = "rings", name: str = NAME) -> bytes:
    """A cell under KEY."""
    return build_cell(VAULT_KEY, KEY, VAULT, kind, name, data, Dice("cell"))


def test_the_cell_of_the_vectors() -> None:
    vector = OURS["cell"]
    key, vaultkey = bytes.fromhex(vector["key"]), bytes.fromhex(OURS["vaultkey"])
    data = vector["data"].encode()

    def roll(size: int) -> bytes:
        return bytes.fromhex(vector["salt"])[:size]

    cell = build_cell(vaultkey, key, OURS["vault"], "desks", vector["name"], data, roll)
    assert sha256(cell).hexdigest() == vector["sha256"]
    assert open_cell(key, OURS["vault"], "desks", vector["name"], cell) == data


@given(
    st.sampled_from([0, 1, 65_000, 65_300, 65_400, 131_000, 300_000]).flatmap(
        lambda n: st.integers(n, n + 60)
    )
)
def test_every_length_comes_back_in_a_power_of_two(length: int) -> None:
    data = bytes(length)
    cell = build(data)
    assert is_power(len(cell)) and len(cell) >= SMALLEST
    assert check_cell(VAULT_KEY, "rings", NAME, cell)
    assert open_cell(KEY, VAULT, "rings", NAME, cell) == data


@given(st.integers(0, SMALLEST - 1), st.integers(1, 255))
def test_no_changed_byte_has_the_right_tag(at: int, mask: int) -> None:
    cell = bytearray(build(b"data"))
    cell[at] ^= mask
    assert not check_cell(VAULT_KEY, "rings", NAME, bytes(cell))


@pytest.mark.parametrize(("kind", "name"), [("heads", NAME), ("rings", "13" * 16), ("desks", NAME)])
def test_a_cell_is_one_for_its_kind_and_name_alone(kind: str, name: str) -> None:
    cell = build(b"data")
    assert not check_cell(VAULT_KEY, kind, name, cell)
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        open_cell(KEY, VAULT, kind, name, cell)


def test_another_key_or_vault_or_length_does_not_open() -> None:
    cell = build(b"data")
    for key, vault, data in (
        (VAULT_KEY, VAULT, cell),
        (KEY, "00" * 32, cell),
        (KEY, VAULT, cell[:-1]),
        (KEY, VAULT, cell + bytes(SMALLEST)),
        (KEY, VAULT, b""),
    ):
        with pytest.raises(OnggiError, match="vault.seal.broken"):
            open_cell(key, vault, "rings", NAME, data)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty vault's folder."""
    folder = Folder(tmp_path / "cells", Dice("folder"))
    folder.make()
    return folder


def test_who_has_the_key_tells_a_spare_cell_and_nobody_else(folder: Folder) -> None:
    write_copies(folder, "rings", NAME, spare_cell(VAULT_KEY, KEY, VAULT, "rings", NAME, Dice("spare")))
    used = "13" * 16
    write_copies(folder, "rings", used, build(b"", name=used))
    assert is_spare(folder, KEY, VAULT, "rings", f"{NAME}.1")
    assert not is_spare(folder, VAULT_KEY, VAULT, "rings", f"{NAME}.1")
    assert not is_spare(folder, KEY, VAULT, "rings", f"{used}.0")
    folder.remove([f"rings/{NAME}.0"])
    assert not is_spare(folder, KEY, VAULT, "rings", f"{NAME}.0")
    assert {len(folder.read(name)) for name in folder.names("rings")} == {SMALLEST}


def test_copies_are_written_one_after_the_other(folder: Folder) -> None:
    assert read_copies(folder, "heads", NAME) == []
    write_copies(folder, "heads", NAME, build(b"old"))
    write_copies(folder, "heads", NAME, build(b"new"), copies=1)
    opened = [open_cell(KEY, VAULT, "rings", NAME, cell) for cell in read_copies(folder, "heads", NAME)]
    assert opened == [b"new", b"old"]
    folder.remove([f"heads/{NAME}.0"])
    assert read_copies(folder, "heads", NAME) == [build(b"old")]
