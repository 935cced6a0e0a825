"""Whether the model would say the same if it had learned otherwise (§4).

EM ends in one of several places, and which pairs teach is a choice. So it is run from other starts, and
without the pairs that each feature's rules found; the clusters of each run are compared with those of the
model that is used. A spread above `BOUND` is no result to rely on.

Floor 4. Pure. Refused: nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onggi.link.clusters import join_pairs
from onggi.link.columns import Levels, Numbers
from onggi.link.model import Model, Start
from onggi.link.rules import Rule

BOUND = 0.03
SURE = 0.95  # probability from which pairs are joined, as other tools are measured

_STARTS = (Start(0.6, 0.05), Start(0.95, 0.05), Start(0.6, 1.0), Start(0.95, 1.0))

Fit = Callable[[Start, int], Model]


@dataclass(frozen=True, slots=True)
class Variant:
    """One other way to learn: what differs, the pairs of one person it estimates, its agreement (F1)."""

    what: str
    matches: float
    agreement: float


@dataclass(frozen=True, slots=True)
class Stability:
    """All variants, and the spread: the least agreement's distance from 1."""

    variants: tuple[Variant, ...]

    @property
    def spread(self) -> float:
        return max((1 - variant.agreement for variant in self.variants), default=0.0)

    @property
    def holds(self) -> bool:
        return self.spread <= BOUND


def check_stability(
    model: Model,
    fit: Fit,
    rules: Sequence[Rule],
    names: Sequence[str],
    records: int,
    a: Numbers,
    b: Numbers,
    levels: Levels,
) -> Stability:
    """Learn from other starts and other rules, and compare the clusters.

    `names` are those of the features; a, b and levels are the pairs that the model gives at least 0.01.
    """
    patterns, places = find_patterns(levels)

    def join(sure: NDArray[np.bool_]) -> Numbers:
        chosen = sure[places.reshape(-1)]
        return join_pairs(records, a[chosen], b[chosen])

    sure = model.score(patterns) >= SURE
    mine = join(sure)
    variants = []
    for what, start, used in list_variants(rules, names):
        other = fit(start, used)
        theirs = other.score(patterns) >= SURE
        agreement = 1.0 if np.array_equal(sure, theirs) else agree_clusters(mine, join(theirs))
        variants.append(Variant(what, other.matches, agreement))
    return Stability(tuple(variants))


def find_patterns(levels: Levels) -> tuple[Levels, NDArray[np.int64]]:
    """The different rows of levels, and for each row which it is."""
    packed = np.zeros(len(levels), np.int64)
    for column in levels.T:
        packed = packed * 64 + (column.astype(np.int64) + 1)  # no feature has so many levels
        packed = np.unique(packed, return_inverse=True)[1].reshape(-1)
    _, first, places = np.unique(packed, return_index=True, return_inverse=True)
    return levels[first], places.reshape(-1)


def list_variants(rules: Sequence[Rule], names: Sequence[str]) -> Iterator[tuple[str, Start, int]]:
    """Other starts; then, for each feature, without the rules that look at it."""
    for start in _STARTS:
        yield f"start {start.agree:g} / {start.matches:g}", start, -1
    everything = (1 << len(rules)) - 1
    for at, name in enumerate(names):
        used = sum(1 << bit for bit, rule in enumerate(rules) if at not in rule.features)
        if used not in (0, everything):
            yield f"− {name}", Start(), used


def agree_clusters(one: Numbers, other: Numbers) -> float:
    """How far two clusterings agree: F1 of the pairs that they join; 1 where neither joins any."""
    both = np.unique(one.astype(np.int64) * (len(one) + 1) + other, return_counts=True)[1]
    joined = _count_pairs(np.bincount(one)) + _count_pairs(np.bincount(other))
    return 2 * _count_pairs(both) / joined if joined else 1.0


def _count_pairs(sizes: NDArray[np.int64]) -> float:
    return float((sizes * (sizes - 1) // 2).sum())
