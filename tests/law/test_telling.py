"""What is said of a period: a last day, none, or none on one reading; never "expired"."""

from datetime import date

import pytest
from tests.law.invented import Told, year
from tests.law.test_limitation import limit, tell_example

from onggi.law.elements import Weighed
from onggi.law.norms import load_norms
from onggi.law.telling import (
    Footnotes,
    say_confidence,
    say_lapsed_rule,
    say_last_day,
    say_limitation,
    say_not_in_force,
    say_reading,
    say_tiers,
    say_weight,
)
from onggi.words import LANGUAGES

NORMS = load_norms()


def test_a_period_without_a_last_day_says_so() -> None:
    found = limit(Told().act("killing", "killing", date=year(2020)), "INT-CAH-MURDER")
    assert say_limitation(found, "en") == "Limitation: open on every reading, no last day"
    assert say_reading(found.readings[0], "en") == "no limitation: open on this reading, no last day"


def test_a_last_day_that_one_reading_does_not_have_is_told_with_it() -> None:
    told = tell_example().say("him", "perpetrator_status", "fled")
    found = limit(told, "CN-CL-232")
    assert say_last_day(found, "en") == "last day not before 2040-06-01; on one reading there is none"
    assert say_last_day(found.readings[-1], "en") == "no last day"


def test_one_reading_is_never_called_open_on_every_reading() -> None:
    found = limit(tell_example(), "CN-CL-241")
    said = {one.id: say_reading(one, "en") for one in found.readings}
    assert "past on this reading" in said["completed"]
    assert "open on this reading" in said["restarted"]


def test_an_act_before_the_law_is_told_and_no_period_is_said() -> None:
    found = limit(Told().act("killing", "killing", date=year(1995)), "INT-CAH-MURDER")
    assert say_limitation(found, "en") == ""
    (said,) = say_not_in_force(found, "en", NORMS)
    assert "2002-07-01" in said and "the act was before" in said


def test_ranges_of_penalty_that_lapse_together_are_told_together() -> None:
    reading = limit(tell_example(), "CN-CL-240").readings[0]
    said = say_tiers(reading, NORMS["CN-CL-240"], "en")
    assert len(said) == 2 and said[0].endswith("between 2025-06-01 and 2025-06-01")
    assert "; " in said[1].split(":")[0]
    assert say_tiers(limit(tell_example(), "CN-CL-241").readings[0], NORMS["CN-CL-241"], "en") == []


def test_a_footnote_is_told_once_and_a_statement_as_it_is_called() -> None:
    told = Told().act("killing", "killing").say("her", "left_on", span=year(2010), id="a" * 32)
    notes = Footnotes("en", NORMS, lambda id: f"<{id[:4]}>")
    found = limit(told, "CN-CL-232")
    assert notes.refer(found.assumptions) == notes.refer(found.assumptions)
    assert any("(statement <aaaa>)" in text for text in notes.list())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_doubts_are_told_in_words(lang: str) -> None:
    for norm in NORMS.values():
        said = say_confidence(norm.standing.confidence, norm.uncertain, lang)
        assert "_" not in said and (norm.uncertain or "·" not in said)


def test_a_status_is_never_bare() -> None:
    for today in (date(2012, 1, 1), date(2026, 6, 1), date(2099, 1, 1)):
        for id in ("CN-CL-232", "CN-CL-241", "CN-CL-238"):
            assert "reading" in say_limitation(limit(tell_example(), id, today), "en") or "depends" in (
                say_limitation(limit(tell_example(), id, today), "en")
            )


def test_a_rule_is_said_not_to_hold_only_where_it_held_for_nobody() -> None:
    before = limit(Told().act("killing", "killing", date=year(1995)), "INT-CAH-MURDER")
    after = limit(Told().act("killing", "killing", date=year(2020)), "INT-CAH-MURDER")
    assert len(say_lapsed_rule([before, before], "en", NORMS)) == 1
    assert say_lapsed_rule([before, after], "en", NORMS) == []
    assert say_lapsed_rule([], "en", NORMS) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_weight_is_how_many_how_near_and_each_grade_and_no_one_number(lang: str) -> None:
    element = NORMS["CN-CL-240"].elements[0]
    near = say_weight(Weighed(element, "supported", ("a", "b"), (), 2, 0, ("B2", "C3")), lang)
    far = say_weight(Weighed(element, "supported", ("a",), (), 1, 3, ()), lang)
    described = say_weight(Weighed(element, "supported", ("a",), (), 0, None, ()), lang)
    assert near.count(" · ") == 3 and "B2" in near and "C3" in near
    assert far.count(" · ") == 1 and "3" in far.split(" · ")[1] and described.count(" · ") == 0
