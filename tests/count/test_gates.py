"""Where no number may be made: each gate shut by a table that must not pass, and open for one that may."""

from itertools import product

import numpy as np
import pytest
from tests.count.populations import LISTS, count_some, draw_classes, draw_plain

from onggi.count.cells import Cells, count_rows
from onggi.count.gates import merge_apart, pass_gates
from onggi.count.lower import bound_below
from onggi.count.population import Population

GOOD = count_some("100:41 010:25 001:30 110:14 101:9 011:8 111:5")


def refuse(cells: Cells, population: Population | None = None) -> list[str]:
    passed = pass_gates(cells, population or Population())
    return [finding.code for finding in passed.findings if finding.grave]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10:41 01:25 11:14", "count.gate.lists"),
        ("100:41 010:25 110:14 001:0", "count.gate.empty"),
        ("100:41 010:25 001:30", "count.gate.apart"),
        ("1000:41 0100:25 1100:14 0010:30 0001:12 0011:8", "count.gate.apart"),
        ("100:41 010:25 001:30 110:2 101:2 011:1", "count.gate.overlap"),
        ("001:300 110:40 111:25 101:0 011:0 100:0 010:0", "count.gate.same"),
        ("100:60 010:80 001:0 110:14 101:30 011:0 111:30", "count.gate.within"),
        ("100:400 010:0 001:300 110:50 101:90 011:0 111:15", "count.gate.within"),
        ("100:200 010:150 001:180 110:60 101:70 011:0 111:0", "count.gate.zero"),
    ],
)
def test_a_shut_gate_says_which(text: str, code: str) -> None:
    assert code in refuse(count_some(text))


def test_good_lists_pass() -> None:
    assert refuse(GOOD) == []
    assert refuse(draw_plain(3000, [0.2, 0.3, 0.1, 0.25], seed=1)) == []


def test_a_small_list_that_lies_within_a_large_one_by_chance_passes() -> None:
    cells = count_some("100:400 010:60 001:2 110:200 101:3 011:0 111:3")
    assert "count.gate.within" not in refuse(cells)


def test_declarations_shut_gates() -> None:
    north, south, east = GOOD.lists
    assert refuse(GOOD, Population(fed_by={north: (south,)})) == ["count.gate.fed"]
    window = Population(window=(2005, 2010), list_years={north: (1999, 2003), south: (2005, 2010)})
    assert refuse(GOOD, window) == ["count.gate.years"]
    assert refuse(GOOD, Population(impossible_overlaps=((north, south),)))[0] == "count.gate.impossible"


def test_lists_that_exclude_each_other_count_as_one() -> None:
    cells = count_some(
        "1000:200 0100:150 0010:180 1010:60 0110:70 0001:90 1001:30 0101:25 0011:40 1011:9 0111:8"
    )
    assert refuse(cells) == ["count.gate.zero"]
    passed = pass_gates(cells, Population(impossible_overlaps=(("north", "south"),)))
    assert not passed.refused and passed.cells.lists == ("north+south", "east", "west")
    assert passed.cells.people == cells.people
    assert [finding.code for finding in passed.findings][0] == "count.flag.merged"


def test_dependence_that_shows_is_told() -> None:
    dice = np.random.default_rng(3)
    rows = (dice.random((3000, 4)) < [0.3, 0.2, 0.25, 0.3]).astype(np.int64)
    rows[:, 1] |= rows[:, 0] & (dice.random(3000) < 0.4)
    found = pass_gates(count_rows(LISTS[:4], rows), Population()).findings
    assert [(finding.code, finding.where) for finding in found][:1] == [
        ("count.flag.together", "north + south")
    ]


def test_any_table_gets_an_answer() -> None:
    dice = np.random.default_rng(1)
    for _ in range(300):
        width = int(dice.integers(1, 6))
        marks = list(product((0, 1), repeat=width))[1:]
        counts = dice.integers(0, 30, len(marks)) * (dice.random(len(marks)) < dice.random())
        cells = count_rows(LISTS[:width], np.repeat(np.array(marks), counts, axis=0).reshape(-1, width))
        passed = pass_gates(cells, Population())
        assert bound_below(merge_apart(passed.cells)) >= cells.people


# --------------------------------------------------------------------------------------------- from below


def test_a_bound_is_below_the_truth_nearly_always() -> None:
    above = 0
    for seed in range(200):
        cells, _ = draw_classes(1500, [0.3, 0.7], [[0.4, 0.3, 0.5], [0.1, 0.15, 0.08]], seed)
        above += bound_below(cells) > 1500
    assert above == 0
    alike = sum(bound_below(draw_plain(1500, [0.3, 0.25, 0.2], seed)) > 1500 for seed in range(200))
    assert alike <= 10


@pytest.mark.parametrize("chances", [[0.75, 0.09, 0.09, 0.05], [0.6, 0.1, 0.1], [0.4, 0.2, 0.1, 0.05]])
def test_one_large_list_makes_no_bound_too_high(chances: list[float]) -> None:
    """Chao (1987) itself takes all lists for alike, and says 5,047 of 3,000 where one is large."""
    bounds = [bound_below(draw_plain(3000, chances, seed)) for seed in range(40)]
    assert sum(bound > 3000 for bound in bounds) <= 4 and np.median(bounds) > 0.85 * 3000


def test_lists_that_are_alike_are_bounded_as_by_chao() -> None:
    cells = count_some("100:300 010:300 001:300 110:50 101:50 011:50 111:5")
    spread = cells.people + 2 / 3 * 900 * 899 / (2 * 151)
    assert cells.people < bound_below(cells) < spread
    alike, other = "100:60 010:60 001:60 110:20 101:20 011:20", "100:150 010:20 001:10 110:20 101:20 011:20"
    assert bound_below(count_some(alike)) > bound_below(count_some(other))


def test_two_lists_are_bounded_by_chapman() -> None:
    cells = count_some("10:60 01:40 11:20")
    chapman = 81 * 61 / 21 - 1
    assert cells.people < bound_below(cells) < chapman


def test_lists_that_avoid_each_other_bound_nothing() -> None:
    assert bound_below(count_some("100:200 010:150 001:180")) == 530
    cells = count_some(
        "1000:300 0100:300 0010:180 1010:60 0110:70 0001:90 1001:60 0101:65 0011:40 1011:9 0111:8"
    )
    assert bound_below(merge_apart(cells)) < bound_below(cells)
