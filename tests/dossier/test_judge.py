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
from onggi.model.statement import Statement
from onggi.model.value import Date, Place, Text
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


def test_words_of_a_date_that_was_made_coarser_stand_in_no_text() -> None:
    day = state("da", "date", Date.of(When("2013-05-07", "the day of the flood")), "sale", source="account")
    said = state("tx", "duration", Text("On the day of the flood.", "en"), "sale", source="account")
    assert ("release.standing", True) in hear(day, said)


@pytest.mark.parametrize("screened", [False, True])
def test_what_nobody_has_screened_does_not_leave_without_identity(screened: bool) -> None:
    said = state("tx", "duration", Text("a text", "en"), "sale", source="account", screened=screened)
    unscreened = {one.where for one in find(said, namings=None) if one.code == "release.unscreened"}
    assert (id_of("tx") in unscreened) is not screened


def test_the_same_place_a_thousand_times_is_looked_for_once() -> None:
    places = [state(f"p{n}", "place", Place("CN-210600"), "sale", source="account") for n in range(50)]
    matter = matter_of(*places)
    screen = make_screen(matter, redact(matter, order(id_of("case")).rules), ())
    assert screen.find_name("Dandong") is not None and len(screen._spellings) < 20


def test_a_suspect_is_not_asked() -> None:
    matter = matter_of(*EVERYTHING)
    asked = list_asked(matter, redact(matter, order(id_of("case")).rules), ())
    assert id_of("woman") in asked and id_of("buyer") not in asked
