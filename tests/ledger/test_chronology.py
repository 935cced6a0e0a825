"""What is dated stands side by side, in the order of its earliest day; what is denied or unknown does not."""

from collections.abc import Sequence

from tests.ledger.invented import hold, id_of, state

from onggi.ledger.chronology import Dated, list_dated
from onggi.model.statement import Statement
from onggi.model.value import Date, Unknown
from onggi.model.when import When

KINDS = {id_of("sale"): "act", id_of("woman"): "person", id_of("call"): "source"}


def dated(*statements: Statement) -> Sequence[Dated]:
    return list_dated([hold(one, time) for time, one in enumerate(statements)], KINDS.get)


def on(edtf: str) -> Date:
    return Date.of(When(edtf))


def test_sources_that_date_one_thing_stand_together_and_the_earliest_comes_first() -> None:
    found = dated(
        state(1, "date", on("2010"), "sale", source="a"),
        state(2, "left_on", on("2009-03"), "woman", source="a"),
        state(3, "date", on("2009-06"), "sale", source="b"),
    )
    assert [(one.entity, [held.id for held, _ in one.datings]) for one in found] == [
        (id_of("woman"), [id_of(2)]),
        (id_of("sale"), [id_of(1), id_of(3)]),
    ]


def test_what_is_denied_unknown_or_no_happening_is_not_drawn() -> None:
    assert (
        dated(
            state(1, "date", on("2010"), "sale", denies=True),
            state(2, "date", Unknown(), "sale"),
            state(3, "date", on("2010"), "call"),
            state(4, "spoken_on", on("2010"), "woman"),
        )
        == []
    )


def test_what_begins_nobody_knows_when_comes_last() -> None:
    found = dated(state(1, "date", on("/2008"), "sale"), state(2, "left_on", on("2009"), "woman"))
    assert [one.entity for one in found] == [id_of("woman"), id_of("sale")]
