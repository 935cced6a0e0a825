"""One vault for the whole session, copied for each test; a passphrase costs nothing here."""

import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tests.ledger.invented import PASSPHRASE, Bench, Dice

from onggi.vault.enrol import create_vault
from onggi.vault.keys import FLOOR


def stretch_fast(passphrase: str, salt: bytes, cost: object, slot: int) -> bytes:
    """Stands for Argon2id."""
    return sha256(f"{passphrase} {slot} ".encode() + salt).digest()


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onggi.vault.keyslot.stretch", stretch_fast)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("template") / "vault"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onggi.vault.keyslot.stretch", stretch_fast)
        create_vault(root, PASSPHRASE, "main", FLOOR, Dice())
    return root


@pytest.fixture
def bench(template: Path, tmp_path: Path) -> Iterator[Bench]:
    root = tmp_path / "vault"
    shutil.copytree(template, root)
    bench = Bench(root)
    yield bench
    bench.close()
