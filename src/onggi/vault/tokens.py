"""Time stamps as the vault keeps them: the authority's reply as it came, and what vouches for it (§10).

Pure: bytes in, bytes out. What a reply says and whether it is right is not asked here; `evidence.timestamp`
judges it.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from onggi.errors import OnggiError
from onggi.vault.signed import Hash, decode_json

_When = Annotated[int, Meta(ge=0, lt=2**53)]


class _Beside(Struct, frozen=True):
    anchor: Hash
    renews: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]
    when: _When
    chain: str
    lists: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A reply over the anchor of this hash; or, where `renews` names one, over a token kept before.

    `chain` and `lists` are PEM, `when` the milliseconds at which it was kept.
    """

    anchor: str
    reply: bytes
    chain: bytes = b""
    lists: bytes = b""
    when: int = 0
    renews: str = ""

    @property
    def id(self) -> str:
        """What a renewal names it by."""
        return sha256(write_token(self)).hexdigest()


def write_token(kept: Kept) -> bytes:
    """The stored form of a token."""
    beside = _Beside(kept.anchor, kept.renews, kept.when, kept.chain.decode(), kept.lists.decode())
    return len(kept.reply).to_bytes(4, "big") + kept.reply + msgspec.json.encode(beside, order="sorted")


def read_token(stored: bytes) -> Kept:
    """A token from its stored form. Raises `vault.tokens.broken` where the bytes have another form."""
    length = int.from_bytes(stored[:4], "big")
    try:
        beside = decode_json(stored[4 + length :], _Beside)
    except OnggiError:
        raise OnggiError("vault.tokens.broken") from None
    reply, chain, lists = stored[4 : 4 + length], beside.chain.encode(), beside.lists.encode()
    return Kept(beside.anchor, reply, chain, lists, beside.when, beside.renews)
