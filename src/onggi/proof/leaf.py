"""Five slots as one leaf, each of them shown or withheld (proof.md §2).

Nothing is encoded here: slots come as the bytes that were stored, and those are hashed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from onggi.proof.digest import SALT_SIZE, hash_slot, hash_slots, hash_statement

SLOT_NAMES = ("what", "subject", "source", "words", "trace")
"""In the order of their positions 1 to 5."""

EMPTY_SLOT = b"null"


class Reason(StrEnum):
    """Why a slot is withheld: the words we write. Whoever reads takes any word."""

    EMPTY = "empty"
    SOURCE = "source"
    WORDS = "words"
    IDENTITY = "identity"
    TRACE = "trace"


@dataclass(frozen=True, slots=True)
class Seal:
    """A statement as it enters a tree: its leaf and the five digests under it."""

    leaf: bytes
    digests: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A slot that is shown: its stored bytes, and the salt without which nobody could check them."""

    slot: bytes
    salt: bytes


@dataclass(frozen=True, slots=True)
class Withheld:
    """A slot of which only the digest is shown; without the salt no guess at the content can be confirmed."""

    digest: bytes
    reason: str


Disclosure: TypeAlias = Disclosed | Withheld


def seal_slots(slots: Sequence[bytes], salts: bytes) -> Seal:
    """Seal five slots under five fresh salts, which are given as 80 random bytes."""
    digests = hash_slots(slots, salts)
    return Seal(hash_statement(digests), digests)


def disclose_slots(
    slots: Sequence[bytes], salts: bytes, withheld: Mapping[str, Reason]
) -> tuple[Disclosure, ...]:
    """Show the slots of a statement but those named in `withheld`."""
    unknown = withheld.keys() - set(SLOT_NAMES)
    if unknown:
        raise ValueError("only what, subject, source, words and trace can be withheld")
    digests = seal_slots(slots, salts).digests
    return tuple(
        Withheld(digests[number], withheld[name])
        if name in withheld
        else Disclosed(slots[number], salts[number * SALT_SIZE : (number + 1) * SALT_SIZE])
        for number, name in enumerate(SLOT_NAMES)
    )


def find_leaf(disclosures: Sequence[Disclosure]) -> bytes:
    """The leaf to which five slots lead, whether shown or withheld."""
    return hash_statement(
        [
            part.digest if isinstance(part, Withheld) else hash_slot(position, part.salt, part.slot)
            for position, part in enumerate(disclosures, start=1)
        ]
    )
