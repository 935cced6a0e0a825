"""What happened, step by step: decisions one by one, everything else counted, nothing that is not open."""

import pytest
from tests.ledger.invented import Bench, append, id_of, kind, record, state
from tests.ledger.test_consents import decide
from tests.model.test_request import YES

from onggi.ledger.happenings import Happening, list_heads, list_steps, tell_steps
from onggi.ledger.ledger import Ledger
from onggi.model.stratum import Stratum


@pytest.fixture
def ledger(bench: Bench) -> Ledger:
    return bench.open()


def tell(ledger: Ledger) -> list[Happening]:
    return tell_steps(ledger.vault, ledger.view(), list_steps(ledger.vault))


def test_decisions_are_told_and_the_rest_is_counted(ledger: Ledger) -> None:
    append(ledger, *record(kind("woman", "person"), kind("case", "case"), decide(1, YES)))
    (one,) = tell(ledger)
    ((case, told, besides),) = [(each.case, each.told, each.besides) for each in one.recorded]
    assert (case, [held.id for held in told], besides) == (id_of("case"), [id_of(1)], 2)
    assert (one.compartment, one.slot, one.milliseconds) == ("main", 1, one.step.commit.hlc[0])


def test_the_newest_step_comes_first_and_cases_stand_apart(ledger: Ledger) -> None:
    append(ledger, *record(kind("case", "case")))
    append(ledger, *record(kind("woman", "person"), kind("else", "case", case="else")))
    newest, first = tell(ledger)
    assert [each.case for each in newest.recorded] == [id_of("case"), id_of("else")]
    assert [each.case for each in first.recorded] == [id_of("case")]


def test_of_what_lies_in_identity_only_that_there_was_a_step(ledger: Ledger) -> None:
    append(ledger, *record(state(7, "name", "INVENTED"), stratum=Stratum.IDENTITY))
    (one,) = tell(ledger)
    assert one.recorded == ()
    ledger.open_identity(ledger.vault.compartment(), id_of("case"), "to test")
    view = ledger.read_on(ledger.vault.compartment())
    newest, first = tell_steps(ledger.vault, view, list_steps(ledger.vault))
    assert [held.statement.what.property for held in newest.recorded[0].told] == ["read_identity"]
    assert (first.recorded[0].told, first.recorded[0].besides) == ((), 1)


def test_very_many_are_counted_beyond_what_a_person_reads(ledger: Ledger) -> None:
    append(ledger, *record(kind("woman", "person"), *(decide(n, YES) for n in range(100, 130))))
    ((one,),) = [each.recorded for each in tell(ledger)]
    assert (len(one.told), one.besides) == (20, 11)


def test_each_log_ends_where_its_last_step_is(ledger: Ledger) -> None:
    append(ledger, *record(kind("case", "case")))
    append(ledger, *record(state(1, "note", "more")))
    (head,) = list_heads(ledger.vault)
    newest, _ = list_steps(ledger.vault)
    assert (head.compartment, head.slot, head.hash, head.seq) == (
        "main",
        1,
        newest[1].hash,
        newest[1].commit.seq,
    )
