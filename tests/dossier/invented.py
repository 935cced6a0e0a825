"""A bag about nobody, with seeded dice, for the tests of both checkers."""

import random

from onggi.dossier.bag import ProvenStatement, build_bag
from onggi.proof.anchor import Anchor, plant_anchor
from onggi.proof.canonical import encode_canonical
from onggi.proof.inclusion import Inclusion
from onggi.proof.leaf import Reason, disclose_slots, seal_slots
from onggi.proof.merkle import inclusion_path, merkle_root
from onggi.proof.signature import Signer
from onggi.proof.tree import commit_path, commit_root, scatter_leaves

SIGNER = Signer(b"\x01" * 32, b"\x02" * 32)
SHORT_GUIDES = {"VERIFY.md": b"how\n", "verify.sh": b"exit 1\n", "FORMAT.md": b"what\n"}

WITHHELD: tuple[dict[str, Reason], ...] = (
    {"words": Reason.WORDS, "trace": Reason.TRACE},
    {"subject": Reason.IDENTITY, "source": Reason.SOURCE, "words": Reason.EMPTY},
    {},
)
"""What is withheld in turn: two slots, three, none."""


def make_statements(
    count: int = 2, stratum: int = 0, others: int = 3, seed: int = 1
) -> tuple[list[ProvenStatement], Anchor]:
    """So many statements of one commit among `others`, under an anchor over two commits more."""
    dice = random.Random(seed)
    slots = [_invent_slots(number) for number in range(1, count + others + 1)]
    salts = [dice.randbytes(80) for _ in slots]
    leaves = [seal_slots(parts, salt).leaf for parts, salt in zip(slots, salts, strict=True)]
    scattered = scatter_leaves(leaves, dice.randbytes)
    roots = [dice.randbytes(32) for _ in range(3)]
    roots[stratum] = merkle_root(scattered.leaves)
    commits = [dice.randbytes(32), commit_root(roots), dice.randbytes(32)]
    planted = plant_anchor(commits, SIGNER, dice.randbytes)
    statements = [
        ProvenStatement(
            slots=disclose_slots(slots[number], salts[number], WITHHELD[number % len(WITHHELD)]),
            inclusion=Inclusion(
                stratum_index=place,
                stratum_leaves=len(scattered.leaves),
                stratum_path=inclusion_path(scattered.leaves, place),
                commit_index=stratum,
                commit_path=commit_path(roots, stratum),
                anchor_leaves=planted.anchor.size,
                entry=planted.entries[1],
            ),
            reading=f"Statement {number + 1}: an invented source says an invented thing.\n",
        )
        for number, place in enumerate(scattered.places[:count])
    ]
    return statements, planted.anchor


def make_bag(
    count: int = 2,
    *,
    stratum: int = 0,
    others: int = 3,
    seed: int = 1,
    guides: dict[str, bytes] = SHORT_GUIDES,
) -> dict[str, bytes]:
    """A bag that verifies."""
    statements, anchor = make_statements(count, stratum, others, seed)
    return build_bag(statements, anchor, SIGNER.public, guides)


def _invent_slots(number: int) -> list[bytes]:
    return [
        encode_canonical({"property": "act.type", "value": f"invented {number}", "polarity": "asserts"}),
        encode_canonical({"id": f"{number:032x}", "subject": "P-7F3K2MX"}),
        encode_canonical({"source": "an invented report", "page": number}),
        encode_canonical({"original": "꾸며 낸 말 · 虚构的话", "lang": "ko"}),
        encode_canonical(None),
    ]
