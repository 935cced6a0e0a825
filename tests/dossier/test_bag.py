"""Building bags: from the same parts as the independent vectors, the same bytes."""

import pytest
from tests.dossier.invented import Grove
from tests.proof.vectors import read_vectors

from onggi.dossier.bag import (
    Anchored,
    Provenance,
    ProvenStatement,
    Timestamp,
    build_dossier_bag,
    build_proof_bag,
    show_provenance,
)
from onggi.dossier.publish import Publication
from onggi.evidence.bag import GUIDES, WITHHELD
from onggi.evidence.derived import Derived
from onggi.proof.anchor import Entry, parse_anchor
from onggi.proof.inclusion import Climb, Inclusion
from onggi.proof.leaf import SLOT_NAMES, Reason, disclose_slots
from onggi.proof.merkle import inclusion_path
from onggi.proof.part import parse_part
from onggi.proof.signature import Signer

VECTORS = read_vectors("proof")
BAGS = {
    name: {path: text.encode() for path, text in read_vectors("bags")[name].items()}
    for name in ("proof", "dossier")
}
PUBLIC = Signer(bytes.fromhex(VECTORS["ed25519 seed"]), bytes.fromhex(VECTORS["mldsa seed"])).public
OLD = BAGS["proof"]["data/anchors/1.txt"]


def show(*, derived: Derived | None = None, reading: str = "") -> Provenance:
    """The provenance of the vectors."""
    entries = [bytes.fromhex(one) for one in VECTORS["anchor entries"]]
    leaves = [bytes.fromhex(one) for one in VECTORS["stratum leaves"]]
    index = VECTORS["anchor index"]
    climb = Climb(
        0,
        tuple(map(bytes.fromhex, VECTORS["commit paths"][0])),
        Entry(bytes.fromhex(VECTORS["anchor random"]), index, inclusion_path(entries, index)),
    )
    statements = [
        ProvenStatement(
            disclose_slots(
                [vector["slots"][name].encode() for name in SLOT_NAMES],
                bytes.fromhex(vector["salts"]),
                {SLOT_NAMES[int(at) - 1]: Reason(reason) for at, reason in withheld.items()},
            ),
            Inclusion(place, len(leaves), inclusion_path(leaves, place), climb),
        )
        for vector, place, withheld in zip(
            VECTORS["statements"], VECTORS["places"], VECTORS["withheld"], strict=True
        )
    ]
    return show_provenance(statements, [], [Anchored(parse_anchor(OLD))], derived=derived, reading=reading)


def test_the_same_parts_give_the_same_proof() -> None:
    guides = {name: BAGS["proof"][name] for name in GUIDES}
    provenance = show(reading="Statement 1: invented.\nStatement 2: invented.\n")
    assert build_proof_bag(provenance, PUBLIC, guides) == BAGS["proof"]


def test_the_same_parts_give_the_same_dossier() -> None:
    bag = BAGS["dossier"]
    provenance = show(derived=Derived(((1, 1), (2, 2))))
    publication = Publication(
        bag["data/publication/statements.jsonl"],
        parse_part(bag["data/publication/proof.txt"]),
        parse_anchor(bag["data/anchors/1.txt"]),
    )
    carried = ("data/documents/dossier.html", "data/items/item-1.txt", WITHHELD)
    files = {**{path: bag[path] for path in carried}, **provenance.files}
    guides = {name: bag[name] for name in GUIDES}
    built = build_dossier_bag(publication, files, PUBLIC, guides, provenance=provenance)
    assert built == bag


def test_timestamps_stand_beside_their_anchor() -> None:
    grove = Grove(1)
    stamps = [Timestamp(b"one", b"chain"), Timestamp(b"two", b"chain", b"lists")]
    provenance = show_provenance(grove.statements(), [], [Anchored(grove.anchor, stamps)])
    bag = build_proof_bag(provenance, PUBLIC, {})
    named = {path: bag[path] for path in bag if path.startswith("data/anchors/1-")}
    assert named == {
        "data/anchors/1-1.tsr": b"one",
        "data/anchors/1-1.chain.pem": b"chain",
        "data/anchors/1-2.tsr": b"two",
        "data/anchors/1-2.chain.pem": b"chain",
        "data/anchors/1-2.crl.pem": b"lists",
    }


@pytest.mark.parametrize("count", [1, 5, 40])
def test_a_tree_is_told_once(count: int) -> None:
    grove = Grove(count, others=0)
    provenance = show_provenance(grove.statements(), [], [Anchored(grove.anchor)])
    part = parse_part(provenance.files["data/provenance/proof.txt"])
    assert len(part.trees) == 1
    assert len(part.statements) == count
