"""Every kind of preimage has a form of its own."""

from collections.abc import Callable

import pytest
from tests.proof.vectors import read_vectors

from onggi.proof.digest import hash_entry, hash_item, hash_node, hash_root, hash_slot, hash_statement

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


def test_kinds_never_meet() -> None:
    # The same 64 bytes as node and as anchor entry, and a slot that imitates an item.
    assert hash_node(bytes(32), bytes(32)) != hash_entry(bytes(32), bytes(32))
    assert hash_slot(3, bytes(16), bytes(40)) != hash_item(bytes(16), bytes(32), 0)
