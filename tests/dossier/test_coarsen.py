"""A coarser value holds what it stands for, and says less."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.dossier.coarsen import coarsen_age, coarsen_date, coarsen_place, coarsen_price, coarsen_value
from onggi.model.places import load_places
from onggi.model.value import Date, Number, Place, Term, Text, Unknown
from onggi.model.when import When


def date(edtf: str, words: str | None = None) -> Date:
    return Date.of(When(edtf, words))


@pytest.mark.parametrize(
    ("edtf", "coarse"),
    [
        ("2012-11", "2012"),
        ("2012-11-03", "2012"),
        ("2013-05-01/2013-05-10", "2013"),
        ("2012-24", "2012/2013"),  # a winter lies in two years
        ("2012-12-24?", "2012?"),
        ("2012-06-01/..", "2012/.."),
        ("../2015-03", "../2015"),
    ],
)
def test_a_date_becomes_its_years(edtf: str, coarse: str) -> None:
    assert coarsen_date(date(edtf)) == date(coarse)


@pytest.mark.parametrize("edtf", ["2010", "2010~", "201X", "2010/2012", "../2015", "2010?"])
def test_a_year_stays_and_loses_the_words_that_were_said(edtf: str) -> None:
    assert coarsen_date(date(edtf)) is None
    assert coarsen_date(date(edtf, "제가 딸을 낳은 해")) == date(edtf)


def test_of_a_month_without_a_year_nothing_is_shown() -> None:
    assert coarsen_date(date("XXXX-05")) == Unknown()


@given(st.dates().map(lambda day: day.isoformat()), st.sampled_from(["", "~", "?", "%"]))
def test_the_years_hold_the_day_and_no_words_are_left(day: str, mark: str) -> None:
    fine = date(day + mark, "words")
    coarse = coarsen_date(fine)
    assert isinstance(coarse, Date) and coarse.words is None and "-" not in coarse.edtf
    assert fine.earliest is None or (coarse.earliest is not None and coarse.earliest <= fine.earliest)
    assert fine.latest is None or (coarse.latest is not None and coarse.latest >= fine.latest)


@given(st.sampled_from(sorted(load_places())))
def test_no_place_is_left_finer_than_a_province(id: str) -> None:
    coarse = coarsen_place(Place(id)) or Place(id)
    assert load_places()[coarse.place].kind in ("country", "province", "special_city")


@given(st.integers(0, 130))
def test_an_age_lies_in_its_band(age: int) -> None:
    band = coarsen_age(Number(str(age), "years"))
    assert band is not None
    low, high = map(int, band.text.split("–"))
    assert low <= age <= high and high - low == 9


@given(st.decimals(0, 10**10, places=2))
def test_a_price_lies_in_its_band(price: Decimal) -> None:
    band = coarsen_price(Number(str(price), "CNY"))
    assert band is not None and band.text.endswith(" CNY")
    edges = [Decimal(part.replace(",", "")) for part in band.text[:-4].strip("<≥ ").split("–")]
    if band.text.startswith("<"):
        assert price < edges[0]
    elif band.text.startswith("≥"):
        assert price >= edges[0]
    else:
        assert edges[0] <= price < edges[1]


def test_an_amount_that_is_no_number_is_not_shown() -> None:
    assert coarsen_value("age", Number("thirty", "years")) == (Unknown(), "quasi_identifier")


def test_what_tells_nobody_apart_stays() -> None:
    for value in (Text("a text", "en"), Term("sex", "female"), Number("30", "percent"), Place("KP-10")):
        assert coarsen_value("share_of", value) is None
