"""Trails of OpenTimestamps as the vault keeps them: the file, and the anchor that it is over (§10).

Pure: bytes in, bytes out. What a trail shows is not asked here; `evidence.calendar` judges it.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from onggi.errors import OnggiError
from onggi.vault.seal import derive
from onggi.vault.signed import Hash, decode_json

_NONCE_SIZE = 16


class _Beside(Struct, frozen=True):
    anchor: Hash
    when: Annotated[int, Meta(ge=0, lt=2**53)]


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
    beside = msgspec.json.encode(_Beside(kept.anchor, kept.when), order="sorted")
    return len(kept.raw).to_bytes(4, "big") + kept.raw + beside


def read_trail(stored: bytes) -> KeptTrail:
    """A trail from its stored form. Raises `vault.trails.broken` where the bytes have another form."""
    length = int.from_bytes(stored[:4], "big")
    try:
        beside = decode_json(stored[4 + length :], _Beside)
    except OnggiError:
        raise OnggiError("vault.trails.broken") from None
    return KeptTrail(beside.anchor, stored[4 : 4 + length], beside.when)


def carried_nonce(log_key: bytes, text: bytes) -> bytes:
    """The nonce in what is carried to a calendar: whoever holds the log key finds it again, nobody else."""
    return derive(log_key, "calendar", sha256(text).digest())[:_NONCE_SIZE]
