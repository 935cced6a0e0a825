"""Judgements bind, whatever the model thinks; contradictory ones join nobody."""

import numpy as np
import pytest
from numpy.typing import NDArray

from onggi.link.clusters import Pairs, cluster_pairs, find_contradictions, sample_clusters
from onggi.link.judgements import bind_pairs, settle_judgements


def make_pairs(rows: dict[tuple[int, int], float]) -> Pairs:
    a, b = np.array(sorted(rows), np.int32).reshape(-1, 2).T
    return Pairs(a, b, np.array([rows[one] for one in sorted(rows)]), np.zeros(len(rows), np.int8))


def bind(
    rows: dict[tuple[int, int], float], same: set[tuple[int, int]], different: set[tuple[int, int]]
) -> Pairs:
    pairs = make_pairs(rows)
    levels: NDArray[np.int8] = np.empty((len(rows), 0), np.int8)
    return bind_pairs(pairs.a, pairs.b, pairs.probability, levels, settle_judgements(same, different), [])[0]


SURE = {(0, 1): 0.99, (1, 2): 0.99, (0, 2): 0.99, (3, 4): 0.99}


def test_two_judged_different_are_never_in_one_cluster() -> None:
    pairs = bind(SURE, set(), {(0, 2), (3, 4)})
    labels = cluster_pairs(5, pairs)
    assert labels[0] != labels[2] and labels[3] != labels[4]
    samples = sample_clusters(5, pairs, labels, 50, np.random.default_rng(1))
    assert (samples[:, 0] != samples[:, 2]).all() and (samples[:, 3] != samples[:, 4]).all()


def test_two_judged_same_are_always_in_one_cluster() -> None:
    pairs = bind({(0, 1): 0.02}, {(0, 1), (3, 2)}, set())
    labels = cluster_pairs(4, pairs)
    assert labels[0] == labels[1] and labels[2] == labels[3]
    samples = sample_clusters(4, pairs, labels, 50, np.random.default_rng(1))
    assert (samples[:, 0] == samples[:, 1]).all() and (samples[:, 2] == samples[:, 3]).all()


@pytest.mark.parametrize("order", [1, -1])
def test_contradictory_judgements_join_nobody_and_are_told(order: int) -> None:
    couples = [(0, 1), (1, 2)][::order]
    settled = settle_judgements(couples, {(2, 0)})
    assert settled.same == frozenset()
    assert settled.clashes == {(0, 1), (1, 2), (0, 2)}
    assert (0, 2) in settled.different


def test_a_record_judged_with_itself_says_nothing() -> None:
    assert settle_judgements({(3, 3)}, {(4, 4)}) == settle_judgements((), ())


def test_what_follows_and_is_unlikely_is_shown() -> None:
    pairs = make_pairs({(0, 1): 0.99, (1, 2): 0.99, (0, 2): 0.01})
    labels = cluster_pairs(3, pairs)
    assert labels.tolist() == [0, 0, 0]  # (0.99 + 0.01) / 2 is as likely as not
    assert [(one.first, one.middle, one.last) for one in find_contradictions(labels, pairs)] == [(0, 1, 2)]


def test_samples_of_two_follow_the_probability() -> None:
    pairs = make_pairs({(0, 1): 0.3})
    samples = sample_clusters(2, pairs, np.arange(2, dtype=np.int32), 4000, np.random.default_rng(1))
    assert abs(float((samples[:, 0] == samples[:, 1]).mean()) - 0.3) < 0.03
