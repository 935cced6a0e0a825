"""Names that may not stand in the record: in their spelling, wherever and however they are wrapped."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.intake.screen import Screen, list_texts
from onggi.model.statement import About, Statement, Trace, What, Words
from onggi.model.value import Date, Number, Term, Text, Value

NAMES = ("리영희", "李英姬", "Li Yingji", "Ri Yong-hui", "+86 139-0000-1234", "瓮器屯三组", "김", "X")


@pytest.mark.parametrize(
    "text",
    [
        "리영희",
        "리영희는 집에 없었다",
        "우리영희",
        "리 영희",
        "리·영희",
        "리\u200b영희",
        "\u1105\u1175\u110b\u1167\u11bc\u1112\u1174",  # decomposed Hangul
        "见到李英姬了",
        "見到 李 英姬",
        "Li Yingji's house",
        "LI YINGJI",
        "Ｌｉ Ｙｉｎｇｊｉ",
        "Li Ying\u00adji, Li",
        "li-yingji.jpg",
        "Li Yingji는",
        "ri yong hui",
        "13900001234",
        "call 139 0000 1234 today",
        "0086-139-00001234",
        "2019 13900001234 2020",
        "１３９００００１２３４",
        "她住瓮器屯三组",
    ],
)
def test_a_name_is_found(text: str) -> None:
    assert Screen(NAMES).finds_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "리영",
        "영희",
        "Lies Yingjia",
        "Oli Yingji",
        "Yingji Li",
        "김",
        "X",
        "2019-06-12",
        "00:04:10",
        "139 0000 1235",
        "李英",
        "P-8F3KT2H",
    ],
)
def test_what_is_no_name_is_left_alone(text: str) -> None:
    assert not Screen(NAMES).finds_name(text)


def test_nothing_known_finds_nothing() -> None:
    assert not Screen(()).finds_name("리영희 13900001234")


@given(st.text(min_size=1), st.text(), st.text())
def test_what_is_found_in_a_text_is_found_between_others(name: str, before: str, after: str) -> None:
    screen = Screen([name])
    if screen.finds_name(name):
        assert screen.finds_name(f"{before} {name} {after}")


def test_many_names_do_not_make_it_slow() -> None:
    names = [f"김{chr(0xAC00 + number % 5000)}{chr(0xAC00 + number * 7 % 9000)}" for number in range(50_000)]
    screen = Screen(names)
    text = "김" * 2000
    before = time.perf_counter()
    for _ in range(50):
        screen.finds_name(text)
    assert time.perf_counter() - before < 5


def build(property: str, value: Value, **slots: object) -> Statement:
    words = slots.get("words")
    trace = slots.get("trace", Trace())
    assert words is None or isinstance(words, Words)
    assert isinstance(trace, Trace)
    return Statement(What(property, value), About("a" * 32, "b" * 32, "c" * 32, ""), None, words, trace)


def test_every_free_text_of_a_statement_is_looked_at() -> None:
    words = Words("one", "en", "two", "ko", "three")
    statement = build("note", Text("four", "en"), words=words, trace=Trace(locator="five"))
    assert sorted(list_texts(statement)) == ["five", "four", "one", "three", "two"]
    assert list_texts(build("price", Number("1", "six", of="seven", lang="en"))) == ["seven", "six"]
    assert list_texts(build("date", Date("2010", "2010-01-01", "2010-12-31", "eight", "en"))) == ["eight"]
    assert list_texts(build("role", Term("roles", "victim"))) == []
