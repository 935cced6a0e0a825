"""Noise is OpenDP's, as much as was said, and no part of a noisy table comes from who is recorded."""

from math import exp
from typing import Any

import pytest
from tests.count.tables import make_unit

from onggi.count import noise
from onggi.count.noise import add_noise, bound_noise
from onggi.count.noisy import count_touched, fill_table
from onggi.count.table import OTHER, SEVERAL, TOTAL, UNKNOWN, Counted, Spec
from onggi.count.units import DIMENSIONS, list_kinds
from onggi.errors import OnggiError

NUMBERS = 20_000


def test_without_opendp_there_is_no_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noise, "find_spec", lambda name: None)
    with pytest.raises(OnggiError) as caught:
        add_noise([1], 2, 100)
    assert caught.value.id == "table.noisy_absent"


def test_every_number_is_what_the_measurement_of_opendp_gave(monkeypatch: pytest.MonkeyPatch) -> None:
    measurements = pytest.importorskip("opendp.measurements", reason="the extra onggi[noisy]")
    make, made = measurements.make_laplace, []

    class Heard:
        def __init__(self, *space: Any, **named: Any) -> None:
            self.measurement, self.given = make(*space, **named), [0]
            made.append(self)

        def check(self, touched: int, epsilon: float) -> bool:
            return bool(self.measurement.check(touched, epsilon))

        def __call__(self, numbers: list[int]) -> list[int]:
            self.given = self.measurement(numbers)
            return list(self.given)

    monkeypatch.setattr("opendp.prelude.m.make_laplace", Heard)
    assert add_noise([5] * 50, 4, 300) == made[-1].given != [5] * 50


def test_no_epsilon_is_exceeded_and_none_is_wasted() -> None:
    pytest.importorskip("opendp", reason="the extra onggi[noisy]")
    for touched in (2, 4):
        for epsilon in (*range(1, 1001, 37), 1000):
            lost = noise._make_measurement(touched, epsilon).map(touched)
            assert 0.999 * epsilon / 1000 < lost <= epsilon / 1000


@pytest.mark.parametrize(("touched", "epsilon"), [(2, 1000), (4, 100)])
def test_the_noise_is_two_sided_geometric(touched: int, epsilon: int) -> None:
    pytest.importorskip("opendp", reason="the extra onggi[noisy]")
    drawn = [one - 7 for one in add_noise([7] * NUMBERS, touched, epsilon)]
    shrink = exp(-epsilon / 1000 / touched)
    spread = 2 * shrink / (1 - shrink) ** 2
    # Six standard errors on either side: a wrong scale is seen, and chance is not.
    assert abs(sum(drawn) / NUMBERS) < 6 * (spread / NUMBERS) ** 0.5
    assert abs(sum(one * one for one in drawn) / NUMBERS / spread - 1) < 6 * (5 / NUMBERS) ** 0.5
    beyond = sum(abs(one) > bound_noise(touched, epsilon) for one in drawn) / NUMBERS
    assert beyond < 0.05 + 6 * (0.05 / NUMBERS) ** 0.5


@pytest.mark.parametrize(("touched", "epsilon"), [(2, 1000), (2, 500), (4, 100), (4, 1)])
def test_how_far_off_is_the_least_that_holds(touched: int, epsilon: int) -> None:
    shrink = exp(-epsilon / 1000 / touched)
    whole = (1 + shrink) / (1 - shrink)
    off = bound_noise(touched, epsilon)

    def beyond(most: int) -> float:
        return 1 - (1 + 2 * sum(shrink**one for one in range(1, most + 1))) / whole

    assert beyond(off) <= 0.05 < beyond(off - 1)


@pytest.mark.parametrize("rows", DIMENSIONS)
def test_the_kinds_are_the_same_whoever_is_recorded(rows: str) -> None:
    kinds = list_kinds(rows, 2026)
    spec = Spec("victim", rows)
    nobody = fill_table([], spec, kinds, ())
    person = Counted("p", frozenset({"p"}), {rows: frozenset({"never heard of"})})
    assert list(fill_table([person], spec, kinds, ()).numbers) == list(nobody.numbers)
    assert len(set(kinds)) == len(kinds)
    assert {SEVERAL, UNKNOWN} <= set(kinds)


@pytest.mark.parametrize("columns", [None, "sex"])
@pytest.mark.parametrize("sex", ["", "female", "male"])
def test_one_person_moves_so_many_numbers_by_one(columns: str | None, sex: str) -> None:
    spec = Spec("victim", "type", columns)
    kinds = list_kinds("type", 2026), (list_kinds("sex", 2026) if columns else ())
    others = [make_unit(str(one), "sale", "female") for one in range(3)]
    before = fill_table(others, spec, *kinds).numbers
    after = fill_table([*others, make_unit("she", "sale", sex)], spec, *kinds).numbers
    moved = [after[key] - before[key] for key in before if after[key] != before[key]]
    assert moved == [1] * count_touched(spec)


def test_what_is_older_than_the_listed_years_is_counted_with_others() -> None:
    kinds = list_kinds("year", 2026)
    old = Counted("p", frozenset({"p"}), {"year": frozenset({"1952"})})
    found = fill_table([old], Spec("victim", "year"), kinds, ()).numbers
    assert {key for key, number in found.items() if number} == {(OTHER, TOTAL), (TOTAL, TOTAL)}


def test_a_table_too_large_to_be_checked_is_refused() -> None:
    with pytest.raises(OnggiError) as caught:
        fill_table([], Spec("victim", "year", "province"), ["a"] * 40, ["b"] * 40)
    assert caught.value.id == "table.large"
