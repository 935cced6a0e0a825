"""A trail: the steps from a hash to whoever attests it, as OpenTimestamps writes them (timestamps.md, §9).

Pure. Read once, from the front, in bounded time and memory, with no recursion. Never written anew: what is
added is put between bytes that stay as they came. Refused: with `calendar.form` what is no trail by the
letter, with `calendar.step` what holds a step of a kind that nobody here knows, unless it is the first: that
is a page of the way there, or anything else.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from onggi.errors import OnggiError

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
HEAD = MAGIC + b"\x01\x08"
"""What every trail begins with that we take: the format's number, and SHA-256."""

MOST = 64 * 1024
MOST_ANSWERED = 10_000

PENDING = bytes.fromhex("83dfe30d2ef90c8e")
BLOCK = bytes.fromhex("0588960d73d71901")

_MOST_ITEMS = 2_048
_DEEPEST = 256
_LONGEST = 4_096
_MOST_PAYLOAD = 8_192
_MOST_ADDRESS = 1_000
_TAG_SIZE = 8
_LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/:")
_FORK, _ATTESTED, _APPEND, _PREPEND = 0xFF, 0x00, 0xF0, 0xF1
_PLAIN: dict[int, Callable[[bytes], bytes]] = {
    0xF2: lambda data: data[::-1],
    0xF3: lambda data: data.hex().encode(),
}
_HASHES = {0x02: "sha1", 0x03: "ripemd160", 0x08: "sha256", 0x67: ""}  # Keccak-256: no hash of Python's
_STEPS = {_APPEND, _PREPEND, *_PLAIN, *_HASHES}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One attestation: a calendar's promise (`address`), in a block (`height`), or of another kind.

    `message` is what it speaks of, None where a step on the way cannot be made here; `start` the place in the
    bytes read where its item begins; `branches` the numbers of the branches that it stands in.
    """

    message: bytes | None
    start: int
    branches: tuple[int, ...]
    address: str = ""
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """All attestations behind a message, and the place where the last item that speaks of it begins."""

    leaves: tuple[Leaf, ...]
    last: int


@dataclass(frozen=True, slots=True)
class Trail:
    """A whole file: the hash that it begins with, and its attestations."""

    digest: bytes
    leaves: tuple[Leaf, ...]


def list_waiting(trail: Trail) -> list[Leaf]:
    """The promises of calendars behind which no block stands yet."""
    blocks = [leaf.branches for leaf in trail.leaves if leaf.height is not None]
    return [
        leaf
        for leaf in trail.leaves
        if leaf.address and not any(one[: len(leaf.branches)] == leaf.branches for one in blocks)
    ]


def is_trail(raw: bytes) -> bool:
    """Whether these bytes are meant as a trail; not whether they are one."""
    return raw.startswith(MAGIC)


def read_trail(raw: bytes) -> Trail:
    """Read a file. Raises `calendar.large`, `calendar.form` or `calendar.step`."""
    if len(raw) > MOST:
        raise OnggiError("calendar.large")
    digest = read_digest(raw)
    branch = _read(_Bytes(raw, len(HEAD) + len(digest)), digest)
    return Trail(digest, branch.leaves)


def read_digest(raw: bytes) -> bytes:
    """The hash that a trail begins with, whatever stands behind it. Raises `calendar.form`."""
    digest = raw[len(HEAD) : len(HEAD) + 32]
    if not raw.startswith(HEAD) or len(digest) < 32:
        raise OnggiError("calendar.form")
    return digest


def read_branch(raw: bytes, message: bytes) -> Branch:
    """Read what a calendar answered about a message. Raises the same."""
    if len(raw) > MOST_ANSWERED:
        raise OnggiError("calendar.large")
    return _read(_Bytes(raw), message)


def begin_trail(digest: bytes) -> bytes:
    """The bytes of a trail up to its branch."""
    return HEAD + digest


def nonce_steps(nonce: bytes) -> bytes:
    """The steps that append a nonce and hash; a branch about the outcome follows."""
    return bytes([_APPEND, len(nonce)]) + nonce + b"\x08"


def insert_answer(raw: bytes, start: int, answer: bytes, message: bytes) -> bytes:
    """A trail with a calendar's answer about `message` put before the item that begins at `start`.

    Raises what `read_branch` raises.
    """
    last = read_branch(answer, message).last
    return raw[:start] + answer[:last] + bytes([_FORK]) + answer[last:] + raw[start:]


@dataclass(slots=True)
class _Bytes:
    """Bytes, and the place up to which they have been read."""

    raw: bytes
    place: int = 0

    def take(self, count: int) -> bytes:
        taken = self.raw[self.place : self.place + count]
        if len(taken) < count:
            raise OnggiError("calendar.form")
        self.place += count
        return taken

    def number(self) -> int:
        value = 0
        for shift in range(0, 64, 7):
            (byte,) = self.take(1)
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                if value >= 2**64:
                    break
                return value
        raise OnggiError("calendar.form")

    def counted(self, least: int, most: int) -> bytes:
        count = self.number()
        if not least <= count <= most:
            raise OnggiError("calendar.form")
        return self.take(count)

    def end(self) -> None:
        if self.place != len(self.raw):
            raise OnggiError("calendar.form")


def _read(source: _Bytes, message: bytes) -> Branch:
    leaves: list[Leaf] = []
    last = items = 0
    # Branches of which an item is still to come: their message, and their numbers from the outermost on. The
    # item that is marked as the last takes its branch away before what follows it is read.
    coming: list[tuple[bytes | None, tuple[int, ...]]] = [(message, (0,))]
    while coming:
        items += 1
        start = source.place
        said, branches = coming[-1]
        (kind,) = source.take(1)
        if kind == _FORK:
            (kind,) = source.take(1)
        else:
            coming.pop()
            last = start if len(branches) == 1 else last
        if kind == _ATTESTED:
            leaves.append(_read_leaf(source, said, start, branches))
        else:
            if kind not in _STEPS:
                raise OnggiError("calendar.form" if items == 1 else "calendar.step")
            coming.append((_step(source, kind, said), (*branches, items)))
        if items > _MOST_ITEMS or len(branches) > _DEEPEST:
            raise OnggiError("calendar.form")
    source.end()
    return Branch(tuple(leaves), last)


def _read_leaf(source: _Bytes, message: bytes | None, start: int, branches: tuple[int, ...]) -> Leaf:
    tag = source.take(_TAG_SIZE)
    payload = _Bytes(source.counted(0, _MOST_PAYLOAD))
    if tag == PENDING:
        address = payload.counted(0, _MOST_ADDRESS)
        if not _LETTERS.issuperset(address):
            raise OnggiError("calendar.form")
        leaf = Leaf(message, start, branches, address=address.decode("ascii"))
    elif tag == BLOCK:
        leaf = Leaf(message, start, branches, height=payload.number())
    else:
        return Leaf(message, start, branches)
    payload.end()
    return leaf


def _step(source: _Bytes, kind: int, message: bytes | None) -> bytes | None:
    """What one step makes of a message; None where that is not known."""
    if kind in (_APPEND, _PREPEND):
        argument = source.counted(1, _LONGEST)
        made = message and (message + argument if kind == _APPEND else argument + message)
    elif kind in _PLAIN:
        made = message and _PLAIN[kind](message)
    else:
        made = message and _hash(_HASHES[kind], message)
    if made is not None and len(made) > _LONGEST:
        raise OnggiError("calendar.form")
    return made


def _hash(name: str, message: bytes) -> bytes | None:
    try:
        return hashlib.new(name, message, usedforsecurity=False).digest()
    except ValueError:  # the system's hashes lack it
        return None
