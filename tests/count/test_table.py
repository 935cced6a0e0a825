"""Who stands where, what is too small, and that k is never lowered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.count.tables import ROWS, SPEC, count_people, fill, make_unit

from onggi.count.rounding import round_number
from onggi.count.table import ALL, MOST_CELLS, OTHER, SEVERAL, TOTAL, UNKNOWN, Counted, K, Spec, make_table
from onggi.errors import Exit, OnggiError


@pytest.mark.parametrize("k", [-1, 0, 1, 5, 10])
def test_k_is_never_lowered(k: int) -> None:
    with pytest.raises(OnggiError) as caught:
        make_table(count_people(100, 1), Spec("victim", "type", k=k))
    assert (caught.value.id, caught.value.exit_code) == ("table.k", Exit.USAGE)


def test_one_constant_says_what_is_too_few() -> None:
    assert K == 11
    rest = {("a", "y"): 20, ("b", "x"): 20, ("b", "y"): 20}
    assert make_table(fill({("a", "x"): K, **rest}), SPEC).small == frozenset()
    assert make_table(fill({("a", "x"): K - 1, **rest}), SPEC).small == {("a", "x")}
    assert make_table(fill({("a", "x"): K, **rest}), Spec("victim", "type", "sex", K + 1)).small == {
        ("a", "x")
    }


@pytest.mark.parametrize(("number", "made"), [(0, False), (1, False), (10, False), (11, True)])
def test_of_fewer_than_k_in_all_there_is_no_table(number: int, made: bool) -> None:
    people = fill({("a", "x"): number})
    if made:
        assert make_table(people, ROWS).small == frozenset()
        return
    with pytest.raises(OnggiError) as caught:
        make_table(people, ROWS)
    assert (caught.value.id, caught.value.exit_code) == ("table.few", Exit.REFUSED)


@given(st.integers(11, 300), st.integers(0, 50))
def test_everybody_stands_in_one_row_and_one_column(number: int, seed: int) -> None:
    people = count_people(number, seed)
    table = make_table(people, SPEC)
    everybody = {one.id for one in people}
    assert table.members[ALL] == everybody
    for total, parts in table.sums:
        cells = [table.members[part] for part in parts]
        assert frozenset().union(*cells) == table.members[total]
        assert sum(map(len, cells)) == len(table.members[total])


@given(st.integers(11, 300), st.integers(0, 50))
def test_a_kind_that_has_a_name_is_never_small(number: int, seed: int) -> None:
    table = make_table(count_people(number, seed), SPEC)
    assert all(len(table.members[row, TOTAL]) >= K for row in table.rows if row not in (OTHER, UNKNOWN))
    assert all(len(units) >= table.least(key) for key, units in table.members.items() if units)


def test_small_kinds_are_counted_together_with_one_that_hides_them() -> None:
    table = make_table(fill({("a", "x"): 30, ("b", "x"): 12, ("c", "x"): 3}), ROWS)
    assert table.rows == ("a", OTHER)
    assert len(table.members[OTHER, TOTAL]) == 15
    large = make_table(fill({("a", "x"): 30, ("b", "x"): 6, ("c", "x"): 5}), ROWS)
    assert (large.rows, len(large.members[OTHER, TOTAL])) == (("a", OTHER), 11)


def test_what_is_not_known_has_a_row_of_its_own_and_what_is_several_too() -> None:
    both = Counted("both", frozenset({"both"}), {"type": frozenset({"a", "b"})})
    several = [Counted(f"s{one}", frozenset({f"s{one}"}), both.values) for one in range(11)]
    table = make_table([*several, *fill({("a", "x"): 11, ("", "x"): 4})], ROWS)
    assert table.rows == ("a", SEVERAL, UNKNOWN)
    assert table.small == {(UNKNOWN, TOTAL)}


def test_many_acts_against_few_people_are_small() -> None:
    one = [make_unit(f"act-{number}", "a", "x", ["her"]) for number in range(40)]
    rest = fill({("a", "y"): 30, ("b", "x"): 30, ("b", "y"): 30})
    assert ("a", "x") in make_table([*one, *rest], SPEC).small
    nobody = [make_unit(f"act-{number}", "a", "x", []) for number in range(40)]
    assert ("a", "x") in make_table([*nobody, *rest], SPEC).small


def test_what_nobody_could_check_is_not_made() -> None:
    many = fill({(f"r{row}", f"c{row}"): 11 for row in range(60)})
    assert MOST_CELLS < 60 * 60
    with pytest.raises(OnggiError) as caught:
        make_table(many, SPEC)
    assert caught.value.id == "table.large"


@given(st.integers(0, 10**6), st.integers(11, 60), st.sampled_from([1, 5, 10]))
def test_what_is_rounded_is_near_and_never_below_k(number: int, k: int, base: int) -> None:
    rounded = round_number(number, k, base)
    assert rounded % base == 0
    assert (rounded == 0) == (number == 0)
    assert number == 0 or rounded >= k
    assert number < k or abs(rounded - number) < base
