"""Couples of records, by their numbers: which there are, and in what two agree (§2).

Floor 4. Pure. Refused: nothing.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from onggi.link.columns import MISSING, Levels, Numbers
from onggi.link.features import Feature

Couple = tuple[int, int]  # numbers of two records, the smaller first


def order_couple(one: int, other: int) -> Couple:
    """Two records, the smaller number first."""
    return (one, other) if one < other else (other, one)


def list_all(records: int) -> list[Couple]:
    """Every couple there is, in order."""
    return list(combinations(range(records), 2))


def number_couples(records: int, a: Numbers, b: Numbers) -> NDArray[np.int64]:
    """Where couples a < b stand among all."""
    first = a.astype(np.int64)
    return first * (2 * records - first - 1) // 2 + b - first - 1


def compare_couples(couples: Sequence[Couple], features: Sequence[Feature]) -> Levels:
    """The level of each feature for couples of records, as the engine finds it for candidates."""
    levels = np.full((len(couples), len(features)), MISSING, np.int8)
    if not couples:
        return levels
    first, second = np.array(couples, np.int32).T
    for at, feature in enumerate(features):
        x, y = feature.codes[first], feature.codes[second]
        held = (x >= 0) & (y >= 0)
        found = np.zeros(len(x), np.int8)
        other = held & (x != y)
        if feature.near is not None and other.any():
            found[other] = feature.near(np.minimum(x, y)[other], np.maximum(x, y)[other])
        equal = held & (x == y)
        found[equal] = feature.equal[x[equal]]
        levels[:, at] = np.where(held, found, MISSING)
    return levels
