"""What a file of a bag holds: bytes, or a stream that is opened when it is needed.

Films of gigabytes are never whole in memory. A stream carries its length and hashes from when it was made;
whoever copies it compares. Does no I/O of its own: where the pieces come from is the caller's.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Weight:
    """How long a content is, and both hashes that a bag lists."""

    length: int
    sha256: bytes
    sha512: bytes


@dataclass(frozen=True, slots=True)
class Stream:
    """A content that is read in pieces: `pieces` begins anew each time it is called."""

    weight: Weight
    pieces: Callable[[], Iterable[bytes]]


Content: TypeAlias = bytes | Stream


class Scale:
    """Weighs what passes over it."""

    def __init__(self) -> None:
        self._length = 0
        self._hashes = hashlib.sha256(), hashlib.sha512()

    def add(self, piece: bytes) -> bytes:
        """Weigh one more piece, and hand it on."""
        self._length += len(piece)
        for one in self._hashes:
            one.update(piece)
        return piece

    def read(self) -> Weight:
        """The weight of all pieces so far."""
        sha256, sha512 = (one.digest() for one in self._hashes)
        return Weight(self._length, sha256, sha512)


def make_stream(pieces: Callable[[], Iterable[bytes]]) -> Stream:
    """A stream of `pieces`, read once now to weigh them."""
    scale = Scale()
    for piece in pieces():
        scale.add(piece)
    return Stream(scale.read(), pieces)


def weigh(content: Content) -> Weight:
    """The weight of a content: of a stream as it was when the stream was made."""
    if isinstance(content, Stream):
        return content.weight
    scale = Scale()
    scale.add(content)
    return scale.read()


def cut_pieces(content: Content) -> Iterator[bytes]:
    """A content in pieces."""
    if isinstance(content, Stream):
        yield from content.pieces()
    else:
        yield content
