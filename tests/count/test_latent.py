"""The latent-class sampler against what can be worked out exactly; and the same numbers whoever draws
them."""

from math import lgamma

import numpy as np
import pytest
from scipy.special import logsumexp
from tests.count.populations import count_some, draw_classes

from onggi.count.latent import draw_latent
from onggi.count.latent_moves import weigh_state

CELLS = count_some("100:41 010:25 001:30 110:14 101:9 011:8 111:5")


def test_one_class_is_the_exact_independent_posterior() -> None:
    unseen = np.arange(0, 3000)
    people = CELLS.people + unseen
    score = np.array([lgamma(n + 1) - lgamma(m + 1) - np.log(n) for n, m in zip(people, unseen, strict=True)])
    for size in CELLS.sizes:
        score += [lgamma(size + 1) + lgamma(n - size + 1) - lgamma(n + 2) for n in people]
    weights = np.cumsum(np.exp(score - logsumexp(score)))
    exact = [people[np.searchsorted(weights, at)] for at in (0.025, 0.5, 0.975)]
    drawn = draw_latent(CELLS, np.random.default_rng(3), classes=1, enough=20_000)
    assert drawn.mixing.good
    np.testing.assert_allclose(np.quantile(drawn.draws, [0.025, 0.5, 0.975]), exact, rtol=0.01)


def test_the_gradient_is_that_of_the_score() -> None:
    dice = np.random.default_rng(5)
    marks = np.vstack([CELLS.marks, np.zeros((1, 3))]).astype(float)
    counts = np.array([*CELLS.counts, 0], dtype=float)
    classes, size = 4, 4 * 3 + 3

    def weigh(state: np.ndarray) -> tuple[float, np.ndarray]:
        slope, shares, mixed = np.empty(size), np.empty(classes), np.empty((classes, len(marks)))
        rest = np.empty((classes, 3)), np.empty(len(marks)), np.empty(len(marks))
        turned = np.ascontiguousarray(marks.T)
        score = weigh_state(
            state, marks, turned, counts, counts.sum(), classes, 0.25, 0.25, slope, shares, mixed, *rest
        )
        return score, slope

    for _ in range(5):
        state = dice.normal(size=size) * 2
        slope = weigh(state)[1]
        steps = np.eye(size) * 1e-5
        numeric = [(weigh(state + step)[0] - weigh(state - step)[0]) / 2e-5 for step in steps]
        np.testing.assert_allclose(slope, numeric, rtol=1e-4, atol=1e-4)


def test_one_seed_is_one_answer_on_any_number_of_threads() -> None:
    drawn = [
        draw_latent(CELLS, np.random.default_rng(7), threads=threads, longest=2000).draws
        for threads in (1, 2, 5)
    ]
    assert np.array_equal(drawn[0], drawn[1]) and np.array_equal(drawn[0], drawn[2])
    other = draw_latent(CELLS, np.random.default_rng(8), longest=2000).draws
    assert not np.array_equal(drawn[0], other)


def test_two_hidden_classes_are_found() -> None:
    cells, _ = draw_classes(3000, [0.4, 0.6], [[0.5, 0.6, 0.4, 0.5], [0.1, 0.08, 0.12, 0.1]], seed=11)
    drawn = draw_latent(cells, np.random.default_rng(1))
    low, high = np.quantile(drawn.draws, [0.025, 0.975])
    assert drawn.mixing.good and low < 3000 < high
    alike = draw_latent(cells, np.random.default_rng(1), classes=1)
    assert np.quantile(alike.draws, 0.975) < 3000  # who takes all for alike counts too few


def test_who_watches_hears_how_far_it_is_and_can_stop_it() -> None:
    heard: list[tuple[int, int]] = []

    def stop(done: int, most: int) -> None:
        heard.append((done, most))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw_latent(CELLS, np.random.default_rng(1), told=stop, enough=1e9)
    assert heard and heard[0][0] < heard[0][1]
