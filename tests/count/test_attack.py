"""The attacker finds what is there to be found: it is tested before it is believed."""

from math import inf
from types import SimpleNamespace

import pytest
from tests.count.tables import SPEC, fill, list_fillings

from onggi.count.attack import Bounds, bound_number, is_open, make_sheet
from onggi.count.differencing import Shown, hide_cells, join_tables
from onggi.count.table import ALL, Table, make_table

# a  3  20 | 23
# b 30  40 | 70
#   33  60 | 93
VALUES = [3, 20, 23, 30, 40, 70, 33, 60, 93]
SUMS = [(2, (0, 1)), (5, (3, 4)), (8, (6, 7)), (6, (0, 3)), (7, (1, 4)), (8, (2, 5))]
SHEET = make_sheet(VALUES, SUMS)


def test_one_hidden_cell_is_recovered() -> None:
    assert bound_number(SHEET, {0}, 0) == Bounds(3, 3)
    assert not is_open(SHEET, {0}, 0, 11)


@pytest.mark.parametrize("hidden", [{0, 1}, {0, 3}, {0, 2}, {0, 1, 2}, {0, 4}, {0, 1, 6}])
def test_a_planted_leak_is_found(hidden: set[int]) -> None:
    assert bound_number(SHEET, hidden, 0) == Bounds(3, 3)
    assert not is_open(SHEET, hidden, 0, 11)


def test_a_square_of_hidden_cells_leaves_a_range() -> None:
    assert bound_number(SHEET, {0, 1, 3, 4}, 0) == Bounds(0, 23)
    assert is_open(SHEET, {0, 1, 3, 4}, 0, 11)
    assert not is_open(SHEET, {0, 1, 3, 4}, 0, 12)


def test_what_no_sum_holds_has_no_end() -> None:
    assert bound_number(SHEET, set(range(9)), 0) == Bounds(0, inf)


def test_the_rules_tell_the_attacker_something_too() -> None:
    sheet = make_sheet(VALUES, SUMS, [1, 1, 11, 1, 1, 11, 11, 11, 11])
    assert bound_number(sheet, {0, 1, 3, 4}, 0) == Bounds(1, 22)
    assert bound_number(sheet, {0, 1, 3, 4}, 0, rules=False) == Bounds(0, 23)


def test_what_is_shown_is_known() -> None:
    assert bound_number(SHEET, {0, 1}, 4) == Bounds(40, 40)
    assert not is_open(SHEET, {0, 1}, 4, 11)


@pytest.mark.parametrize("numbers", [(3, 9, 9, 5), (1, 10, 10, 4), (10, 3, 2, 12), (6, 6, 6, 6)])
def test_the_attacker_finds_as_much_as_trying_every_number(numbers: tuple[int, int, int, int]) -> None:
    cells = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    table = make_table(fill(dict(zip(cells, numbers, strict=True))), SPEC)
    shown = Shown(table, frozenset(cells))
    fillings = list_fillings(shown, 15)
    joined = join_tables(table, [])
    hidden = {joined.places[table.members[key]] for key in cells}
    for key in cells:
        tried = [one[key] for one in fillings]
        told = bound_number(joined.sheet, hidden, joined.places[table.members[key]])
        assert told == Bounds(min(tried), max(tried))


def leak(table: Table, hidden: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The small cells that the attacker can tell too well."""
    joined = join_tables(table, [])
    places = {joined.places[table.members[key]] for key in hidden}
    return [
        key
        for key in table.small
        if not is_open(joined.sheet, places, joined.places[table.members[key]], table.spec.k)
    ]


def test_hiding_only_what_is_small_would_leak() -> None:
    table = make_table(fill({("a", "x"): 3, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40}), SPEC)
    assert leak(table, set(table.small)) == [("a", "x")]
    shown = hide_cells(table)
    assert shown is not None
    assert leak(table, set(shown.hidden)) == []
    assert Shown(table, table.small).hidden < shown.hidden
    assert ALL not in shown.hidden


def test_what_could_not_be_solved_is_taken_for_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **named: object) -> SimpleNamespace:
        return SimpleNamespace(status=4, fun=None)

    monkeypatch.setattr("onggi.count.attack.linprog", fail)
    assert bound_number(SHEET, {0, 1, 3, 4}, 0) == Bounds(3, 3)
    assert not is_open(SHEET, {0, 1, 3, 4}, 0, 11)
