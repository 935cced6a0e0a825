"""Trees and paths: the published tree, a naive second implementation, and that no changed path is taken."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.vectors import read_vectors
from tests.vectors.make_merkle import audit_path, hash_tree

from onggi.errors import OnggiError
from onggi.proof.merkle import build_levels, inclusion_path, merkle_root, path_through, root_from_path

VECTORS = read_vectors("merkle")
LEAVES = [sha256(b"\x00" + bytes.fromhex(entry)).digest() for entry in VECTORS["inputs"]]


@st.composite
def places(draw: st.DrawFn) -> tuple[list[bytes], int]:
    """A tree of up to 70 leaves and the index of one."""
    size = draw(st.integers(1, 70))
    leaves = [sha256(bytes([number])).digest() for number in range(size)]
    return leaves, draw(st.integers(0, size - 1))


def test_published_roots() -> None:
    for size, root in enumerate(VECTORS["roots"], start=1):
        assert merkle_root(LEAVES[:size]).hex() == root


def test_published_paths() -> None:
    for vector in VECTORS["paths"]:
        index, size = vector["index"], vector["size"]
        path = inclusion_path(LEAVES[:size], index)
        assert [sibling.hex() for sibling in path] == vector["path"]
        assert root_from_path(LEAVES[index], index, size, path).hex() == VECTORS["roots"][size - 1]


@given(places())
def test_naive_implementation_agrees(place: tuple[list[bytes], int]) -> None:
    leaves, index = place
    levels = build_levels(leaves)
    assert levels[-1] == [merkle_root(leaves)] == [hash_tree(leaves)]
    path = path_through(levels, index)
    assert list(path) == audit_path(index, leaves)
    assert root_from_path(leaves[index], index, len(leaves), path) == merkle_root(leaves)


@given(places(), st.data())
def test_changed_path_leads_elsewhere(place: tuple[list[bytes], int], data: st.DataObject) -> None:
    leaves, index = place
    path = list(inclusion_path(leaves, index))
    if path:
        at, byte = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 31))
        changed = bytearray(path[at])
        changed[byte] ^= data.draw(st.integers(1, 255))
        wrong = [*path[:at], bytes(changed), *path[at + 1 :]]
        assert root_from_path(leaves[index], index, len(leaves), wrong) != merkle_root(leaves)
        with pytest.raises(OnggiError, match=r"proof\.path"):
            root_from_path(leaves[index], index, len(leaves), path[:-1])
    with pytest.raises(OnggiError, match=r"proof\.path"):
        root_from_path(leaves[index], index, len(leaves), [*path, bytes(32)])


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0), (0, -1)])
def test_no_leaf_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(OnggiError, match=r"proof\.path"):
        root_from_path(bytes(32), index, size, [])


def test_wrong_use_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        merkle_root([])
    with pytest.raises(ValueError, match="at least one"):
        build_levels([])
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_path(LEAVES, len(LEAVES))
