"""Building a bag: from the same parts as the independent vector, the same bytes."""

from tests.proof.vectors import read_vectors

from onggi.dossier.bag import ProvenStatement, build_bag
from onggi.proof.anchor import parse_anchor
from onggi.proof.inclusion import parse_proof
from onggi.proof.leaf import SLOT_NAMES, Reason, disclose_slots
from onggi.proof.signature import Signer

VECTORS = read_vectors("proof")
BAG = {path: text.encode() for path, text in read_vectors("bag").items()}


def test_the_same_parts_give_the_same_bag() -> None:
    signer = Signer(bytes.fromhex(VECTORS["ed25519 seed"]), bytes.fromhex(VECTORS["mldsa seed"]))
    statements = [
        ProvenStatement(
            slots=disclose_slots(
                [vector["slots"][name].encode() for name in SLOT_NAMES],
                bytes.fromhex(vector["salts"]),
                {SLOT_NAMES[int(at) - 1]: Reason(reason) for at, reason in withheld.items()},
            ),
            inclusion=parse_proof(BAG[f"data/statement-{number}/proof.txt"]).inclusion,
            reading=f"Statement {number}: invented.\n",
        )
        for number, (vector, withheld) in enumerate(
            zip(VECTORS["statements"], VECTORS["withheld"], strict=True), start=1
        )
    ]
    guides = {name: BAG[name] for name in ("VERIFY.md", "verify.sh", "FORMAT.md")}
    built = build_bag(statements, parse_anchor(BAG["data/anchor.txt"]), signer.public, guides)
    assert built == BAG
