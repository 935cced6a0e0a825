"""The way from leaves to anchors, for one leaf or for many of one tree (proof.md §3).

Leaves of one tree share most of their siblings. So a proof gives only the nodes that cannot be computed;
`find_nodes` says which these are, `find_root` takes them and nothing else. Refused: a node too few, and one
too many, which nothing would hold in its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from onggi.errors import OnggiError
from onggi.proof.anchor import Entry
from onggi.proof.digest import hash_entry, hash_node, hash_root
from onggi.proof.merkle import root_from_path
from onggi.proof.tree import STRATUM_COUNT, is_width

Nodes: TypeAlias = Mapping[tuple[int, int], bytes]
"""Hashes of a tree by level, 0 for the leaves, and index."""


@dataclass(frozen=True, slots=True)
class Climb:
    """The way from the root of one stratum of one commit to an anchor: through the commit, then its entry."""

    stratum: int
    commit_path: tuple[bytes, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where one leaf stands in its stratum tree, and the way from there to an anchor."""

    index: int
    leaves: int
    path: tuple[bytes, ...]
    climb: Climb


def climb_anchor(stratum_root: bytes, climb: Climb, size: int) -> bytes:
    """The root to which `climb` leads from the root of a stratum, in an anchor of `size` leaves.

    Raises:
        OnggiError: `proof.path`, where a path does not fit its tree.
    """
    commit_root = root_from_path(hash_root(stratum_root), climb.stratum, STRATUM_COUNT, climb.commit_path)
    entry = climb.entry
    return root_from_path(hash_entry(entry.random, commit_root), entry.index, size, entry.path)


def find_nodes(inclusions: Sequence[Inclusion]) -> dict[tuple[int, int], bytes]:
    """The nodes that have to be given beside the leaves of `inclusions`, which are of one tree."""
    nodes: dict[tuple[int, int], bytes] = {}
    for one in inclusions:
        for level, sibling in enumerate(one.path):
            nodes[level, (one.index >> level) ^ 1] = sibling
    known = {one.index for one in inclusions}
    for level in range(max((len(one.path) for one in inclusions), default=0)):
        for index in known:
            nodes.pop((level, index), None)
        known = {index >> 1 for index in known}
    return nodes


def find_root(leaves: Mapping[int, bytes], size: int, nodes: Nodes) -> bytes:
    """The root of a tree of `size` leaves, from some of them by index and the nodes given beside them.

    Raises:
        OnggiError: `proof.path`, where a node is missing, can be computed, or is needed by nothing.
    """
    if not is_width(size) or not leaves or not all(0 <= index < size for index in leaves):
        raise OnggiError("proof.path")
    height = size.bit_length() - 1
    given: list[dict[int, bytes]] = [{} for _ in range(height)]
    for (level, index), node in nodes.items():
        if not 0 <= level < height:
            raise OnggiError("proof.path")
        given[level][index] = node
    known = dict(leaves)
    for beside in given:
        # Each of them stands beside a node that is known, and is none itself: so each is held in its place.
        if any(index in known or index ^ 1 not in known for index in beside):
            raise OnggiError("proof.path")
        known = _join_pairs({**known, **beside})
    return known[0]


def _join_pairs(level: Mapping[int, bytes]) -> dict[int, bytes]:
    if any(index ^ 1 not in level for index in level):
        raise OnggiError("proof.path")
    return {index >> 1: hash_node(node, level[index ^ 1]) for index, node in level.items() if not index & 1}
