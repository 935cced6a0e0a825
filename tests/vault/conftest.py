"""The invented vault, built once and copied, without Argon2id and without fsync."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.vault.invented import build_vault, copy_folder, stretch_cheaply

from onggi.vault import folder, keys, keyslot


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented vault; nobody writes here."""
    root = tmp_path_factory.mktemp("template") / "vault"
    with pytest.MonkeyPatch.context() as patch:
        _make_cheap(patch)
        build_vault(root)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    """A copy of the invented vault to work on."""
    return copy_folder(template, tmp_path / "vault")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs nothing, and nothing waits for the disk."""
    _make_cheap(monkeypatch)


@pytest.fixture
def dear(cheap: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Argon2id as it is."""
    monkeypatch.setattr(keyslot, "stretch", keys.stretch)
    yield


def _make_cheap(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(keyslot, "stretch", stretch_cheaply)
    patch.setattr(folder, "_sync", lambda file: None)
