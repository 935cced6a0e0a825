"""Bytes as they came, and beside them what the vault knows of them: the stored form of both (§10).

Pure: bytes in, bytes out.
"""

from typing import TypeVar

import msgspec
from msgspec import Struct

from onggi.errors import OnggiError
from onggi.vault.signed import decode_json

T = TypeVar("T", bound=Struct)


def write_beside(came: bytes, beside: Struct) -> bytes:
    """The stored form: the length of what came in four bytes, what came, and JSON."""
    return len(came).to_bytes(4, "big") + came + msgspec.json.encode(beside, order="sorted")


def read_beside(stored: bytes, kind: type[T], refusal: str) -> tuple[bytes, T]:
    """What came, and what stands beside it. Raises `refusal` where the bytes have another form."""
    length = int.from_bytes(stored[:4], "big")
    try:
        return stored[4 : 4 + length], decode_json(stored[4 + length :], kind)
    except OnggiError:
        raise OnggiError(refusal) from None
