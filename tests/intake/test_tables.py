"""Tables with our own header, and any other with a map."""

import cProfile
import pstats

from tests.intake.vault_double import Dice, VaultDouble

from onggi.errors import Finding
from onggi.intake.batch import Batch
from onggi.intake.record import read_record
from onggi.model.value import Date, Entity, Number, Term, Text, Unknown, Value

CASE = {"C-7Q2WZ5C": ("c" * 32, "case")}
MAP = b"""onggi = 1
[case]
title = "INVENTED"
lang = "en"
"""


def read_table(table: str, mapping: bytes | None = None) -> Batch | list[Finding]:
    case = None if mapping else "C-7Q2WZ5C"
    return read_record(table.encode(), "csv", VaultDouble(entities=CASE), Dice(), mapping=mapping, case=case)


def read_batch(table: str, mapping: bytes | None = None) -> Batch:
    batch = read_table(table, mapping)
    assert isinstance(batch, Batch), batch
    return batch


def list_values(batch: Batch, property: str) -> list[Value]:
    return [statement.value for _, statement in batch.placed if statement.what.property == property]


def test_a_row_makes_whom_it_names() -> None:
    batch = read_batch("about,property,value\nact:1,victim,person:7\nperson:7,sex,female\n")
    assert batch.keys.keys() == {"1", "7"}
    assert list_values(batch, "victim") == [Entity(batch.keys["7"])]
    assert list_values(batch, "kind") == [Term("entity_kinds", "act"), Term("entity_kinds", "person")]


def test_columns_reach_into_a_value() -> None:
    header = "about,property,value,value.number,value.unit,value.bound,value.unknown"
    batch = read_batch(f"{header}\nact:1,price,,3500,CNY,about,\nact:2,price,,,,,true\n")
    assert list_values(batch, "price") == [Number("3500", "CNY", "about"), Unknown()]


def test_cells_are_read_as_what_they_must_be() -> None:
    table = (
        "key,about,property,value,source,distance,grade,locator,supersedes,words,lang\n"
        "a,person:1,role,victim,source:1,2,C3,row 1,,,\n"
        'b,person:1,role,survivor,source:1,0,B2,row 2,a; a,"말, ""했다""",ko\n'
    )
    batch = read_batch(table)
    first, second = (s for _, s in batch.placed if s.what.property == "role")
    assert (first.what.distance, first.what.reliability, first.what.credibility) == (2, "C", 3)
    assert second.trace.supersedes == (first.id, first.id)
    (quoted,) = (s.words for _, s in batch.placed if s.what.property == "verbatim")
    assert quoted is not None and quoted.original == '말, "했다"'


def test_a_mark_windows_line_ends_and_no_last_line_end_are_read() -> None:
    batch = read_batch("\ufeffabout,property,value\r\nperson:1,role,victim\r\n\r\nperson:2,role,broker")
    assert list_values(batch, "role") == [Term("roles", "victim"), Term("roles", "broker")]


def test_a_cell_may_hold_several_lines() -> None:
    batch = read_batch('about,property,value,lang\nperson:1,note,"one\ntwo",en\n')
    assert list_values(batch, "note") == [Text("one\ntwo", "en")]


def test_lines_are_counted_through_cells_of_several_lines() -> None:
    read = read_table('about,property,value,lang\nperson:1,note,"one\n\ntwo",en\nperson:2,role,heroine,\n')
    assert isinstance(read, list)
    assert [finding.where for finding in read] == ["line 5, value"]


def test_a_map_makes_each_statement_for_every_row() -> None:
    mapping = MAP + (
        b'[defaults]\nlocator = "list, row {no}"\n'  # defaults are filled in, too
        b'[[statement]]\nabout = "person:{no}"\nproperty = "birth"\nvalue = "{born}"\n'
        b'[[statement]]\nabout = "act:{no}"\nproperty = "price"\n'
        b'value = { number = "{paid}", unit = "CNY" }\n'
    )
    batch = read_batch("no,born,paid,remark\n1,1987,30000,x\n2,,18000,\n3,1990,,\n", mapping)
    births = [(s.value, s.trace.locator) for _, s in batch.placed if s.what.property == "birth"]
    assert births == [
        (Date("1987", "1987-01-01", "1987-12-31"), "list, row 1"),
        (Date("1990", "1990-01-01", "1990-12-31"), "list, row 3"),
    ]
    assert list_values(batch, "price") == [Number("30000", "CNY"), Number("18000", "CNY")]


def test_an_optional_field_that_comes_out_empty_is_absent() -> None:
    mapping = MAP + (
        b'[[statement]]\nabout = "person:{no}"\nproperty = "role"\nvalue = "victim"\nlocator = "{page}"\n'
    )
    batch = read_batch("no,page\n1,\n", mapping)
    (role,) = (s for _, s in batch.placed if s.what.property == "role")
    assert role.trace.locator is None


def test_a_row_without_its_key_is_refused() -> None:
    mapping = MAP + b'[[statement]]\nabout = "person:{no}"\nproperty = "role"\nvalue = "victim"\n'
    read = read_table("no,page\n,7\n", mapping)
    assert isinstance(read, list)
    assert [(finding.code, finding.where) for finding in read] == [
        ("intake.reference.absent", "line 2, map line 5, about")
    ]


def test_a_long_table_takes_no_more_than_its_length() -> None:
    """Four times the rows take about four times the calls: counted, since seconds depend on the machine."""

    def measure(rows: int) -> int:
        table = "about,property,value,lang\n" + "".join(
            f"person:{number},name,김{chr(0xAC00 + number % 11000)}{chr(0xAC00 + number % 7919)},ko\n"
            f"person:{number},left_on,{1990 + number % 30}-0{1 + number % 9},\n"
            for number in range(rows)
        )
        counter = cProfile.Profile()
        counter.runcall(read_batch, table)
        calls: int = vars(pstats.Stats(counter))["total_calls"]
        return calls

    measure(2000)  # what is read once of tables and syllables is read
    assert measure(2000) < 5 * measure(500)
