"""What stands of each person's decisions, whether it holds, and when it is time to ask again."""

from datetime import date

import pytest
from msgspec import structs
from tests.ledger.invented import Bench, append, id_of, kind, point, record
from tests.ledger.test_consents import decide
from tests.model.test_request import NO, YES

from onggi.ledger.consents import SOON, list_ending
from onggi.ledger.decided import Decided, find_holding, list_decided
from onggi.ledger.ledger import Ledger
from onggi.model.consent import Consent

DAY = date(2026, 2, 1)


@pytest.fixture
def ledger(bench: Bench) -> Ledger:
    """A case with a woman in it."""
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person"), kind("case", "case")))
    return ledger


def read(ledger: Ledger, day: date = DAY) -> list[Decided]:
    return list_decided(ledger.view(), id_of("case"), day)


def test_who_was_never_asked_is_listed_without_a_decision(ledger: Ledger) -> None:
    (woman,) = read(ledger)
    assert (woman.person, woman.decisions, woman.replaced) == (id_of("woman"), (), 0)


def test_what_another_decision_replaced_is_counted_and_not_shown(ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES)))
    append(ledger, *record(decide(2, NO, 1)))
    (woman,) = read(ledger)
    assert [(one.id, one.found) for one in woman.decisions] == [(id_of(2), "consent.refused")]
    assert woman.replaced == 1 and not woman.decisions[0].holds


def test_a_question_that_was_never_put_stands_beside_a_yes(ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES), decide(2, Consent("not_asked", "2026-01-01", "research"))))
    (woman,) = read(ledger)
    assert [one.holds for one in woman.decisions] == [True, False]


def test_a_yes_ends_soon_in_its_last_days_and_where_it_is_time_to_ask_again(ledger: Ledger) -> None:
    append(ledger, *record(decide(1, structs.replace(YES, review_on="2026-02-10"))))
    last = date(2026, 3, 31)

    def look(day: date) -> tuple[bool, int, bool, bool]:
        one = read(ledger, day)[0].decisions[0]
        return one.holds, one.left, one.due, one.ends_soon

    assert look(DAY) == (True, 58, False, False)
    assert look(date(2026, 2, 10)) == (True, 49, True, True)
    assert look(last) == (True, 0, True, True)
    assert look(date(2026, 4, 1)) == (False, 0, True, False)


def test_the_last_days_are_told_also_where_no_review_was_set(ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES)))
    before, within = (date.fromordinal(date(2026, 3, 31).toordinal() - days) for days in (SOON + 1, SOON))
    assert [read(ledger, day)[0].decisions[0].ends_soon for day in (before, within)] == [False, True]


@pytest.mark.parametrize("review", [None, "2026-02-10"])
def test_what_is_told_of_a_person_and_what_is_listed_agree_on_every_day(
    ledger: Ledger, review: str | None
) -> None:
    append(ledger, *record(decide(1, structs.replace(YES, review_on=review))))
    for number in range(DAY.toordinal(), date(2026, 4, 3).toordinal()):
        day = date.fromordinal(number)
        told = [one.id for one in read(ledger, day)[0].decisions if one.ends_soon]
        assert told == [held.id for held, _ in list_ending(ledger.view(), day)], day


def test_entries_held_to_be_one_person_are_one_and_disputed_ones_two(ledger: Ledger) -> None:
    append(ledger, *record(kind("bride", "person"), point("same", "same_as", "woman", "bride")))
    (both,) = read(ledger)
    assert {both.person, *both.others} == {id_of("woman"), id_of("bride")}
    append(ledger, *record(point("not", "different_from", "woman", "bride")))
    assert [(one.person, one.others) for one in read(ledger)] == [(id_of("woman"), ()), (id_of("bride"), ())]


def test_persons_of_another_case_are_not_listed(ledger: Ledger) -> None:
    append(ledger, *record(kind("other", "person", case="elsewhere")))
    assert [one.person for one in read(ledger)] == [id_of("woman")]


def test_a_yes_of_an_earlier_day_holds_now_only_if_nothing_came_after(ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES)))
    before = ledger.clock()
    assert find_holding(ledger.view(), [id_of(1)], DAY) == {id_of(1)}
    assert find_holding(ledger.view(), [id_of(1)], date(2026, 4, 1)) == frozenset(), "it has expired"
    append(ledger, *record(decide(2, NO, 1)))
    (woman,) = list_decided(ledger.view(before), id_of("case"), DAY)
    assert [one.id for one in woman.decisions if one.holds] == [id_of(1)], "as it was known"
    assert find_holding(ledger.view(before), [id_of(1)], DAY) == {id_of(1)}
    assert find_holding(ledger.view(), [id_of(1)], DAY) == frozenset()
    assert find_holding(ledger.view(), [id_of(2), id_of("woman"), id_of(9)], DAY) == frozenset()
