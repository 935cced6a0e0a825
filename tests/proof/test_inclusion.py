"""proof.txt: read and written the same, and every changed byte refused or leading elsewhere."""

from dataclasses import replace

import pytest
from tests.proof.vectors import read_vectors

from onggi.errors import OnggiError
from onggi.proof.inclusion import Inclusion, Proof, climb_tree, parse_proof, rebuild_leaf, render_proof
from onggi.proof.leaf import SLOT_NAMES

BAG = read_vectors("bag")
ROOT = read_vectors("proof")["anchor root"]
TEXTS = [BAG[f"data/statement-{number}/proof.txt"].encode() for number in (1, 2)]


def read_slots(number: int) -> dict[str, bytes]:
    """The disclosed slots of a statement of the vector."""
    folder = f"data/statement-{number}/"
    return {name: BAG[path].encode() for name in SLOT_NAMES if (path := f"{folder}{name}.json") in BAG}


def follow(proof: Proof, number: int) -> tuple[bool, str]:
    """Whether the slots lead to the leaf, and the root to which the leaf leads."""
    return rebuild_leaf(proof, read_slots(number)) == proof.leaf, climb_tree(
        proof.leaf, proof.inclusion
    ).hex()


@pytest.mark.parametrize("number", [1, 2])
def test_the_independent_proof_verifies(number: int) -> None:
    proof = parse_proof(TEXTS[number - 1])
    assert render_proof(proof) == TEXTS[number - 1]
    assert follow(proof, number) == (True, ROOT)


def test_every_changed_byte_is_refused() -> None:
    for at in range(len(TEXTS[0])):
        changed = bytearray(TEXTS[0])
        changed[at] ^= 1
        try:
            verdict = follow(parse_proof(bytes(changed)), 1)
        except OnggiError:
            continue
        assert verdict != (True, ROOT), f"byte {at}"


def test_every_cut_is_refused() -> None:
    for at in range(len(TEXTS[0])):
        with pytest.raises(OnggiError, match=r"proof\.form"):
            parse_proof(TEXTS[0][:at])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n", b"\r\n"),
        (b"stratum-leaves 4", b"stratum-leaves 04"),
        (b"stratum-leaves 4", b"stratum-leaves +4"),
        (b"commit-index 0", b"commit-index 3"),
        (b" words\n", b" shame\n"),
        (b"format onggi-proof-1", b"format onggi-proof-2"),
        (b"leaf ", b"leaf  "),
    ],
)
def test_no_other_spelling(old: bytes, new: bytes) -> None:
    assert old in TEXTS[0]
    with pytest.raises(OnggiError, match=r"proof\.form"):
        parse_proof(TEXTS[0].replace(old, new))


@pytest.mark.parametrize("leaves", [0, 3, 5, 8, 2**33])
def test_a_tree_of_another_width_is_refused(leaves: int) -> None:
    proof = parse_proof(TEXTS[0])
    wrong: Inclusion = replace(proof.inclusion, stratum_leaves=leaves)
    with pytest.raises(OnggiError, match=r"proof\.path"):
        climb_tree(proof.leaf, wrong)


def test_a_narrow_anchor_is_refused() -> None:
    proof = parse_proof(TEXTS[0])
    entry = proof.inclusion.entry
    narrow = replace(proof.inclusion, anchor_leaves=32, entry=replace(entry, index=0, path=entry.path[:5]))
    with pytest.raises(OnggiError, match=r"proof\.path"):
        climb_tree(proof.leaf, narrow)


def test_a_tree_of_one_leaf_has_no_path() -> None:
    proof = parse_proof(TEXTS[0])
    alone = replace(
        proof, inclusion=replace(proof.inclusion, stratum_leaves=1, stratum_index=0, stratum_path=())
    )
    text = render_proof(alone)
    assert b"stratum-path -\n" in text
    assert parse_proof(text) == alone
