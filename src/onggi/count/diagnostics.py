"""Whether chains tell the same: R-hat and effective samples, rank-normalised and split.

Pure. Source: Vehtari, Gelman, Simpson, Carpenter, Bürkner (2021), "Rank-normalization, folding, and
localization: an improved R-hat for assessing convergence of MCMC", Bayesian Analysis 16(2), §3–4. R-hat is
the greater one of the ranks themselves and of the folded ranks; effective samples are the lesser of the
middle (bulk) and of both tails (5 % and 95 %). Autocorrelations are summed as in Geyer's initial monotone
sequence.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

from onggi.count.cells import Reals

MOST_RHAT = 1.01
LEAST_ESS = 400


@dataclass(frozen=True, slots=True)
class Mixing:
    """How well chains mixed. `good` is what a number needs to be printed."""

    rhat: float
    ess: float

    @property
    def good(self) -> bool:
        return self.rhat <= MOST_RHAT and self.ess >= LEAST_ESS


def measure_mixing(chains: Reals) -> Mixing:
    """R-hat and effective samples of chains × draws. Chains that never moved have mixed not at all."""
    halves = _split(chains)
    if not np.isfinite(halves).all() or np.ptp(halves) == 0:
        return Mixing(float("inf"), 0.0)
    ranked = _rank(halves)
    folded = _rank(np.abs(halves - np.median(halves)))
    tails = [_count_effective((halves <= np.quantile(halves, at)).astype(float)) for at in (0.05, 0.95)]
    bulk = _count_effective(ranked)
    return Mixing(max(_compare_spread(ranked), _compare_spread(folded)), min(bulk, *tails))


def _split(chains: Reals) -> Reals:
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def _rank(values: Reals) -> Reals:
    ranks = rankdata(values, method="average").reshape(values.shape)
    normal: Reals = ndtri((ranks - 0.375) / (values.size + 0.25))
    return normal


def _compare_spread(chains: Reals) -> float:
    draws = chains.shape[1]
    within = chains.var(axis=1, ddof=1).mean()
    between = draws * chains.mean(axis=1).var(ddof=1)
    if within == 0:
        return float("inf")
    return float(np.sqrt((draws - 1) / draws + between / within / draws))


def _count_effective(chains: Reals) -> float:
    many, draws = chains.shape
    if np.ptp(chains) == 0:
        return float(chains.size)
    apart = chains - chains.mean(axis=1, keepdims=True)
    waves = np.fft.rfft(apart, 2 * draws, axis=1)
    covariance = np.fft.irfft(waves * np.conj(waves), axis=1)[:, :draws] / draws
    within = covariance[:, 0].mean() * draws / (draws - 1)
    pooled = within * (draws - 1) / draws + chains.mean(axis=1).var(ddof=1)
    correlation = 1 - (within - covariance.mean(axis=0) * draws / (draws - 1)) / pooled
    correlation[0] = 1.0
    pairs = correlation[: draws // 2 * 2].reshape(-1, 2).sum(axis=1)
    ends = np.flatnonzero(pairs <= 0)
    kept = np.minimum.accumulate(pairs[: ends[0] if ends.size else None])
    time = max(2 * kept.sum() - 1, 1 / np.log10(many * draws))
    return float(many * draws / time)
