"""The trees of a vault: strata scattered and padded, three of them in a commit (proof.md §3).

Positions in a scattered tree tell nothing; its size tells a power of two and no more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from onggi.proof.digest import HASH_SIZE, hash_root
from onggi.proof.merkle import inclusion_path, merkle_root

Randomness: TypeAlias = Callable[[int], bytes]
"""Gives so many random bytes. The faces pass the operating system's; tests pass their own."""

GREATEST_WIDTH = 2**32
"""Leaves of one tree. A bound, so that a verifier in a shell never overflows; no tree comes near it."""

STRATUM_COUNT = 3
"""A commit root is over record, identity and care, in this order."""

_SORT_KEY_SIZE = 16


@dataclass(frozen=True, slots=True)
class Scattered:
    """Leaves among padding: `leaves` as they enter the tree, `places[i]` where the i-th given leaf stands."""

    leaves: tuple[bytes, ...]
    places: tuple[int, ...]


def scatter_leaves(leaves: Sequence[bytes], random: Randomness, *, least: int = 1) -> Scattered:
    """Pad with random leaves to a power of two of at least `least`, and shuffle."""
    size = round_up(max(len(leaves), least))
    padding = random(HASH_SIZE * (size - len(leaves)))
    given = [*leaves, *(padding[at : at + HASH_SIZE] for at in range(0, len(padding), HASH_SIZE))]
    # Sorting by fresh 128-bit keys is a uniform shuffle unless two keys are equal, which they never are.
    drawn = random(_SORT_KEY_SIZE * size)
    keys = [drawn[at : at + _SORT_KEY_SIZE] for at in range(0, len(drawn), _SORT_KEY_SIZE)]
    order = sorted(range(size), key=keys.__getitem__)
    places = [0] * size
    for place, one in enumerate(order):
        places[one] = place
    return Scattered(tuple(given[one] for one in order), tuple(places[: len(leaves)]))


def is_width(size: int) -> bool:
    """Whether a padded tree can have so many leaves: a power of two, and not beyond the format's bound."""
    return 0 < size <= GREATEST_WIDTH and size.bit_count() == 1


def round_up(count: int) -> int:
    """The smallest power of two that is not below `count`; at least 1."""
    return 1 << max(count - 1, 0).bit_length()


def commit_root(stratum_roots: Sequence[bytes]) -> bytes:
    """The root over the roots of record, identity and care, in this order."""
    return merkle_root(_commit_leaves(stratum_roots))


def commit_path(stratum_roots: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The siblings on the way from the root of the stratum at `index` to the commit root."""
    return inclusion_path(_commit_leaves(stratum_roots), index)


def _commit_leaves(stratum_roots: Sequence[bytes]) -> list[bytes]:
    if len(stratum_roots) != STRATUM_COUNT:
        raise ValueError("a commit has three stratum roots")
    return [hash_root(root) for root in stratum_roots]
