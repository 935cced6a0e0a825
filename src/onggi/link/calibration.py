"""Probabilities as members' judgements bear them out, where there are enough of these (§4).

Isotonic regression (pool adjacent violators; Zadrozny & Elkan 2002): the likelier of two pairs stays so, and
a probability becomes the share of pairs near it that were judged to be one person. How far probabilities are
off is told of pairs outside the fit.

Floor 4. Pure. Refused: nothing; of fewer than `ENOUGH` judged pairs nothing is learned.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onggi.link.columns import Floats

ENOUGH = 200
_FOLDS = 5
_BINS = 10

Verdicts = NDArray[np.bool_]  # whether a pair was judged to be one person


@dataclass(frozen=True, slots=True)
class Curve:
    """What a probability becomes: level where judged pairs pool, straight between."""

    given: Floats
    borne: Floats

    def apply(self, probability: Floats) -> Floats:
        """Probabilities as the curve has them."""
        bent: Floats = np.interp(probability, self.given, self.borne)
        return bent


@dataclass(frozen=True, slots=True)
class Calibration:
    """A curve, how many judged pairs it is of, and the expected error without it and with it."""

    curve: Curve
    pairs: int
    before: float
    after: float


def learn_calibration(probability: Floats, same: Verdicts) -> Calibration | None:
    """The calibration of judged pairs; None where they are too few, of one verdict, or it would not help."""
    if len(probability) < ENOUGH or same.all() or not same.any():
        return None
    order = np.argsort(probability, kind="stable")
    probability, same = probability[order], same[order]
    fold = np.arange(len(order)) % _FOLDS
    bent = np.empty(len(order))
    for one in range(_FOLDS):
        bent[fold == one] = fit_curve(probability[fold != one], same[fold != one]).apply(
            probability[fold == one]
        )
    before, after = measure_error(probability, same), measure_error(bent, same)
    if after >= before:
        return None
    return Calibration(fit_curve(probability, same), len(order), before, after)


def fit_curve(probability: Floats, same: Verdicts) -> Curve:
    """The rising curve that is nearest to the verdicts; never quite 0 or 1, which so few cannot show."""
    chances, places = np.unique(probability, return_inverse=True)
    told = zip(
        chances.tolist(), np.bincount(places).tolist(), np.bincount(places, same).tolist(), strict=True
    )
    blocks: list[tuple[int, float, float, float]] = []  # pairs, of these same, and their least and most
    for chance, pairs, ones in told:
        block = (pairs, ones, chance, chance)
        while blocks and blocks[-1][1] * block[0] >= block[1] * blocks[-1][0]:
            last = blocks.pop()
            block = (last[0] + block[0], last[1] + block[1], last[2], block[3])
        blocks.append(block)
    counts, shares, lows, highs = (np.array(column) for column in zip(*blocks, strict=True))
    least = 1 / (len(probability) + 2)
    borne = np.clip(shares / counts, least, 1 - least)
    return Curve(np.stack([lows, highs], axis=1).ravel(), np.repeat(borne, 2))


def measure_error(probability: Floats, same: Verdicts) -> float:
    """Expected calibration error over ten bins of equal width."""
    bins = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, probability - same, _BINS)
    return float(np.abs(gaps).sum() / len(probability))
