"""Scattering, and the three strata of a commit."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.vectors import read_vectors

from onggi.proof.digest import hash_root
from onggi.proof.merkle import root_from_path
from onggi.proof.tree import commit_path, commit_root, is_width, round_up, scatter_leaves

VECTORS = read_vectors("proof")


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40), st.integers(1, 64), st.integers())
def test_scatter_keeps_every_leaf(leaves: list[bytes], least: int, seed: int) -> None:
    scattered = scatter_leaves(leaves, random.Random(seed).randbytes, least=least)
    assert [scattered.leaves[place] for place in scattered.places] == leaves
    assert len(scattered.leaves) == round_up(max(len(leaves), least))
    assert is_width(len(scattered.leaves))
    assert len(set(scattered.places)) == len(leaves)
    assert all(len(leaf) == 32 for leaf in scattered.leaves)


def test_an_empty_stratum_is_one_random_leaf() -> None:
    dice = random.Random(1)
    first, second = scatter_leaves([], dice.randbytes), scatter_leaves([], dice.randbytes)
    assert len(first.leaves) == len(second.leaves) == 1
    assert first.leaves != second.leaves


def test_every_order_comes_up_alike() -> None:
    dice = random.Random(7)
    leaves = [bytes([number]) * 32 for number in range(4)]
    counts: dict[tuple[int, ...], int] = {}
    for _ in range(2400):
        places = scatter_leaves(leaves, dice.randbytes).places
        counts[places] = counts.get(places, 0) + 1
    assert len(counts) == 24
    # 100 expected each; chi-squared with 23 degrees of freedom stays below 49.7 in 999 runs of 1000.
    assert sum((count - 100) ** 2 / 100 for count in counts.values()) < 49.7


def test_commit_as_in_the_vectors() -> None:
    roots = [bytes.fromhex(root) for root in VECTORS["stratum roots"]]
    assert commit_root(roots).hex() == VECTORS["commit root"]
    for index, expected in enumerate(VECTORS["commit paths"]):
        path = commit_path(roots, index)
        assert [sibling.hex() for sibling in path] == expected
        assert root_from_path(hash_root(roots[index]), index, 3, path) == commit_root(roots)


def test_a_commit_has_three_strata() -> None:
    with pytest.raises(ValueError, match="three"):
        commit_root([bytes(32)] * 2)


@pytest.mark.parametrize(
    ("size", "fits"), [(0, False), (1, True), (3, False), (64, True), (2**32, True), (2**33, False)]
)
def test_widths(size: int, fits: bool) -> None:
    assert is_width(size) is fits
