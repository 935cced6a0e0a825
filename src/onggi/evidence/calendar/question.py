"""What a calendar is asked: one hash over an anchor's hash and a nonce (timestamps.md, §9). Pure."""

import hashlib
from dataclasses import dataclass

from onggi.evidence.calendar.trail import HEAD, begin_trail, nonce_steps

NONCE_SIZE = 16
_HASH_SIZE = 32


@dataclass(frozen=True, slots=True)
class Question:
    """The 32 bytes that a calendar is given, and what leads to them from the anchor file.

    `begin` is all of a trail up to the calendar's answer; `carried` the file that is carried to it.
    """

    message: bytes
    begin: bytes

    @property
    def carried(self) -> bytes:
        return begin_trail(self.message)


def make_question(text: bytes, nonce: bytes) -> Question:
    """What is asked about an anchor file, with a nonce of NONCE_SIZE bytes."""
    digest = hashlib.sha256(text).digest()
    return Question(hashlib.sha256(digest + nonce).digest(), begin_trail(digest) + nonce_steps(nonce))


def is_question(raw: bytes) -> bool:
    """Whether these bytes are a question as it is carried, and so hold nothing but a hash."""
    return len(raw) == len(HEAD) + _HASH_SIZE and raw.startswith(HEAD)
