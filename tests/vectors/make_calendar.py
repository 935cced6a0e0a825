"""Writes calendar.json: trails by hand, and headers of blocks of a chain of our own, from timestamps.md, §9.

    python tests/vectors/make_calendar.py

Needs Python alone, and nothing of ours. Deterministic: made again, the file is the same.
"""

import hashlib
import json
from pathlib import Path

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00" + bytes.fromhex("bf89e2e884e89294")
TEXT = b"an invented anchor file\n"
NONCE = bytes(range(16))
ADDRESS = b"https://calendar.example"
OTHER = b"http://127.0.0.1:14788/other"
# The easiest target there is: every second header keeps it.
EASY = 0x207FFFFF


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def counted(data: bytes) -> bytes:
    return number(len(data)) + data


def number(value: int) -> bytes:
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])


def append(data: bytes) -> bytes:
    return b"\xf0" + counted(data)


def prepend(data: bytes) -> bytes:
    return b"\xf1" + counted(data)


def pending(address: bytes) -> bytes:
    return b"\x00" + bytes.fromhex("83dfe30d2ef90c8e") + counted(counted(address))


def block(height: int) -> bytes:
    return b"\x00" + bytes.fromhex("0588960d73d71901") + counted(number(height))


def unknown() -> bytes:
    return b"\x00" + b"elsewher" + counted(b"whatever")


def mine(root: bytes, moment: int) -> bytes:
    """A header over this root that keeps the easiest target."""
    target = (EASY & 0xFFFFFF) << 8 * ((EASY >> 24) - 3)
    for nonce in range(2**32):
        made = (
            (4).to_bytes(4, "little")
            + sha(b"the block before")
            + root
            + moment.to_bytes(4, "little")
            + EASY.to_bytes(4, "little")
            + nonce.to_bytes(4, "little")
        )
        if int.from_bytes(sha(sha(made)), "little") <= target:
            return made
    raise AssertionError


def main() -> None:
    """Make the file."""
    digest = sha(TEXT)
    message = sha(digest + NONCE)
    head = MAGIC + b"\x01\x08"
    begin = head + digest + append(NONCE) + b"\x08"
    # What a calendar answers at once: its clock before, its own secret's trace behind, and a promise.
    promised = b"\x65\x00\x00\x00" + message + b"\xaa" * 8
    promise = prepend(promised[:4]) + append(promised[-8:]) + pending(ADDRESS)
    # Later: into its own tree, a transaction, twice hashed, and beside another one to the block's root.
    transaction = sha(sha(b"\x01\x00" + sha(promised + b"\xbb" * 32) + b"\x00\x00"))
    neighbour = sha(b"another transaction")
    root = sha(sha(neighbour + transaction))
    later = (
        append(b"\xbb" * 32)
        + b"\x08"
        + prepend(b"\x01\x00")
        + append(b"\x00\x00")
        + b"\x08\x08"
        + prepend(neighbour)
        + b"\x08\x08"
        + block(900_000)
    )
    header = mine(root, 1_772_366_400)
    steps = prepend(promised[:4]) + append(promised[-8:])
    complete = begin + steps + b"\xff" + later + pending(ADDRESS)
    # All plain steps and hashes, a fork within a fork, and what is attested elsewhere.
    shapes = (
        head
        + digest
        + b"\xff\xf2\xf3\x02"
        + pending(ADDRESS)
        + b"\xff\x03"
        + unknown()
        + b"\xff\x67"
        + block(7)
        + b"\x08\xff"
        + pending(OTHER)
        + pending(ADDRESS)
    )
    parts = {
        "text": TEXT,
        "nonce": NONCE,
        "message": message,
        "question": head + message,
        "promise": promise,
        "promised": promised,
        "trail": begin + promise,
        "carried": head + message + promise,
        "later": later,
        "complete": complete,
        "root": root,
        "header": header,
        "shapes": shapes,
    }
    refused = {
        "nothing behind the hash": head + digest,
        "cut short": (begin + promise)[:-1],
        "bytes behind the end": begin + promise + b"\x00",
        "another format": MAGIC + b"\x02\x08" + digest + promise,
        "another hash": MAGIC + b"\x01\x02" + digest[:20] + promise,
        "a fork and nothing else": head + digest + b"\xff" + pending(ADDRESS),
        "an empty argument": head + digest + b"\xf0\x00" + pending(ADDRESS),
        "a long argument": head + digest + append(bytes(4097)) + pending(ADDRESS),
        "a long message": head + digest + append(bytes(4096)) + pending(ADDRESS),
        "a long hex": head + digest + append(bytes(2100)) + b"\xf3" + pending(ADDRESS),
        "an address with a query": head + digest + pending(b"https://calendar.example/?q"),
        "a long address": head + digest + pending(b"a" * 1001),
        "bytes behind an address": head
        + digest
        + b"\x00"
        + bytes.fromhex("83dfe30d2ef90c8e")
        + b"\x03\x01ab",
        "bytes behind a height": head
        + digest
        + b"\x00"
        + bytes.fromhex("0588960d73d71901")
        + b"\x02\x01\x01",
        "a number without end": head + digest + b"\x00" + b"elsewher" + b"\xff" * 11,
        "a number that is too large": head
        + digest
        + b"\x00"
        + bytes.fromhex("0588960d73d71901")
        + b"\x0a"
        + b"\xff" * 9
        + b"\x7f",
        "too deep": head + digest + b"\x08" * 256 + pending(ADDRESS),
    }
    hexed = {name: part.hex() for name, part in parts.items()}
    hexed["hash"] = sha(sha(header))[::-1].hex()
    made = {**hexed, "refused": {name: raw.hex() for name, raw in refused.items()}}
    Path(__file__).with_name("calendar.json").write_text(json.dumps(made, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
