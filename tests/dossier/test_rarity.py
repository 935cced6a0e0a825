"""How many of our own records somebody could be."""

import pytest
from tests.dossier.matters import CAST, describe, matter_of
from tests.ledger.invented import state

from onggi.count.table import K
from onggi.dossier.rarity import count_alike
from onggi.dossier.redact import Rules, redact
from onggi.model.statement import Statement
from onggi.model.value import Date, Number, Place, Term
from onggi.model.when import When


def sex(person: str, term: str = "female") -> Statement:
    return state(f"s{person}", "sex", Term("sex", term), person, source="account")


def left(person: str, day: str) -> Statement:
    return state(f"l{person}", "left_on", Date.of(When(day)), person, source="account")


def count(*said: Statement, others: int = 0, exact: bool = False) -> int | None:
    more = [one for number in range(others) for one in describe(f"x{number}", "person")]
    matter = matter_of(*said, cast=[*CAST, *more])
    shown = redact(matter, Rules(exact=exact)).shown
    woman = matter.root(next(one for one in matter.victims))
    return count_alike(matter, shown, [woman]).get(woman)


@pytest.mark.parametrize(("others", "alike"), [(0, 1), (3, 4), (K - 1, K), (K + 5, K)])
def test_whoever_has_every_trait_that_is_shown_is_counted_up_to_k(others: int, alike: int) -> None:
    said = [sex("woman"), *(sex(f"x{number}") for number in range(others))]
    assert count(*said, others=others) == alike


def test_whoever_has_another_value_or_none_is_not() -> None:
    assert count(sex("woman"), sex("x0", "male"), others=2) == 1


def test_traits_make_rare_together_what_each_alone_is_not() -> None:
    said = [sex("woman"), left("woman", "2012-01"), sex("x0"), left("x1", "2012-05")]
    assert count(*said, others=2) == 1


def test_a_coarser_date_is_shared_by_more() -> None:
    said = [left("woman", "2012-01-02"), left("x0", "2012-05-09"), left("x1", "2013")]
    assert count(*said, others=2) == 2
    assert count(*said, others=2, exact=True) == 1


def aged(person: str, years: int) -> Statement:
    return state(f"a{person}", "age", Number(str(years), "years"), person, source="account")


def test_an_age_is_shared_by_its_band_and_exactly_by_nobody_else() -> None:
    said = [aged("woman", 34), aged("x0", 38), aged("x1", 70)]
    assert count(*said, others=2) == 2
    assert count(*said, others=2, exact=True) == 1


def test_of_whom_no_trait_is_shown_nothing_is_counted() -> None:
    assert count() is None
    assert count(state("h", "escape_to", Place("KR"), "woman", source="account")) is None
