"""Time stamps as the vault keeps them: the authority's reply as it came, and what vouches for it (§10).

Pure: bytes in, bytes out. What a reply says and whether it is right is not asked here; `evidence.timestamp`
judges it.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from msgspec import Meta, Struct

from onggi.vault.beside import read_beside, write_beside
from onggi.vault.signed import Hash, Moment


class _Beside(Struct, frozen=True):
    anchor: Hash
    renews: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]
    when: Moment
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
    return write_beside(kept.reply, beside)


def read_token(stored: bytes) -> Kept:
    """A token from its stored form. Raises `vault.tokens.broken` where the bytes have another form."""
    reply, beside = read_beside(stored, _Beside, "vault.tokens.broken")
    return Kept(
        beside.anchor, reply, beside.chain.encode(), beside.lists.encode(), beside.when, beside.renews
    )
