"""Weights known beforehand, for where there is too little to learn from: a vault of fifty persons (§8).

How often one person's entries agree, and how often two people's do, is a table at the bottom of this page;
its reasons stand in linking.md. Names weigh what `names` says of them. No more than `MOST` is claimed,
whatever adds up: nobody has checked these weights on the people at hand.

Floor 4. Pure. Refused: nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onggi.errors import Finding
from onggi.link.columns import Floats, Levels
from onggi.link.couples import Couple, compare_couples
from onggi.link.features import Feature
from onggi.link.model import expit
from onggi.link.naming import EDGES

MOST = 0.95
UNNAMED = 0.3
FEW_RECORDS = 200  # below which nothing is learned
_AGREED = 3  # level of names from which they agree: evidence of 2 and more
_PAIRS_EACH = 0.1  # pairs of one person that are expected for each entry
_PRIOR_RECORDS = 20.0  # as much as so many entries, the tables say how frequent something is


@dataclass(frozen=True, slots=True)
class Known:
    """Of couples their levels, weights (couples, features) and probabilities."""

    levels: Levels
    weights: Floats
    probability: Floats


def weigh_couples(couples: Sequence[Couple], features: Sequence[Feature], records: int) -> Known:
    """Couples of so many records, weighed; give all there are, for each tells what is frequent."""
    levels = compare_couples(couples, features)
    weights = weigh_beforehand(levels, np.array(couples, np.int32).reshape(-1, 2), features, records)
    return Known(levels, weights, cap_unnamed(score_beforehand(weights, records), levels, features))


def flag_beforehand(records: int) -> Finding:
    """What must be known of such weights."""
    return Finding("link.flag.beforehand", "", {"count": records, "most": f"{MOST:g}"})


def weigh_beforehand(
    levels: Levels, couples: NDArray[np.int32], features: Sequence[Feature], records: int
) -> Floats:
    """The weight of each feature for couples (pairs, features); 0 where a value is missing."""
    weights = np.zeros(levels.shape)
    for at, feature in enumerate(features):
        table = np.append(_list_weights(feature), 0.0)  # -1 reads the last
        weights[:, at] = table[levels[:, at]]
        weights[:, at] = np.minimum(
            weights[:, at], _bound_frequent(levels[:, at], couples, records, weights[:, at])
        )
    return weights


def score_beforehand(weights: Floats, records: int) -> Floats:
    """Probabilities, of at most `MOST`."""
    odds = np.log(2 * _PAIRS_EACH / max(records - 1, 1))
    return np.minimum(expit(odds + weights.sum(axis=1)), MOST)


def cap_unnamed(probability: Floats, levels: Levels, features: Sequence[Feature]) -> Floats:
    """Probabilities, of at most `UNNAMED` where names are compared and none agree."""
    names = [at for at, feature in enumerate(features) if feature.kind in ("name", "words")]
    named = np.any(levels[:, names] >= _AGREED, axis=1) | (not names)
    return np.where(named, probability, np.minimum(probability, UNNAMED))


def _bound_frequent(levels: Levels, couples: NDArray[np.int32], records: int, weights: Floats) -> Floats:
    """What many of these entries agree in shows little: of fifty called 김철수 each is one of fifty."""
    bound = np.full(len(levels), np.inf)
    for level in np.unique(levels[weights > 0]).tolist():
        alike = levels >= level
        shared = np.bincount(couples[alike].ravel(), minlength=records)
        here = (levels == level) & (weights > 0)
        seen = shared[couples[here]].max(axis=1) - 1.0  # others than the two
        frequent = _PRIOR_RECORDS * np.exp(-np.maximum(weights[here], 0.0))
        bound[here] = np.log((records + _PRIOR_RECORDS) / (seen + frequent))
    return bound


def _list_weights(feature: Feature) -> Floats:
    """The weight of each level of a feature."""
    if feature.kind == "name":
        middles = [(low + high) / 2 for low, high in zip(EDGES, EDGES[1:], strict=False)]
        return np.array([_OTHER_NAME, *middles, EDGES[-1]])
    table = CHANCES.get(feature.name) or CHANCES.get(feature.kind, {})
    chances = [table.get(feature.levels[base], (1.0, 1.0)) for base in feature.bases]
    return np.array([float(np.log(one / two)) for one, two in chances])


# Another name altogether is an alias in one of ten records; between two people it is the rule.
_OTHER_NAME = -2.3

# Of each level: how often one person's entries reach it, how often two people's do.
CHANCES: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "words": {
        "other words": (0.10, 0.95), "one word": (0.10, 0.04), "words": (0.05, 0.004),
        "all words of one": (0.05, 0.001), "two slips": (0.05, 0.001), "one slip": (0.10, 0.001),
        "equal": (0.55, 0.002),
    },
    "sex": {"other": (0.02, 0.40), "same": (0.98, 0.60)},
    "birth_year": {
        "further": (0.03, 0.73), "three to five": (0.04, 0.14), "two": (0.08, 0.05), "one": (0.15, 0.05),
        "equal": (0.70, 0.03),
    },
    "left_year": {
        "further": (0.06, 0.48), "three to five": (0.07, 0.26), "two": (0.10, 0.10), "one": (0.17, 0.11),
        "equal": (0.60, 0.05),
    },
    "province": {"other": (0.10, 0.60), "equal": (0.90, 0.40)},
    # Beyond what the province has said already.
    "origin": {
        "elsewhere": (0.20, 0.70), "same province": (0.15, 0.20), "one within the other": (0.05, 0.05),
        "nearly the same name": (0.02, 0.002), "may be the same": (0.03, 0.008), "equal": (0.60, 0.07),
    },
    "location": {
        "elsewhere": (0.35, 0.55), "same province": (0.10, 0.10), "one within the other": (0.15, 0.10),
        "nearly the same name": (0.01, 0.002), "may be the same": (0.02, 0.02), "equal": (0.37, 0.23),
    },
    "relation": {"other": (0.30, 0.75), "may be the same": (0.20, 0.15), "same": (0.50, 0.10)},
}  # fmt: skip
