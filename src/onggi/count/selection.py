"""The log-linear model with the best BIC, and a bootstrap that chooses again each time.

Pure; dice are handed in. Source: Silverman, Chan and Vincent (2024), "Bootstrapping multiple systems
estimates to account for model selection", Statistics and Computing 34:44. Every model of lists and two-list
terms is fitted; those without an estimate (Fienberg and Rinaldo 2012) are left out; BIC counts all
parameters, those at minus infinity too, and the log of the people seen. Resampled tables (multinomial) choose
among the best models of the whole table; the interval is bias-corrected and accelerated (Efron 1987), with
the acceleration from leaving out one person at a time.

From six lists on there are more than 30,000 models: then those are tried that differ by one term from one of
the best so far, until none is better.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.special import ndtr, ndtri

from onggi.count.cells import Cells, Reals
from onggi.count.loglinear import (
    Design,
    Term,
    check_existence,
    fit_counts,
    list_mains,
    list_pairs,
    make_design,
)

REPLICATES = 1000
_FEWER = 200  # from `_MANY` lists on
_MANY = 6
_ALL_UP_TO = 5  # lists
_TOP = {3: 8, 4: 20}  # of how many models a resampled table may choose
_TOP_ELSE = 100
_BEAM = 20


@dataclass(frozen=True, slots=True)
class Selected:
    """N under the best model, its interval, the two-list terms of that model, and N of each replicate.

    `tilted` is N where all lists at once hang together by a factor of 1/2, and of 2, instead of not at all.
    """

    point: float
    low: float
    high: float
    kept: tuple[Term, ...]
    replicates: Reals
    tilted: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A model that has an estimate."""

    bic: float
    pairs: tuple[Term, ...]
    design: Design
    beta: Reals


def select_model(cells: Cells, dice: np.random.Generator) -> Selected | None:
    """N under the best model and its 95 % interval, or None where no model has an estimate."""
    replicates = REPLICATES if cells.width < _MANY else _FEWER
    top = _rank_models(cells)
    if not top:
        return None
    best = top[0]
    point = cells.people + float(np.exp(best.beta[0]))
    tables = dice.multinomial(cells.people, np.array(cells.counts) / cells.people, size=replicates)
    left_out = np.array(cells.counts) - np.eye(len(cells.counts), dtype=np.int64)
    estimates = _choose_again(cells, top, np.concatenate([tables, left_out]).astype(float))
    drawn = estimates[:replicates][np.isfinite(estimates[:replicates])]
    if drawn.size < replicates / 2:
        return None
    low, high = _correct_interval(point, drawn, estimates[replicates:], np.array(cells.counts))
    tilted = _tilt_model(cells, best, 0.5), _tilt_model(cells, best, 2.0)
    return Selected(point, low, high, best.pairs, drawn, tilted)


def _tilt_model(cells: Cells, model: _Fitted, factor: float) -> float:
    """N if the interaction of all lists at once, which no count can tell, were this odds ratio."""
    patterns = np.array(model.design.patterns)
    fixed = np.where(patterns == (1 << cells.width) - 1, np.log(factor), 0.0)
    counts = cells.table[patterns].astype(float)
    beta, _ = fit_counts(model.design.matrix, counts[None, :], model.beta, fixed)
    return cells.people + float(np.exp(beta[0, 0]))


def _rank_models(cells: Cells) -> list[_Fitted]:
    pairs = list_pairs(cells.width)
    most = _TOP.get(cells.width, _TOP_ELSE if cells.width < _MANY else _BEAM)
    if cells.width <= _ALL_UP_TO:
        tried = (chosen for size in range(len(pairs) + 1) for chosen in combinations(pairs, size))
        ranked = sorted(_fit_models(cells, tried), key=lambda model: model.bic)
    else:
        ranked = _search_models(cells, pairs)
    kept: list[_Fitted] = []
    for model in ranked:  # the best first, so that few programmes are solved
        counts = cells.table[list(model.design.patterns)].astype(float)
        if check_existence(model.design, counts):
            kept.append(model)
        if len(kept) == most:
            break
    return kept


def _search_models(cells: Cells, pairs: tuple[Term, ...]) -> list[_Fitted]:
    found = {model.pairs: model for model in _fit_models(cells, [()])}
    front, grown = list(found.values()), set[tuple[Term, ...]]()
    while front:
        near = {tuple(sorted(set(model.pairs) ^ {pair})) for model in front for pair in pairs} - found.keys()
        grown |= {model.pairs for model in front}
        found |= {model.pairs: model for model in _fit_models(cells, sorted(near))}
        best = sorted(found.values(), key=lambda model: model.bic)[:_BEAM]
        front = [model for model in best if model.pairs not in grown]
    return sorted(found.values(), key=lambda model: model.bic)


def _fit_models(cells: Cells, tried: Iterable[tuple[Term, ...]]) -> Iterator[_Fitted]:
    for pairs in tried:
        design = make_design(cells, (*list_mains(cells.width), *pairs))
        counts = cells.table[list(design.patterns)].astype(float)
        beta, likelihood = fit_counts(design.matrix, counts[None, :])
        if np.isfinite(likelihood[0]):
            bic = float(design.size * np.log(cells.people) - 2 * likelihood[0])
            yield _Fitted(bic, pairs, design, beta[0])


def _choose_again(cells: Cells, top: list[_Fitted], tables: Reals) -> Reals:
    """N of each table (rows: counts of the patterns seen) under the model that is best for it."""
    people = tables.sum(axis=1)
    best, estimate = np.full(len(tables), np.inf), np.full(len(tables), np.nan)
    whole = np.zeros((len(tables), 1 << cells.width))
    whole[:, list(cells.patterns)] = tables
    for model in top:
        bic, hidden = _fit_tables(model, whole[:, list(model.design.patterns)], people)
        better = bic < best
        best[better] = bic[better]
        estimate[better] = people[better] + np.exp(hidden[better])
    return estimate


def _fit_tables(model: _Fitted, counts: Reals, people: Reals) -> tuple[Reals, Reals]:
    """BIC and intercept of one model for each table; infinite and NaN where it has no estimate.

    A term that lost its last person in a table is at minus infinity there, and its patterns leave.
    """
    design = model.design
    bic, hidden = np.full(len(counts), np.inf), np.full(len(counts), np.nan)
    alive = counts @ design.matrix > 0
    for kinds in np.unique(alive, axis=0):
        rows = np.flatnonzero((alive == kinds).all(axis=1))
        dead = [term for term, lives in zip(design.terms, kinds, strict=True) if not lives]
        if any(term.bit_count() < 2 for term in dead):
            continue
        stays = np.array([not any(pattern & term == term for term in dead) for pattern in design.patterns])
        matrix = design.matrix[np.ix_(stays, kinds)]
        if dead and np.linalg.matrix_rank(matrix) < matrix.shape[1]:
            continue
        beta, likelihood = fit_counts(matrix, counts[np.ix_(rows, stays)], model.beta[kinds])
        fitted = np.isfinite(likelihood)
        bic[rows[fitted]] = (design.size * np.log(people[rows]) - 2 * likelihood)[fitted]
        hidden[rows[fitted]] = beta[fitted, 0]
    return bic, hidden


def _correct_interval(point: float, drawn: Reals, left_out: Reals, weights: Reals) -> tuple[float, float]:
    """The bias-corrected and accelerated interval."""
    share = np.clip((np.sum(drawn < point) + np.sum(drawn == point) / 2) / drawn.size, 1e-6, 1 - 1e-6)
    bias = ndtri(share)
    known = np.isfinite(left_out)
    apart = np.average(left_out[known], weights=weights[known]) - left_out[known]
    cubes, squares = (weights[known] * apart**3).sum(), (weights[known] * apart**2).sum()
    speed = cubes / (6 * squares**1.5) if squares > 0 else 0.0
    ends = []
    for normal in ndtri([0.025, 0.975]):
        shifted = bias + (bias + normal) / max(1 - speed * (bias + normal), 1e-6)
        ends.append(float(np.quantile(drawn, ndtr(shifted))))
    return ends[0], ends[1]
