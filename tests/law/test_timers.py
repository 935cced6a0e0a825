"""Duties with a date: ranges in, ranges out, and none where no date is recorded."""

from datetime import date

from tests.law.invented import Told, on, year

from onggi.law.facts import Span
from onggi.law.timers import Timer, load_timers, run_timers
from onggi.words import LANGUAGES

TODAY = date(2026, 6, 1)


def run(told: Told) -> dict[str, Timer]:
    return {timer.rule.id: timer for timer in run_timers(told.facts(), TODAY)}


def refused(span: Span | None) -> Told:
    told = Told().say("call", "kind", "intervention").say("call", "intervention_type", "complaint")
    told.say("call", "response", "no_investigation")
    return told.say("call", "date", span=span) if span else told


def test_a_refused_complaint_starts_four_timers() -> None:
    found = run(refused(on("2026-05-28")))
    assert set(found) == {"receipt", "notice", "reconsideration", "reconsidered"}
    assert found["receipt"].due == on("2026-05-28")
    assert found["notice"].due == on("2026-05-31")
    assert found["reconsideration"].due == on("2026-06-04")
    assert [found[id].status for id in ("receipt", "notice", "reconsideration")] == [
        "past",
        "past",
        "running",
    ]


def test_a_range_gives_a_range_and_may_depend() -> None:
    found = run(refused(Span(date(2026, 5, 1), date(2026, 5, 30))))["reconsideration"]
    assert found.due == Span(date(2026, 5, 8), date(2026, 6, 6))
    assert found.status == "depends"


def test_without_a_date_the_timer_stands_there_without_one() -> None:
    found = run(refused(None))["receipt"]
    assert (found.due, found.status) == (None, "unknown")


def test_a_date_in_doubt_starts_nothing() -> None:
    told = refused(None).say("call", "date", span=None)
    assert run(told)["receipt"].status == "unknown"


def test_three_months_are_months() -> None:
    told = Told().act("gone", "disappearance", date=on("2025-11-30"))
    assert run(told)["disappearance"].due == on("2026-02-28")


def test_every_statement_of_a_rule_must_be_there() -> None:
    told = Told().say("call", "intervention_type", "complaint").say("other", "response", "no_investigation")
    assert set(run(told)) == {"receipt"}


def test_the_first_due_comes_first_and_undated_ones_last() -> None:
    told = refused(year(2025)).say("later", "intervention_type", "un_submission")
    found = run_timers(told.facts(), TODAY)
    assert [timer.due is None for timer in found] == [False] * 4 + [True]


def test_every_rule_is_whole() -> None:
    for rule in load_timers().values():
        assert tuple(rule.texts) == LANGUAGES
        assert rule.norm or rule.avenue
        assert rule.zone in ("Asia/Shanghai", "UTC")
