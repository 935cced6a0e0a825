"""What members judged bends probabilities, where it is enough and helps; their order stays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.link.vault import HERE, open_view, person

from onggi.link.beforehand import MOST, UNNAMED
from onggi.link.calibration import ENOUGH, fit_curve, learn_calibration, measure_error
from onggi.link.compared import Compared, compare_persons
from onggi.link.couples import list_all
from onggi.link.engine import open_engine
from onggi.link.judgements import NO_JUDGEMENTS, Judgements
from onggi.link.persons import read_persons

judged = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def draw(pairs: int, seed: int = 1) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """A model that is too sure: what it calls p comes true as the middle of p and a half."""
    dice = np.random.default_rng(seed)
    told = dice.random(pairs)
    return told, dice.random(pairs) < (told + 0.5) / 2


@given(judged)
def test_the_curve_rises_and_claims_nothing_for_sure(rows: list[tuple[float, bool]]) -> None:
    told, same = np.array([p for p, _ in rows]), np.array([one for _, one in rows])
    curve = fit_curve(told, same)
    assert (np.diff(curve.given) >= 0).all() and (np.diff(curve.borne) >= 0).all()
    assert curve.borne.min() > 0 and curve.borne.max() < 1


def test_what_was_too_sure_is_bent_and_its_error_told_outside_the_fit() -> None:
    told, same = draw(2000)
    found = learn_calibration(told, same)
    assert found is not None and found.pairs == 2000
    assert found.before > 0.1 and found.after < 0.05
    others, truth = draw(20_000, 2)
    assert measure_error(found.curve.apply(others), truth) < 0.04 < measure_error(others, truth)


@pytest.mark.parametrize("pairs", [0, 1, ENOUGH - 1])
def test_too_few_teach_nothing(pairs: int) -> None:
    assert learn_calibration(*draw(pairs)) is None


def test_what_is_right_already_stays_as_it_is() -> None:
    told = np.repeat([0.2, 0.8], 200)
    same = np.tile(np.arange(5) < 1, 40), np.tile(np.arange(5) < 4, 40)
    assert learn_calibration(told, np.concatenate(same)) is None


@pytest.mark.parametrize("verdict", [True, False])
def test_one_verdict_alone_teaches_nothing(verdict: bool) -> None:
    told, same = draw(500)
    assert learn_calibration(told, np.full_like(same, verdict)) is None


def test_of_a_vault_it_is_told_and_the_bounds_hold() -> None:
    """Twenty-four of one name and year, and a third of their pairs judged to be one, which nobody would."""
    said = [
        one
        for at in range(24)
        for one in person(f"p{at:02}", ["김철수"] if at else [], born=str(1980 + at % 3))
    ]
    persons = read_persons(open_view(*said), HERE)
    couples = list_all(24)
    same = frozenset(couples[at] for at in range(0, len(couples), 3))
    judged = Judgements(same, frozenset(couples) - same)

    def weigh(settled: Judgements) -> Compared:
        return compare_persons(persons, settled, 1, lambda: open_engine("duckdb"), lambda stage: None, ())

    plain, borne = weigh(NO_JUDGEMENTS), weigh(judged)
    assert "link.flag.calibrated" not in [one.code for one in plain.flags]
    (flag,) = (one for one in borne.flags if one.code == "link.flag.calibrated")
    assert flag.values["count"] == len(couples) and str(flag.values["after"]) < str(flag.values["before"])
    assert borne.probability.max() <= MOST and not np.array_equal(plain.probability, borne.probability)
    nameless = [at for at, couple in enumerate(borne.couples) if 0 in couple]
    assert borne.probability[nameless].max() <= UNNAMED


def test_pairs_of_one_probability_are_one_point() -> None:
    curve = fit_curve(np.full(300, 0.1), np.arange(300) % 3 == 0)
    assert curve.apply(np.array([0.0, 0.1, 1.0])) == pytest.approx([1 / 3] * 3)
