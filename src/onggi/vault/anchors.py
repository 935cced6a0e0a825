"""Anchors as the vault keeps them: the public file, and the secret way to it for each commit (§10).

Pure: bytes in, bytes out. What is shown outside is the file alone; the random values that lead a commit to it
stand only here, under the compartment's log key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from onggi.errors import OnggiError
from onggi.proof.anchor import Entry, plant_anchor
from onggi.proof.signature import Signer
from onggi.vault.commits import Step
from onggi.vault.seal import Randomness
from onggi.vault.signed import Hash, decode_json


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
    text = planted.anchor.text
    return len(text).to_bytes(4, "big") + text + msgspec.json.encode(_Ways(ways), order="sorted")


def read_anchor(stored: bytes) -> Anchoring:
    """An anchor from its stored form. Raises `vault.anchors.broken` where the bytes have another form."""
    length = int.from_bytes(stored[:4], "big")
    try:
        ways = decode_json(stored[4 + length :], _Ways).entries
    except OnggiError:
        raise OnggiError("vault.anchors.broken") from None
    return Anchoring(
        stored[4 : 4 + length],
        {
            way.commit: Entry(bytes.fromhex(way.random), way.index, tuple(map(bytes.fromhex, way.path)))
            for way in ways
        },
    )
