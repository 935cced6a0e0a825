"""What stands against a dossier where no vault is needed to tell."""

from dataclasses import replace
from typing import Any

import pytest
from tests.dossier.cases import order
from tests.dossier.matters import matter_of
from tests.dossier.tellings import EVERYTHING
from tests.ledger.invented import Dice, id_of, state

from onggi.dossier.content import Content
from onggi.dossier.dataset import make_dataset
from onggi.dossier.judge import Hearing, judge, list_asked, make_screen
from onggi.dossier.order import Order
from onggi.dossier.recipients import find_recipient
from onggi.dossier.redact import redact
from onggi.errors import Finding
from onggi.law.reverse import Warned
from onggi.model.naming import Naming, Sort
from onggi.model.statement import Statement
from onggi.model.value import Date, Number, Place, Text
from onggi.model.when import When


def find(*statements: Statement, asked: Order | None = None, **more: Any) -> tuple[Finding, ...]:
    asked = asked or order(id_of("case"))
    matter = matter_of(*statements)
    redacted = redact(matter, asked.rules)
    content = Content(redacted, make_dataset(matter, redacted, (), Dice()), ())
    return judge(replace(Hearing(asked, matter, content, ()), **more))


def hear(*statements: Statement, asked: Order | None = None, **more: Any) -> set[tuple[str, bool]]:
    return {(one.code, one.grave) for one in find(*statements, asked=asked, **more)}


def test_of_nothing_that_a_source_says_there_is_no_dossier() -> None:
    assert ("release.nothing", True) in hear()


def test_silence_is_no_consent() -> None:
    assert ("consent.absent", True) in hear(*EVERYTHING)


@pytest.mark.parametrize("id", ["CN-POLICE", "CN-PRIVATE", "CN-SUPERVISION"])
def test_a_red_gate_is_told_and_takes_two(id: str) -> None:
    asked = replace(order(id_of("case")), recipient=find_recipient(id))
    assert ("release.dangerous", False) in hear(*EVERYTHING, asked=asked)


@pytest.mark.parametrize(("statement", "found"), [("d1", True), ("nowhere", False)])
def test_a_true_fact_that_would_harm_is_told_where_it_is_shown(statement: str, found: bool) -> None:
    warning = Warned(id_of(statement), None, "relative", "relative", "rule")
    assert (("release.warning", False) in hear(*EVERYTHING, warnings=(warning,))) is found


def test_what_is_shown_exactly_is_told() -> None:
    asked = order(id_of("case"), exact=True, show=frozenset({"intention_kr"}))
    assert {("release.exact", False), ("release.sensitive", False)} <= hear(*EVERYTHING, asked=asked)


def test_provenance_that_was_given_before_is_told_where_it_is_given_again() -> None:
    again: dict[str, Any] = {"shown_before": frozenset({"ICC-15"})}
    asked = replace(order(id_of("case")), recipient=find_recipient("OHCHR-SEOUL"))
    assert ("release.again", False) in hear(*EVERYTHING, asked=asked, **again)
    assert ("release.again", False) not in hear(*EVERYTHING, **again), "this form shows none"


@pytest.mark.parametrize("text", ["It was in Dandong.", "단둥에서", "在丹东", "DANDONG"])
def test_a_place_that_was_made_coarser_stands_in_no_text(text: str) -> None:
    place = state("pl2", "place", Place("CN-210600"), "sale", source="account")
    said = state("tx", "duration", Text(text, "en"), "sale", source="account")
    plain = state("tx", "duration", Text("It was somewhere.", "en"), "sale", source="account")
    assert ("release.standing", True) in hear(place, said)
    assert ("release.standing", True) not in hear(place, plain)


DAY = state("da", "date", Date.of(When("2013-05-07")), "sale", source="account")
PRICE = state("pr", "price", Number("18000", "CNY"), "sale", source="account")
AGE = state("ag", "age", Number("34", "years"), "woman", source="account")

TENTH = state("da", "date", Date.of(When("2013-10-21")), "sale", source="account")
LOW = state("pr", "price", Number("20000", "CNY"), "sale", source="account")
HIGH = state("pr", "price", Number("10000000", "KRW"), "sale", source="account")
SMALL = state("pr", "price", Number("800", "CNY"), "sale", source="account")
YEAR = state("yr", "left_on", Date.of(When("1998")), "woman", source="account")


@pytest.mark.parametrize(
    ("kept", "text", "found"),
    [
        *(
            (DAY, f"It was {said} then.", True)
            for said in ("2013-05-07", "2013.5.7.", "20130507", "7 May 2013")
        ),
        *((DAY, f"It was {said} then.", True) for said in ("May 7th", "7 may", "May 2013", "the 7th of May")),
        *(
            (DAY, said, True)
            for said in ("2013년 5월 7일에", "5월7일이었다", "2013年5月", "5月7号卖的", "２０１３年５月７日")
        ),
        *(
            (DAY, said, False)
            for said in ("In 2013.", "7 of them", "5월에", "May it end", "17 May", "1 May 2015")
        ),
        *(
            (PRICE, f"Sold for {said}.", True)
            for said in ("18000", "18,000 yuan", "18 000", "18k", "18 thousand")
        ),
        *(
            (PRICE, said, True)
            for said in ("1만8천 위안", "1만 8000원", "1.8만", "1万8千", "1.8万元", "1萬8")
        ),
        *(
            (PRICE, said, False)
            for said in ("180001", "8,000", "118,000", "18 people", "article 18", "11만8천")
        ),
        *((AGE, said, True) for said in ("34 years old", "a 34-year-old", "aged 34", "34세였다", "34岁")),
        *((AGE, said, False) for said in ("34 people", "article 34", "134세")),
        *(
            (DAY, said, True)
            for said in (
                *("on the seventh of May", "May the seventh", "May seventh", "in May of 2013"),
                *(
                    "오월 칠일에",
                    "오월칠일이었다",
                    "이천십삼년 오월",
                    "五月七日",
                    "五月七号",
                    "二〇一三年五月",
                    "二零一三年五月",
                ),
            )
        ),
        *((DAY, said, False) for said in ("the seventh time", "오월에", "五月里", "칠일 동안")),
        (TENTH, "시월 이십일일", True),
        (TENTH, "on the twenty-first of October", True),
        *(
            (PRICE, said, True)
            for said in (
                *("eighteen thousand yuan", "Eighteen Thousand", "만팔천 위안", "만 팔천원", "일만팔천"),
                *("一万八千元", "一万八", "一萬八千", "壹万捌仟元整"),
            )
        ),
        *(
            (PRICE, said, False)
            for said in ("eighty thousand", "eight thousand", "팔천 위안", "八千", "一万")
        ),
        *(
            (LOW, said, True)
            for said in ("이만 원", "이만원쯤", "이만 명", "两万", "二万元", "twenty thousand")
        ),
        *((LOW, said, False) for said in ("이만 마칩니다", "시간이만 흘렀다", "twenty of them")),
        *((HIGH, said, True) for said in ("천만 원", "一千万", "ten million won")),
        *((HIGH, said, False) for said in ("千万不要说", "천만에요")),
        *((SMALL, said, True) for said in ("800 yuan", "800元", "팔백 위안", "eight hundred yuan", "八百块")),
        *((SMALL, said, False) for said in ("800 people", "800 metres", "팔백 미터", "八百里")),
        *(
            (AGE, said, True)
            for said in (
                *("thirty-four years old", "a thirty four year old", "aged thirty-four", "at the age of 34"),
                *("서른네 살", "서른네살에", "서른넷에", "삼십사세", "三十四岁", "三十四歲"),
            )
        ),
        *((AGE, said, False) for said in ("thirty-four people", "서른네 명", "三十四人", "서른 살")),
    ],
)
def test_a_date_or_number_that_stays_inside_stands_in_no_text(
    kept: Statement, text: str, found: bool
) -> None:
    said = state("tx", "duration", Text(text, "en"), "sale", source="account")
    assert (("release.standing", True) in hear(kept, said)) is found
    assert ("release.standing", True) not in hear(kept, said, asked=order(id_of("case"), exact=True))


@pytest.mark.parametrize(
    "text", ["In 1998.", "1998년에", "1998年", "천구백구십팔년", "一九九八年", "nineteen ninety-eight"]
)
def test_a_year_that_stays_inside_is_told_where_a_text_says_it(text: str) -> None:
    said = state("tx", "duration", Text(text, "en"), "sale", source="account")
    without = order(id_of("case"), without=frozenset({"left_on"}))
    assert ("release.year", False) in hear(YEAR, said, asked=without)
    assert ("release.year", False) not in hear(YEAR, said), "the year itself is shown"
    other = state("yr2", "date", Date.of(When("1998")), "sale", source="account")
    assert ("release.year", False) not in hear(YEAR, said, other, asked=without), "another date tells it"


@pytest.mark.parametrize("text", ["In 1999.", "19980", "page 98", "one thousand"])
def test_another_year_is_none_that_stays_inside(text: str) -> None:
    said = state("tx", "duration", Text(text, "en"), "sale", source="account")
    without = order(id_of("case"), without=frozenset({"left_on"}))
    assert ("release.year", False) not in hear(YEAR, said, asked=without)


def test_a_band_that_begins_with_the_price_is_no_text_in_which_it_stands() -> None:
    even = state("pr", "price", Number("30000", "CNY"), "sale", source="account")
    assert ("release.standing", True) not in hear(even)
    unit = state("pr", "price", Number("30000", "yuan of Dandong"), "sale", source="account")
    place = state("pl2", "place", Place("CN-210600"), "sale", source="account")
    assert ("release.standing", True) in hear(unit, place), "but its unit is somebody's"


def test_words_of_a_date_that_was_made_coarser_stand_in_no_text() -> None:
    day = state("da", "date", Date.of(When("2013-05-07", "the day of the flood")), "sale", source="account")
    said = state("tx", "duration", Text("On the day of the flood.", "en"), "sale", source="account")
    assert ("release.standing", True) in hear(day, said)


@pytest.mark.parametrize("screened", [False, True])
def test_where_nobody_can_look_again_no_text_leaves(screened: bool) -> None:
    """It was screened for the names of then."""
    said = state("tx", "duration", Text("a text", "en"), "sale", source="account", screened=screened)
    unseen = {one.where for one in find(said, namings=None, seers={"ann"}) if one.code == "release.unseen"}
    assert id_of("tx") in unseen


def test_the_same_place_a_thousand_times_is_looked_for_once() -> None:
    places = [state(f"p{n}", "place", Place("CN-210600"), "sale", source="account") for n in range(50)]
    matter = matter_of(*places)
    screen = make_screen(matter, redact(matter, order(id_of("case")).rules), ())
    assert screen.find_name("Dandong") is not None and len(screen._spellings) < 20


def test_a_code_that_was_drawn_for_a_dossier_is_no_text_that_somebody_wrote() -> None:
    """Of ten thousand codes one may read like a name or a day, and what it stands against is then chance."""
    asked, matter = order(id_of("case")), matter_of(*EVERYTHING)
    redacted = redact(matter, asked.rules)
    content = Content(redacted, make_dataset(matter, redacted, (), Dice()), ())
    names = [Naming((code,), Sort.OTHER, id_of("case")) for code in content.data.codes.values()]
    assert names
    assert "release.standing" not in {one.code for one in judge(Hearing(asked, matter, content, names))}


def test_a_suspect_is_not_asked() -> None:
    matter = matter_of(*EVERYTHING)
    asked = list_asked(matter, redact(matter, order(id_of("case")).rules), ())
    assert id_of("woman") in asked and id_of("buyer") not in asked
