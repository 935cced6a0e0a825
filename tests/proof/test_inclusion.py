"""Many leaves of one tree: exactly the nodes that cannot be computed lead to the root, one more or less
nowhere."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.vectors import read_vectors

from onggi.errors import OnggiError
from onggi.proof.anchor import Entry
from onggi.proof.inclusion import Climb, Inclusion, climb_anchor, find_nodes, find_root
from onggi.proof.merkle import build_levels, inclusion_path, path_through

VECTORS = read_vectors("proof")
CLIMB = Climb(
    0,
    tuple(map(bytes.fromhex, VECTORS["commit paths"][0])),
    Entry(
        bytes.fromhex(VECTORS["anchor random"]),
        VECTORS["anchor index"],
        inclusion_path([bytes.fromhex(one) for one in VECTORS["anchor entries"]], VECTORS["anchor index"]),
    ),
)

chosen = st.integers(0, 5).flatmap(
    lambda height: st.tuples(
        st.just(1 << height),
        st.sets(st.integers(0, (1 << height) - 1), min_size=1),
        st.integers(0, 2**32).map(random.Random),
    )
)


def grow(size: int, indexes: set[int], dice: random.Random) -> tuple[list[list[bytes]], list[Inclusion]]:
    """A tree, and the way of some of its leaves."""
    levels = build_levels([dice.randbytes(32) for _ in range(size)])
    return levels, [Inclusion(index, size, path_through(levels, index), CLIMB) for index in sorted(indexes)]


@given(chosen)
def test_the_nodes_that_are_needed_lead_to_the_root(tree: tuple[int, set[int], random.Random]) -> None:
    size, indexes, dice = tree
    levels, inclusions = grow(size, indexes, dice)
    leaves = {index: levels[0][index] for index in indexes}
    nodes = find_nodes(inclusions)
    assert all(levels[level][index] == node for (level, index), node in nodes.items())
    assert find_root(leaves, size, nodes) == levels[-1][0]
    for gone in nodes:
        with pytest.raises(OnggiError, match=r"proof\.path"):
            find_root(leaves, size, {place: node for place, node in nodes.items() if place != gone})
    for level, row in enumerate(levels):
        for index, node in enumerate(row):
            if (level, index) not in nodes:
                with pytest.raises(OnggiError, match=r"proof\.path"):
                    find_root(leaves, size, {**nodes, (level, index): node})


@given(chosen)
def test_one_leaf_needs_its_path_and_all_leaves_nothing(tree: tuple[int, set[int], random.Random]) -> None:
    size, indexes, dice = tree
    _, inclusions = grow(size, indexes, dice)
    assert [*find_nodes(inclusions[:1]).values()] == [*inclusions[0].path]
    assert find_nodes(grow(size, set(range(size)), dice)[1]) == {}


@given(chosen)
def test_another_leaf_leads_elsewhere(tree: tuple[int, set[int], random.Random]) -> None:
    size, indexes, dice = tree
    levels, inclusions = grow(size, indexes, dice)
    leaves = {index: levels[0][index] for index in indexes}
    leaves[min(indexes)] = bytes(32)
    assert find_root(leaves, size, find_nodes(inclusions)) != levels[-1][0]


@pytest.mark.parametrize("size", [0, 3, 5, 2**33])
def test_a_tree_of_another_width_is_refused(size: int) -> None:
    with pytest.raises(OnggiError, match=r"proof\.path"):
        find_root({0: bytes(32)}, size, {})


@pytest.mark.parametrize("leaves", [{}, {2: bytes(32)}, {-1: bytes(32)}])
def test_a_leaf_has_to_be_of_the_tree(leaves: dict[int, bytes]) -> None:
    with pytest.raises(OnggiError, match=r"proof\.path"):
        find_root(leaves, 2, {(0, 1): bytes(32)})


def test_the_independent_way_leads_to_its_anchor() -> None:
    root = bytes.fromhex(VECTORS["stratum roots"][0])
    assert climb_anchor(root, CLIMB, 64).hex() == VECTORS["anchor root"]
    assert climb_anchor(bytes(32), CLIMB, 64).hex() != VECTORS["anchor root"]
    with pytest.raises(OnggiError, match=r"proof\.path"):
        climb_anchor(root, CLIMB, 128)
