"""Bags about nobody, with seeded dice, for the tests of both checkers: a proof, and a whole dossier."""

import random
from collections.abc import Sequence

from onggi.dossier.bag import (
    Anchored,
    Provenance,
    ProvenItem,
    ProvenStatement,
    Timestamp,
    build_dossier_bag,
    build_proof_bag,
    show_provenance,
)
from onggi.dossier.publish import Publication, plant_publication
from onggi.evidence.bag import SEALS, WITHHELD, is_expected, seal_bag
from onggi.evidence.content import Content, weigh
from onggi.evidence.cuts import Cut, render_cuts
from onggi.evidence.derived import Derived
from onggi.proof.anchor import Anchor, plant_anchor
from onggi.proof.canonical import encode_canonical
from onggi.proof.digest import hash_item
from onggi.proof.inclusion import Climb, Inclusion
from onggi.proof.leaf import Reason, disclose_slots, seal_slots
from onggi.proof.merkle import build_levels, path_through
from onggi.proof.signature import Signer
from onggi.proof.tree import commit_path, commit_root, scatter_leaves

SIGNER = Signer(b"\x01" * 32, b"\x02" * 32)
SHORT_GUIDES = {"VERIFY.md": b"how\n", "verify.sh": b"exit 1\n", "FORMAT.md": b"what\n"}

WITHHELD_SLOTS: tuple[dict[str, Reason], ...] = (
    {"words": Reason.WORDS, "trace": Reason.TRACE},
    {"subject": Reason.IDENTITY, "source": Reason.SOURCE, "words": Reason.EMPTY},
    {},
)
"""What is withheld in turn: two slots, three, none."""

ITEM = b"an invented photograph, as it was sealed\n"
ITEMS = {"data/items/item-1.jpg": ITEM, "data/items/item-2.txt": b"an invented transcript\n"}
DOCUMENTS = {
    "data/documents/dossier.pdf": b"%PDF invented\n",
    "data/exchange/statements.csv": b"code,value\nP-2,invented\n",
}
CUTS = [Cut("withheld", "words", "identity", 2), Cut("coarsened", "date", "source", 1, 2)]


class Grove:
    """A commit of statements and items among others, under an anchor over two commits more."""

    def __init__(
        self,
        count: int,
        *,
        stratum: int = 0,
        others: int = 3,
        seed: int = 1,
        items: Sequence[bytes] = (),
        start: int = 1,
    ) -> None:
        dice = random.Random(seed)
        self._slots = [invent_slots(number) for number in range(start, start + count + others)]
        self._salts = [dice.randbytes(80) for _ in self._slots]
        self.item_salts = [dice.randbytes(16) for _ in items]
        leaves = [seal_slots(parts, salt).leaf for parts, salt in zip(self._slots, self._salts, strict=True)]
        self.item_leaves = [
            _seal_item(salt, content) for salt, content in zip(self.item_salts, items, strict=True)
        ]
        scattered = scatter_leaves([*leaves, *self.item_leaves], dice.randbytes)
        levels = build_levels(scattered.leaves)
        roots = [dice.randbytes(32) for _ in range(3)]
        roots[stratum] = levels[-1][0]
        planted = plant_anchor(
            [dice.randbytes(32), commit_root(roots), dice.randbytes(32)], SIGNER, dice.randbytes
        )
        climb = Climb(stratum, commit_path(roots, stratum), planted.entries[1])
        self.anchor: Anchor = planted.anchor
        self.inclusions = [
            Inclusion(place, len(scattered.leaves), path_through(levels, place), climb)
            for place in scattered.places
        ]
        self._count, self._others = count, others

    def statements(self, anchor: int = 0) -> list[ProvenStatement]:
        """The statements that are shown."""
        return [
            ProvenStatement(
                disclose_slots(
                    self._slots[number], self._salts[number], WITHHELD_SLOTS[number % len(WITHHELD_SLOTS)]
                ),
                self.inclusions[number],
                anchor,
            )
            for number in range(self._count)
        ]

    def item(self, number: int, anchor: int = 0, path: str = "", reason: str = "") -> ProvenItem:
        """One of the items, shown as `path` or withheld."""
        inclusion = self.inclusions[self._count + self._others + number]
        salt = self.item_salts[number] if path else b""
        return ProvenItem(self.item_leaves[number], inclusion, anchor, salt, path, reason)


def make_proof(
    count: int = 2,
    *,
    stratum: int = 0,
    others: int = 3,
    seed: int = 1,
    guides: dict[str, bytes] = SHORT_GUIDES,
    anchor: Anchor | None = None,
) -> dict[str, bytes]:
    """The bag of a proof: provenance alone, under one anchor. It verifies, unless another anchor is given."""
    grove = Grove(count, stratum=stratum, others=others, seed=seed)
    reading = "".join(f"Statement {number}: invented.\n" for number in range(1, count + 1))
    provenance = show_provenance(grove.statements(), [], [Anchored(anchor or grove.anchor)], reading=reading)
    return as_bytes(build_proof_bag(provenance, SIGNER.public, guides))


def make_dossier(
    count: int = 3,
    *,
    seed: int = 1,
    guides: dict[str, bytes] = SHORT_GUIDES,
    provenance: bool = True,
    files: dict[str, Content] | None = None,
    timestamps: Sequence[Timestamp] = (),
    publication: Publication | None = None,
) -> dict[str, bytes]:
    """The bag of a dossier: statements, items, documents, and where it is asked for the provenance."""
    covered = {**carry(count, provenance, seed=seed), **(files or {})}
    recorded = _recorded(seed) if provenance else None
    publication = publication or publish(count, seed=seed, provenance=provenance, files=files)
    return as_bytes(
        build_dossier_bag(
            publication, covered, SIGNER.public, guides, timestamps=timestamps, provenance=recorded
        )
    )


def publish(
    count: int = 3, *, seed: int = 1, provenance: bool = True, files: dict[str, Content] | None = None
) -> Publication:
    """The publication of `make_dossier` with the same arguments; its anchor is another each time."""
    slots = [invent_slots(100 * seed + number) for number in range(1, count + 1)]
    covered = {**carry(count, provenance, seed=seed), **(files or {})}
    return plant_publication(slots, covered, SIGNER, random.Random(seed).randbytes)


def carry(count: int, provenance: bool, *, seed: int = 1) -> dict[str, Content]:
    """What a publication of so many statements covers."""
    cuts = [cut for cut in CUTS if cut.statement <= count]
    files: dict[str, Content] = {**ITEMS, **DOCUMENTS, WITHHELD: render_cuts(cuts)}
    return {**files, **(_recorded(seed).files if provenance else {})}


_RECORDED: dict[int, Provenance] = {}


def _recorded(seed: int) -> Provenance:
    if seed not in _RECORDED:  # an anchor is another each time it is signed
        first = Grove(2, seed=seed + 1000, items=[ITEM, b"withheld"], start=11)
        second = Grove(1, stratum=1, others=0, seed=seed + 2000, start=21)
        _RECORDED[seed] = show_provenance(
            [*first.statements(), *second.statements(1)],
            [first.item(0, path="data/items/item-1.jpg"), first.item(1, reason="identity")],
            [Anchored(first.anchor), Anchored(second.anchor)],
            derived=Derived(((1, 1), (1, 2), (3, 1)), ((2, "data/items/item-2.txt"),)),
        )
    return _RECORDED[seed]


def as_bytes(files: dict[str, Content]) -> dict[str, bytes]:
    """The files of a bag that holds no stream."""
    return {path: content for path, content in files.items() if isinstance(content, bytes)}


def reseal(files: dict[str, bytes]) -> dict[str, bytes]:
    """What an adversary does, too: all manifests made again, over whatever may stand in a bag."""
    return files | seal_bag(
        {path: data for path, data in files.items() if is_expected(path) and path not in SEALS}
    )


def invent_slots(number: int) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """The slots of a statement that nobody made."""
    return (
        encode_canonical({"property": "act.type", "value": f"invented {number}", "polarity": "asserts"}),
        encode_canonical({"id": f"{number:032x}", "subject": "P-7F3K2MX"}),
        encode_canonical({"source": "an invented report", "page": number}),
        encode_canonical({"original": "꾸며 낸 말 · 虚构的话", "lang": "ko"}),
        encode_canonical(None),
    )


def _seal_item(salt: bytes, content: bytes) -> bytes:
    weight = weigh(content)
    return hash_item(salt, weight.sha256, weight.length)
