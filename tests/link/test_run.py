"""Linking whole tables: people without papers, tables that hold nothing to learn from, and every engine."""

import os
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest
from _people import COLUMNS, HABITS, list_without_papers

from onggi.link.columns import Records, number_texts
from onggi.link.engine import open_engine
from onggi.link.judgements import NO_JUDGEMENTS, Judgements, settle_judgements
from onggi.link.run import Linkage, link_records
from onggi.link.table import KNOWN

SPARK = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None, reason="needs pyspark and Java"
)


def hold(rows: Sequence[dict[str, str]]) -> Records:
    columns = {name: number_texts([row.get(name, "") for row in rows]) for name in COLUMNS[1:]}
    return Records(tuple(row["record_id"] for row in rows), columns)


def link(
    records: Records, engine: str = "duckdb", threads: int | None = None, judged: Judgements = NO_JUDGEMENTS
) -> Linkage:
    with open_engine(engine, threads) as opened:
        return link_records(records, KNOWN, opened, 1, judgements=judged)


@pytest.fixture(scope="module")
def people() -> tuple[Records, np.ndarray]:
    rows, owners = list_without_papers(300, 3, replace(HABITS, alias=0.05))
    return hold(rows), np.array(owners)


@pytest.fixture(scope="module")
def linked(people: tuple[Records, np.ndarray]) -> Linkage:
    return link(people[0])


def same(one: Linkage, other: Linkage) -> bool:
    return all(
        np.array_equal(a, b)
        for a, b in (
            (one.pairs.a, other.pairs.a),
            (one.pairs.b, other.pairs.b),
            (one.pairs.probability, other.pairs.probability),
            (one.weights, other.weights),
            (one.clusters, other.clusters),
        )
    )


def test_sure_pairs_are_of_one_person(people: tuple[Records, np.ndarray], linked: Linkage) -> None:
    _, owners = people
    right = owners[linked.pairs.a] == owners[linked.pairs.b]
    sure = linked.pairs.probability >= 0.9
    sizes = np.bincount(owners)
    assert right[sure].mean() > 0.95
    assert right[sure].sum() > 0.4 * (sizes * (sizes - 1) // 2).sum()


def test_pairs_are_sorted_and_each_stands_once(linked: Linkage) -> None:
    couples = list(zip(linked.pairs.a.tolist(), linked.pairs.b.tolist(), strict=True))
    assert couples == sorted(set(couples)) and all(a < b for a, b in couples)


@pytest.mark.parametrize("threads", [1, 3])
def test_any_number_of_threads_gives_the_same(
    people: tuple[Records, np.ndarray],
    linked: Linkage,
    threads: int,
) -> None:
    assert same(linked, link(people[0], threads=threads))


@pytest.mark.system
@SPARK
@pytest.mark.enable_socket  # Spark speaks to its own machine
@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same(people: tuple[Records, np.ndarray], linked: Linkage) -> None:
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    assert same(linked, link(people[0], "spark", 2))


def test_judgements_bind(people: tuple[Records, np.ndarray], linked: Linkage) -> None:
    best = int(np.argmax(linked.pairs.probability))
    couple = (int(linked.pairs.a[best]), int(linked.pairs.b[best]))
    strangers = (0, next(at for at in range(1, 99) if linked.clusters[at] != linked.clusters[0]))
    again = link(people[0], judged=settle_judgements({strangers}, {couple}))
    assert again.clusters[couple[0]] != again.clusters[couple[1]]
    assert again.clusters[strangers[0]] == again.clusters[strangers[1]]


# -------------------------------------------------------------------------------------------- little to learn


def make_rows(count: int, **cells: str) -> list[dict[str, str]]:
    return [{"record_id": str(at), **cells} for at in range(count)]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        make_rows(1, name="김철수", birth_year="1970"),
        make_rows(40, birth_year="1970"),
        make_rows(1200, name="김철수"),
        make_rows(300, name="김철수", birth_year="1970", origin="회령시", sex="남", left_year="1999"),
        make_rows(50),
        make_rows(2, name="=cmd()", note="mother of", origin="\u202e", birth_year="x"),
        [*make_rows(5, name="!!!"), *make_rows(5, name="Kim")],
    ],
    ids=["none", "one", "no names", "one name", "all alike", "no cells", "odd cells", "no letters"],
)
def test_tables_with_little_in_them_end_well(rows: list[dict[str, str]]) -> None:
    for at, row in enumerate(rows):
        row["record_id"] = str(at)
    found = link(hold(rows))
    assert len(found.clusters) == len(rows)
    assert np.isfinite(found.pairs.probability).all() and np.isfinite(found.weights).all()
    assert found.flags, "whoever reads this must be told that little was learned"


def test_what_everybody_has_says_nothing() -> None:
    dice = random.Random(1)
    rows = [
        {"record_id": str(at), "name": "김철수", "birth_year": str(dice.randint(1950, 1999)), "sex": "남"}
        for at in range(400)
    ]
    found = link(hold(rows))
    assert (found.pairs.probability < 0.9).all(), "a name that all have and a year that many have"


def test_mother_of_her_is_not_her() -> None:
    rows = [
        {"name": "리영희", "birth_year": "1950", "origin": "회령시", "left_year": "1999"},
        {"name": "리영희의 어머니", "birth_year": "1950", "origin": "회령시", "left_year": "1999"},
    ]
    for at in range(60):
        rows.append(
            {"name": f"박{'순옥미금철'[at % 5]}{'희숙자남일호'[at % 6]}", "birth_year": str(1940 + at)}
        )
    found = link(hold([{"record_id": str(at), **row} for at, row in enumerate(rows)]))
    name = [feature.name for feature in found.features].index("name")
    assert found.features[name].codes[1] == -1, "the name in it is her child's"
    assert found.clusters[0] != found.clusters[1]


def test_of_few_records_judgements_bind_and_are_weighed() -> None:
    rows = [{"name": name, "birth_year": "1990"} for name in ("리영희", "Ri Yong Hui", "박철수", "한설매")]
    records = hold([{"record_id": str(at), **row} for at, row in enumerate(rows)])
    found = link(records, judged=settle_judgements({(2, 3)}, {(0, 1)}))
    assert found.clusters[2] == found.clusters[3] and found.clusters[0] != found.clusters[1]
    names = [feature.name for feature in found.features]
    couples = list(zip(found.pairs.a.tolist(), found.pairs.b.tolist(), strict=True))
    name = found.weights[:, names.index("name")]
    assert name[couples.index((0, 1))] > 0 > name[couples.index((2, 3))]


def test_few_records_are_weighed_by_what_is_known_beforehand() -> None:
    """Eight and seven of them teach nothing: twins and a father and his son are not made one."""
    rows = [
        ("a1", "A", "김은실", "F", "1985", "온성군", "2008"),
        ("b1", "B", "김은숙", "F", "1985", "온성군", "2008"),
        ("a2", "A", "박철수", "M", "1950", "회령시", "2006"),
        ("b2", "B", "박철민", "M", "1978", "회령시", "2006"),
        ("a3", "A", "리영희", "F", "1990", "무산군", "2011"),
        ("b3", "B", "Lee Young-hee", "F", "1990", "무산군", "2011"),
    ]
    names = ("name", "sex", "birth_year", "origin", "left_year")
    columns = {"list": number_texts([row[1] for row in rows])}
    columns |= {name: number_texts([row[at] for row in rows]) for at, name in enumerate(names, 2)}
    linked = link(Records(tuple(row[0] for row in rows), columns))
    pairs = linked.pairs
    couples = zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)
    found = dict(zip(couples, pairs.probability.tolist(), strict=True))
    assert max(found.values(), default=0) <= 0.95
    assert found[4, 5] > 0.5 > max(found.get((0, 1), 0), found.get((2, 3), 0))
    assert "link.flag.beforehand" in [flag.code for flag in linked.flags]
