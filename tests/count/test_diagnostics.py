"""Chains that agree, and chains that do not."""

import numpy as np
import pytest

from onggi.count.diagnostics import measure_mixing

DICE = np.random.default_rng(1)


def test_independent_draws_are_all_effective() -> None:
    mixing = measure_mixing(DICE.normal(size=(4, 2000)))
    assert mixing.good and mixing.rhat < 1.003
    assert mixing.ess == pytest.approx(8000, rel=0.15)


def test_slow_chains_have_as_few_samples_as_theory_says() -> None:
    chains = np.zeros((4, 20_000))
    for at in range(1, chains.shape[1]):
        chains[:, at] = 0.9 * chains[:, at - 1] + DICE.normal(size=4)
    middle = measure_mixing(chains)
    assert middle.ess == pytest.approx(80_000 * (1 - 0.9) / (1 + 0.9), rel=0.3)


@pytest.mark.parametrize(
    "chains",
    [
        DICE.normal(size=(4, 1000)) + np.array([[0], [0], [0], [1]]),  # one elsewhere
        DICE.normal(size=(4, 1000)) * np.array([[1], [1], [1], [4]]),  # one wider: only folding sees it
        np.linspace(0, 3, 1000) + DICE.normal(size=(4, 1000)),  # all on their way: only splitting sees it
        np.ones((4, 1000)),
        np.full((4, 1000), np.inf),
    ],
)
def test_what_did_not_mix_is_not_good(chains: np.ndarray) -> None:
    assert not measure_mixing(chains).good
