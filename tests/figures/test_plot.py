"""Intervals and bars: as long as their numbers, beside the numbers themselves."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.picture import check_picture, list_marks, list_texts

from onggi.errors import OnggiError
from onggi.figures.axis import list_ticks, make_axis, write_count
from onggi.figures.ink import TINT, WASH
from onggi.figures.plot import MOST, Bar, Interval, draw_bars, draw_intervals

TEXTS = st.sampled_from(["", "로그선형", "<b>", "W" * 90, "对数线性模型" * 9]) | st.text(max_size=15)
KINDS = st.sampled_from(["", "a", "나"])
NUMBERS = st.floats(-9e11, 9e11) | st.integers(1 - 10**12, 10**12 - 1)


@st.composite
def intervals(draw: st.DrawFn, numbers: st.SearchStrategy[float]) -> Interval:
    low, middle, high = sorted(draw(numbers) for _ in range(3))
    ends = [end if draw(st.integers(0, 4)) else None for end in (low, high, middle)]
    return Interval(draw(TEXTS), ends[0], ends[1], ends[2], draw(KINDS))


@settings(deadline=None)
@given(st.lists(intervals(NUMBERS), min_size=1, max_size=6), st.sampled_from(["en", "ko", "zh"]))
def test_nothing_meets_or_leaves_the_paper(rows: list[Interval], lang: str) -> None:
    for figure in draw_intervals(rows, title="t", lang=lang, envelope=(-5, 5)):
        check_picture(figure)


@settings(deadline=None)
@given(st.lists(intervals(st.floats(1e-9, 9e11)), min_size=1, max_size=6), st.sampled_from([320, 680]))
def test_nothing_meets_on_an_axis_of_magnitudes(rows: list[Interval], width: int) -> None:
    for figure in draw_intervals(rows, title="t", lang="en", log=True, width=width):
        check_picture(figure)


@settings(deadline=None)
@given(st.lists(st.builds(Bar, TEXTS, NUMBERS, KINDS), min_size=1, max_size=6))
def test_bars_stay_on_their_paper(bars: list[Bar]) -> None:
    for figure in draw_bars(bars, title="t", lang="zh"):
        check_picture(figure)


def test_bars_are_as_long_as_their_numbers() -> None:
    (figure,) = draw_bars([Bar("a", 10), Bar("b", 25)], title="t", lang="en")
    one, two = (mark.right - mark.left for mark in list_marks(figure) if mark.fill == TINT)
    assert two == pytest.approx(2.5 * one, abs=0.05)
    assert figure.rows == (("a", "10"), ("b", "25"))


@given(st.lists(st.floats(0.001, 1e9), min_size=2, max_size=9), st.booleans())
def test_axis_keeps_the_order_and_names_round_numbers(numbers: list[float], log: bool) -> None:
    axis = make_axis(numbers, 100, 600, log=log)
    places = [axis.place(number) for number in sorted(numbers)]
    assert all(one <= other for one, other in pairwise([100, *places, 600.0001]))
    ticks = list_ticks(axis, 680)
    assert all(one[0] < other[0] for one, other in pairwise(ticks))
    assert len(ticks) != 1


def test_envelope_is_drawn_and_said() -> None:
    rows = [Interval("a", 100, 300, 200), Interval("b", 150, 400)]
    (figure,) = draw_intervals(rows, title="t", lang="en", envelope=(100, 400))
    band = next(mark for mark in list_marks(figure) if mark.fill == WASH)
    (alone,) = draw_intervals([Interval("a", 100, 400)], title="t", lang="en", envelope=(100, 400))
    assert band.right - band.left > 300
    assert "all ranges together 100 – 400" in {box.text for box in list_texts(figure)}
    assert figure.rows == (("a", "100", "200", "300"), ("b", "150", "", "400"))
    assert alone.head == ("Row", "Low", "High")


def test_an_end_nobody_knows_is_an_arrow_and_no_number() -> None:
    (closed,) = draw_intervals([Interval("a", 10, 20)], title="t", lang="en")
    (opened,) = draw_intervals([Interval("a", 10, None)], title="t", lang="en")
    assert (opened.svg.count("<polygon"), opened.svg.count("10 – …")) == (closed.svg.count("<polygon") + 1, 1)


def test_many_rows_go_on_on_further_pages_and_too_many_are_refused() -> None:
    pages = draw_bars([Bar(f"row {at}", at) for at in range(MOST)], title="All", lang="ko")
    assert sum(len(page.rows) for page in pages) == MOST
    assert all(page.height <= 900 for page in pages)
    with pytest.raises(OnggiError, match="figures.many"):
        draw_bars([Bar("x", 1)] * (MOST + 1), title="t", lang="en")


def test_no_row_no_figure() -> None:
    assert draw_bars([], title="t", lang="en") == draw_intervals([], title="t", lang="en") == ()


@pytest.mark.parametrize(
    ("id", "row", "log"),
    [
        ("figures.plot.number", Interval("x", float("nan"), 2), False),
        ("figures.plot.number", Interval("x", 1, float("inf")), False),
        ("figures.plot.number", Interval("x", 1, 1e12), False),
        ("figures.plot.number", Interval("x", 0, 2), True),
        ("figures.plot.reversed", Interval("x", 3, 2), False),
        ("figures.plot.reversed", Interval("x", 1, 2, 3), False),
    ],
)
def test_what_no_axis_holds_is_refused(id: str, row: Interval, log: bool) -> None:
    with pytest.raises(OnggiError) as refused:
        draw_intervals([Interval("well", 1, 2), row], title="t", lang="en", log=log)
    assert (refused.value.id, refused.value.values) == (id, {"row": 2})


def test_reversed_envelope_is_refused() -> None:
    with pytest.raises(OnggiError, match="figures.plot.reversed"):
        draw_intervals([Interval("x", 1, 2)], title="t", lang="en", envelope=(2, 1))


def test_numbers_are_written_as_people_read_them() -> None:
    written = [write_count(number) for number in (0, 12345, 12345.0, -1234.56, 0.125, 99.96)]
    assert written == ["0", "12,345", "12,345", "-1,235", "0.125", "100"]
