"""The example vault, made once by `onggi demo` and copied; no Argon2id, no fsync, a clock that is set."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from onggi.cli import example, opening
from onggi.vault import folder, keyslot
from onggi.vault.keys import Cost

FIRST_DAY = 1_767_225_600_000
"""2026-01-01, on which the example vault is made."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example vault and its passphrases; nobody writes here."""
    desk = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        make_cheap(patch)
        example.make_example(desk / "vault")
    return desk


@pytest.fixture
def desk(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a copy of the example vault."""
    desk = tmp_path / "desk"
    shutil.copytree(template, desk)
    make_cheap(monkeypatch)
    monkeypatch.chdir(desk)
    monkeypatch.setenv("ONGGI_LANG", "en")
    monkeypatch.delenv("COLUMNS", raising=False)
    return desk


def make_cheap(patch: pytest.MonkeyPatch) -> None:
    """A passphrase costs nothing, nothing waits for the disk, and it is always the same day."""
    patch.setattr(keyslot, "stretch", _stretch_cheaply)
    patch.setattr(folder, "_sync", lambda file: None)
    set_clock(patch, FIRST_DAY)


def set_clock(patch: pytest.MonkeyPatch, milliseconds: int) -> None:
    """Let it be this moment."""
    for module in (opening, example):
        patch.setattr(module, "read_clock", lambda: milliseconds)


def _stretch_cheaply(passphrase: str, salt: bytes, cost: Cost, slot: int) -> bytes:
    return sha256(f"{passphrase} {slot}".encode() + salt).digest()
