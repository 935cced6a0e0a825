"""A table is read whole or not at all; what is wrong is told by line, and never with what stood there."""

from random import Random

import pytest

from onggi.count.listed import MOST_LISTS, Listed
from onggi.count.reading import LONGEST_NAME, MOST_COLUMNS, is_cells, read_cells, read_columns, read_records

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


PEOPLE = "name,camp,age,clinic,court\nRi,1,41,,x\nKim,yes,,0,no\nPak,0,7,0,0\nO,1,,no,TRUE\n"


def test_columns_that_may_be_lists_are_offered_and_nothing_else_of_a_row_is_there() -> None:
    found, findings = read_columns(PEOPLE)
    assert found is not None and findings == ()
    assert found.names == ("camp", "clinic", "court") and found.sizes == (3, 0, 2) and found.rows == 4
    assert [(one.number, one.line, one.rows) for one in found.others] == [(1, 2, 4), (3, 2, 2)]
    assert not any(f"'{one}'" in repr(found) for one in ("Ri", "Kim", "Pak", "41", "age", "name"))


def test_how_far_it_is_read_is_told() -> None:
    told: list[tuple[int, int]] = []
    read_columns("a,b\n" + "1,0\n" * 9999, lambda done, total: told.append((done, total)))
    assert told == [(1, 10_000), (4097, 10_000), (8193, 10_000)]


def test_a_table_without_a_head_offers_no_person() -> None:
    found, findings = read_columns("Ri,1,0\nKim,1,0\nPak,0,1\n")
    assert findings == () and found is not None and found.names == ("1", "0")


def test_chosen_columns_are_what_is_read_where_they_are_named() -> None:
    dice = Random(1)
    for _ in range(200):
        lists = [f"l{at}" for at in range(dice.randint(2, 12))]
        head = [*lists, "name"]
        dice.shuffle(head)
        marks = ("0", "1", "", "x", "Yes", "no", "TRUE")
        rows = [
            ",".join("Ri" if one == "name" else dice.choice(marks) for one in head)
            for _ in range(dice.randint(0, 30))
        ]
        text = "\n".join([",".join(head), *rows]) + "\n"
        found, _ = read_columns(text)
        assert found is not None
        chosen = dice.sample(lists, dice.randint(1, len(lists)))
        assert found.choose([found.names.index(one) for one in chosen]) == read_records(text, chosen)


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "count.table.header", "line 1"),
        ("a,,b\n", "count.table.header", "line 1"),
        ("a,a\n1,1\n", "count.table.twice", "line 1"),
        ("a,b\n1,0\n1\n", "count.table.width", "line 3"),
        ('a,b\n1,"0\n', "count.table.width", "line 2"),
        (f"{'a' * (LONGEST_NAME + 1)},b\n1,0\n", "count.table.long", "line 1"),
        (",".join(f"l{at}" for at in range(MOST_COLUMNS + 1)) + "\n", "count.table.columns", "line 1"),
        (
            ",".join(f"l{at}" for at in range(17))
            + "\n"
            + "".join(f"{','.join(format(at, '017b'))}\n" for at in range(1 << 17)),
            "count.table.patterns",
            "line 65538",
        ),
    ],
)
def test_what_is_no_table_of_people_to_choose_from(text: str, code: str, where: str) -> None:
    found, findings = read_columns(text)
    assert found is None
    assert [(one.code, one.where) for one in findings] == [(code, where)]


def test_a_list_whose_name_no_page_has_room_for_is_none() -> None:
    name = "a" * (LONGEST_NAME + 1)
    for listed in (read_cells(f"{name},b,count\n1,0,3\n"), read_records(f"{name},b\n1,0\n", [name, "b"])):
        assert [one.code for one in listed.findings] == ["count.table.long"] and listed.cells is None
        assert name not in str(listed.findings)
