"""Onggi made wrong on purpose: what a test of crashes must notice, or it tells nothing."""

import os
import stat
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import pytest

from onggi.vault import folder, writing
from onggi.vault.folder import Folder
from onggi.vault.heads import Heads, Tip
from onggi.vault.opened import Vault
from onggi.vault.seal import Bytes
from onggi.vault.staging import Staged


def settle_backwards(patch: pytest.MonkeyPatch) -> None:
    """The commit's pack is renamed before the packs with what it binds."""

    def settle(
        vault: Vault, staged: Sequence[Sequence[Staged]], tip: Tip | None = None, gone: Collection[str] = ()
    ) -> None:
        right(vault, staged[::-1], tip, gone)

    right = writing.settle
    patch.setattr(writing, "settle", settle)


def write_in_place(patch: pytest.MonkeyPatch) -> None:
    """Cells are written where they lie."""

    def put(folder: Folder, name: str, data: Bytes) -> None:
        file = os.open(folder.path(name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.write(file, data)
        os.close(file)

    patch.setattr(Folder, "replace", put)


def announce_nothing(patch: pytest.MonkeyPatch) -> None:
    """Packs are renamed of which the heads have not said that they may lie there."""

    def save_heads(vault: Vault, heads: Heads, copies: int = 2, folder: Folder | None = None) -> None:
        if heads.packs != vault.own_heads.packs:
            right(vault, heads, copies, folder)

    right = writing.save_heads
    patch.setattr(writing, "save_heads", save_heads)


def sync_no_file(patch: pytest.MonkeyPatch) -> None:
    """What is staged is renamed before it is on the disk."""
    right = folder._sync
    patch.setattr(folder, "_sync", lambda file: None if stat.S_ISREG(os.fstat(file).st_mode) else right(file))


def sync_no_names(patch: pytest.MonkeyPatch) -> None:
    """Renames are not made durable."""

    def settle(self: Folder, staged: Sequence[Staged]) -> None:
        for path, name in staged:
            os.replace(path, self.path(name))

    patch.setattr(Folder, "settle", settle)


def sync_no_removals(patch: pytest.MonkeyPatch) -> None:
    """Deletions are not made durable."""

    def remove(self: Folder, names: Sequence[str]) -> None:
        for name in names:
            self.path(name).unlink(missing_ok=True)

    patch.setattr(Folder, "remove", remove)


def sync_no_remains(patch: pytest.MonkeyPatch) -> None:
    """What a killed process left unsynced is built upon."""
    patch.setattr(Folder, "secure", lambda self: None)


def sync_no_parent(patch: pytest.MonkeyPatch) -> None:
    """A new vault is durable, and its own name is not."""

    def sync(place: Path) -> None:
        if place.name == "vault" or place.parent.name in ("vault", "packs"):
            right(place)

    right = folder._sync_names
    patch.setattr(folder, "_sync_names", sync)


# Each with a work in which it must be noticed, and the calls at which it is.
SABOTAGES: Mapping[str, tuple[str, str, Callable[[pytest.MonkeyPatch], None]]] = {
    "settle backwards": ("append", "rename", settle_backwards),
    "write in place": ("desk", "write", write_in_place),
    "announce nothing": ("append", "rename", announce_nothing),
}

# Each with a work behind which the power must be cut to notice it, and whether behind a killed one.
FORGOTTEN: Mapping[str, tuple[str, bool, Callable[[pytest.MonkeyPatch], None]]] = {
    "files": ("append", False, sync_no_file),
    "names": ("append", False, sync_no_names),
    "removals": ("append", True, sync_no_removals),
    "remains": ("append", True, sync_no_remains),
    "parent": ("init", False, sync_no_parent),
}
