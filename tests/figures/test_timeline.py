"""Timelines: nothing invented, nothing hidden, nothing that runs into anything else."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.picture import check_picture, list_marks, list_texts, read_picture

from onggi.errors import OnggiError
from onggi.figures.days import LAST, split_day
from onggi.figures.ink import TINT
from onggi.figures.span import reach_span
from onggi.figures.timeline import MOST, Dating, Event, Mark, draw_timeline
from onggi.figures.timescale import list_ticks, make_timescale

TEXTS = st.text(max_size=40) | st.sampled_from(
    [
        "",
        "</text><script>alert(1)</script>",
        "리영희가 팔려 감",
        "被卖给中间人；两名证人说法不一",
        "W" * 200,
        "가" * 90,
        "\u202e\x00&#0;",
    ]
)


def write_day(number: int) -> str:
    return "{:04}-{:02}-{:02}".format(*split_day(number))


@st.composite
def datings(draw: st.DrawFn) -> Dating:
    near = st.integers(733_000, 736_000) | st.integers(0, LAST - 1)
    first, last = sorted((draw(near), draw(near)))
    if draw(st.booleans()):
        last = min(first + draw(st.sampled_from([0, 0, 6, 30, 364])), LAST - 1)
    earliest = write_day(first) if draw(st.integers(0, 5)) else None
    latest = write_day(last) if draw(st.integers(0, 5)) else None
    return Dating(earliest, latest, draw(TEXTS), draw(st.booleans()), draw(st.booleans()))


EVENTS = st.builds(
    Event,
    TEXTS,
    st.lists(datings(), max_size=4).map(tuple),
    st.sampled_from(["", "Victim", "국가의 대응"]),
    st.sampled_from(["", "act", "反应"]),
    st.booleans(),
)
MARKS = st.builds(Mark, st.integers(0, LAST - 1).map(write_day), TEXTS)


def test_a_narrow_picture_is_not_cut_into_less_than_it_has_room_for() -> None:
    days = ("2006-11-20", "2006-12-13", "2006-11-27")
    events = [Event("", tuple(Dating(None, day) for day in days)), Event("0" * 13)]
    for figure in draw_timeline(events, title="", lang="en", marks=[Mark("0001-01-01", "")], width=0):
        check_picture(figure)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(EVENTS, min_size=1, max_size=6),
    st.lists(MARKS, max_size=4),
    st.sampled_from(["en", "ko", "zh"]),
    st.sampled_from([0, 320, 680, 1000]),
)
def test_nothing_meets_or_leaves_the_paper(
    events: list[Event], marks: list[Mark], lang: str, width: int
) -> None:
    figures = draw_timeline(events, title="<Title> & 제목", lang=lang, marks=marks, width=width, height=500)
    for figure in figures:
        check_picture(figure)
    assert sum(len(figure.rows) for figure in figures) == sum(max(len(event.datings), 1) for event in events)


@given(
    st.lists(st.tuples(st.integers(0, LAST - 1), st.integers(1, 4000)), min_size=1, max_size=12),
    st.integers(0, LAST - 1),
    st.integers(0, 800),
    st.integers(0, 800),
    st.integers(0, 800),
)
def test_a_less_precise_date_contains_a_more_precise_one(
    spans: list[tuple[int, int]], day: int, length: int, before: int, after: int
) -> None:
    first, last = day, min(day + length, LAST - 1)
    wide = max(first - before, 0), min(last + after, LAST - 1)
    all_spans = [*((start, min(start + days, LAST)) for start, days in spans), (wide[0], wide[1] + 1)]
    scale = make_timescale(all_spans, 200, 650)
    narrow, broad = reach_span(scale, first, last), reach_span(scale, *wide)
    assert broad.left <= narrow.left <= narrow.right <= broad.right


@given(st.lists(st.tuples(st.integers(0, LAST - 1), st.integers(1, 4000)), min_size=1, max_size=12))
def test_time_runs_one_way_and_labels_of_ticks_keep_apart(spans: list[tuple[int, int]]) -> None:
    scale = make_timescale([(start, min(start + days, LAST)) for start, days in spans], 200, 650)
    days = sorted({day for start, length in spans for day in (start, min(start + length, LAST))})
    places = [scale.place(day) for day in days]
    assert all(200 <= place <= 650.001 for place in places)
    assert all(one < other for one, other in pairwise(places))
    ticks = list_ticks(scale, 680)
    assert all(one.x < other.x and one.label < other.label for one, other in pairwise(ticks))


@pytest.mark.parametrize("years", [1, 3, 10, 40, 900, 9990])
def test_every_scale_has_ticks(years: int) -> None:
    assert len(list_ticks(make_timescale([(0, 366 * years)], 200, 650), 680)) >= 2


def test_equal_lengths_are_equal_times_on_both_sides_of_a_cut() -> None:
    year = 365
    born, case = 1955 * year, 2010 * year
    scale = make_timescale(
        [(born, born + year), *((case + at * 90, case + at * 90 + 1) for at in range(9))], 0, 500
    )
    assert len(scale.list_folds()) == 1
    one, other = (scale.place(at + year) - scale.place(at) for at in (born, case))
    assert one == pytest.approx(other)


def test_two_days_far_apart_are_not_cut() -> None:
    assert make_timescale([(0, 1), (9000, 9001)], 0, 500).list_folds() == []


def test_a_year_is_as_wide_as_the_year() -> None:
    year = Event("year", (Dating("2010-01-01", "2010-12-31"),))
    both = Event("two years", (Dating("2010-01-01", "2011-12-31"),))
    (figure,) = draw_timeline([year, both], title="t", lang="en")
    one, two = sorted(mark.right - mark.left for mark in list_marks(figure) if mark.fill == TINT)[-2:]
    assert two - 2 == pytest.approx(2 * (one - 2), abs=0.1)


def test_unknown_date_is_listed_and_never_drawn() -> None:
    known = Event("known", (Dating("2010-01-01", "2010-12-31"),))
    pages = [draw_timeline(events, title="t", lang="en")[0] for events in ([known], [Event("lost"), known])]
    drawn = [sum(mark.fill == TINT for mark in list_marks(page)) for page in pages]
    assert drawn[0] == drawn[1]
    texts = [box.text for box in sorted(list_texts(pages[1]), key=lambda box: box.top)]
    assert texts.index("known") < texts.index("Date not known") < texts.index("lost")
    assert pages[1].rows[-1] == ("lost", "", "", "date not known")


def test_only_unknown_dates_have_no_axis() -> None:
    (figure,) = draw_timeline([Event("lost"), Event("gone")], title="t", lang="ko")
    assert {box.text for box in list_texts(figure)} == {"날짜를 모름", "날짜 모름", "lost", "gone"}


def test_contradicting_sources_stand_side_by_side() -> None:
    datings = (Dating("2012-01-01", "2012-12-31", "S-B"), Dating("2010-01-01", "2010-12-31", "S-A"))
    (figure,) = draw_timeline([Event("Left home", datings, conflict=True)], title="t", lang="en")
    texts = {box.text: box for box in list_texts(figure)}
    assert texts["2010 · S-A"].top > texts["2012 · S-B"].top
    assert sum(box.text == "Left home" for box in list_texts(figure)) == 1
    assert "sources contradict each other" in texts
    assert [row[-1] for row in figure.rows] == ["sources contradict each other"] * 2


def test_rows_stand_by_lane_and_earliest_day() -> None:
    events = [
        Event("c", (Dating("2012-05-01", "2012-05-01"),), "one"),
        Event("until", (Dating(None, "2011-01-01"),), "one"),
        Event("b", (Dating("2010-01-01", "2010-12-31"), Dating("2009-01-01", "2009-12-31")), "two"),
        Event("a", (Dating("2009-06-01", "2009-06-30"),), "one"),
    ]
    (figure,) = draw_timeline(events, title="t", lang="en", lanes=["two"])
    order = [
        box.text for box in sorted(list_texts(figure), key=lambda box: box.top) if len(box.text) in (1, 5)
    ]
    assert order == ["b", "a", "until", "c"]


def test_pages_share_one_scale_and_keep_every_row() -> None:
    events = [
        Event(f"row {at}", (Dating("2010-01-01", f"2010-12-{at % 31 + 1:02}"),), f"lane {at % 3}")
        for at in range(500)
    ]
    pages = draw_timeline(events, title="All", lang="en")
    assert len(pages) > 5
    assert sum(len(page.rows) for page in pages) == 500
    assert all(page.height <= 900 for page in pages)
    assert pages[0].title == f"All (1 of {len(pages)})"
    ticks = [
        {(box.left, box.text) for box in list_texts(page) if box.text.startswith("2010-")} for page in pages
    ]
    assert len({frozenset(one for one in page if len(one[1]) == 7) for page in ticks}) == 1


def test_one_event_with_very_many_datings_goes_on_under_its_label() -> None:
    dates = tuple(Dating(f"20{at:02}-01-01", None, f"S-{at}") for at in range(90))
    pages = draw_timeline([Event("label", dates)], title="t", lang="en")
    assert all(page.height <= 900 for page in pages)
    assert sum(box.text == "label" for page in pages for box in list_texts(page)) == 5


def test_hostile_text_stays_text() -> None:
    said = "</text><script>alert(1)</script>\x00\ud800\u202e<![CDATA[ &amp; \"'"
    events = [
        Event(said, (Dating("2010-01-01", "2010-12-31", said), Dating()), said, said),
        Event("", lane="x"),
    ]
    (figure,) = draw_timeline(events, title=said, lang="en", marks=[Mark("2010-05-05", said)], width=5000)
    check_picture(figure)
    cleaned = "</text><script>alert(1)</script><![CDATA[ &amp; \"'"
    assert read_picture(figure)[0].text == figure.title == cleaned
    assert any(box.text == cleaned for box in list_texts(figure))
    assert cleaned in figure.rows[0]


def test_ten_thousand_characters_are_cut_in_the_picture_and_whole_in_the_table() -> None:
    said = "가나다 " * 2500
    (figure,) = draw_timeline([Event(said, (Dating("2010-01-01", "2010-01-01"),))], title="t", lang="ko")
    assert len(figure.svg) < 4000
    assert figure.rows[0][0] == said.strip()
    assert any(box.text.endswith("…") for box in list_texts(figure))


def test_no_event_no_figure() -> None:
    assert draw_timeline([], title="t", lang="en") == ()


@pytest.mark.parametrize(
    ("id", "dating"),
    [
        ("figures.day", Dating("2011-02-29", None)),
        ("figures.day", Dating("2010", "2011")),
        ("figures.day", Dating(None, "2010-13-01")),
        ("figures.day", Dating("２010-01-01", None)),
        ("figures.reversed", Dating("2011-01-02", "2011-01-01")),
    ],
)
def test_what_is_no_time_is_refused_with_its_row(id: str, dating: Dating) -> None:
    with pytest.raises(OnggiError) as refused:
        draw_timeline(
            [Event("well", (Dating("2010-01-01", None),)), Event("ill", (dating,))], title="t", lang="en"
        )
    assert (refused.value.id, refused.value.values) == (id, {"row": 2})


def test_too_much_is_refused() -> None:
    with pytest.raises(OnggiError, match="figures.many"):
        draw_timeline([Event("x")] * (MOST + 1), title="t", lang="en")
    with pytest.raises(OnggiError, match="figures.kinds"):
        draw_timeline([Event("x", kind=str(at)) for at in range(7)], title="t", lang="en")


@pytest.mark.parametrize("day", ["0000-01-01", "0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_can_be_drawn(day: str) -> None:
    (figure,) = draw_timeline([Event("edge", (Dating(day, day),))], title="t", lang="en")
    check_picture(figure)
