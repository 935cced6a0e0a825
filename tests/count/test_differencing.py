"""Tables that left before and a new one: together they tell no more than each."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.count.tables import ROWS, SPEC, count_people, fill, list_fillings, make_unit

from onggi.count.attack import is_open
from onggi.count.differencing import Shown, count_isolated, hide_cells, join_tables
from onggi.count.table import Counted, K, Spec, Table, make_table


def show(table: Table, earlier: Sequence[Shown] = ()) -> Shown:
    shown = hide_cells(table, earlier)
    assert shown is not None
    return shown


def find_leaks(tables: Sequence[Shown]) -> list[int]:
    """The small cells of any of these tables that can be told from all of them together."""
    last, *others = tables
    joined = join_tables(last.table, others)
    hidden = {joined.places[one.table.name(key)] for one in tables for key in one.hidden}
    shown = {joined.places[one.table.name(key)] for one in tables for layer in one.layers for key in layer}
    return [at for at, k in joined.small.items() if not is_open(joined.sheet, hidden - shown, at, k)]


@settings(deadline=None, max_examples=12)
@given(st.integers(11, 150), st.integers(0, 10_000))
def test_no_cell_below_k_can_be_told(number: int, seed: int) -> None:
    table = make_table(count_people(number, seed), SPEC)
    shown = hide_cells(table)
    if shown is None:
        return
    assert table.small <= shown.hidden
    assert find_leaks([shown]) == []
    assert all(len(units) >= K for layer in shown.layers for units in layer.values())


@pytest.mark.parametrize("numbers", [(3, 20, 14, 12), (3, 30, 25, 22), (10, 13, 12, 25)])
def test_by_trying_every_number_nothing_small_is_told(numbers: tuple[int, int, int, int]) -> None:
    """P18, without the attacker: each small cell of a table of some sixty people can be anything up to 2k."""
    cells = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    table = make_table(fill(dict(zip(cells, numbers, strict=True))), SPEC)
    shown = show(table)
    assert table.small
    fillings = list_fillings(shown, 45)
    for key in table.small:
        assert {one[key] for one in fillings} >= set(range(1, 2 * K + 1))


@settings(deadline=None, max_examples=4)
@given(st.integers(60, 150), st.integers(0, 10_000))
def test_the_same_people_the_other_way_round_tell_nothing_more(number: int, seed: int) -> None:
    people = count_people(number, seed)
    first = hide_cells(make_table(people, SPEC))
    if first is None:
        return
    others = [Spec("victim", "sex", "type"), Spec("victim", "type"), Spec("victim", "type", "sex", k=20)]
    left = [first]
    for spec in others:
        shown = hide_cells(make_table(people, spec), left)
        if shown is not None:
            left.insert(0, shown)
        assert find_leaks(left) == []


def test_the_same_table_again_is_the_same() -> None:
    table = make_table(count_people(200, 5), SPEC)
    first = show(table)
    again = show(table, [first])
    assert again == first
    assert count_isolated(again, first, K) == 0


def test_a_cell_that_one_table_hides_the_next_does_not_show() -> None:
    people = count_people(150, 11)
    first = show(make_table(people, SPEC))
    together = show(make_table(people, Spec("victim", "sex", "type")), [first])
    assert together.hidden == {(column, row) for row, column in first.hidden}


def test_two_tables_hidden_apart_give_each_other_away() -> None:
    """Each is well hidden by itself; what one shows is what the other hid the small cell behind."""
    people = fill(
        {("a", "x"): 3, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40, ("c", "x"): 30, ("c", "y"): 40}
    )
    table = make_table(people, SPEC)
    square = {row: frozenset({("a", "x"), ("a", "y"), (row, "x"), (row, "y")}) for row in "bc"}
    one, other = (Shown(table, hidden) for hidden in square.values())
    assert find_leaks([one]) == find_leaks([other]) == []
    assert len(find_leaks([one, other])) == 1


@pytest.mark.parametrize("joined", [1, 3, 10])
def test_a_few_who_joined_stand_alone(joined: int) -> None:
    people = count_people(200, 3)
    first = show(make_table(people, ROWS))
    more = [*people, *(make_unit(f"new-{one}", "a", "x") for one in range(joined))]
    assert count_isolated(show(make_table(more, ROWS), [first]), first, K) > 0
    assert count_isolated(first, show(make_table(more, ROWS), [first]), K) > 0


def test_many_who_joined_do_not() -> None:
    people = fill({("a", "x"): 40, ("b", "x"): 40})
    first = show(make_table(people, ROWS))
    more = [*people, *(make_unit(f"new-{one}", "a", "x") for one in range(K))]
    assert count_isolated(show(make_table(more, ROWS), [first]), first, K) == 0


def test_many_who_joined_with_one_in_another_row_do() -> None:
    people = fill({("a", "x"): 40, ("b", "x"): 40})
    first = show(make_table(people, ROWS))
    more = [*people, *(make_unit(f"new-{one}", "a", "x") for one in range(K)), make_unit("her", "b", "x")]
    assert count_isolated(show(make_table(more, ROWS), [first]), first, K) > 0


def test_one_who_said_no_since_stands_alone() -> None:
    people = fill({("a", "x"): 40, ("b", "x"): 40})
    first = show(make_table(people, ROWS))
    assert count_isolated(show(make_table(people[1:], ROWS), [first]), first, K) > 0


def test_a_row_cut_in_pieces_all_but_one_of_which_are_shown() -> None:
    whole = [make_unit(f"p{one}", "a", "x" if one < 30 else "y") for one in range(35)]
    rest = fill({("b", "x"): 40, ("b", "y"): 40})
    first = show(make_table([*whole, *rest], ROWS))
    layer = {("a", "x"): frozenset(f"p{one}" for one in range(30))}
    planted = Shown(make_table([*whole, *rest], SPEC), frozenset(make_table([*whole, *rest], SPEC).members))
    leaky = Shown(planted.table, planted.hidden - layer.keys())
    assert count_isolated(planted, first, K) == 0
    assert count_isolated(leaky, first, K) == 1


def test_a_few_who_joined_behind_what_is_hidden_stand_alone() -> None:
    """Each number that is shown grew by K and more, and yet what is left of the row grew by two."""
    cells = {("a", "x"): 80, ("a", "y"): 12, ("a", "z"): 12, ("b", "x"): 80, ("b", "y"): 12, ("b", "z"): 12}
    hidden = frozenset((row, column) for row in "ab" for column in "yz")
    first = Shown(make_table(fill(cells), SPEC), hidden)
    joined = [make_unit(f"new-{one}", "a", "x") for one in range(K)]
    later = make_table(
        [*fill(cells), *joined, *(make_unit(f"her-{one}", "a", "y") for one in range(2))], SPEC
    )
    assert count_isolated(Shown(later, hidden), first, K) > 0
    many = make_table([*fill(cells), *joined, *(make_unit(f"her-{one}", "a", "y") for one in range(K))], SPEC)
    assert count_isolated(Shown(many, hidden), first, K) == 0


def befall(people: Sequence[Counted]) -> list[Counted]:
    """An act for each of these people, of the same kinds."""
    return [replace(one, id=f"act-{one.id}", persons=frozenset([one.id])) for one in people]


@pytest.mark.parametrize("joined", [1, 10])
def test_acts_beside_victims_single_nobody_out(joined: int) -> None:
    people = fill({("a", "x"): 40, ("b", "x"): 40})
    first = show(make_table(people, ROWS))
    acts = Spec("act", "type")
    assert count_isolated(show(make_table(befall(people), acts), [first]), first, K) == 0
    more = [*people, *(make_unit(f"new-{one}", "a", "x") for one in range(joined))]
    second = show(make_table(befall(more), acts), [first])
    assert count_isolated(second, first, K) > 0 and count_isolated(first, second, K) > 0


def test_what_one_act_for_each_person_would_show_of_victims_is_hidden_too() -> None:
    people = fill(
        {("a", "x"): 3, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40, ("c", "x"): 30, ("c", "y"): 40}
    )
    first = show(make_table(people, SPEC))
    second = show(make_table(befall(people), Spec("act", "type", "sex")), [first])
    assert second.hidden == first.hidden
    assert find_leaks([second, first]) == []


def test_many_acts_of_a_few_people_are_a_few() -> None:
    people = fill({("a", "x"): 40, ("b", "x"): 40})
    first = show(make_table(people, ROWS))
    hers = [make_unit(f"act-{one}", "a", "x", ["her"]) for one in range(30)]
    assert count_isolated(show(make_table([*people, *hers], ROWS), [first]), first, K) > 0


def test_small_numbers_survive_growing_by_chance() -> None:
    """Release after release with at least k more people each: what was hidden stays open beside them."""
    dice = Random(4)
    people = count_people(120, 1)
    left: list[Shown] = []
    for step in range(3):
        shown = hide_cells(make_table(people, SPEC), left)
        if shown is not None and not any(count_isolated(shown, one, K) for one in left):
            left.insert(0, shown)
            assert find_leaks(left) == []
        people += count_people(dice.randint(40, 80), 100 + step)
    assert len(left) > 1
