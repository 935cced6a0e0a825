"""A full copy of a vault: every file, sealed as it is, checked as it arrives (vault-format.md, §11).

Resumable: what lies at the destination already and is whole is not written again. Refused: a destination that holds
anything else.
"""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from onggi.errors import Exit, OnggiError
from onggi.vault.enrol import record_copy
from onggi.vault.folder import Folder
from onggi.vault.opened import Progress, Vault
from onggi.vault.packs import pack_hash
from onggi.vault.writing import save_heads

# Keyslots last: a copy without them is an unfinished one, and can be gone on with.
_PLACES = ("packs", "rings", "desks", "heads", "keys")


def copy_vault(vault: Vault, destination: Path, date: str, progress: Progress) -> int:
    """Copy a vault to a folder and mark it as a copy; returns the number of files. Runs in a write session."""
    target = Folder(destination, vault.randomness)
    _check_destination(vault, target)
    mark = record_copy(vault, date)
    names = [name for place in _PLACES for name in vault.folder.names(place)]
    for done, name in enumerate(names):
        progress(done, len(names), "copy")
        data = vault.folder.read(name)
        if name.startswith("packs/"):
            if sha256(data).hexdigest() != pack_hash(name):
                raise OnggiError("vault.copying.damaged")
            if target.path(name).exists() and target.read(name) == data:
                continue
        target.replace(name, data)
        if target.read(name) != data:
            raise OnggiError("vault.copying.failed")
    save_heads(vault, replace(vault.own_heads, copied=mark), folder=target)
    return len(names)


def _check_destination(vault: Vault, target: Folder) -> None:
    """An empty place, or an unfinished copy of this very vault."""
    if not target.exists():
        target.make()
        return
    own = set(vault.folder.names("packs"))
    theirs = set(target.names("packs"))
    if target.names("keys") or not theirs <= own:
        raise OnggiError("vault.copying.taken", exit_code=Exit.USAGE)
    target.sweep()
