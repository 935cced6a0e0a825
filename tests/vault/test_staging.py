"""Staging: packs in the order they were filled, no buffer filled while it is read, errors that come out."""

import errno
from hashlib import sha256
from pathlib import Path

import pytest
from tests.vault.invented import Dice

from onggi.vault.folder import Folder
from onggi.vault.packs import CLASSES, pack_hash
from onggi.vault.staging import Staging


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty vault's folder."""
    folder = Folder(tmp_path / "vault", Dice("folder"))
    folder.make()
    return folder


@pytest.mark.parametrize("size", [CLASSES[0], CLASSES[2]])
def test_packs_come_out_as_they_were_filled(folder: Folder, size: int) -> None:
    with Staging(folder, size) as staging:
        for number in range(5):
            memoryview(staging.buffer)[:] = bytes([number]) * size
            staging.stage()
        staged = staging.finish()
    assert [path.read_bytes()[:1] for path, _ in staged] == [bytes([number]) for number in range(5)]
    for path, name in staged:
        assert sha256(path.read_bytes()).hexdigest() == pack_hash(name)


@pytest.mark.parametrize("size", [CLASSES[0], CLASSES[2]])
def test_an_error_of_the_disk_comes_out(folder: Folder, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Folder, data: bytes) -> Path:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(Folder, "stage", fail)
    with pytest.raises(OSError, match="no space"), Staging(folder, size) as staging:
        staging.stage()
        staging.finish()


def test_nothing_is_written_once_the_block_is_left(folder: Folder) -> None:
    with pytest.raises(KeyboardInterrupt), Staging(folder, CLASSES[2]) as staging:
        staging.stage()
        raise KeyboardInterrupt
    lying = list((folder.root / "tmp").iterdir())
    assert [path.stat().st_size for path in lying] == [CLASSES[2]]
