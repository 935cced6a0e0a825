"""One value at a time: what is written plainly, what needs a table, and what is refused."""

from decimal import Decimal

import pytest
from tests.intake.vault_double import VaultDouble

from onggi.errors import Finding
from onggi.intake.cast import Cast
from onggi.intake.findings import Findings, Spot
from onggi.intake.values import Asked, is_language, read_interview, read_value
from onggi.model.value import Date, Entity, Number, Place, Term, Text, Unknown, Value
from onggi.model.vocabulary import load_properties
from onggi.model.when import When

SPOT = Spot(lambda path: "line 1", ())


def read(
    property: str, written: object, lang: str | None = "ko", interview: str | None = None
) -> Value | str:
    """The value, or the id of the finding."""
    cast = Cast(VaultDouble(), lambda size: b"\x01" * size)
    cast.make("person", "woman", None, SPOT, Findings())
    when = When(interview) if interview else None
    value = read_value(written, Asked(load_properties()[property], lang, when, cast, SPOT))
    return value.code if isinstance(value, Finding) else value


def test_each_type_is_written_plainly() -> None:
    assert read("note", "글") == Text("글", "ko")
    assert read("role", "victim") == Term("roles", "victim")
    assert read("left_from", "KP-10") == Place("KP-10")
    assert read("victim_status", "dead") == Term("victim_status", "dead")
    assert read("mother", "woman") == Entity("01" * 16)


@pytest.mark.parametrize("label", ["량강도", "양강도", "兩江道", "Ryanggang", "Yanggang Province", "KP-10"])
def test_a_place_has_many_labels(label: str) -> None:
    assert read("left_from", label) == Place("KP-10")


def test_each_type_is_written_as_a_table() -> None:
    assert read("note", {"text": "one", "lang": "en"}) == Text("one", "en")
    assert read("left_from", {"place": "양강도"}) == Place("KP-10")
    assert read("mother", {"entity": "woman"}) == Entity("01" * 16)
    assert read("price", {"number": "30000", "unit": "CNY", "bound": "about"}) == Number(
        "30000", "CNY", "about"
    )
    share = {"number": 30, "unit": "percent", "bound": "over", "of": "여성", "lang": "ko"}
    assert read("share_of", share) == Number("30", "percent", "over", "여성", "ko")
    assert read("price", {"number": Decimal("0.50"), "unit": "CNY"}) == Number("0.50", "CNY")
    assert read("exact_place", {"place": "CN-210682"}) == Place("CN-210682")


@pytest.mark.parametrize(
    "property", ["note", "role", "left_on", "left_from", "mother", "price", "exact_place"]
)
def test_everything_may_be_unknown(property: str) -> None:
    assert read(property, {"unknown": True}) == Unknown()
    assert read(property, {"unknown": False}) == "intake.value.table"


def test_edtf_is_read_before_speech() -> None:
    assert read("left_on", "2010") == Date("2010", "2010-01-01", "2010-12-31")
    assert read("left_on", 2010) == Date("2010", "2010-01-01", "2010-12-31")
    spoken = read("left_on", "2013년 음력 8월 15일")
    assert isinstance(spoken, Date)
    assert (spoken.words, spoken.lang) == ("2013년 음력 8월 15일", "ko")


def test_a_relative_date_needs_its_interview() -> None:
    assert read("left_on", "작년") == "model.when.relative"
    spoken = read("left_on", "작년", interview="2019-06")
    assert isinstance(spoken, Date) and spoken.edtf == "2018"


def test_a_variety_of_a_language_is_that_language() -> None:
    assert isinstance(read("left_on", "작년", lang="ko-KP", interview="2019"), Date)


@pytest.mark.parametrize(
    ("property", "written", "code"),
    [
        ("note", 7, "intake.value.text"),
        ("note", [], "intake.value.text"),
        ("note", {"text": "x", "lang": "Korean"}, "intake.value.language"),
        ("note", {"text": "x", "unit": "CNY"}, "intake.value.table"),
        ("note", {"term": "x"}, "intake.value.type"),
        ("note", {"lang": "en"}, "intake.value.table"),
        ("role", 7, "intake.value.term"),
        ("role", "", "intake.value.term"),
        ("left_on", 10.5, "intake.value.date"),
        ("left_on", True, "intake.value.date"),
        ("left_on", "2010-02-30", "model.when.impossible"),
        ("left_on", "어느 날", "model.when.unreadable"),
        ("left_from", 7, "intake.value.place"),
        ("left_from", "Chaoyang", "intake.value.places"),
        ("mother", "nobody", "intake.reference.absent"),
        ("mother", 7, "intake.reference.absent"),
        ("price", "30000", "intake.value.unit"),
        ("price", {"number": True, "unit": "CNY"}, "intake.value.number"),
        ("price", {"number": "1e9", "unit": "CNY"}, "intake.value.number"),
        ("price", {"number": "١", "unit": "CNY"}, "intake.value.number"),
        ("price", {"number": "1,000", "unit": "CNY"}, "intake.value.number"),
        ("price", {"number": "1", "unit": " "}, "intake.value.unit"),
        ("price", {"number": "1", "unit": "CNY", "bound": []}, "intake.value.bound"),
        ("share_of", {"number": "1", "unit": "percent", "of": ""}, "intake.value.text"),
        ("share_of", {"number": "1", "unit": "percent", "of": "x", "lang": 7}, "intake.value.language"),
        ("exact_place", "KP-10", "intake.value.plain"),
    ],
)
def test_what_is_no_value_is_refused(property: str, written: object, code: str) -> None:
    assert read(property, written) == code


def test_a_text_without_any_language_is_refused() -> None:
    assert read("note", "x", lang=None) == "intake.value.language"


@pytest.mark.parametrize("tag", ["en", "ko-KP", "zh-Hant-TW", "zxx", "und"])
def test_language_tags(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "e", "Korean", "한국어", "en_US", "en-", "EN"])
def test_what_is_no_language_tag(tag: str) -> None:
    assert not is_language(tag)


def test_interviews_are_dates() -> None:
    assert read_interview("2019-06") == When("2019-06")
    assert read_interview("last June") is None
    assert read_interview(["2019"]) is None
