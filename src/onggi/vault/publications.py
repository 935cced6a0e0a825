"""Publications as the vault keeps them: what was prepared, so that it can be made again (§10).

Pure: bytes in, bytes out. It holds nothing of what is shown: the seed of everything random in it, the moment
as of which the record was read, and the anchor that was signed, since a signature is never the same twice.
"""

from dataclasses import dataclass

from msgspec import Struct

from onggi.vault.beside import read_beside, write_beside
from onggi.vault.signed import Hash, Moment


class _Beside(Struct, frozen=True):
    plan: Hash
    seed: Hash
    moment: Moment


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
    return write_beside(prepared.anchor, beside)


def read_publication(stored: bytes) -> Prepared:
    """From its stored form. Raises `vault.publications.broken` where the bytes have another form."""
    anchor, beside = read_beside(stored, _Beside, "vault.publications.broken")
    return Prepared(beside.plan, bytes.fromhex(beside.seed), beside.moment, anchor)
