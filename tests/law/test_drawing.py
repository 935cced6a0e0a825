"""The worked example as a timeline: every reading and penalty with its range, in three languages."""

from datetime import date

import pytest
from tests.law.test_limitation import tell_example

from onggi.law.assess import Assessed, assess_facts
from onggi.law.drawing import draw_limitation, list_strips
from onggi.law.facts import Span
from onggi.law.shelf import open_shelf
from onggi.words import LANGUAGES, say

TODAY = date(2026, 6, 1)


def assess(flight: bool = False) -> Assessed:
    shelf, _ = open_shelf()
    assert shelf is not None
    told = tell_example()
    if flight:
        told.say("him", "perpetrator_status", "fled")
    return assess_facts(told.facts(), TODAY, shelf)


def call(id: str) -> str:
    return {"sale": "A-1", "her": "P-1"}.get(id, id)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_is_drawn_with_every_reading(lang: str) -> None:
    figures = draw_limitation(assess(), lang, call)
    drawn = sum(strip.span is not None for strip in list_strips(assess(), lang, call))
    assert len(draw_limitation(assess(), lang, call, drawn)) == len(figures)
    assert draw_limitation(assess(), lang, call, drawn - 1) == ()
    assert all(say("law.notice", lang) in figure.title for figure in figures)
    rows = list({"|".join(row) for figure in figures for row in figure.rows})
    assert sum("A-1" in row for row in rows) == 1
    for reading, day in (("completed", "2015-06-01"), ("restarted", "2030-06-01")):
        kind = say(f"law.reading.{reading}", lang)
        assert any("CN-CL-241" in row and kind in row and day in row for row in rows), rows


def test_the_lines_of_the_example_are_those_of_the_table() -> None:
    """docs/design/law.md, §5: sold, bought, held, killed, released."""
    lines = {
        (strip.heading.split()[0], strip.reading, strip.label.split(";")[0]): strip.span
        for strip in list_strips(assess(), "en", call)
    }
    done, again, ended = (say(f"law.reading.{id}", "en") for id in ("completed", "restarted", "continuing"))

    def on(text: str) -> Span:
        return Span(date.fromisoformat(text), date.fromisoformat(text))

    assert lines["CN-CL-240", done, "ordinary"] == on("2025-06-01")
    assert lines["CN-CL-241", done, "ordinary"] == on("2015-06-01")
    assert lines["CN-CL-241", again, "ordinary"] == on("2030-06-01")
    held = [span for (norm, reading, _), span in lines.items() if (norm, reading) == ("CN-CL-238", ended)]
    assert on("2030-06-01") in held and on("2040-06-01") in held
    assert lines["CN-CL-232", done, "ordinary"] == on("2045-06-01")
    assert lines["CN-CL-232", done, "lesser circumstances"] == on("2040-06-01")
    assert lines["CN-CL-399", done, "ordinary"] == on("2035-07-01")


def test_a_reading_without_limit_is_told_and_not_drawn() -> None:
    one = assess(flight=True)
    fled = say("law.reading.fled", "en")
    assert [strip.span for strip in list_strips(one, "en", call) if strip.reading == fled][:1] == [None]
    assert not any(
        fled in "|".join(row) for figure in draw_limitation(one, "en", call) for row in figure.rows
    )
