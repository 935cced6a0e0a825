"""Which pair is worth a look first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.link.order import Look, order_pairs

looks = st.builds(
    Look, st.floats(0, 1), st.tuples(st.integers(0, 50), st.integers(0, 50)), st.booleans(), st.booleans()
)


def order(*given: Look) -> list[int]:
    return [at for at, _ in order_pairs(list(enumerate(given)))]


def test_the_hardest_and_the_more_told_of_comes_first() -> None:
    assert order(Look(0.95, (9, 9)), Look(0.5, (9, 9)), Look(0.5, (30, 20))) == [2, 1, 0]


def test_what_is_as_good_as_excluded_is_no_harder_than_what_is_as_good_as_sure() -> None:
    assert order(Look(0.1, (9, 9)), Look(0.85, (9, 9)), Look(0.6, (9, 9))) == [2, 1, 0]


def test_little_moves_where_little_is_said_of_one() -> None:
    assert order(Look(0.5, (1, 100)), Look(0.9, (20, 20))) == [1, 0]


@given(st.floats(0, 1), st.integers(0, 50))
def test_a_look_is_worth_what_the_clustering_is_expected_to_change(p: float, said: int) -> None:
    """Of a clustering that is drawn as the model has it, a judgement changes this pair with 2 p (1 − p)."""
    drawn_then_judged_otherwise = p * (1 - p) + (1 - p) * p
    assert Look(p, (said, 50)).gain == pytest.approx(drawn_then_judged_otherwise / 2 * (1 + said))


def test_a_conflict_first_and_unsure_last() -> None:
    assert order(Look(0.9, (9, 9), unsure=True), Look(0.9, (9, 9)), Look(0.1, (1, 1), conflict=True)) == [
        2,
        1,
        0,
    ]


@given(st.lists(looks, max_size=8))
def test_all_stay_and_unsure_ones_never_stand_before_others(given: list[Look]) -> None:
    ordered = order_pairs(list(enumerate(given)))
    assert sorted(at for at, _ in ordered) == list(range(len(given)))
    marks = [look.unsure for _, look in ordered]
    assert marks == sorted(marks)
