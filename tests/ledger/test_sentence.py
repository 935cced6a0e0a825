"""Statements in words, for readers of three languages."""

import re

import pytest
from tests.ledger.invented import hold, id_of, state

from onggi.ledger.screen import list_texts
from onggi.ledger.sentence import say_statement, say_value, search_text, value_reference
from onggi.model.consent import Consent, Withheld
from onggi.model.judgement import Judgement
from onggi.model.likeness import Likeness, Trait
from onggi.model.release import Release
from onggi.model.statement import Words
from onggi.model.tabulated import HIDDEN, Tabulated
from onggi.model.value import Date, Entity, Number, Place, Term, Text, Unknown, Value
from onggi.words import LANGUAGES


def call(entity: str) -> str:
    return f"<{entity[:2]}>"


LIKE = Likeness(id_of("a"), "0.95", (Trait("name", "evidence 5+", "5.75"),), "0" * 16, 1, "0")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Text("맞았다", "ko"), ("맞았다",) * 3),
        (Date("2014-05", None, None), ("2014-05",) * 3),
        (Date("2014-05", None, None, "작년 5월", "ko"), ("작년 5월 (2014-05)",) * 3),
        (Place("CN-LN"), ("Liaoning", "랴오닝성", "辽宁省")),
        (Place("nowhere"), ("nowhere",) * 3),
        (Term("sex", "female"), ("Female", "여성", "女")),
        (Term("sex", "unheard_of"), ("unheard_of",) * 3),
        (Term("unheard_of", "x"), ("x",) * 3),
        (Entity(id_of("a")), ("<61>",) * 3),
        (Unknown(), ("not known", "알 수 없음", "不详")),
        (Number("30", "percent", "over"), ("over 30 percent", "30퍼센트 넘음", "超过30%")),
        (
            Number("30", "percent", "over", "women", "en"),
            ("over 30 percent of: women", "women 가운데 30퍼센트 넘음", "women中的超过30%"),
        ),
        (Number("18000", "CNY"), ("18,000 yuan", "18,000위안", "18,000元人民币")),
        (
            Number("105000000", "USD per year", "about"),
            ("about 105,000,000 US dollars a year", "약 105,000,000달러(1년)", "约105,000,000美元（每年）"),
        ),
        (Number("10000.50", "CNY"), ("10,000.50 yuan", "10,000.50위안", "10,000.50元人民币")),
        (Number("-25000", "CNY"), ("-25,000 yuan", "-25,000위안", "-25,000元人民币")),
        # Four digits may be a year, and what is no number stays as it was recorded.
        (Number("1998", "CNY"), ("1998 yuan", "1998위안", "1998元人民币")),
        (Number("1e12345", "CNY"), ("1e12345 yuan", "1e12345위안", "1e12345元人民币")),
        (Number("1", "years"), ("1 year", "1년", "1年")),
        (Number("2", "years", "at_least"), ("at least 2 years", "적어도 2년", "至少2年")),
        (Number("3", "months", "under"), ("under 3 months", "3개월 미만", "不到3个月")),
        (Number("5", "people", "at_most"), ("at most 5 people", "많아야 5명", "至多5人")),
        (Number("5", "sacks"), ("5 sacks", "5sacks", "5sacks")),
        # What a record says must never lead out of its part of the catalogue.
        (Number("5", "percent.en"), ("5 percent.en", "5percent.en", "5percent.en")),
        (Number("5", "years.one"), ("5 years.one", "5years.one", "5years.one")),
        (Number("5", "", "roughly"), ("5 ", "5", "5")),
    ],
)
def test_values(value: Value, said: tuple[str, str, str]) -> None:
    assert tuple(say_value(value, lang, call) for lang in LANGUAGES) == said


def test_a_decision_in_one_line() -> None:
    decided = Consent(
        "given",
        "2026-12-01",
        "evidence",
        "ARCHIVE",
        "INVENTED Archive",
        ("facts", "words"),
        (id_of("a"),),
        "pseudonym",
        withheld=(Withheld(("price", "exact_date", id_of("b")), "other"),),
        valid_until="2027-03-01",
        given_by="proxy",
    )
    assert [say_value(decided, lang, call) for lang in LANGUAGES] == [
        "Given · Evidence · ARCHIVE / INVENTED Archive · Facts · Words · <61> · Under a code · "
        "Neither face nor voice · without: Price, Exact date, <62> · On her behalf · until 2027-03-01",
        "동의함 · 증거 · ARCHIVE / INVENTED Archive · 사실 · 말한 그대로의 말 · <61> · 코드로 · "
        "얼굴과 목소리 제외 · 빼는 것: 값, 정확한 날짜, <62> · 대리인 · 2027-03-01까지",
        "同意 · 证据 · ARCHIVE / INVENTED Archive · 事实 · 原话 · <61> · 用代码 · "
        "不含面貌和声音 · 不含：价格、确切日期、<62> · 代理人 · 至 2027-03-01",
    ]
    assert say_value(Consent("withdrawn", ""), "en", call) == "Withdrawn · every purpose · every recipient"
    strange = Consent("deferred", "", "unheard_of", withheld=(Withheld(("unheard_of",), ""),))
    assert say_value(strange, "en", call) == "deferred · unheard_of · every recipient"


def test_a_sentence_says_what_is_denied() -> None:
    said = hold(state(1, "sex", Term("sex", "female"), "a", denies=True), 1)
    sentences = [say_statement(said, lang, call) for lang in LANGUAGES]
    assert sentences[0] == "<61> · Sex: not Female (denied)"
    assert len(set(sentences)) == 3
    assert "property_of_tomorrow" in say_statement(hold(state(1, "property_of_tomorrow", "x"), 1), "en", call)


def test_braces_in_a_text_are_text() -> None:
    said = hold(state(1, "note", "{value} {0} {", "a"), 1)
    assert say_statement(said, "en", call).endswith(": {value} {0} {")


DECISIONS = (
    Consent("refused", "2026-01-01", organisation="a house", because="fear", interest="hers"),
    Release("UN-SP", "evidence", "plan", "a house", because="asked"),
    Judgement(id_of("a"), "same", "one scar"),
)


@pytest.mark.parametrize("value", DECISIONS, ids=lambda value: type(value).__name__)
def test_what_somebody_wrote_into_a_decision_is_found_and_screened(value: Value) -> None:
    """Whatever field of words a decision has, `texts` names it: for the search, and for the screen."""
    written = {"a house", "fear", "hers", "asked", "one scar"}
    texts = {getattr(value, one) for one in value.__struct_fields__ if getattr(value, one) in (*written,)}
    assert texts == set(search_text(state(1, "note", value)).splitlines())
    assert texts <= set(list_texts(state(1, "note", value)))


def test_search_text_holds_no_label_and_no_id() -> None:
    words = Words("들은 말", "ko", "what was heard", "en", "somebody")
    assert search_text(state(1, "sex", Term("sex", "female"), words=words)) == "들은 말\nwhat was heard"
    assert search_text(state(1, "victim", Entity(id_of("a")))) == ""
    assert search_text(state(1, "price", Number("3", "CNY", of="each", lang="en"))) == "3 CNY\neach"


@pytest.mark.parametrize(
    ("value", "reference"),
    [
        (Place("CN-LN"), "CN-LN"),
        (Term("sex", "female"), "sex/female"),
        (Entity(id_of("a")), id_of("a")),
        (LIKE, id_of("a")),
        (Text("CN-LN", "en"), None),
        (Unknown(), None),
    ],
)
def test_what_a_value_points_to(value: Value, reference: str | None) -> None:
    assert value_reference(value) == reference


@pytest.mark.parametrize("lang", ["en", "ko", "zh"])
def test_a_table_that_left_is_said_in_numbers_of_numbers(lang: str) -> None:
    cells = (("sale", "_total", 20), ("_other", "_total", HIDDEN), ("_total", "_total", 40))
    said = say_value(Tabulated("act", "type", 11, "0" * 64, cells, columns="sex"), lang, call)
    assert re.findall(r"\d+", said) == ["2", "1", "11"]
    assert search_text(state(1, "tabulated", Tabulated("act", "type", 11, "0" * 64, cells))) == ""
