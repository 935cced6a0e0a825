"""Who may be whom, many times over: how replicates are read, what they make of a table, and of a number."""

from dataclasses import replace

import numpy as np
import pytest
from tests.count.populations import LISTS, draw_classes

from onggi.count.answer import Answer
from onggi.count.estimate import estimate_listed
from onggi.count.graphs import average_graphs
from onggi.count.lists import make_estimate
from onggi.count.population import Population
from onggi.count.replicates import LEAST, MOST, Replicates, join_replicates, read_listed, read_replicates

HEAD = "record_id," + ",".join(f"r{number}" for number in range(LEAST))


def write_rows(*rows: tuple[str, str]) -> str:
    """A file of replicates in which each record lies in one cluster in all of them."""
    return "\n".join([HEAD, *(f"{record},{','.join([cluster] * LEAST)}" for record, cluster in rows)]) + "\n"


GOOD = write_rows(("1", "a"), ("2", "a"), ("3", "b"))
TABLE = "record_id,list\n1,north\n2,south\n3,north\n"


def read(text: str = GOOD) -> Replicates:
    drawn, findings = read_replicates(text)
    assert drawn is not None, findings
    return drawn


def test_records_of_one_cluster_are_one_person() -> None:
    listed = read_listed(TABLE, read())
    first, *others = listed.replicates
    assert listed.cells == first and others == [first] * (LEAST - 1)
    assert first.lists == ("north", "south")
    assert dict(zip(first.patterns, first.counts, strict=True)) == {3: 1, 1: 1}


def test_each_replicate_has_cells_of_its_own() -> None:
    apart = GOOD.replace("2,a", "2,c", 1)
    first, second = read_listed(TABLE, read(apart)).replicates[:2]
    assert (first.people, second.people) == (3, 2)


def test_who_is_in_no_replicate_is_nobody_else() -> None:
    (cells, *_) = join_replicates(LISTS[:3], {"1": 1, "2": 2, "x": 4, "y": 4}, read())
    assert dict(zip(cells.patterns, cells.counts, strict=True)) == {3: 1, 4: 2}


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "count.replicates.header", "line 1"),
        (GOOD.replace("record_id", "id"), "count.replicates.header", "line 1"),
        (GOOD.replace("r1,", "r0,"), "count.replicates.header", "line 1"),
        (GOOD.replace("r0,", ""), "count.replicates.number", "line 1"),
        ("record_id," + ",".join(map(str, range(MOST + 1))), "count.replicates.number", "line 1"),
        (GOOD.replace("2,a", "2,", 1), "count.replicates.row", "line 3"),
        (GOOD.replace("2,a,", "2,", 1), "count.replicates.row", "line 3"),
        (GOOD.replace("\n2,", "\n1,"), "count.replicates.twice", "line 3"),
    ],
)
def test_replicates_that_are_not_as_they_must_be(text: str, code: str, where: str) -> None:
    drawn, findings = read_replicates(text)
    assert drawn is None and [(one.code, one.where) for one in findings] == [(code, where)]


@pytest.mark.parametrize(
    ("table", "code", "where"),
    [
        ("record_id,note\n1,x\n", "count.replicates.records", "line 1"),
        (TABLE + "1,south\n", "count.replicates.twice", "line 5"),
        (TABLE + "4,south\n", "count.replicates.absent", "line 5"),
        (TABLE.replace("3,north", "3,"), "count.replicates.list", "line 4"),
        (TABLE.replace("3,north", "3"), "count.table.width", "line 4"),
    ],
)
def test_a_table_that_does_not_fit_them(table: str, code: str, where: str) -> None:
    listed = read_listed(table, read())
    assert listed.cells is None and [(one.code, one.where) for one in listed.findings] == [(code, where)]


def draw_links() -> tuple[str, Replicates]:
    """Records of 800 people on three lists; of those who stand on several, one in five is uncertain."""
    _, rows = draw_classes(800, [1.0], [[0.45, 0.4, 0.35]], seed=4)
    people, on = np.nonzero(rows)
    dice = np.random.default_rng(4)
    clusters = np.repeat(people[:, None], LEAST, axis=1)
    doubtful = np.isin(people, dice.choice(800, 160, replace=False))
    parted = dice.random((len(people), LEAST)) < np.linspace(0, 1, LEAST)
    clusters[doubtful] = np.where(parted, 800 + np.arange(len(people))[:, None], clusters)[doubtful]
    table = "record_id,list\n" + "".join(f"{at},{LISTS[name]}\n" for at, name in enumerate(on))
    return table, Replicates({str(at): at for at in range(len(people))}, clusters)


@pytest.fixture(scope="module")
def uncertain() -> Answer:
    """Of 800 people, when all links are right."""
    return estimate_listed(read_listed(*draw_links()), Population(), 1, threads=2)


def test_uncertain_links_widen_the_range_and_are_told(uncertain: Answer) -> None:
    assert uncertain.status == "estimate" and uncertain.cells in uncertain.replicates
    (graphs,) = [model for model in uncertain.models if model.name == "graphs"]
    assert graphs.low is not None and graphs.high is not None and graphs.settings["replicates"] == LEAST
    assert uncertain.cells is not None
    alone = average_graphs(uncertain.cells)
    assert graphs.high - graphs.low > 1.5 * (alone.find_quantile(0.975) - alone.find_quantile(0.025))
    assert uncertain.envelope is not None and uncertain.envelope[1] >= graphs.high
    (told,) = [one for one in uncertain.findings if one.code == "count.flag.replicates"]
    assert int(told.values["low"]) < 850 < int(told.values["high"])
    assert uncertain.lower_bound is not None and uncertain.lower_bound <= 800


def test_what_is_recorded_binds_every_replicate(uncertain: Answer) -> None:
    kept = make_estimate(uncertain, 1, "0")
    fewer = make_estimate(replace(uncertain, replicates=uncertain.replicates[:-1]), 1, "0")
    assert kept is not None and fewer is not None and kept.inputs != fewer.inputs


def test_too_few_that_carry_a_number_are_a_refusal() -> None:
    answer = estimate_listed(read_listed(TABLE, read()), Population(), 1)
    assert (answer.status, answer.envelope, answer.models) == ("refused", None, ())
    codes = [one.code for one in answer.findings if one.grave]
    assert codes[0] == "count.replicates.refused" and "count.gate.lists" in codes
    assert answer.lower_bound == 2
