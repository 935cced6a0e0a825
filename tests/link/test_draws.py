"""Clusterings that are drawn: as many as asked, as sure as the pairs are, and judgements bind in each."""

import numpy as np
import pytest
from tests.ledger.invented import id_of
from tests.link.test_run import hold
from tests.link.vault import HERE, judged, open_view, person, strangers, tie

from onggi.ledger.view import View
from onggi.link.clusters import number_clusters
from onggi.link.draws import Drawn, draw_persons, draw_records
from onggi.link.engine import open_engine
from onggi.link.run import link_records
from onggi.link.table import TableMap
from onggi.model.statement import Statement

HERS = {"sex": "female", "born": "1987", "left": "2011"}
TWO = (*person("a", "리영희", **HERS), *person("b", "Ri Yong Hui", **HERS), *strangers(10))


def draw(*said: Statement, draws: int = 100, seed: int = 1) -> Drawn:
    view: View = open_view(*said)
    return draw_persons(view, HERE, draws, seed, lambda: open_engine("duckdb"), lambda stage: None)


def share(drawn: Drawn, one: str, other: str) -> float:
    """In how many of the clusterings two are one."""
    a, b = (drawn.ids.index(id_of(id)) for id in (one, other))
    return float((drawn.clusters[:, a] == drawn.clusters[:, b]).mean())


def test_numbers_are_counted_by_the_first_records() -> None:
    assert number_clusters(np.array([[0, 1, 0, 3], [0, 0, 2, 2]], np.int32)).tolist() == [
        [1, 2, 1, 3],
        [1, 1, 2, 2],
    ]


def test_two_who_may_be_one_are_one_in_some_clusterings() -> None:
    drawn = draw(*TWO)
    assert drawn.clusters.shape == (100, 12) and drawn.clusters.min() == 1
    assert 0.3 < share(drawn, "a", "b") < 1
    assert np.array_equal(drawn.clusters, draw(*TWO).clusters)
    assert not np.array_equal(drawn.clusters, draw(*TWO, seed=2).clusters)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (judged("j", "a", "b", "same"), 1.0),
        (judged("j", "a", "b", "different"), 0.0),
        (tie("t", "sold_with", "a", "b"), 0.0),
    ],
)
def test_what_is_judged_or_told_binds_in_each(said: Statement, expected: float) -> None:
    assert share(draw(*TWO, said), "a", "b") == expected


def test_what_waits_for_a_second_member_does_not_bind() -> None:
    assert 0.3 < share(draw(*TWO, judged("j", "a", "b", "same", two=True)), "a", "b") < 1


def test_records_of_a_table_are_drawn_as_their_pairs_say() -> None:
    rows = [{"name": name, "birth_year": "1990"} for name in ("리영희", "Ri Yong Hui", "박철수", "한설매")]
    records = hold([{"record_id": str(at), **row} for at, row in enumerate(rows)])
    with open_engine("duckdb") as engine:
        linkage = link_records(records, TableMap().kinds, engine, 1)
    drawn = draw_records(linkage, 100, 1)
    (at,) = np.flatnonzero((linkage.pairs.a == 0) & (linkage.pairs.b == 1))
    together = float((drawn[:, 0] == drawn[:, 1]).mean())
    assert abs(together - linkage.pairs.probability[at]) < 0.15 and drawn.shape == (100, 4)
