"""The worked example as a timeline: every reading and tier with its range, in three languages."""

from datetime import date

import pytest
from tests.law.test_limitation import tell_example

from onggi.law.assess import assess_facts
from onggi.law.drawing import draw_limitation
from onggi.law.shelf import open_shelf
from onggi.words import LANGUAGES, say

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_is_drawn_with_every_reading(lang: str) -> None:
    shelf, _ = open_shelf()
    assert shelf is not None
    assessed = assess_facts(tell_example().facts(), TODAY, shelf)
    one, limit = next(pair for pair in assessed.suggestions if pair[0].norm.id == "CN-CL-241")
    dated = [assessed.calendar.dated[act.id] for act in one.scope.acts]
    (figure,) = draw_limitation(one.norm, limit, dated, TODAY, lang, {"sale": "A-1"})
    rows = ["|".join(row) for row in figure.rows]
    assert say("law.notice", lang) in figure.title
    assert sum("A-1" in row for row in rows) == 1
    for reading, day in (("completed", "2015-06-01"), ("restarted", "2030-06-01")):
        kind = say(f"law.reading.{reading}", lang)
        assert any(kind in row and day in row for row in rows), rows


def test_a_reading_without_limit_has_no_day() -> None:
    shelf, _ = open_shelf()
    assert shelf is not None
    told = tell_example().say("him", "perpetrator_status", "fled")
    assessed = assess_facts(told.facts(), TODAY, shelf)
    one, limit = next(pair for pair in assessed.suggestions if pair[0].norm.id == "CN-CL-232")
    dated = [assessed.calendar.dated[act.id] for act in one.scope.acts]
    figures = draw_limitation(one.norm, limit, dated, TODAY, "en", {})
    assert any("no last day" in "|".join(row) for figure in figures for row in figure.rows)
