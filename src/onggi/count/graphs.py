"""How many there are, averaged over every decomposable graph of dependence between the lists; exact.

Pure. Source: Madigan and York (1997), "Bayesian methods for estimation of the size of a closed population",
Biometrika 84(1), with the hyper-Dirichlet prior of Dawid and Lauritzen (1993): under a graph the probability
of the completed table is the product of Dirichlet-multinomial margins over the cliques, divided by that over
the separators. Every cell of the full table has prior weight `delta` (2**-lists unless told otherwise, as the
weights then add up to one person); graphs are equally likely beforehand, and the prior of N is 1 / N.

Only the cell of nobody's list differs between two values of N, so each margin is one log-gamma along the grid
of N, and all graphs together are one matrix product. The grid begins at one person who was not seen: that
everybody was is no answer this gives; it ends at `_FURTHEST` times those seen, because the tail of the
posterior falls no faster than N**-2 and what lies beyond comes from the prior alone. A coarse grid finds
where the weight is and on which graphs; there, every whole number is taken, or, of a wide range, `_FINE` of
them, each standing for its step.
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from scipy.special import gammaln

from onggi.count.cells import Cells, Counts, Reals

MOST_LISTS = 6  # 18,154 graphs; of seven lists there are more than 600,000

_FURTHEST = 64
_DENSE = 64  # whole numbers that the coarse grid begins with
_STEP = 1.01  # of the coarse grid
_FINE = 2000
_NOTHING = 1e-12  # the weight of a graph or a step that is left out


@dataclass(frozen=True, slots=True)
class Averaged:
    """The posterior of N over a grid, and of the graphs, each a tuple of pairs of lists."""

    sizes: Reals
    weights: Reals
    graphs: tuple[tuple[tuple[int, int], ...], ...]
    chances: Reals

    def find_quantile(self, at: float) -> float:
        """The least N below which `at` of the weight lies."""
        place = int(np.searchsorted(np.cumsum(self.weights), at))
        return float(self.sizes[min(place, self.sizes.size - 1)])


def average_graphs(cells: Cells, delta: float | None = None, most: int | None = None) -> Averaged:
    """The posterior of N from three to `MOST_LISTS` lists. At most `most` were not seen."""
    weight = 2.0**-cells.width if delta is None else delta
    furthest = _FURTHEST * cells.people if most is None else most
    graphs, factors = list_graphs(cells.width)
    edges = _lay_coarse(furthest)
    rough = _weigh_graphs(cells, weight, factors, edges)
    steps = np.flatnonzero(rough.sum(axis=0) > _NOTHING)
    kept = np.flatnonzero(rough.sum(axis=1) > _NOTHING)
    first, last = edges[max(steps[0] - 1, 0)], edges[min(steps[-1] + 2, edges.size - 1)]
    fine = _lay_fine(first, last)
    weights = _weigh_graphs(cells, weight, factors[kept], fine)
    chances = np.zeros(len(graphs))
    chances[kept] = weights.sum(axis=1)
    middles = fine[:-1] + (np.diff(fine) - 1) / 2
    return Averaged(cells.people + middles, weights.sum(axis=0), graphs, chances)


def _lay_coarse(furthest: int) -> Reals:
    """Where steps begin, and where the last one ends."""
    if furthest <= _DENSE:
        return np.arange(1, furthest + 2, dtype=float)
    count = int(np.ceil(np.log(furthest / _DENSE) / np.log(_STEP))) + 1
    beyond = np.unique(np.floor(np.geomspace(_DENSE + 1, furthest + 1, count)))
    return np.concatenate([np.arange(1, _DENSE + 1, dtype=float), beyond])


def _lay_fine(first: float, last: float) -> Reals:
    """The same between two ends; even in the log where there are more than `_FINE` whole numbers."""
    if last - first <= _FINE:
        return np.arange(first, last + 1)
    return np.unique(np.floor(np.geomspace(first, last, _FINE)))


def _weigh_graphs(cells: Cells, delta: float, factors: Reals, edges: Reals) -> Reals:
    """Graphs × steps: the posterior weight of each."""
    spans = np.diff(edges)
    unseen = edges[:-1] + (spans - 1) / 2
    margins = np.stack([_score_margin(cells, subset, delta, unseen) for subset in range(1 << cells.width)])
    people = cells.people + unseen
    scores = factors @ margins
    scores += gammaln(people + 1) - gammaln(unseen + 1) - np.log(people) + np.log(spans)
    scores -= scores.max()
    weights: Reals = np.exp(scores, out=scores)
    weights /= weights.sum()
    return weights


def _score_margin(cells: Cells, subset: int, delta: float, unseen: Reals) -> Reals:
    """Log of the Dirichlet-multinomial of the margin over a subset of lists, for each number of unseen."""
    lists = [at for at in range(cells.width) if subset >> at & 1]
    total = delta * 2**cells.width
    each = total / 2 ** len(lists)
    seen = cells.table.reshape((2,) * cells.width)  # axis i is list width-1-i
    away = tuple(cells.width - 1 - at for at in range(cells.width) if at not in lists)
    counts = seen.sum(axis=away).reshape(-1)
    fixed = gammaln(each + counts[1:]).sum() - gammaln(each) * counts.size + gammaln(total)
    scored: Reals = fixed + gammaln(each + counts[0] + unseen) - gammaln(total + cells.people + unseen)
    return scored


@cache
def list_graphs(width: int) -> tuple[tuple[tuple[tuple[int, int], ...], ...], Reals]:
    """Every decomposable graph as its edges; and graphs × subsets of lists: +1 for a clique, -1 for a
    separator, so many times as it is one."""
    pairs = list(combinations(range(width), 2))
    graphs, factors = [], []
    for chosen in range(1 << len(pairs)):
        edges = tuple(pair for at, pair in enumerate(pairs) if chosen >> at & 1)
        factor = _factorise(edges, width)
        if factor is not None:
            graphs.append(edges)
            factors.append(factor)
    return tuple(graphs), np.array(factors, dtype=float)


def _factorise(edges: tuple[tuple[int, int], ...], width: int) -> Counts | None:
    """Cliques and separators by maximum cardinality search (Tarjan and Yannakakis 1984), or None where the
    graph is not decomposable."""
    near = [0] * width
    for one, other in edges:
        near[one] |= 1 << other
        near[other] |= 1 << one
    factor = np.zeros(1 << width, dtype=np.int64)
    numbered, before = 0, 0
    for _ in range(width):
        rest = [at for at in range(width) if not numbered >> at & 1]
        at = max(rest, key=lambda vertex: (near[vertex] & numbered).bit_count())
        behind = near[at] & numbered
        if any(behind & ~(near[other] | 1 << other) for other in range(width) if behind >> other & 1):
            return None
        if numbered and behind != before:  # the clique so far is complete; a new one begins at its separator
            factor[before] += 1
            factor[behind] -= 1
        before = behind | 1 << at
        numbered |= 1 << at
    factor[before] += 1
    return factor
