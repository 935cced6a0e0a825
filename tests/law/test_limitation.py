"""Limitation: exact over ranges, narrower with better dates, and the worked example line by line."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.invented import Told, on, year
from tests.law.test_norms import ONE

from onggi.law.assess import assess_facts
from onggi.law.facts import Span
from onggi.law.limitation import (
    DEPENDS,
    OPEN,
    PAST,
    PAST_ON_EVERY,
    UNKNOWN,
    Limitation,
    Reading,
    add_years,
    judge_all,
    judge_span,
    lapse_after,
    lapse_restarted,
)
from onggi.law.norms import Norm, load_norms, measure_years
from onggi.law.shelf import open_shelf

TODAY = date(2026, 6, 1)


def day(number: int) -> date:
    return date(number, 1, 1)


def limit(told: Told, norm: str, today: date = TODAY) -> Limitation:
    shelf, findings = open_shelf()
    assert shelf is not None, findings
    assessed = assess_facts(told.facts(), today, shelf)
    return next(found for one, found in assessed.suggestions if one.norm.id == norm)


def readings(found: Limitation) -> dict[str, tuple[str, date | None, date | None]]:
    return {
        one.id: (one.status, *((one.lapses.earliest, one.lapses.latest) if one.lapses else (None, None)))
        for one in found.readings
    }


def ids(found: Limitation) -> set[str]:
    return {note.id for note in (*found.assumptions, *found.would_change)}


# ------------------------------------------------------------------------------------------- the rules


@pytest.mark.parametrize(
    ("maximum", "years"),
    [("0.5", 5), ("3", 5), ("4", 5), ("5", 10), ("7", 10), ("9", 10), ("10", 15), ("15", 15), ("life", 20)],
)
def test_the_maximum_decides_the_years(maximum: str, years: int) -> None:
    assert measure_years("cn", maximum) == years
    assert measure_years("cn", "death") == 20


def test_a_day_in_february_keeps_its_month() -> None:
    assert add_years(date(2012, 2, 29), 5) == date(2017, 2, 28)
    assert add_years(date(2012, 2, 29), 4) == date(2016, 2, 29)
    assert add_years(date(9990, 1, 1), 20) is None


def test_the_last_day_itself_is_still_open() -> None:
    assert judge_span(Span(TODAY, TODAY), TODAY) == OPEN
    assert judge_span(Span(TODAY, TODAY), TODAY + timedelta(1)) == PAST


def test_a_range_that_straddles_today_depends_and_an_unbounded_one_is_unknown() -> None:
    assert judge_span(Span(day(2020), day(2030)), TODAY) == DEPENDS
    assert judge_span(Span(None, day(2030)), TODAY) == UNKNOWN
    assert judge_span(Span(None, day(2020)), TODAY) == PAST
    assert judge_span(Span(day(2030), None), TODAY) == OPEN
    assert judge_span(Span(None, None), TODAY) == UNKNOWN


def test_readings_that_disagree_depend() -> None:
    assert judge_all([PAST, PAST]) == PAST_ON_EVERY
    assert judge_all([PAST, OPEN]) == judge_all([OPEN, UNKNOWN]) == DEPENDS
    assert judge_all([]) == UNKNOWN


# ------------------------------------------------------------------------- exact, against every choice

SPANS = st.tuples(st.integers(2000, 2012), st.integers(0, 3)).map(
    lambda pair: Span(day(pair[0]), day(pair[0] + pair[1]))
)


def count(start: date, crimes: Sequence[date], years: int) -> date:
    """The plain rule for days that are known: each crime inside the running period starts it anew."""
    end = add_years(start, years)
    assert end is not None
    for crime in sorted(crimes):
        if start < crime <= end:
            end = max(end, add_years(crime, years) or date.max)
    return end


def choices(span: Span) -> list[date]:
    assert span.earliest and span.latest
    return [day(number) for number in range(span.earliest.year, span.latest.year + 1)]


@given(SPANS, st.lists(SPANS, max_size=2), st.lists(SPANS, max_size=2), st.sampled_from([1, 2, 3, 5]))
def test_a_restart_is_exact_over_every_choice_of_days(
    start: Span, certain: list[Span], possible: list[Span], years: int
) -> None:
    everything = [*map(choices, (start, *certain, *possible))]
    ends = []
    for first, *rest in product(*everything):
        sure, maybe = rest[: len(certain)], rest[len(certain) :]
        for taken in product([True, False], repeat=len(maybe)):
            kept = [one for one, take in zip(maybe, taken, strict=True) if take]
            ends.append(count(first, [*sure, *kept], years))
    found = lapse_restarted(start, certain, possible, years)
    assert (found.earliest, found.latest) == (min(ends), max(ends))


def within(inner: Span, outer: Span) -> bool:
    early = outer.earliest is None or (inner.earliest is not None and inner.earliest >= outer.earliest)
    return early and (outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest))


@st.composite
def narrowed(draw: st.DrawFn) -> tuple[Span, Span]:
    """A span, and one that a better date gives."""
    first = draw(st.integers(0, 8000))
    length = draw(st.integers(0, 3000))
    low = draw(st.integers(0, length))
    high = draw(st.integers(low, length))
    base = date(1998, 1, 1)
    outer = Span(base + timedelta(first), base + timedelta(first + length))
    inner = Span(base + timedelta(first + low), base + timedelta(first + high))
    open_first, open_last = draw(st.booleans()), draw(st.booleans())
    return Span(None if open_first else outer.earliest, None if open_last else outer.latest), inner


@given(
    narrowed(), st.lists(narrowed(), max_size=4), st.lists(narrowed(), max_size=3), st.sampled_from([5, 15])
)
def test_the_range_only_narrows_as_dates_get_more_precise(
    start: tuple[Span, Span],
    certain: list[tuple[Span, Span]],
    possible: list[tuple[Span, Span]],
    years: int,
) -> None:
    wide = lapse_restarted(start[0], [one for one, _ in certain], [one for one, _ in possible], years)
    tight = lapse_restarted(start[1], [one for _, one in certain], [one for _, one in possible], years)
    assert within(tight, wide)
    assert within(lapse_after([start[1]], years), lapse_after([start[0]], years))


@given(narrowed(), st.lists(narrowed(), max_size=3))
def test_an_answer_that_was_sure_stays_with_better_dates(
    start: tuple[Span, Span], crimes: list[tuple[Span, Span]]
) -> None:
    before = judge_span(lapse_restarted(start[0], [one for one, _ in crimes], (), 15), TODAY)
    after = judge_span(lapse_restarted(start[1], [one for _, one in crimes], (), 15), TODAY)
    assert before == after or before in (DEPENDS, UNKNOWN)


@given(SPANS, st.lists(SPANS, max_size=4), SPANS)
def test_knowing_that_it_was_the_same_person_only_narrows(start: Span, crimes: list[Span], one: Span) -> None:
    maybe = lapse_restarted(start, crimes, [one], 5)
    assert within(lapse_restarted(start, [*crimes, one], [], 5), maybe)
    assert within(lapse_restarted(start, crimes, [], 5), maybe)


# ---------------------------------------------------------------------------------- the worked example


def tell_example() -> Told:
    """Sold and bought in 2010; injuries in 2012, 2016 and 2020; killed in 2025 (dates after 2010 assumed)."""
    told = Told().say("her", "sex", "female").say("him", "kind", "person")
    told.act("sale", "sale", by=None, date=on("2010-06-01"))
    told.say("sale", "broker", "broker").say("sale", "buyer", "him")
    for number in (2012, 2016, 2020):
        told.act(f"injury{number}", "beating", date=on(f"{number}-06-01"))
    told.act("held", "confinement", date=on("2010-06-01"), until=on("2025-06-01"))
    told.act("killing", "killing", date=on("2025-06-01")).say("killing", "method", "knife")
    told.say("police", "kind", "intervention").say("police", "responds_to", "killing")
    told.say("police", "intervention_type", "police_action").say("police", "response", "suspect_released")
    return told.say("police", "date", span=on("2025-07-01"))


def test_example_sold_in_2010_lapses_in_2025_or_2030() -> None:
    found = limit(tell_example(), "CN-CL-240")
    assert readings(found)["completed"] == (DEPENDS, date(2025, 6, 1), date(2030, 6, 1))
    tiers = dict(found.readings[0].tiers)
    assert tiers["ordinary"] == on("2025-06-01")
    assert tiers["aggravated"] == on("2030-06-01")


def test_example_bought_in_2010_lapses_in_2015_or_2030_by_the_reading() -> None:
    found = limit(tell_example(), "CN-CL-241")
    said = readings(found)
    assert said["completed"] == (PAST, date(2015, 6, 1), date(2015, 6, 1))
    # 2010 → 2012 → 2016 → 2020 → 2025 → 2030: each crime lies inside the running period.
    assert said["restarted"] == (OPEN, date(2030, 6, 1), date(2030, 6, 1))
    assert "continuing" in said
    assert found.status == DEPENDS
    assert "assume.changed" in ids(found)


def test_example_with_years_for_days_is_a_range() -> None:
    told = Told().act("bought", "sale", by=None, date=year(2010)).say("bought", "buyer", "him")
    for number in (2012, 2016, 2020):
        told.act(f"injury{number}", "beating", date=year(number))
    told.act("killing", "killing", date=year(2025))
    status, earliest, latest = readings(limit(told, "CN-CL-241"))["restarted"]
    # The killing may fall on a day after the period of the injury of 2020 has run out.
    assert (status, earliest, latest) == (DEPENDS, date(2025, 1, 1), date(2030, 12, 31))


def test_example_a_chain_that_breaks_is_not_mended() -> None:
    told = Told().act("bought", "sale", by=None, date=on("2010-06-01")).say("bought", "buyer", "him")
    told.act("injury", "beating", date=on("2015-06-02")).act("killing", "killing", date=on("2025-06-01"))
    assert readings(limit(told, "CN-CL-241"))["restarted"][2] == date(2015, 6, 1)


def test_example_confinement_runs_from_release_or_death() -> None:
    found = limit(tell_example(), "CN-CL-238")
    assert set(readings(found)) == {"continuing", "restarted"}
    assert dict(found.readings[0].tiers)["ordinary"] == on("2030-06-01")


def test_example_the_killing_can_be_prosecuted_until_2045() -> None:
    found = limit(tell_example(), "CN-CL-232")
    assert found.status == OPEN
    assert dict(found.readings[0].tiers)["ordinary"] == on("2045-06-01")
    assert {"change.complaint", "change.fled"} <= ids(found)


def test_example_a_refused_complaint_by_her_lifts_the_limit() -> None:
    told = tell_example()
    told.say("call", "kind", "intervention").say("call", "responds_to", "held")
    told.say("call", "intervention_type", "complaint").say("call", "response", "downgraded")
    told.say("call", "taken_by", "her")
    found = limit(told, "CN-CL-238")
    assert readings(found)["complaint"] == (OPEN, None, None)
    assert found.latest is None


def test_example_a_neighbour_s_complaint_is_a_question_for_a_lawyer() -> None:
    told = tell_example()
    told.say("call", "kind", "intervention").say("call", "responds_to", "held")
    told.say("call", "intervention_type", "complaint").say("call", "response", "no_investigation")
    reading = next(one for one in limit(told, "CN-CL-238").readings if one.id == "complaint_other")
    assert "assume.by_other" in {note.id for note in reading.assumptions}


def test_example_flight_lifts_the_limit_if_a_case_was_filed() -> None:
    told = tell_example().say("him", "perpetrator_status", "fled")
    reading = next(one for one in limit(told, "CN-CL-232").readings if one.id == "fled")
    assert [note.id for note in reading.assumptions] == ["assume.fled_after_filing"]
    filed = next(
        one
        for one in limit(told.say("police", "response", "charged"), "CN-CL-232").readings
        if one.id == "fled"
    )
    assert filed.assumptions == ()


def test_example_officers_run_from_what_they_did() -> None:
    found = limit(tell_example(), "CN-CL-399")
    assert set(readings(found)) == {"completed"}
    assert dict(found.readings[0].tiers)["ordinary"] == on("2035-07-01")


# ----------------------------------------------------------------------------------- what is not known


def test_without_any_date_it_is_unknown_and_says_what_would_help() -> None:
    found = limit(Told().act("killing", "killing", by=None), "CN-CL-232")
    assert found.status == UNKNOWN
    assert (found.earliest, found.latest) == (None, date(2046, 6, 1))
    assert {"assume.before_recorded", "change.bound", "change.date", "change.actor"} <= ids(found)


def test_leaving_home_bounds_what_was_done_in_china() -> None:
    told = Told().act("killing", "killing").say("her", "left_on", span=year(2010))
    found = limit(told, "CN-CL-232")
    assert (found.status, found.earliest) == (DEPENDS, date(2025, 1, 1))
    assert "assume.after_leaving" in ids(found)


def test_leaving_home_bounds_nothing_that_was_done_at_home() -> None:
    told = Told().act("killing", "killing").say("her", "left_on", span=year(2010))
    assert limit(told.say("killing", "place", "KP-10", "KP"), "CN-CL-232").earliest is None


def test_dates_that_differ_are_held_together() -> None:
    told = Told().act("killing", "killing", date=year(2012)).say("killing", "date", span=year(2014))
    found = limit(told, "CN-CL-232")
    assert (found.earliest, found.latest) == (date(2027, 1, 1), date(2034, 12, 31))
    assert "assume.dates_differ" in ids(found)


def test_an_act_before_the_law_was_in_force_gets_no_period() -> None:
    found = limit(Told().act("killing", "killing", date=year(1990)), "CN-CL-232")
    assert (found.status, found.readings) == (UNKNOWN, ())
    assert "assume.not_in_force" in ids(found)


def test_a_crime_that_never_lapses_is_not_open_for_an_act_before_its_treaty() -> None:
    """Rome Statute: in force from 2002-07-01."""
    found = limit(Told().act("killing", "killing", date=year(1995)), "INT-CAH-MURDER")
    assert (found.status, found.readings) == (UNKNOWN, ())
    assert "assume.not_in_force" in ids(found)
    maybe = limit(Told().act("killing", "killing", date=Span(day(1995), day(2010))), "INT-CAH-MURDER")
    assert (maybe.status, maybe.readings[0].unlimited) == (DEPENDS, True)
    assert limit(Told().act("killing", "killing", date=year(2010)), "INT-CAH-MURDER").status == OPEN


def test_a_day_of_entry_into_force_from_memory_says_that_it_is_to_be_checked() -> None:
    told = Told().act("killing", "killing", date=year(2010))
    told.say("call", "kind", "intervention").say("call", "responds_to", "killing")
    found = limit(told.say("call", "response", "no_investigation"), "CN-CPL-113")
    assert {"assume.not_in_force", "assume.force_unsure"} <= ids(found)


def test_a_text_that_no_longer_held_gets_no_period(tmp_path: Path) -> None:
    own = ONE.replace(
        'confidence = "low"',
        'confidence = "low"\nversion = 2\nchanged_by = "us"\nchanged_on = "2026-11-29"\n'
        'in_force_to = "2005-12-31"',
    )
    (tmp_path / "own.toml").write_text(own, "utf-8")
    shelf, findings = open_shelf(tmp_path)
    assert shelf is not None, findings
    answers = {}
    for last in (2000, 2010):
        told = Told().act("killing", "killing", date=Span(day(last), day(2012)))
        answers[last] = next(
            found
            for one, found in assess_facts(told.facts(), TODAY, shelf).suggestions
            if one.norm.id == "CN-CL-232"
        )
    assert "assume.maybe_no_longer_in_force" in ids(answers[2000]) and answers[2000].readings
    assert "assume.no_longer_in_force" in ids(answers[2010]) and not answers[2010].readings


def test_what_holds_of_all_acts_is_told_before_what_bounds_each() -> None:
    told = Told()
    for number in range(60):
        told.act(f"{number:08}", "beating", date=Span(day(1990), day(2010)))
        told.say(f"{number:08}", "date", span=year(2015))
    found = limit(told, "CN-CL-234")
    assert [note.id for note in found.assumptions][-1] == "assume.more"
    assert {"assume.maybe_not_in_force", "assume.all_tiers", "assume.dates_differ"} <= ids(found)


def test_an_act_that_may_be_before_the_law_says_so() -> None:
    found = limit(Told().act("killing", "killing", date=Span(day(1990), day(2020))), "CN-CL-232")
    assert "assume.maybe_not_in_force" in ids(found)


def test_what_still_goes_on_does_not_lapse() -> None:
    found = limit(Told().act("held", "confinement", date=year(2012)), "CN-CL-238")
    assert found.latest is None
    assert found.status != PAST_ON_EVERY


def test_korean_murder_has_no_limit_from_a_day_on() -> None:
    assert limit(Told().act("k", "killing", date=year(2020)), "KR-MURDER-250").status == OPEN
    assert limit(Told().act("k", "killing", date=year(2010)), "KR-MURDER-250").status == DEPENDS


# --------------------------------------------------------------------- what is possible after twenty years


def approval(found: Limitation) -> Reading | None:
    return next((one for one in found.readings if one.id == "approval"), None)


GRAVEST = [
    norm
    for norm in load_norms().values()
    if norm.flag is None
    and norm.limitation == "cn"
    and any(tier.maximum in ("life", "death") for tier in norm.tiers)
]
DOUBTED = [norm for norm in load_norms().values() if "limitation" in norm.uncertain]


@pytest.mark.parametrize("norm", GRAVEST, ids=attrgetter("id"))
def test_life_or_death_is_never_past_without_the_approval_that_is_still_possible(norm: Norm) -> None:
    """Art. 87(4): after twenty years the Supreme People's Procuratorate can approve prosecution."""
    told = Told().act("act", "beating", date=on("2001-06-01"), until=on("2001-06-01"))
    told.say("act", "seller", "him").say("act", "broker", "him").say("act", "buyer", "him")
    found = limit(told.say("act", "qualified_as", norm.id), norm.id)
    reading = approval(found)
    assert reading is not None and (reading.status, reading.unlimited) == (DEPENDS, True)
    assert [one.id for one in reading.assumptions] == ["assume.approval"]
    assert all(one.status == PAST for one in found.readings if one is not reading)
    assert found.status == DEPENDS
    assert "change.approval" in ids(found)
    # The range stays that of the periods: their days are not lost behind a permission.
    assert found.latest == date(2021, 6, 1)


def test_approval_is_a_reading_only_once_twenty_years_can_be_over() -> None:
    young = limit(Told().act("killing", "killing", date=on("2010-06-01")), "CN-CL-232")
    assert approval(young) is None and "change.approval" in ids(young)
    maybe = limit(Told().act("killing", "killing", date=Span(day(2002), day(2010))), "CN-CL-232")
    assert approval(maybe) is not None and maybe.latest == date(2030, 1, 1)
    undated = limit(Told().act("killing", "killing", by=None), "CN-CL-232")
    assert undated.status == UNKNOWN and "change.approval" in ids(undated)


def test_no_approval_saves_what_is_punished_with_years() -> None:
    told = Told().act("sale", "sale", date=on("2001-06-01"), until=on("2001-06-01"))
    found = limit(told.say("sale", "buyer", "him"), "CN-CL-241")
    assert found.status == PAST_ON_EVERY
    assert approval(found) is None and "change.approval" not in ids(found)


# ------------------------------------------------------------------------- what is not sure of a period


def sold(span: Span) -> Told:
    return Told().act("sale", "sale", by=None, date=span).say("sale", "seller", "him")


def test_a_korean_period_stands_still_while_he_is_abroad_to_escape() -> None:
    """Criminal Procedure Act art. 253(3), noted from memory."""
    found = limit(sold(on("2010-06-01")), "KR-CA-288-289")
    abroad = next(one for one in found.readings if one.id == "abroad")
    assert (abroad.status, abroad.lapses) == (DEPENDS, Span(date(2017, 6, 1), None))
    assert [one.id for one in abroad.assumptions] == ["assume.abroad"]
    assert (found.status, found.earliest, found.latest) == (DEPENDS, date(2017, 6, 1), None)
    young = limit(sold(on("2024-06-01")), "KR-CA-288-289")
    assert {one.status for one in young.readings} == {OPEN} and young.status == OPEN


def test_a_period_that_is_to_be_checked_is_past_for_nobody() -> None:
    found = limit(sold(on("2001-06-01")), "KR-CA-288-289")
    completed = next(one for one in found.readings if one.id == "completed")
    assert (completed.status, completed.lapses) == (DEPENDS, Span(date(2008, 6, 1), date(2011, 6, 1)))
    assert "assume.period_unsure" in ids(found)


@pytest.mark.parametrize("norm", DOUBTED, ids=attrgetter("id"))
def test_whatever_rests_on_a_doubted_rule_says_so(norm: Norm) -> None:
    told = sold(on("2001-06-01")).act("killing", "killing", date=on("2001-06-01"))
    found = limit(told.say("killing", "qualified_as", norm.id), norm.id)
    assert found.status not in (PAST_ON_EVERY, OPEN)
    assert "assume.period_unsure" in ids(found)


def test_a_doubted_period_of_one_s_own_is_past_for_nobody(tmp_path: Path) -> None:
    own = ONE.replace('maximum = "death"\nyears = 20', 'maximum = "3"\nyears = 5').replace(
        'confidence = "low"',
        'confidence = "low"\nversion = 2\nchanged_by = "us"\nchanged_on = "2026-11-29"\nDOUBT',
    )
    answers = {}
    for doubt in ("", 'uncertain = ["limitation"]'):
        (tmp_path / "own.toml").write_text(own.replace("DOUBT", doubt), "utf-8")
        shelf, findings = open_shelf(tmp_path)
        assert shelf is not None, findings
        told = Told().act("killing", "killing", date=on("2005-06-01"))
        suggested = assess_facts(told.facts(), TODAY, shelf).suggestions
        answers[bool(doubt)] = next(found for one, found in suggested if one.norm.id == "CN-CL-232")
    assert {doubted: found.status for doubted, found in answers.items()} == {
        False: PAST_ON_EVERY,
        True: DEPENDS,
    }


# ------------------------------------------------------------------------------------- through a whole case

CASES = st.lists(
    st.tuples(
        st.sampled_from(["sale", "beating", "confinement", "killing", "forced_labour"]),
        narrowed().filter(lambda pair: pair[0].earliest is not None and pair[0].latest is not None),
        st.sampled_from(["him", "another", None]),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_in_a_whole_case_better_dates_narrow_every_reading(
    acts: list[tuple[str, tuple[Span, Span], str | None, bool]],
) -> None:
    shelf, _ = open_shelf()
    assert shelf is not None
    answers = []
    for which in (0, 1):
        told = Told()
        for at, (type, spans, by, ends) in enumerate(acts):
            told.act(f"a{at}", type, by=by, date=spans[which])
            if ends:
                told.say(f"a{at}", "until", span=spans[which])
        assessed = assess_facts(told.facts(), TODAY, shelf)
        answers.append({one.norm.id: found for one, found in assessed.suggestions})
    wide, tight = answers
    assert wide.keys() == tight.keys()
    for norm, outer in wide.items():
        inner = tight[norm]
        assert within(Span(inner.earliest, inner.latest), Span(outer.earliest, outer.latest))
        outer_readings = {one.id: one for one in outer.readings}
        for reading in inner.readings:
            if reading.id in outer_readings and reading.lapses and outer_readings[reading.id].lapses:
                other = outer_readings[reading.id].lapses
                assert other is not None
                assert within(reading.lapses, other), (norm, reading.id)
