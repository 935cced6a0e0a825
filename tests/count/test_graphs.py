"""Averaging over graphs against what can be written down by hand."""

from itertools import product
from math import lgamma, log

import numpy as np
import pytest
from tests.count.populations import count_some

from onggi.count.cells import Cells
from onggi.count.graphs import average_graphs, list_graphs

CELLS = count_some("100:41 010:25 001:30 110:14 101:9 011:8 111:5")


@pytest.mark.parametrize(("width", "number"), [(1, 1), (2, 2), (3, 8), (4, 61), (5, 822)])
def test_there_are_so_many_decomposable_graphs(width: int, number: int) -> None:
    graphs, factors = list_graphs(width)
    assert len(graphs) == len(set(graphs)) == number
    # A decomposable graph has one clique more than separators for each connected part; the empty set counts.
    assert set(factors.sum(axis=1)) == {1.0}


def score_by_hand(
    cells: Cells, cliques: list[list[int]], separators: list[list[int]], delta: float, unseen: int
) -> float:
    """The log of a hyper-Dirichlet table's probability, margin by margin."""
    table = cells.table.astype(float)
    table[0] = unseen

    def margin(lists: list[int]) -> float:
        counts: dict[tuple[int, ...], float] = {key: 0.0 for key in product((0, 1), repeat=len(lists))}
        for pattern, count in enumerate(table):
            counts[tuple(pattern >> at & 1 for at in lists)] += count
        each = delta * 2 ** (cells.width - len(lists))
        whole = delta * 2**cells.width
        parts = sum(lgamma(each + count) - lgamma(each) for count in counts.values())
        return parts + lgamma(whole) - lgamma(whole + table.sum())

    people = cells.people + unseen
    return (
        sum(map(margin, cliques))
        - sum(map(margin, separators))
        + lgamma(people + 1)
        - lgamma(unseen + 1)
        - log(people)
    )


@pytest.mark.parametrize("delta", [0.125, 0.5, 1.0])
def test_every_graph_of_three_lists_weighs_what_it_should(delta: float) -> None:
    empty: list[int] = []
    by_hand = {
        (): ([[0], [1], [2]], [empty, empty]),
        ((0, 1),): ([[0, 1], [2]], [empty]),
        ((0, 2),): ([[0, 2], [1]], [empty]),
        ((1, 2),): ([[1, 2], [0]], [empty]),
        ((0, 1), (0, 2)): ([[0, 1], [0, 2]], [[0]]),
        ((0, 1), (1, 2)): ([[0, 1], [1, 2]], [[1]]),
        ((0, 2), (1, 2)): ([[0, 2], [1, 2]], [[2]]),
        ((0, 1), (0, 2), (1, 2)): ([[0, 1, 2]], []),
    }
    most = 300
    scores = np.array(
        [
            [score_by_hand(CELLS, *parts, delta, unseen) for unseen in range(1, most + 1)]
            for parts in by_hand.values()
        ]
    )
    weights = np.exp(scores - scores.max())
    weights /= weights.sum()
    averaged = average_graphs(CELLS, delta, most)
    chances = dict(zip(averaged.graphs, averaged.chances, strict=True))
    assert list(by_hand) == list(sorted(by_hand, key=len))
    np.testing.assert_allclose([chances[graph] for graph in by_hand], weights.sum(axis=1), rtol=1e-6)
    sizes = CELLS.people + np.arange(1, most + 1)
    for at in (0.025, 0.5, 0.975):
        expected = sizes[np.searchsorted(np.cumsum(weights.sum(axis=0)), at)]
        assert abs(averaged.find_quantile(at) - expected) <= 1


def test_a_wide_posterior_is_the_same_on_a_coarse_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    thousandfold = Cells(CELLS.lists, CELLS.patterns, tuple(30 * count for count in CELLS.counts))
    coarse = average_graphs(thousandfold)
    monkeypatch.setattr("onggi.count.graphs._FINE", 10**7)
    whole = average_graphs(thousandfold)
    for at in (0.025, 0.5, 0.975):
        assert coarse.find_quantile(at) == pytest.approx(whole.find_quantile(at), rel=0.002)
