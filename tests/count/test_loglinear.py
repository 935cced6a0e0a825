"""Log-linear models: fits against closed forms, existence against tables that have none, selection."""

import numpy as np
import pytest
from tests.count.populations import count_some, draw_plain

from onggi.count.loglinear import check_existence, fit_counts, list_mains, list_pairs, make_design
from onggi.count.selection import select_model
from onggi.count.threshold import draw_threshold

CELLS = count_some("100:41 010:25 001:30 110:14 101:9 011:8 111:5")


def test_the_saturated_model_of_three_lists_is_a_product_of_counts() -> None:
    design = make_design(CELLS, (*list_mains(3), *list_pairs(3)))
    counts = CELLS.table[list(design.patterns)].astype(float)
    beta, _ = fit_counts(design.matrix, counts[None, :])
    assert np.exp(beta[0, 0]) == pytest.approx(41 * 25 * 30 * 5 / (14 * 9 * 8), rel=1e-6)


def test_a_term_that_nobody_shares_leaves_with_its_patterns() -> None:
    cells = count_some("100:41 010:25 001:30 110:14 011:8")
    design = make_design(cells, (*list_mains(3), *list_pairs(3)))
    assert design.vanished == (5,) and design.patterns == (1, 2, 3, 4, 6)
    assert len(design.terms) == 6 and not design.identified


@pytest.mark.parametrize(
    ("text", "exists"),
    [
        ("100:41 010:25 001:30 110:14 101:9 011:8 111:5", True),
        ("100:41 010:25 001:30 110:14 101:9 011:8 111:0", True),
        ("100:41 010:25 001:30 110:0 101:0 011:0 111:0", False),  # nobody twice
        ("100:41 010:25 001:0 110:14 101:9 011:8 111:5", True),
        ("100:0 010:25 001:30 110:14 101:9 011:8 111:5", True),
        ("100:0 010:0 001:0 110:14 101:9 011:8 111:5", True),
        ("100:41 010:25 001:30 110:14 101:0 011:0 111:0", True),  # which is another gate's to refuse
    ],
)
def test_independent_lists_have_an_estimate_where_people_meet(text: str, exists: bool) -> None:
    cells = count_some(text)
    design = make_design(cells, list_mains(3))
    assert check_existence(design, cells.table[1:].astype(float)) is exists


def test_independent_lists_are_told_as_such_and_the_size_is_found() -> None:
    cells = draw_plain(2000, [0.4, 0.3, 0.35, 0.25], seed=2)
    chosen = select_model(cells, np.random.default_rng(1))
    assert chosen is not None and chosen.low < 2000 < chosen.high
    assert chosen.low < chosen.point < chosen.high
    drawn = draw_threshold(cells, np.random.default_rng(1))
    low, high = np.quantile(drawn.draws, [0.025, 0.975])
    assert drawn.mixing.good and low < 2000 < high


def test_a_referral_is_kept_as_a_term() -> None:
    dice = np.random.default_rng(4)
    rows = (dice.random((3000, 4)) < [0.3, 0.2, 0.25, 0.3]).astype(np.int64)
    rows[:, 1] |= rows[:, 0] & (dice.random(3000) < 0.5)
    from onggi.count.cells import count_rows

    cells = count_rows("abcd", rows)
    chosen = select_model(cells, np.random.default_rng(1))
    assert chosen is not None and chosen.kept == (3,)
    assert draw_threshold(cells, np.random.default_rng(1)).kept == (3,)


def test_the_same_dice_give_the_same_numbers() -> None:
    first, second = (select_model(CELLS, np.random.default_rng(9)) for _ in range(2))
    assert first is not None and second is not None and (first.low, first.high) == (second.low, second.high)
    draws = [draw_threshold(CELLS, np.random.default_rng(9)).draws for _ in range(2)]
    assert np.array_equal(draws[0], draws[1])
