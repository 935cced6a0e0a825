"""What left a case: to whom, on which decisions as they stood then, and what stayed after all."""

import pytest
from msgspec import structs
from tests.ledger.invented import Bench, append, id_of, kind, record, state
from tests.ledger.test_consents import decide
from tests.model.test_request import NO, YES

from onggi.ledger.ledger import Ledger
from onggi.ledger.left import list_left
from onggi.model.release import Release

RELEASE = Release("UN-SP", "evidence", "0" * 64, persons=(id_of("woman"),), anchor="anchor")


@pytest.fixture
def ledger(bench: Bench) -> Ledger:
    """A case with a woman who said yes, and a dossier that left."""
    bench.ticks = iter(range(1_767_225_600_000, 1_800_000_000_000, 1000))  # from 2026-01-01 on
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person"), kind("case", "case"), decide(1, YES)))
    append(ledger, *record(state("out", "released", RELEASE, about="case")))
    return ledger


def test_it_is_told_for_whom_and_on_which_decision(ledger: Ledger) -> None:
    (one,) = list_left(ledger.view(), id_of("case"))
    assert (one.release, one.stayed) == (RELEASE, False)
    assert [(ground.person, [each.id for each in ground.decisions]) for ground in one.grounds] == [
        (id_of("woman"), [id_of(1)])
    ]


def test_a_later_no_changes_nothing_of_what_it_rested_on(ledger: Ledger) -> None:
    append(ledger, *record(decide(2, NO, 1)))
    (one,) = list_left(ledger.view(), id_of("case"))
    assert [each.id for each in one.grounds[0].decisions] == [id_of(1)]


def test_a_decision_on_something_else_is_no_ground(ledger: Ledger) -> None:
    append(ledger, *record(decide(3, structs.replace(YES, purpose="research"))))
    append(
        ledger,
        *record(state("again", "released", structs.replace(RELEASE, purpose="research"), about="case")),
    )
    newest, first = list_left(ledger.view(), id_of("case"))
    assert [each.id for each in newest.grounds[0].decisions] == [id_of(3)]
    assert [each.id for each in first.grounds[0].decisions] == [id_of(1)]


def test_what_never_left_is_told_to_have_stayed(ledger: Ledger) -> None:
    append(ledger, *record(state("back", "stayed", "release.write", about="case", retracts=("out",))))
    (one,) = list_left(ledger.view(), id_of("case"))
    assert one.stayed


def test_what_was_retracted_may_lie_outside_all_the_same(ledger: Ledger) -> None:
    append(ledger, *record(state("no", "note", "a mistake", about="case", retracts=("out",))))
    (one,) = list_left(ledger.view(), id_of("case"))
    assert not one.stayed


def test_another_case_is_not_told_of(ledger: Ledger) -> None:
    assert list_left(ledger.view(), id_of("elsewhere")) == []
