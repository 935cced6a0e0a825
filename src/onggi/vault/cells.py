"""Cells: the few files that are replaced, each with a tag under the vault key (vault-format.md, §6).

Every member can check every cell, and open those whose key she holds. Refused: a cell whose tag does not fit
its kind, its name and its bytes.
"""

import hmac

from onggi.errors import OnggiError
from onggi.vault.folder import Folder
from onggi.vault.seal import Randomness, capacity, derive, frame, pad, seal, sealed_length, tag, unpad, unseal

PLACES = ("keys", "heads", "rings", "desks")
TAG = 32
SMALLEST = 64 * 1024
KEYSLOT = 8192


def tag_cell(vaultkey: bytes, kind: str, name: str, body: bytes) -> bytes:
    """A whole cell: the body and its tag."""
    return body + tag(derive(vaultkey, "cell"), kind, name, data=body)


def check_cell(vaultkey: bytes, kind: str, name: str, cell: bytes) -> bool:
    """Whether the tag of a cell is right."""
    body, found = cell[:-TAG], cell[-TAG:]
    return hmac.compare_digest(found, tag(derive(vaultkey, "cell"), kind, name, data=body))


def build_cell(
    vaultkey: bytes, key: bytes, vault: str, kind: str, name: str, data: bytes, randomness: Randomness
) -> bytes:
    """A cell that holds `data` under `key`; its size is a power of two and tells no more."""
    size = SMALLEST
    while capacity(size - TAG) < len(data) + 4:
        size *= 2
    padded = pad(data, capacity(size - TAG), 4)
    sealed = seal(key, _context(vault, kind, name), padded, randomness)
    return tag_cell(vaultkey, kind, name, sealed + randomness(size - TAG - len(sealed)))


def open_cell(key: bytes, vault: str, kind: str, name: str, cell: bytes) -> bytes:
    """What a cell holds. Raises `vault.seal.broken` for another key, name or kind, and for changed bytes."""
    size = len(cell)
    if size < SMALLEST or size & (size - 1):
        raise OnggiError("vault.seal.broken")
    length = _sealed_part(size)
    return unpad(unseal(key, _context(vault, kind, name), memoryview(cell)[:length]), 4)


def spare_cell(
    vaultkey: bytes, key: bytes, vault: str, kind: str, name: str, randomness: Randomness
) -> bytes:
    """A cell that holds nothing, which only who has `key` can tell from one that is in use."""
    return build_cell(vaultkey, derive(key, "spare"), vault, kind, name, b"", randomness)


def is_spare(folder: Folder, key: bytes, vault: str, kind: str, file: str) -> bool:
    """Whether a cell, by its file's name, may be taken. The log alone cannot say so: it may be damaged."""
    name = file.partition(".")[0]
    try:
        open_cell(derive(key, "spare"), vault, kind, name, folder.read(f"{kind}/{file}"))
    except (FileNotFoundError, OnggiError):
        return False
    return True


def read_copies(folder: Folder, place: str, name: str) -> list[bytes]:
    """The copies of a cell that lie there, none to two; one the disk does not give back is empty."""
    copies = []
    for number in (0, 1):
        try:
            copies.append(folder.read(f"{place}/{name}.{number}"))
        except FileNotFoundError:
            continue
        except OnggiError:
            copies.append(b"")
    return copies


def write_copies(folder: Folder, place: str, name: str, cell: bytes, copies: int = 2) -> None:
    """The copies of a cell, the first wholly before the second: one of them is whole at any moment."""
    for number in range(copies):
        folder.replace(f"{place}/{name}.{number}", cell)


def _context(vault: str, kind: str, name: str) -> bytes:
    return frame("cell", bytes.fromhex(vault), kind, name)


def _sealed_part(size: int) -> int:
    return sealed_length(capacity(size - TAG))
