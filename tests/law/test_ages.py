"""An age speaks where it is recorded, or where a birth and the days of the act leave no doubt."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.invented import Told, on, year
from tests.law.test_elements import state

from onggi.law.ages import measure_age
from onggi.law.facts import Span, _read_bounds
from onggi.law.pattern import read_pattern
from onggi.model.value import Number

DAYS = st.dates(date(1950, 1, 1), date(2026, 1, 1))


def killing(when: Span | None = None) -> Told:
    told = Told().act("killing", "killing")
    return told if when is None else told.say("killing", "date", span=when)


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ((14, 14), "supported"),
        ((40, None), "supported"),
        ((13, 13), "contradicted"),
        ((None, 13), "contradicted"),
        ((None, 20), "not_known"),
        ((13, None), "not_known"),
        ((None, None), "not_known"),
    ],
)
def test_a_recorded_age_speaks_to_capacity(between: tuple[int | None, int | None], expected: str) -> None:
    told = killing().say("him", "age", between=between)
    assert state(told, "CN-CL-232", "capacity").state == expected
    assert state(told, "CN-CL-232", "responsible").state == "not_known"


def test_an_age_of_somebody_else_says_nothing_of_him() -> None:
    assert state(killing().say("her", "age", between=(40, 40)), "CN-CL-232", "capacity").state == "not_known"


def test_a_birth_speaks_with_the_day_of_the_act_and_not_without() -> None:
    assert state(killing(year(2020)).say("him", "birth", span=year(1970)), "CN-CL-232", "capacity").state == (
        "supported"
    )
    assert state(killing().say("him", "birth", span=year(1970)), "CN-CL-232", "capacity").state == "not_known"
    doubt = killing(year(2020)).say("him", "birth", span=year(2006))
    assert state(doubt, "CN-CL-232", "capacity").state == "not_known"
    child = killing(year(2020)).say("him", "birth", span=year(2008))
    assert state(child, "CN-CL-232", "capacity").state == "contradicted"


def test_a_denied_birth_says_nothing() -> None:
    told = killing(year(2020)).say("him", "birth", span=year(1970), denies=True)
    assert state(told, "CN-CL-232", "capacity").state == "not_known"


def test_a_girl_s_age_speaks_and_a_woman_s_is_no_contradiction() -> None:
    def rape(low: int) -> Told:
        return Told().act("act", "rape").say("her", "age", between=(low, low))

    assert state(rape(13), "CN-CL-236", "under14").state == "supported"
    assert state(rape(30), "CN-CL-236", "under14").state == "not_known"
    sale = Told().act("act", "sale").say("her", "age", between=(17, 17))
    assert state(sale, "INT-PALERMO-3", "child").state == "supported"


def test_only_a_confession_to_the_purchase_speaks_to_what_the_buyer_knew() -> None:
    def sale() -> Told:
        return Told().act("sale", "sale", by=None).say("sale", "buyer", "him").act("killing", "killing")

    assert state(sale().say("him", "confessed_to", "sale"), "CN-CL-241", "knowledge").state == "supported"
    assert state(sale().say("him", "confessed_to", "killing"), "CN-CL-241", "knowledge").state == "not_known"


def test_a_confession_to_another_act_shows_nothing_of_this_one() -> None:
    told = killing().act("beating", "beating").say("him", "confessed_to", "beating")
    assert state(told, "CN-CL-232", "act").state == "not_known"
    event = killing().say("night", "kind", "event").say("killing", "part_of", "night")
    assert state(event.say("him", "confessed_to", "night"), "CN-CL-232", "act").state == "supported"


@given(DAYS, DAYS, st.integers(0, 400), st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_no_day_that_is_left_open_gives_another_age(
    born: date, done: date, wide: int, long: int, into: int, after: int
) -> None:
    birth, when = Span(born, born + timedelta(wide)), Span(done, done + timedelta(long))
    low, high = measure_age(birth, when)
    one, other = born + timedelta(min(into, wide)), done + timedelta(min(after, long))
    age = measure_age(on(one.isoformat()), on(other.isoformat()))[0]
    assert low is not None and high is not None and age is not None and low <= age <= high


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        ("exactly", (14, 14)),
        ("at_least", (14, None)),
        ("over", (14, None)),
        ("at_most", (None, 14)),
        ("under", (None, 13)),
        ("about", (None, None)),
    ],
)
def test_how_a_number_was_said_bounds_it(bound: str, expected: tuple[int | None, int | None]) -> None:
    assert _read_bounds(Number("14", "years", bound)) == expected


def test_a_pattern_of_a_number_is_read_and_written() -> None:
    for text in ("perpetrator.age>=14", "victim.age<18"):
        assert str(read_pattern(text)) == text
    for text in ("perpetrator.method>=14", "victim.age>14", "victim.age>=", "victim.left_on<18"):
        assert read_pattern(text) is None
