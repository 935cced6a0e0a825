"""Anchors: the vector, the forms of C2SP, and that every changed byte is refused."""

import base64
import random

import pytest
from tests.proof.vectors import read_vectors

from onggi.errors import OnggiError
from onggi.proof.anchor import LEAST_LEAVES, parse_anchor, plant_anchor, sign_root, verify_anchor
from onggi.proof.digest import hash_entry
from onggi.proof.merkle import root_from_path
from onggi.proof.signature import Signer

VECTORS = read_vectors("proof")
SIGNER = Signer(bytes.fromhex(VECTORS["ed25519 seed"]), bytes.fromhex(VECTORS["mldsa seed"]))
OTHER = Signer(bytes(32), bytes(32))
TEXT = read_vectors("bags")["proof"]["data/anchors/1.txt"].encode()


def test_the_independent_anchor_verifies() -> None:
    anchor = verify_anchor(TEXT, SIGNER.public)
    assert anchor.text == TEXT
    assert (anchor.size, anchor.root.hex()) == (64, VECTORS["anchor root"])


def test_our_anchor_differs_only_in_the_hedged_signature() -> None:
    ours = sign_root(bytes.fromhex(VECTORS["anchor root"]), 64, SIGNER).text
    assert ours.splitlines()[:5] == TEXT.splitlines()[:5]
    assert len(ours) == len(TEXT)


@pytest.mark.parametrize("count", [1, 63, 64, 65])
def test_planted_entries_lead_to_the_root(count: int) -> None:
    dice = random.Random(count)
    roots = [dice.randbytes(32) for _ in range(count)]
    planted = plant_anchor(roots, SIGNER, dice.randbytes)
    anchor = verify_anchor(planted.anchor.text, SIGNER.public)
    assert anchor.size == (128 if count > LEAST_LEAVES else LEAST_LEAVES)
    for root, entry in zip(roots, planted.entries, strict=True):
        leaf = hash_entry(entry.random, root)
        assert root_from_path(leaf, entry.index, anchor.size, entry.path) == anchor.root


def test_two_anchors_share_nothing() -> None:
    dice = random.Random(1)
    roots = [dice.randbytes(32)]
    first, second = (plant_anchor(roots, SIGNER, dice.randbytes) for _ in range(2))
    assert first.anchor.root != second.anchor.root
    assert first.entries[0].random != second.entries[0].random
    assert not set(first.entries[0].path) & set(second.entries[0].path)


def test_every_changed_byte_is_refused() -> None:
    for at in range(len(TEXT)):
        changed = bytearray(TEXT)
        changed[at] ^= 1
        with pytest.raises(OnggiError, match=r"proof\.anchor"):
            verify_anchor(bytes(changed), SIGNER.public)


def test_every_cut_and_addition_is_refused() -> None:
    for text in (*(TEXT[:at] for at in range(len(TEXT))), TEXT + b"\n", b"\n" + TEXT, TEXT + TEXT):
        with pytest.raises(OnggiError, match=r"proof\.anchor\.form"):
            parse_anchor(text)


def test_unused_bits_of_base64_are_refused() -> None:
    # 43 digits hold 258 bits; the last two mean nothing and would let one root have four spellings.
    root = base64.b64encode(bytes.fromhex(VECTORS["anchor root"])).decode()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    twin = root[:42] + alphabet[alphabet.index(root[42]) ^ 1] + "="
    assert base64.b64decode(twin) == base64.b64decode(root)
    with pytest.raises(OnggiError, match=r"proof\.anchor\.form"):
        parse_anchor(TEXT.replace(root.encode(), twin.encode()))


@pytest.mark.parametrize("size", [32, 63, 65, 100, 2**33])
def test_sizes_no_tree_has_are_refused(size: int) -> None:
    with pytest.raises(OnggiError, match=r"proof\.anchor\.form"):
        parse_anchor(sign_root(bytes(32), size, SIGNER).text)


def test_another_key_is_refused() -> None:
    with pytest.raises(OnggiError, match=r"proof\.anchor\.signature"):
        verify_anchor(TEXT, OTHER.public)


def test_no_half_of_two_keys_is_taken() -> None:
    halves = Signer(bytes.fromhex(VECTORS["ed25519 seed"]), bytes(32))
    assert halves.public.principal == SIGNER.public.principal
    assert halves.public.fingerprint != SIGNER.public.fingerprint
    with pytest.raises(OnggiError, match=r"proof\.anchor\.signature"):
        verify_anchor(TEXT, halves.public)
