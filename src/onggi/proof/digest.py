"""One hash for each kind of preimage (proof.md §2 and §3).

Each kind has its own first byte or, as an RFC 6962 leaf, its own length, so that none can be read as another.
That holds only while the lengths do; therefore a wrong length is a ValueError here and not a longer preimage.
"""

from collections.abc import Sequence
from hashlib import sha256

HASH_SIZE = 32
SALT_SIZE = 16
SLOT_COUNT = 5

LEAF = b"\x00"
NODE = b"\x01"
SLOT = b"\x02"
ITEM = b"\x03"

_SLOT_PREFIXES = tuple(SLOT + bytes([position]) for position in range(1, SLOT_COUNT + 1))
_SALT_STARTS = tuple(range(0, SLOT_COUNT * SALT_SIZE, SALT_SIZE))


def hash_slot(position: int, salt: bytes, slot: bytes) -> bytes:
    """The digest of the slot at `position` 1 to 5, over its canonical bytes as they are stored."""
    if not 1 <= position <= SLOT_COUNT or len(salt) != SALT_SIZE:
        raise ValueError("a slot has a position from 1 to 5 and a salt of 16 bytes")
    return sha256(_SLOT_PREFIXES[position - 1] + salt + slot).digest()


def hash_slots(slots: Sequence[bytes], salts: bytes) -> tuple[bytes, ...]:
    """The digests of all five slots, over five salts that stand behind each other."""
    if len(slots) != SLOT_COUNT or len(salts) != SLOT_COUNT * SALT_SIZE:
        raise ValueError("a statement has five slots and five salts of 16 bytes")
    # hash_slot, written out: five calls and five checks are half of the time of a leaf.
    return tuple(
        [
            sha256(prefix + salts[at : at + SALT_SIZE] + slot).digest()
            for prefix, at, slot in zip(_SLOT_PREFIXES, _SALT_STARTS, slots, strict=True)
        ]
    )


def hash_statement(digests: Sequence[bytes]) -> bytes:
    """The leaf of a statement, from the five digests of its slots."""
    preimage = b"".join(digests)
    if len(digests) != SLOT_COUNT or len(preimage) != SLOT_COUNT * HASH_SIZE:
        raise ValueError("a statement has five digests of 32 bytes")
    return sha256(LEAF + preimage).digest()


def hash_item(salt: bytes, content: bytes, length: int) -> bytes:
    """The leaf of a file kept as evidence, from the SHA-256 of its content and its length in bytes."""
    if len(salt) != SALT_SIZE or len(content) != HASH_SIZE:
        raise ValueError("an item has a salt of 16 bytes and a hash of 32")
    return sha256(ITEM + salt + content + length.to_bytes(8)).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """The node over two hashes."""
    return sha256(NODE + left + right).digest()


def hash_root(root: bytes) -> bytes:
    """The leaf under which a stratum root enters the commit root."""
    if len(root) != HASH_SIZE:
        raise ValueError("a stratum root has 32 bytes")
    return sha256(LEAF + root).digest()


def hash_entry(random: bytes, commit_root: bytes) -> bytes:
    """The leaf under which a commit root enters an anchor; `random` keeps two anchors apart."""
    if len(random) != HASH_SIZE or len(commit_root) != HASH_SIZE:
        raise ValueError("an anchor entry has 32 random bytes and a root of 32")
    return sha256(LEAF + random + commit_root).digest()
