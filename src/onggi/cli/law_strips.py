"""Until when, as lines of text on one scale of years: what was done, and the last days by norm and penalty.

It stays on the screen: a drawing of it leaves in a dossier alone. Pure but for `print_strips`.
"""

from collections.abc import Sequence
from datetime import date

from onggi.cli.showing import show_line
from onggi.law.assess import Assessed
from onggi.law.drawing import Strip, list_strips
from onggi.law.facts import Span
from onggi.law.telling import say_span
from onggi.ledger.view import View
from onggi.words import language, say

_WIDTH = 72  # columns from the first year to the last: a terminal of 80 shows them
_LABEL = 5  # columns that a year and the space behind it need


def print_strips(one: Assessed, view: View) -> None:
    """All lines, each heading over its own; or that nothing can be counted."""
    show_line(say("law.notice"), style="bold")
    strips = list_strips(one, language(), view.call)
    if not strips:
        show_line(say("law.strips.none"))
        return
    show_line(say("law.strips.how", day=one.today.isoformat()))
    days = [day for strip in strips if strip.span for day in (strip.span.earliest, strip.span.latest) if day]
    years = (min([one.today, *days]).year, max([one.today, *days]).year + 1)
    heading = ""
    for strip in strips:
        if strip.heading != heading:
            heading = strip.heading
            show_line("")
            show_line(heading, style="bold")
            show_line(draw_years(years), 4, "dim")
        show_line(_say_strip(strip), 2)
        if strip.span is not None:
            show_line(draw_strip(strip, years, one.today), 4)
    show_line("")
    show_line(say("law.notice"), style="bold")


def draw_years(years: tuple[int, int]) -> str:
    """The scale: as many round years as find room, each beginning where its first day lies."""
    step = next(
        (step for step in (1, 2, 5, 10, 20, 50) if step * _WIDTH >= _LABEL * (years[1] - years[0])), 100
    )
    line = [" "] * (_WIDTH + _LABEL)
    for year in range(-(-years[0] // step) * step, years[1], step):
        place = _place(date(year, 1, 1), years)
        line[place : place + 4] = f"{year:4}"
    return "".join(line).rstrip()


def draw_strip(strip: Strip, years: tuple[int, int], today: date) -> str:
    """A line: its ends, an arrow where no end is known, and today; where both fall together, its end."""
    span = strip.span or Span(None, None)
    first = _place(span.earliest, years) if span.earliest else 0
    last = _place(span.latest, years) if span.latest else _WIDTH - 1
    line = [" "] * _WIDTH
    line[first : last + 1] = ("━" if strip.lasting else "─") * (last + 1 - first)
    line[_place(today, years)] = "│"
    line[first] = "├" if span.earliest else "◀"
    line[last] = "┤" if span.latest else "▶"
    if first == last and span.earliest and span.latest:
        line[first] = "●"
    return "".join(line).rstrip()


def _place(day: date, years: Sequence[int]) -> int:
    """The column of a day."""
    first, end = date(years[0], 1, 1).toordinal(), date(min(years[1], date.max.year), 12, 31).toordinal()
    return min((day.toordinal() - first) * _WIDTH // (end - first), _WIDTH - 1)


def _say_strip(strip: Strip) -> str:
    days = say("law.span.never") if strip.span is None else _say_days(strip)
    return say(
        "law.strips.line", what=" · ".join(one for one in (strip.reading, strip.label) if one), days=days
    )


def _say_days(strip: Strip) -> str:
    if strip.reading:
        return say_span(strip.span, language())
    span = strip.span or Span(None, None)
    ends = [day.isoformat() if day else "?" for day in (span.earliest, span.latest)]
    return " – ".join(dict.fromkeys(ends))
