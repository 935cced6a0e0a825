"""What an authority is asked: one hash, 64 random bits, its certificate (timestamps.md, §2). Pure."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from onggi.errors import OnggiError
from onggi.evidence.timestamp.der import (
    BOOLEAN,
    NULL,
    OCTETS,
    SEQUENCE,
    read_all,
    read_number,
    read_one,
    write,
    write_number,
    write_oid,
)

HASHES = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
"""The hashes that are asked for, by the name under which Python, openssl and people know them."""

_VERSION = write_number(1)
_TRUE = write(BOOLEAN, b"\xff")
_NONCE_SIZE = 8


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is sent, and the nonce that its reply must name."""

    raw: bytes
    nonce: int


def hash_stamped(stamped: bytes, algorithm: str) -> bytes:
    """The digest that stands for what is stamped."""
    return hashlib.new(algorithm, stamped, usedforsecurity=True).digest()


def make_request(stamped: bytes, algorithm: str, random: Callable[[int], bytes]) -> Request:
    """A request to stamp these bytes. They do not stand in it, only their hash."""
    nonce = int.from_bytes(random(_NONCE_SIZE), "big")
    return Request(_write(algorithm, hash_stamped(stamped, algorithm), nonce), nonce)


def is_request(raw: bytes) -> bool:
    """Whether these bytes are a request of the one form there is here, and so hold nothing but a hash."""
    try:
        inside = read_all(read_one(raw, SEQUENCE).content)
        imprint = read_all(inside[1].content)
        digest, nonce = imprint[1].content, read_number(inside[2])
    except (IndexError, OnggiError):
        return False
    return 0 <= nonce < 2 ** (8 * _NONCE_SIZE) and any(
        raw == _write(algorithm, digest, nonce) and len(digest) == hashlib.new(algorithm).digest_size
        for algorithm in HASHES
    )


def _write(algorithm: str, digest: bytes, nonce: int) -> bytes:
    imprint = write(
        SEQUENCE, write(SEQUENCE, write_oid(HASHES[algorithm]), write(NULL)), write(OCTETS, digest)
    )
    return write(SEQUENCE, _VERSION, imprint, write_number(nonce), _TRUE)
