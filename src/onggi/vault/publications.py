"""Publications as the vault keeps them: what was prepared, so that it can be made again (§10).

Pure: bytes in, bytes out. It holds nothing of what is shown: the seed of everything random in it, the moment
as of which the record was read, and the anchor that was signed, since a signature is never the same twice.
"""

from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from onggi.errors import OnggiError
from onggi.vault.signed import Hash, decode_json

_Moment = Annotated[int, Meta(ge=0, lt=2**53)]


class _Beside(Struct, frozen=True):
    plan: Hash
    seed: Hash
    moment: _Moment


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was prepared under a plan (its SHA-256 in hex), as of a moment in milliseconds."""

    plan: str
    seed: bytes
    moment: int
    anchor: bytes


def write_publication(prepared: Prepared) -> bytes:
    """The stored form."""
    beside = _Beside(prepared.plan, prepared.seed.hex(), prepared.moment)
    length = len(prepared.anchor).to_bytes(4, "big")
    return length + prepared.anchor + msgspec.json.encode(beside, order="sorted")


def read_publication(stored: bytes) -> Prepared:
    """From its stored form. Raises `vault.publications.broken` where the bytes have another form."""
    length = int.from_bytes(stored[:4], "big")
    try:
        beside = decode_json(stored[4 + length :], _Beside)
    except OnggiError:
        raise OnggiError("vault.publications.broken") from None
    return Prepared(beside.plan, bytes.fromhex(beside.seed), beside.moment, stored[4 : 4 + length])
