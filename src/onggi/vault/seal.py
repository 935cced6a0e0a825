"""Sealing, deriving and framing: every symmetric construction of the format (vault-format.md, §3).

Pure but for the salts, which come from a `Randomness` that is passed in. One construction each: C2SP
chunked-encryption as Cobblestone-256, HKDF-Expand-SHA-512, HMAC-SHA-256. Refused: any message that is not
whole.
"""

import hmac
from collections.abc import Callable
from hashlib import sha256
from typing import TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from onggi.errors import OnggiError

Randomness: TypeAlias = Callable[[int], bytes]
Bytes: TypeAlias = bytes | bytearray | memoryview

CHUNK = 16 * 1024
TAG = 16
SALT = 24
COMMITMENT = 32
HEAD = SALT + COMMITMENT

_COBBLESTONE = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00"
_SMALLEST = 1024
_ZEROS = memoryview(bytes(256 * 1024))


def frame(kind: str, *fields: str | bytes | int) -> bytes:
    """An unambiguous byte string: the kind, then each field behind its length; integers are u64."""
    return extend(b"onggi/1 " + kind.encode() + b"\x00", *fields)


def extend(framed: bytes, *fields: str | bytes | int) -> bytes:
    """A framed byte string with more fields: what thousands of messages begin with is framed once."""
    parts = [framed]
    for field in fields:
        data = field.encode() if isinstance(field, str) else field
        if isinstance(data, int):
            data = data.to_bytes(8, "big")
        parts += (len(data).to_bytes(4, "big"), data)
    return b"".join(parts)


def derive(key: bytes, label: str, *fields: str | bytes | int) -> bytes:
    """A key of 32 bytes for one purpose."""
    return HKDFExpand(SHA512(), 32, frame("derive", label, *fields)).derive(key)


def tag(key: bytes, *fields: str | bytes | int, data: Bytes) -> bytes:
    """HMAC-SHA-256 over the framed fields and the data behind them."""
    mac = hmac.new(key, frame("tag", *fields), sha256)
    mac.update(data)
    return mac.digest()


def sealed_length(length: int) -> int:
    """How long the sealed form of `length` bytes is; the last chunk is always short."""
    return HEAD + length + TAG * (length // CHUNK + 1)


def capacity(space: int) -> int:
    """How many bytes can be sealed into `space` bytes at most."""
    room = space - HEAD
    chunks, rest = divmod(room, CHUNK + TAG)
    if rest < TAG:
        # What is left cannot hold even an empty last chunk: the last full chunk gives up one byte to become
        # short.
        return chunks * CHUNK - 1
    return chunks * CHUNK + rest - TAG


def _schedule(key: bytes, context: bytes, salt: Bytes) -> tuple[bytes, bytes, bytes]:
    """The message key, its base nonce and the commitment."""
    material = HKDFExpand(SHA512(), 76, _COBBLESTONE + bytes(salt) + context).derive(key)
    return material[:32], material[32:44], material[44:]


def commitment(key: bytes, context: bytes, salt: bytes) -> bytes:
    """What stands behind `salt` if this key and context sealed a message: the routing tag of a pack."""
    return _schedule(key, context, salt)[2]


def seal(key: bytes, context: bytes, plaintext: Bytes, randomness: Randomness) -> bytes:
    """A Cobblestone-256 message under `key`, bound to `context`."""
    out = bytearray(sealed_length(len(plaintext)))
    seal_into(key, context, plaintext, memoryview(out), randomness)
    return bytes(out)


def seal_into(key: bytes, context: bytes, plaintext: Bytes, out: memoryview, randomness: Randomness) -> int:
    """Seal into a buffer that is used again: fresh memory costs more than the cipher.

    Returns the length written.
    """
    return Message(key, context, out, randomness).finish(plaintext)


class Message:
    """A message that is sealed piece by piece, so that no more than a piece need be in memory at once."""

    def __init__(self, key: bytes, context: bytes, out: memoryview, randomness: Randomness) -> None:
        salt = randomness(SALT)
        message_key, base, committed = _schedule(key, context, salt)
        out[:SALT] = salt
        out[SALT:HEAD] = committed
        self._cipher = AESGCM(message_key)
        self._base = int.from_bytes(base, "big")
        self._out = out
        self._at = HEAD
        self._number = 0  # of the next chunk

    def add(self, plaintext: Bytes) -> None:
        """Seal a piece of one or more whole chunks."""
        if len(plaintext) % CHUNK:
            raise ValueError("a piece before the last is made of whole chunks")
        self._seal(memoryview(plaintext), len(plaintext) // CHUNK)

    def finish(self, plaintext: Bytes) -> int:
        """Seal the last piece, of any length; returns the length of the whole message."""
        self._seal(memoryview(plaintext), len(plaintext) // CHUNK + 1)
        return self._at

    def _seal(self, source: memoryview, chunks: int) -> None:
        for start in range(0, chunks * CHUNK, CHUNK):
            chunk = source[start : start + CHUNK]
            end = self._at + len(chunk) + TAG
            nonce = _nonce(self._base, self._number)
            self._cipher.encrypt_into(nonce, chunk, None, self._out[self._at : end])
            self._at = end
            self._number += 1


def unseal(key: bytes, context: bytes, message: Bytes) -> bytes:
    """The plaintext of a message.

    Raises `vault.seal.broken` for a wrong key or context and for any changed byte.
    """
    return bytes(_open(key, context, message))


def unseal_padded(key: bytes, context: bytes, message: Bytes) -> bytes:
    """What was padded and then sealed; `unpad` of `unseal`, with a copy less."""
    return unpad(memoryview(_open(key, context, message)))


def _open(key: bytes, context: bytes, message: Bytes) -> bytearray:
    source = memoryview(message)
    if len(source) < HEAD + TAG:
        raise OnggiError("vault.seal.broken")
    message_key, base, committed = _schedule(key, context, source[:SALT])
    # The commitment is checked before anything is decrypted: no message opens under two keys.
    if not hmac.compare_digest(committed, source[SALT:HEAD]):
        raise OnggiError("vault.seal.broken")
    body = source[HEAD:]
    number, last = divmod(len(body), CHUNK + TAG)
    if last < TAG:
        raise OnggiError("vault.seal.broken")
    plaintext = bytearray(len(body) - TAG * (number + 1))
    out = memoryview(plaintext)
    cipher = AESGCM(message_key)
    first = int.from_bytes(base, "big")
    try:
        for chunk in range(number + 1):
            piece = body[chunk * (CHUNK + TAG) : (chunk + 1) * (CHUNK + TAG)]
            end = min((chunk + 1) * CHUNK, len(plaintext))
            cipher.decrypt_into(_nonce(first, chunk), piece, None, out[chunk * CHUNK : end])
    except InvalidTag:
        raise OnggiError("vault.seal.broken") from None
    return plaintext


def _nonce(base: int, number: int) -> bytes:
    # The key is used for one message only, so base XOR counter never repeats under it
    # (c2sp.org/chunked-encryption).
    return (base ^ number).to_bytes(12, "big")


def fill_random(out: memoryview, randomness: Randomness) -> None:
    """Fill memory with what nobody can tell from random bytes: the AES-256-CTR stream of a key not kept.

    The operating system's own take longer than all the rest of a pack.
    """
    stream = Cipher(AES256(randomness(32)), CTR(bytes(16))).encryptor()
    for at in range(0, len(out), len(_ZEROS)):
        piece = out[at : at + len(_ZEROS)]
        stream.update_into(_ZEROS[: len(piece)], piece)


def padded_length(length: int, largest: int) -> int:
    """The stored length of `length` bytes: a power of two of at least 1 KiB, or what fills a pack."""
    needed = max(length + 8, _SMALLEST)
    return min(1 << (needed - 1).bit_length(), largest)


def pad(data: Bytes, size: int, width: int = 8) -> bytes:
    """`data` behind its length, filled with zeros up to `size`."""
    if len(data) + width > size:
        raise ValueError("the data does not fit the size it is padded to")
    return len(data).to_bytes(width, "big") + bytes(data) + bytes(size - len(data) - width)


def unpad(padded: bytes | memoryview, width: int = 8) -> bytes:
    """What `pad` was given."""
    length = int.from_bytes(padded[:width], "big")
    if length > len(padded) - width:
        raise OnggiError("vault.seal.broken")
    return bytes(padded[width : width + length])
