"""The worked example as lines of text: each on one scale of years, today in all of them."""

from datetime import date

import pytest
from tests.law.test_drawing import TODAY

from onggi.cli.law_strips import draw_strip, draw_years
from onggi.law.drawing import Strip
from onggi.law.facts import Span

YEARS = (2010, 2045)


def draw(span: Span | None, lasting: bool = False) -> str:
    return draw_strip(Strip("", "", "", span, lasting), YEARS, TODAY)


def test_a_line_begins_and_ends_where_its_days_lie() -> None:
    scale = draw_years(YEARS)
    drawn = draw(Span(date(2015, 1, 1), date(2031, 1, 1)))
    assert abs(drawn.index("├") - scale.index("2015")) <= 1
    assert abs(drawn.index("┤") - scale.index("2030") - 2) <= 1
    assert abs(drawn.index("│") - scale.index("2025") - 3) <= 1


def test_one_day_is_a_dot_and_what_has_no_end_an_arrow() -> None:
    assert "●" in draw(Span(date(2030, 6, 1), date(2030, 6, 1)))
    assert draw(Span(date(2030, 6, 1), None)).endswith("▶")
    assert draw(Span(None, date(2030, 6, 1))).startswith("◀")
    assert "━" in draw(Span(date(2010, 6, 1), date(2012, 6, 1)), lasting=True)


@pytest.mark.parametrize("day", [date(2010, 1, 1), date(2045, 12, 31)])
def test_no_day_of_the_scale_falls_off_it(day: date) -> None:
    assert len(draw(Span(day, day))) <= 72
    assert draw_strip(Strip("", "", "", Span(day, day)), YEARS, day).strip() == "●"


@pytest.mark.parametrize("years", [(2010, 2012), (1900, 2100), (2020, 2021)])
def test_years_do_not_run_into_each_other(years: tuple[int, int]) -> None:
    told = draw_years(years).split()
    assert told and all(len(one) == 4 for one in told)
