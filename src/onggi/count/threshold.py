"""Bayes-threshold: a log-linear model with every two-list term, of which only the clear ones are kept.

Pure; dice are handed in. Source: Silverman (2020), "Multiple-systems analysis for the quantification of
modern slavery: classical and Bayesian approaches", JRSS A 183(3), §6: flat priors of the intercept and the
lists, a normal prior with variance 1 of each two-list term; terms whose posterior mean lies less than two
posterior standard deviations from zero are left out, and the rest is fitted again. N is those seen plus the
exponential of the intercept.

The posterior is log-concave. It is drawn from by Hamiltonian moves in the coordinates in which its curvature
at the top is that of a ball (Neal 2011), many chains at once.
"""

from dataclasses import dataclass

import numpy as np

from onggi.count.cells import Cells, Reals
from onggi.count.diagnostics import Mixing, measure_mixing
from onggi.count.loglinear import Term, list_mains, list_pairs, make_design

CHAINS = 8
DRAWS = 800
VARIANCE = 1
THRESHOLD = 2

_WARM = 200
_LEAPS = 7
_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Thresholded:
    """Chains × draws of N, the two-list terms that were kept, and how the chains mixed."""

    draws: Reals
    kept: tuple[Term, ...]
    mixing: Mixing


def draw_threshold(cells: Cells, dice: np.random.Generator) -> Thresholded:
    """Draws of N after the terms were chosen."""
    mains, pairs = list_mains(cells.width), list_pairs(cells.width)
    first = _draw_model(cells, (*mains, *pairs), dice).reshape(-1, len(mains) + len(pairs))
    ratios = np.abs(first.mean(axis=0)) / first.std(axis=0)
    kept = tuple(pair for pair, ratio in zip(pairs, ratios[len(mains) :], strict=True) if ratio >= THRESHOLD)
    second = _draw_model(cells, (*mains, *kept), dice)
    hidden = second[:, :, 0]
    return Thresholded(cells.people + np.exp(np.minimum(hidden, 700)), kept, measure_mixing(hidden))


def _draw_model(cells: Cells, terms: tuple[Term, ...], dice: np.random.Generator) -> Reals:
    """Chains × draws × terms. Every term stays in the table: its prior keeps it from minus infinity."""
    whole = Cells(cells.lists, tuple(range(1, 1 << cells.width)), (1,) * ((1 << cells.width) - 1))
    matrix = make_design(whole, terms).matrix
    counts = cells.table[1:].astype(float)
    tight = np.where([term.bit_count() > 1 for term in terms], 1 / VARIANCE, 0.0)
    top, curve = _climb(matrix, counts, tight)
    spread = np.linalg.inv(np.linalg.cholesky(curve)).T  # turns the posterior about its top into a ball
    seen = matrix @ spread

    def weigh(ball: Reals) -> tuple[Reals, Reals]:
        beta = top + ball @ spread.T
        line = np.minimum(matrix @ top + ball @ seen.T, 700)
        mean = np.exp(line)
        score = (counts * line - mean).sum(axis=1) - (tight * beta**2).sum(axis=1) / 2
        return score, (counts - mean) @ seen - (tight * beta) @ spread

    ball = dice.normal(size=(CHAINS, len(terms))) * 0.5
    score, slope = weigh(ball)
    kept = np.empty((CHAINS, DRAWS, len(terms)))
    # The step shrinks with the number of dimensions, and is drawn anew so that no orbit closes.
    size = 1.3 * len(terms) ** -0.25
    for round_ in range(-_WARM, DRAWS):
        push = dice.normal(size=ball.shape)
        step = size * dice.uniform(0.4, 1.1, (CHAINS, 1))
        energy = score - (push**2).sum(axis=1) / 2
        tried, tried_slope = ball, slope
        for _ in range(_LEAPS):
            push = push + step / 2 * tried_slope
            tried = tried + step * push
            tried_score, tried_slope = weigh(tried)
            push = push + step / 2 * tried_slope
        change = tried_score - (push**2).sum(axis=1) / 2 - energy
        taken = np.log(dice.uniform(size=CHAINS)) < np.where(np.isnan(change), -np.inf, change)
        ball = np.where(taken[:, None], tried, ball)
        slope = np.where(taken[:, None], tried_slope, slope)
        score = np.where(taken, tried_score, score)
        if round_ >= 0:
            kept[:, round_] = top + ball @ spread.T
    return kept


def _climb(matrix: Reals, counts: Reals, tight: Reals) -> tuple[Reals, Reals]:
    """The top of the posterior and the curvature there (Newton)."""
    beta = np.linalg.lstsq(matrix, np.log(np.maximum(counts, 0.5)), rcond=None)[0]

    def score(at: Reals) -> float:
        line = np.minimum(matrix @ at, 700)
        return float((counts * line - np.exp(line)).sum() - (tight * at**2).sum() / 2)

    for _ in range(_ROUNDS):
        mean = np.exp(np.minimum(matrix @ beta, 700))
        curve = (matrix * mean[:, None]).T @ matrix + np.diag(tight)
        step = np.linalg.solve(curve, matrix.T @ (counts - mean) - tight * beta)
        step *= min(1.0, 4.0 / max(float(np.abs(step).max()), 1e-300))
        while score(beta + step) < score(beta) - 1e-9:
            step /= 2
        beta = beta + step
        if np.abs(step).max() < 1e-9:
            break
    mean = np.exp(np.minimum(matrix @ beta, 700))
    return beta, (matrix * mean[:, None]).T @ matrix + np.diag(tight)
