"""Every kind of preimage has a form of its own."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.vectors import read_vectors

from onggi.proof.digest import (
    hash_entry,
    hash_item,
    hash_node,
    hash_root,
    hash_slot,
    hash_slots,
    hash_statement,
)

VECTORS = read_vectors("proof")


def test_item() -> None:
    item = VECTORS["item"]
    leaf = hash_item(bytes.fromhex(item["salt"]), bytes.fromhex(item["content"]), item["length"])
    assert leaf.hex() == item["leaf"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: hash_slot(0, bytes(16), b""),
        lambda: hash_slot(6, bytes(16), b""),
        lambda: hash_slot(1, bytes(15), b""),
        lambda: hash_slots([b""] * 4, bytes(80)),
        lambda: hash_slots([b""] * 5, bytes(79)),
        lambda: hash_statement([bytes(32)] * 4),
        lambda: hash_statement([bytes(31), bytes(33), bytes(32), bytes(32), b""]),
        lambda: hash_item(bytes(15), bytes(32), 1),
        lambda: hash_item(bytes(16), bytes(31), 1),
        lambda: hash_root(bytes(64)),
        lambda: hash_entry(bytes(31), bytes(33)),
    ],
)
def test_wrong_lengths_are_refused(wrong: Callable[[], bytes]) -> None:
    with pytest.raises(ValueError, match="has"):
        wrong()


@given(st.lists(st.binary(max_size=200), min_size=5, max_size=5), st.binary(min_size=80, max_size=80))
def test_five_slots_at_once_are_five_slots(slots: list[bytes], salts: bytes) -> None:
    parts = [salts[at : at + 16] for at in range(0, 80, 16)]
    single = [hash_slot(number + 1, parts[number], slots[number]) for number in range(5)]
    assert list(hash_slots(slots, salts)) == single


def test_kinds_never_meet() -> None:
    # The same 64 bytes as node and as anchor entry, and a slot that imitates an item.
    assert hash_node(bytes(32), bytes(32)) != hash_entry(bytes(32), bytes(32))
    assert hash_slot(3, bytes(16), bytes(40)) != hash_item(bytes(16), bytes(32), 0)
