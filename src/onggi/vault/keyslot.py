"""Keyslots: a device's secret behind a passphrase (vault-format.md, §5).

Refused before any work: another format version, a cost under the floor or over the ceiling. A wrong
passphrase, a damaged slot, a slot moved to another number, a spare one and one that is not there are told
apart by nobody: one error, one price.
"""

import time
from collections.abc import Callable

import msgspec

from onggi.errors import Exit, OnggiError
from onggi.vault.cells import KEYSLOT, TAG, tag_cell
from onggi.vault.folder import Folder
from onggi.vault.keys import LEAST, Cost, Secret, stretch
from onggi.vault.seal import Randomness, derive, frame, pad, seal, sealed_length, unpad, unseal
from onggi.vault.signed import decode_json

_HEAD = 2 + 12 + 16
_PLAIN = 4096
_SEALED = sealed_length(_PLAIN)
_VERSION = 1
_FLAGS = 0


def slot_name(slot: int) -> str:
    """Where the keyslot of this number lies."""
    return f"keys/{slot:02d}"


def choose_cost(clock: Callable[[], float] = time.perf_counter) -> Cost:
    """The cost of a new slot: as many passes as take about one second here, and never less than LEAST."""
    started = clock()
    stretch("", bytes(16), LEAST, 0)
    spent = clock() - started
    passes = max(LEAST.passes, min(int(LEAST.passes / spent), 16)) if spent > 0 else LEAST.passes
    return Cost(LEAST.memory, passes, LEAST.lanes)


def build_keyslot(secret: Secret, passphrase: str, cost: Cost, randomness: Randomness) -> bytes:
    """The whole file of a keyslot."""
    salt = randomness(16)
    key = stretch(passphrase, salt, cost, secret.slot)
    plain = pad(msgspec.json.encode(secret, order="sorted"), _PLAIN, 4)
    head = _write_head(cost, salt)
    body = head + seal(key, frame("device", secret.slot), plain, randomness)
    body += randomness(KEYSLOT - TAG - len(body))
    return tag_cell(bytes.fromhex(secret.vaultkey), "keys", f"{secret.slot:02d}", body)


def spare_keyslot(vaultkey: bytes, slot: int, cost: Cost, randomness: Randomness) -> bytes:
    """A keyslot that nobody holds; only members can tell it from one that somebody does."""
    sealed = seal(derive(vaultkey, "spare"), frame("device", slot), bytes(_PLAIN), randomness)
    body = _write_head(cost, randomness(16)) + sealed
    body += randomness(KEYSLOT - TAG - len(body))
    return tag_cell(vaultkey, "keys", f"{slot:02d}", body)


def is_spare_slot(folder: Folder, vaultkey: bytes, slot: int) -> bool:
    """Whether a keyslot may be taken; what the membership log does not name may still be somebody's."""
    try:
        cell = folder.read(slot_name(slot))
        unseal(derive(vaultkey, "spare"), frame("device", slot), cell[_HEAD : _HEAD + _SEALED])
    except (FileNotFoundError, OnggiError):
        return False
    return True


def open_keyslot(folder: Folder, slot: int, passphrase: str) -> Secret:
    """The secret in a keyslot.

    Raises:
        OnggiError: `vault.keyslot.closed` for a wrong passphrase, and at the same price for a slot that is
            damaged, spare or not there; `vault.newer` for another format, `vault.keys.cost` for a cost out of
            bounds.
    """
    cell = _read_cell(folder, slot)
    if (cell[0], cell[1]) != (_VERSION, _FLAGS):
        raise OnggiError("vault.newer", exit_code=Exit.CLOSED)
    key = stretch(passphrase, cell[14:_HEAD], _read_head(cell), slot)
    try:
        plain = unseal(key, frame("device", slot), cell[_HEAD : _HEAD + _SEALED])
        secret = decode_json(unpad(plain, 4), Secret)
    except OnggiError:
        raise OnggiError("vault.keyslot.closed", exit_code=Exit.LOCKED) from None
    if secret.v != _VERSION:
        raise OnggiError("vault.newer", exit_code=Exit.CLOSED)
    return secret


def read_cost(folder: Folder, slot: int) -> Cost:
    """What one try at this keyslot costs."""
    return _read_head(folder.read(slot_name(slot)))


def _read_cell(folder: Folder, slot: int) -> bytes:
    """The bytes of a keyslot; of another where it is not there: they cost as much, and do not open."""
    for name in (slot_name(slot), *folder.names("keys")):
        try:
            if folder.size(name) == KEYSLOT:
                return folder.read(name)
        except FileNotFoundError:
            continue
    raise OnggiError("vault.keyslot.closed", exit_code=Exit.LOCKED)


def _read_head(cell: bytes) -> Cost:
    return Cost(*(int.from_bytes(cell[at : at + 4], "big") for at in (2, 6, 10)))


def _write_head(cost: Cost, salt: bytes) -> bytes:
    numbers = b"".join(n.to_bytes(4, "big") for n in (cost.memory, cost.passes, cost.lanes))
    return bytes([_VERSION, _FLAGS]) + numbers + salt
