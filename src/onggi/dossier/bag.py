"""What is shown as the files of a bag (proof.md §5). Pure: a bag is a mapping from path to content.

First the provenance, if there is any, because the publication covers its files; then the publication; then
the bag of both, with the timestamps that were asked for over its anchor meanwhile.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onggi.dossier.publish import ANCHOR_NUMBER, Publication
from onggi.evidence.bag import (
    DERIVED,
    ED25519_KEY,
    LINES,
    MLDSA_KEY,
    PROOF,
    PROVENANCE,
    PUBLICATION,
    READING,
    SIGNERS,
    name_anchor,
    name_timestamp,
    seal_bag,
)
from onggi.evidence.content import Content
from onggi.evidence.derived import Derived, render_derived
from onggi.proof.anchor import Anchor
from onggi.proof.inclusion import Inclusion, find_nodes
from onggi.proof.leaf import Disclosed, Disclosure, find_leaf
from onggi.proof.part import ItemLine, Part, Shown, StatementLine, Tree, render_part
from onggi.proof.signature import PublicKey


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A reply of a timestamping authority, its chain as PEM with the root last, and its revocation lists."""

    reply: bytes
    chain: bytes
    crl: bytes = b""


@dataclass(frozen=True, slots=True)
class Anchored:
    """An anchor, and the timestamps there are over it."""

    anchor: Anchor
    timestamps: Sequence[Timestamp] = ()


@dataclass(frozen=True, slots=True)
class ProvenStatement:
    """A statement as it was recorded: its slots, shown or withheld, and its way to an anchor.

    `anchor` is the place of that anchor among those given, from 0.
    """

    slots: tuple[Disclosure, ...]
    inclusion: Inclusion
    anchor: int = 0


@dataclass(frozen=True, slots=True)
class ProvenItem:
    """A file as it was sealed: its leaf and its way; with salt and path where it is shown, else a reason."""

    leaf: bytes
    inclusion: Inclusion
    anchor: int = 0
    salt: bytes = b""
    path: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """The files below `data/provenance/`, which a publication has to cover, and the anchors they lead to."""

    files: Mapping[str, bytes]
    anchors: Mapping[int, Anchored]


def show_provenance(
    statements: Sequence[ProvenStatement],
    items: Sequence[ProvenItem],
    anchors: Sequence[Anchored],
    *,
    derived: Derived | None = None,
    reading: str = "",
) -> Provenance:
    """The provenance of a publication, to which `derived` ties it; or, without that, a proof by itself.

    `reading` are the same statements as sentences, for people.
    """
    first = ANCHOR_NUMBER + 1 if derived else ANCHOR_NUMBER
    files = {
        PROVENANCE + LINES: b"".join(
            part.slot + b"\n" for one in statements for part in one.slots if isinstance(part, Disclosed)
        ),
        PROVENANCE + PROOF: render_part(_join(statements, items, first)),
    }
    if derived:
        files[DERIVED] = render_derived(derived)
    if reading:
        files[READING] = reading.encode()
    return Provenance(files, dict(enumerate(anchors, start=first)))


def build_proof_bag(
    provenance: Provenance, public: PublicKey, guides: Mapping[str, bytes]
) -> dict[str, Content]:
    """The smallest bag: statements as they were recorded, under anchors that `public` signed."""
    return _seal(dict(provenance.files), provenance.anchors, public, guides)


def build_dossier_bag(
    publication: Publication,
    files: Mapping[str, Content],
    public: PublicKey,
    guides: Mapping[str, bytes],
    *,
    timestamps: Sequence[Timestamp] = (),
    provenance: Provenance | None = None,
) -> dict[str, Content]:
    """The bag of a publication, which covers `files`: items, documents, `withheld.jsonl`, provenance."""
    anchors = {ANCHOR_NUMBER: Anchored(publication.anchor, timestamps)}
    part = {
        PUBLICATION + LINES: publication.lines,
        PUBLICATION + PROOF: render_part(publication.part),
    }
    return _seal({**files, **part}, anchors | dict(provenance.anchors if provenance else {}), public, guides)


def _join(statements: Sequence[ProvenStatement], items: Sequence[ProvenItem], first: int) -> Part:
    """One part of statements and items of several trees; each tree is told once, with the nodes it lacks."""
    groups: dict[Tree, list[Inclusion]] = defaultdict(list)
    lines: list[ProvenStatement | ProvenItem] = [*statements, *items]
    for one in lines:
        groups[_tree(one, first)].append(one.inclusion)
    numbers = {tree: number for number, tree in enumerate(groups, start=1)}
    return Part(
        tuple(groups),
        tuple(
            StatementLine(
                numbers[_tree(one, first)],
                one.inclusion.index,
                tuple(Shown(slot.salt) if isinstance(slot, Disclosed) else slot for slot in one.slots),
                find_leaf(one.slots),
            )
            for one in statements
        ),
        tuple(
            ItemLine(
                numbers[_tree(one, first)], one.inclusion.index, one.leaf, one.salt, one.path, one.reason
            )
            for one in items
        ),
        nodes={
            (numbers[tree], level, index): node
            for tree, inclusions in groups.items()
            for (level, index), node in find_nodes(inclusions).items()
        },
    )


def _tree(one: ProvenStatement | ProvenItem, first: int) -> Tree:
    return Tree(first + one.anchor, one.inclusion.leaves, one.inclusion.climb)


def _seal(
    files: dict[str, Content],
    anchors: Mapping[int, Anchored],
    public: PublicKey,
    guides: Mapping[str, bytes],
) -> dict[str, Content]:
    files |= guides
    files |= {
        ED25519_KEY: public.ed25519_pem,
        MLDSA_KEY: public.mldsa_pem,
        SIGNERS: public.ssh_line,
    }
    for number, one in anchors.items():
        files[name_anchor(number)] = one.anchor.text
        for at, stamp in enumerate(one.timestamps, start=1):
            files[name_timestamp(number, at, "tsr")] = stamp.reply
            files[name_timestamp(number, at, "chain.pem")] = stamp.chain
            if stamp.crl:
                files[name_timestamp(number, at, "crl.pem")] = stamp.crl
    return files | seal_bag(files)
