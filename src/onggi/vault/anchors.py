"""Anchors as the vault keeps them: the public file, and the secret way to it for each commit (§10).

Pure: bytes in, bytes out. What is shown outside is the file alone; the random values that lead a commit to it
stand only here, under the compartment's log key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta, Struct

from onggi.proof.anchor import Entry, plant_anchor
from onggi.proof.signature import Signer
from onggi.vault.beside import read_beside, write_beside
from onggi.vault.commits import Step
from onggi.vault.seal import Randomness
from onggi.vault.signed import Hash


class _Way(Struct, frozen=True):
    commit: Hash
    random: Hash
    index: Annotated[int, Meta(ge=0, lt=2**32)]
    path: tuple[Hash, ...]


class _Ways(Struct, frozen=True):
    entries: tuple[_Way, ...]


@dataclass(frozen=True)
class Anchoring:
    """An anchor file, and for each commit it covers (by hash) the way from its root."""

    text: bytes
    ways: dict[str, Entry]


def make_anchor(steps: Sequence[Step], signer: Signer, randomness: Randomness) -> bytes:
    """The stored form of a new anchor over these commits, signed with the publication key."""
    planted = plant_anchor([step.commit.root for step in steps], signer, randomness)
    ways = tuple(
        _Way(step.hash, entry.random.hex(), entry.index, tuple(node.hex() for node in entry.path))
        for step, entry in zip(steps, planted.entries, strict=True)
    )
    return write_beside(planted.anchor.text, _Ways(ways))


def read_anchor(stored: bytes) -> Anchoring:
    """An anchor from its stored form. Raises `vault.anchors.broken` where the bytes have another form."""
    text, ways = read_beside(stored, _Ways, "vault.anchors.broken")
    return Anchoring(
        text,
        {
            way.commit: Entry(bytes.fromhex(way.random), way.index, tuple(map(bytes.fromhex, way.path)))
            for way in ways.entries
        },
    )
