"""Duties with a date: ranges in, ranges out, and none where no date is recorded."""

from datetime import date

from tests.law.invented import Told, on, year

from onggi.law.facts import Span
from onggi.law.timers import Timer, load_timers, run_timers
from onggi.words import LANGUAGES, known

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
        assert known(f"law.zone.{rule.zone}")


def step(kind: str, *said: tuple[str, str]) -> Told:
    told = Told().say("step", "kind", "intervention").say("step", "intervention_type", kind)
    for name, value in said:
        told.say("step", name, value)
    return told.say("step", "date", span=on("2026-05-31"))


def test_a_protection_order_is_decided_in_one_or_three_days_and_lasts_six_months() -> None:
    found = run(step("protection_order"))
    assert {id: timer.due for id, timer in found.items()} == {
        "protection_urgent": on("2026-06-01"),
        "protection": on("2026-06-03"),
    }
    granted = run(step("protection_order", ("response", "order_granted")))
    assert granted["protection_ends"].due == on("2026-11-30")
    assert "protection_review" not in granted
    refused = run(step("protection_order", ("response", "order_refused")))
    assert refused["protection_review"].due == on("2026-06-05") and "protection_ends" not in refused


def test_reconsideration_and_the_police_above_have_days_of_their_own() -> None:
    found = run(step("reconsideration", ("response", "decision_upheld")))
    assert found["reconsideration_decision"].due == on("2026-06-30")
    assert found["upper_review"].due == on("2026-06-07") and found["upper_review"].rule.whose == "ours"
    above = run(step("upper_review"))
    assert above["upper_decision"].due == on("2026-06-30")
    assert above["upper_decision_complex"].due == on("2026-07-30")


def test_the_procuratorate_and_the_united_nations() -> None:
    told = step(
        "demand_for_investigation", ("agency", "cn_procuratorate"), ("response", "filing_not_ordered")
    )
    assert run(told)["supervision_reply"].due == on("2026-06-10")
    assert run(step("un_urgent_appeal"))["publication_urgent"].due == on("2026-06-02")
    reply = run(step("un_detention_case"))["detention_reply"]
    assert (reply.due, reply.rule.zone) == (on("2026-07-30"), "UTC")


def test_every_rule_says_where_its_period_comes_from() -> None:
    for rule in load_timers().values():
        assert rule.sources and rule.confidence in ("high", "medium", "low")
        assert rule.uncertain or "from memory" not in rule.sources


def test_a_range_without_an_end_runs_and_one_without_a_beginning_may_be_past() -> None:
    def status(span: Span) -> str:
        told = Told().say("call", "intervention_type", "complaint").say("call", "date", span=span)
        return next(
            one.status for one in run_timers(told.facts(), date(2026, 6, 1)) if one.rule.id == "receipt"
        )

    assert status(Span(date(2026, 7, 1), None)) == "running"
    assert status(Span(date(2026, 5, 1), None)) == "depends"
    assert status(Span(None, date(2026, 5, 1))) == "past"
    assert status(Span(None, date(2026, 7, 1))) == "unknown"
