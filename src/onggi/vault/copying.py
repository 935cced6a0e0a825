"""A full copy of a vault: every file, sealed as it is, checked as it arrives (vault-format.md, §11).

Resumable: what lies at the destination already and is whole is not written again. Refused: a destination that
holds anything else.
"""

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from onggi.errors import Exit, OnggiError
from onggi.vault.enrol import record_copy
from onggi.vault.folder import Folder
from onggi.vault.keyslot import slot_name
from onggi.vault.opened import Progress, Vault
from onggi.vault.packs import Shelf, pack_hash
from onggi.vault.writing import save_heads

# A copy without all its keyslots is an unfinished one: nobody works in it, and it can be gone on with.
_BEFORE_KEYS = ("packs", "rings", "desks", "heads")


def copy_vault(vault: Vault, destination: Path, date: str, progress: Progress) -> int:
    """Copy a vault to a folder and mark it as a copy; returns the number of files. Runs in a write session.

    Raises:
        OnggiError: `vault.copying.taken` where anything else lies, `vault.copying.inside` for a place within
            the vault, `vault.copying.damaged` for a pack that is not what its name says,
            `vault.copying.failed` where what was written does not read back.
    """
    target = Folder(destination, vault.randomness)
    _check_destination(vault, target)
    mark = record_copy(vault, date)
    names = [name for place in (*_BEFORE_KEYS, "keys") for name in vault.folder.names(place)]
    # An earlier try has copied fillers that are gone since.
    target.remove([name for name in target.names("packs") if name not in vault.shelf.names])
    try:
        for done, name in enumerate(names):
            progress(done, len(names), "copy")
            if name == slot_name(1):
                # Before anybody can open it, the copy knows that it is one: a log is never continued in two
                # places.
                save_heads(vault, replace(vault.own_heads, copied=mark), folder=target)
            _copy_file(vault.folder, target, name)
    finally:
        target.calm()
    return len(names)


def _copy_file(source: Folder, target: Folder, name: str) -> None:
    data = source.read(name)
    if name.startswith("packs/"):
        if sha256(data).hexdigest() != pack_hash(name):
            raise OnggiError("vault.copying.damaged")
        if target.holds(name, data):
            return
    target.replace(name, data)
    if not target.holds(name, data):
        raise OnggiError("vault.copying.failed")


def _check_destination(vault: Vault, target: Folder) -> None:
    """An empty place outside the vault, or an unfinished copy of this very vault."""
    # Not `Path.resolve`, which fails on links that lead in a circle.
    if Path(os.path.realpath(target.root)).is_relative_to(os.path.realpath(vault.folder.root)):
        raise OnggiError("vault.copying.inside", exit_code=Exit.USAGE)
    finished = len(target.names("keys")) >= vault.members.keys
    if target.empty():
        target.make()
    elif finished or not _holds_ours(vault, target):
        raise OnggiError("vault.copying.taken", exit_code=Exit.USAGE)
    target.sweep()


def _holds_ours(vault: Vault, target: Folder) -> bool:
    """Whether packs of this vault lie there; they may all be fillers that it has deleted since."""
    theirs = target.names("packs")
    if not vault.shelf.names.isdisjoint(theirs):
        return True
    shelf = Shelf(target, vault.id)
    shelf.add([vault.own_fillers, vault.common_fillers])
    opened = shelf.names - set(shelf.closed)
    return any(target.digest(name) == pack_hash(name) for name in opened)
