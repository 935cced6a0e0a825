"""RFC 6962 trees of any size, over leaves that are hashes already, and their paths (RFC 9162 §2.1.3).

A tree is built level by level: neighbours are joined and a last one without neighbour moves up as it is. That
is the tree of RFC 6962 §2.1, which splits at the largest power of two, without its recursion.
"""

from collections.abc import Sequence
from hashlib import sha256

from onggi.errors import OnggiError
from onggi.proof.digest import NODE, hash_node


def build_levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """All levels of the tree, from the leaves up to the root, for whoever needs many paths."""
    if not leaves:
        raise ValueError("a tree has at least one leaf")
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        levels.append(_join_neighbours(levels[-1]))
    return levels


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root over `leaves`."""
    if not leaves:
        raise ValueError("a tree has at least one leaf")
    level = list(leaves)
    while len(level) > 1:
        level = _join_neighbours(level)
    return level[0]


def inclusion_path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The siblings on the way from the leaf at `index` up to the root."""
    return path_through(build_levels(leaves), index)


def path_through(levels: Sequence[Sequence[bytes]], index: int) -> tuple[bytes, ...]:
    """The same path, through levels that were built before."""
    if not 0 <= index < len(levels[0]):
        raise ValueError("no leaf at this index")
    path = []
    for level in levels[:-1]:
        sibling = index ^ 1
        if sibling < len(level):  # a last one without neighbour moves up and adds nothing to the path
            path.append(level[sibling])
        index >>= 1
    return tuple(path)


def root_from_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root to which `path` leads from the leaf at `index` of `size` leaves.

    Raises:
        OnggiError: `proof.path`, where the path is longer or shorter than such a tree's.
    """
    if not 0 <= index < size:
        raise OnggiError("proof.path")
    last = size - 1
    node = leaf
    siblings = iter(path)
    try:
        while last:
            if index & 1:
                node = hash_node(next(siblings), node)
            elif index < last:
                node = hash_node(node, next(siblings))
            index >>= 1
            last >>= 1
    except StopIteration:
        raise OnggiError("proof.path") from None
    if next(siblings, None) is not None:
        raise OnggiError("proof.path")
    return node


def _join_neighbours(level: list[bytes]) -> list[bytes]:
    # hash_node, written out: a call for each node is a third of the time of a large tree.
    joined = [
        sha256(NODE + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)
    ]
    if len(level) & 1:
        joined.append(level[-1])
    return joined
