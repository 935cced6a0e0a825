"""A table is read whole or not at all; what is wrong is told by line, and never with what stood there."""

import pytest

from onggi.count.listed import MOST_LISTS, Listed
from onggi.count.reading import is_cells, read_cells, read_records

GOOD = "a,b,c,count\n1,0,0,30\n0,1,1,4\n1,1,1,2\n"


def told(listed: Listed) -> list[tuple[str, object]]:
    return [(one.code, one.values["count"]) for one in listed.findings if not one.grave]


def test_patterns_are_read() -> None:
    table = read_cells(GOOD)
    assert table.cells is not None and table.findings == ()
    assert table.cells.lists == ("a", "b", "c")
    assert dict(zip(table.cells.patterns, table.cells.counts, strict=True)) == {1: 30, 6: 4, 7: 2}
    assert table.cells.sizes == (32, 6, 6) and table.cells.people == 36


def test_a_pattern_that_is_there_twice_is_added_and_told() -> None:
    table = read_cells(GOOD + "1,0,0,5\n")
    assert (
        told(table) == [("count.flag.repeated", 1)]
        and table.cells is not None
        and table.cells.counts[0] == 35
    )


@pytest.mark.parametrize("between", [";", "\t"])
def test_what_stands_between_columns_is_seen_in_the_first_line(between: str) -> None:
    text = GOOD.replace(",", between).replace("a", "수용소, 3").replace("\n", "\r\n")
    table = read_cells(text)
    assert is_cells(text) and table.cells is not None and table.cells.lists == ("수용소, 3", "b", "c")
    assert table.cells.counts == (30, 4, 2)


def test_a_pattern_nobody_has_is_no_person() -> None:
    table = read_cells(GOOD + "0,0,1,0\n0,0,0,0\n")
    assert table.cells == read_cells(GOOD).cells and table.findings == ()


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "count.table.header", "line 1"),
        ("a,,count\n", "count.table.header", "line 1"),
        ("a,a,count\n1,1,3\n", "count.table.twice", "line 1"),
        ("a,b,c\n1,1,3\n", "count.table.count", "line 1"),
        ("count\n3\n", "count.table.count", "line 1"),
        ("a,b,count\n1,0,-3\n", "count.table.whole", "line 2"),
        ("a,b,count\n1,0,2.5\n", "count.table.whole", "line 2"),
        ("a,b,count\n1,0,\n", "count.table.whole", "line 2"),
        ("a,b,count\n1,0,٣\n", "count.table.whole", "line 2"),
        ("a,b,count\n1,0,3\n1,2,3\n", "count.table.mark", "line 3"),
        ("a,b,name,count\n1,0,Ri,3\n", "count.table.mark", "line 2"),
        ("a,b,count\n0,0,3\n", "count.table.nobody", "line 2"),
        ("a,b,count\n1,0\n", "count.table.width", "line 2"),
        ('a,b,count\n1,0,"3\n', "count.table.width", "line 2"),
        ("a,b,count\n1,0,999999999\n0,1,999999999\n", "count.table.many", ""),
        (",".join(f"l{at}" for at in range(MOST_LISTS + 1)) + ",count\n", "count.table.lists", "line 1"),
    ],
)
def test_what_is_no_table_of_patterns(text: str, code: str, where: str) -> None:
    table = read_cells(text)
    assert table.cells is None
    assert [(finding.code, finding.where) for finding in table.findings] == [(code, where)]
    assert all("Ri" not in str(finding) for finding in table.findings)


def test_people_are_counted_and_nothing_else_of_them_is_kept() -> None:
    table = read_records(
        "name,camp,clinic,court\nRi,1,,x\nKim,yes,0,no\nPak,0,0,0\nO,1,0,TRUE\n", ["court", "camp"]
    )
    assert table.cells is not None and told(table) == [("count.flag.unlisted", 1)]
    assert table.cells.lists == ("court", "camp")
    assert dict(zip(table.cells.patterns, table.cells.counts, strict=True)) == {2: 1, 3: 2}


@pytest.mark.parametrize("lists", [["camp", "church"], ["camp", "camp"]])
def test_a_list_must_be_a_column(lists: list[str]) -> None:
    table = read_records("name,camp\nRi,1\n", lists)
    assert [finding.code for finding in table.findings] == ["count.table.unknown"]


def test_findings_end_somewhere() -> None:
    assert len(read_cells("a,b,count\n" + "1,0,-1\n" * 5000).findings) == 100


def test_a_table_of_patterns_is_known_by_its_header() -> None:
    assert is_cells(GOOD) and not is_cells("name,camp\nRi,1\n") and not is_cells("")
