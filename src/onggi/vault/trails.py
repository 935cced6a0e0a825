"""Trails of OpenTimestamps as the vault keeps them: the file, and the anchor that it is over (§10).

Pure: bytes in, bytes out. What a trail shows is not asked here; `evidence.calendar` judges it.
"""

from dataclasses import dataclass
from hashlib import sha256

from msgspec import Struct

from onggi.vault.beside import read_beside, write_beside
from onggi.vault.seal import derive
from onggi.vault.signed import Hash, Moment

_NONCE_SIZE = 16


class _Beside(Struct, frozen=True):
    anchor: Hash
    when: Moment


@dataclass(frozen=True, slots=True)
class KeptTrail:
    """A trail over the anchor of this hash; `when` is the milliseconds at which it was kept."""

    anchor: str
    raw: bytes
    when: int = 0

    @property
    def id(self) -> str:
        """What it is named by."""
        return sha256(write_trail(self)).hexdigest()


def write_trail(kept: KeptTrail) -> bytes:
    """The stored form of a trail."""
    return write_beside(kept.raw, _Beside(kept.anchor, kept.when))


def read_trail(stored: bytes) -> KeptTrail:
    """A trail from its stored form. Raises `vault.trails.broken` where the bytes have another form."""
    raw, beside = read_beside(stored, _Beside, "vault.trails.broken")
    return KeptTrail(beside.anchor, raw, beside.when)


def carried_nonce(log_key: bytes, text: bytes) -> bytes:
    """The nonce in what is carried to a calendar: whoever holds the log key finds it again, nobody else."""
    return derive(log_key, "calendar", sha256(text).digest())[:_NONCE_SIZE]
