"""Poisson log-linear models of capture patterns: which terms, does an estimate exist, the best fit.

Pure. The log of the mean count of a pattern is the sum of the parameters of its subsets that are in the model
(Fienberg 1972; Cormack 1989); the mean of the pattern that nobody can see is the exponential of the
intercept.

A term whose lists share nobody has its best value at minus infinity: its patterns then have mean zero and
leave the table together with the term (Chan, Silverman and Vincent 2021, JASA 116). Whether the rest has an
estimate at all is a linear programme: there must be a table with the same sufficient statistics and no cell
at zero (Fienberg and Rinaldo 2012, Annals of Statistics 40, theorem 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import linprog

from onggi.count.cells import Cells, Reals

Term = int  # a subset of lists as bits; the intercept is 0

_ROUNDS = 60
_CLOSE = 1e-7
_HALVINGS = 30
_POSITIVE = 1e-9  # of the largest count: a least cell that is not zero
_HALT = 30.0  # a parameter beyond this runs away: its cell has a mean of e**-30


@dataclass(frozen=True)
class Design:
    """The terms that are estimated, those at minus infinity, and the patterns × terms that remain."""

    terms: tuple[Term, ...]
    vanished: tuple[Term, ...]
    patterns: tuple[int, ...]
    matrix: Reals

    @property
    def size(self) -> int:
        """How many parameters the model has."""
        return len(self.terms) + len(self.vanished)

    @property
    def identified(self) -> bool:
        """Whether the counts can tell the parameters apart."""
        return bool(np.linalg.matrix_rank(self.matrix) == len(self.terms))


def list_mains(width: int) -> tuple[Term, ...]:
    """The intercept and every list."""
    return (0, *(1 << at for at in range(width)))


def list_pairs(width: int) -> tuple[Term, ...]:
    """Every two lists."""
    return tuple(1 << one | 1 << other for one, other in combinations(range(width), 2))


def make_design(cells: Cells, terms: Sequence[Term], barred: Sequence[int] = ()) -> Design:
    """The design of a model. `barred` are patterns that cannot occur; they leave the table, too."""
    vanished = tuple(term for term in terms if term and cells.count_on(term) == 0)
    kept = tuple(term for term in terms if term not in vanished)
    patterns = tuple(
        pattern
        for pattern in range(1, 1 << cells.width)
        if pattern not in barred and not any(pattern & term == term for term in vanished)
    )
    numbers = np.array(patterns).reshape(-1, 1)
    matrix = (numbers & np.array(kept) == np.array(kept)).astype(float)
    return Design(kept, vanished, patterns, matrix)


def check_existence(design: Design, counts: Reals) -> bool:
    """Whether a finite estimate exists: the largest least cell of a table with the same statistics is not
    0."""
    if not design.identified:
        return False
    cells = counts.size
    scale = max(float(counts.max()), 1.0)
    found = linprog(
        np.append(np.zeros(cells), -1.0),
        A_eq=np.column_stack([design.matrix.T, np.zeros(len(design.terms))]),
        b_eq=design.matrix.T @ (counts / scale),
        A_ub=np.column_stack([-np.eye(cells), np.ones(cells)]),
        b_ub=np.zeros(cells),
        bounds=[(0, None)] * cells + [(0, 1)],
        method="highs",
    )
    return bool(found.status == 0 and -found.fun > _POSITIVE)


def fit_counts(
    matrix: Reals, counts: Reals, start: Reals | None = None, fixed: Reals | float = 0.0
) -> tuple[Reals, Reals]:
    """Best parameters (tables × terms) of several tables of counts at once, and their log-likelihoods.

    `fixed` is what is added to the log of each mean beforehand. Newton's method with halved steps. A table
    without a finite estimate has NaN.
    """
    tables = counts.shape[0]
    if start is None:
        logs = np.log(np.maximum(counts, 0.5)) - fixed
        beta = np.linalg.lstsq(matrix, logs.T, rcond=None)[0].T
    else:
        beta = np.tile(start, (tables, 1))

    def weigh(rows: Any, at: Reals) -> Reals:
        line = np.clip(at @ matrix.T + fixed, -700, 700)
        weighed: Reals = (counts[rows] * line - np.exp(line)).sum(axis=1)
        return weighed

    squares = (matrix[:, :, None] * matrix[:, None, :]).reshape(matrix.shape[0], -1)
    ridge = np.eye(matrix.shape[1]) * 1e-10
    running = np.arange(tables)
    likelihood = weigh(running, beta)
    for _ in range(_ROUNDS):
        mean = np.exp(np.clip(beta[running] @ matrix.T + fixed, -700, 700))
        slope = (counts[running] - mean) @ matrix
        curve = (mean @ squares).reshape(-1, *ridge.shape) + ridge
        step = np.linalg.solve(curve, slope[:, :, None])[:, :, 0]
        step *= np.minimum(1.0, 5.0 / np.maximum(np.abs(step).max(axis=1), 1e-300))[:, None]
        reached = weigh(running, beta[running] + step)
        for _ in range(_HALVINGS):
            worse = reached < likelihood[running] - 1e-9
            if not worse.any():
                break
            step[worse] /= 2
            reached[worse] = weigh(running[worse], beta[running[worse]] + step[worse])
        beta[running] += step
        likelihood[running] = reached
        running = running[(np.abs(step).max(axis=1) > _CLOSE) & (np.abs(beta[running]).max(axis=1) < _HALT)]
        if not running.size:
            break
    # What still moves after so many rounds creeps towards an edge that it never reaches.
    lost = np.abs(beta).max(axis=1) >= _HALT
    lost[running] = True
    likelihood[lost] = np.nan
    beta[lost] = np.nan
    return beta, likelihood
