"""Names that may not stand in the record: in their spelling, wherever and however they are wrapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.counting import count_calls

from onggi.ledger.screen import Screen, list_texts
from onggi.model.naming import Naming, Sort
from onggi.model.statement import About, Statement, Trace, What, Words
from onggi.model.value import Date, Number, Term, Text, Value

HERE, ELSEWHERE = "c" * 32, "d" * 32
NAMINGS = (
    Naming(("리영희",), Sort.NAME, HERE),
    Naming(("박금순",), Sort.NAME, ELSEWHERE),
    Naming(("+86 139-0000-1234",), Sort.OTHER, HERE),
    Naming(("瓮器屯三组",), Sort.OTHER, HERE),
    Naming(("延吉市", "延吉", "연길", "Yanji"), Sort.PLACE, ELSEWHERE),
    Naming(("김",), Sort.NAME, HERE),
    Naming(("X",), Sort.NAME, HERE),
)
SCREEN = Screen(NAMINGS, HERE)


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
        "ri yong-hui 34, Ri Yong Hui",
        "Yingji Li",
        "영희는 집에 없었다",
        "Лю и Ли Ён Хи",
        "リ・ヨンヒ",
        "朴今順的母亲",
        "연길에서 왔다",
        "in Yanji",
        "13900001234",
        "call 139 0000 1234 today",
        "0086-139-00001234",
        "2019 13900001234 2020",
        "１３９００００１２３４",
        "她住瓮器屯三组",
    ],
)
def test_a_name_is_found(text: str) -> None:
    assert SCREEN.find_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "리영",
        "금순이 왔다",  # a given name of another case: whose it is, nobody here would know
        "Lies Yingjia",
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
    assert SCREEN.find_name(text) is None


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("어제 이영희가 왔다", "이영희"),
        ("tel.: 139 0000 1234!", "139 0000 1234"),
        ("她住瓮器屯三组。", "瓮器屯三组"),
        ("ﾘ･ﾖﾝﾋ, Li Yingji", "ﾘ･ﾖﾝﾋ"),
    ],
)
def test_the_place_in_the_text_is_told(text: str, stands: str) -> None:
    found = SCREEN.find_name(text)
    assert found is not None and text[slice(*found)] == stands


def test_nothing_known_finds_nothing() -> None:
    assert Screen((), HERE).find_name("리영희 13900001234") is None


@given(st.text(min_size=1), st.text(), st.text())
def test_what_is_found_in_a_text_is_found_between_others(name: str, before: str, after: str) -> None:
    screen = Screen([Naming((name,), Sort.OTHER, HERE)], HERE)
    if screen.find_name(name):
        assert screen.find_name(f"{before} {name} {after}")


def test_many_names_do_not_make_it_slow() -> None:
    def count(known: int) -> int:
        names = [f"김{chr(0xAC00 + one % 5000)}{chr(0xAC00 + one * 7 % 9000)}" for one in range(known)]
        screen = Screen([Naming((name,), Sort.OTHER, HERE) for name in names], HERE)
        text = "김" * 2000
        screen.find_name(text)  # what is made once for all texts
        return count_calls(lambda: screen.find_name(text))

    assert count(5_000) == count(5)


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
