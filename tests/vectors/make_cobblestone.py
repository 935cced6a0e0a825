"""Writes cobblestone.json: messages of C2SP chunked-encryption as Cobblestone-256, by its text alone.

Uses none of our code: HKDF-Expand is written out here with hmac, AES-256-GCM comes from `cryptography`. Keys
and salts are hashes of their number, so running it again writes the same bytes. Long messages are kept as
SHA-256: `python -m tests.vectors.make_cobblestone`.
"""

import hashlib
import hmac
import json
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 16384
LENGTHS = (0, 1, 16383, 16384, 16385, 20480, 32768)


def expand(key: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand of RFC 5869 §2.3 with SHA-512."""
    output = block = b""
    number = 0
    while len(output) < length:
        number += 1
        block = hmac.new(key, block + info + bytes([number]), hashlib.sha512).digest()
        output += block
    return output[:length]


def seal(key: bytes, context: bytes, salt: bytes, plaintext: bytes) -> bytes:
    """salt || commitment || chunks, each under the base nonce XOR its number; the last one is short."""
    info = b"c2sp.org/chunked-encryption@v1+" + b"AEAD_AES_256_GCM" + b"\x00" + salt + context
    material = expand(key, info, 32 + 12 + 32)
    message_key, base, commitment = material[:32], material[32:44], material[44:]
    message = salt + commitment
    for number in range(len(plaintext) // CHUNK + 1):
        nonce = bytes(a ^ b for a, b in zip(base, number.to_bytes(12, "big"), strict=True))
        chunk = plaintext[number * CHUNK : (number + 1) * CHUNK]
        message += AESGCM(message_key).encrypt(nonce, chunk, b"")
    return message


def plain(length: int) -> bytes:
    """The plaintext of a vector: 0, 1 … 250 over and over, so that no two chunks are the same."""
    return (bytes(range(251)) * (length // 251 + 1))[:length]


def make() -> list[dict[str, object]]:
    """A vector for each length, each with a key, a salt and a context of its own."""
    vectors: list[dict[str, object]] = []
    for number, length in enumerate(LENGTHS):
        key = hashlib.sha256(b"key %d" % number).digest()
        salt = hashlib.sha256(b"salt %d" % number).digest()[:24]
        context = b"" if number == 0 else b"context %d" % number
        message = seal(key, context, salt, plain(length))
        vectors.append(
            {
                "key": key.hex(),
                "salt": salt.hex(),
                "context": context.hex(),
                "length": length,
                "commitment": message[24:56].hex(),
                "sealed_length": len(message),
                "sha256": hashlib.sha256(message).hexdigest(),
                **({"message": message.hex()} if length < 64 else {}),
            }
        )
    return vectors


if __name__ == "__main__":
    Path(__file__).with_name("cobblestone.json").write_text(json.dumps(make(), indent=1) + "\n")
