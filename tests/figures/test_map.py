"""Maps: nothing finer than was said, areas that are true, and a table that says the same."""

from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.figures.picture import SPACE, check_picture, list_texts, read_picture

from onggi.errors import OnggiError
from onggi.figures.conic import EAST, NORTH, RADIUS, SOUTH, WEST, project, ring_around
from onggi.figures.map import FINEST, Spot, draw_map

LABELS = st.sampled_from(["", "료녕성", "<b>", "W" * 90, "内蒙古自治区" * 9]) | st.text(max_size=12)
SPOTS = st.builds(
    Spot,
    LABELS,
    LABELS,
    LABELS,
    st.none() | st.floats(95, 140),
    st.floats(20, 56),
    st.floats(FINEST, 2500),
    st.integers(1, 10**6),
    st.booleans(),
    st.booleans(),
)
TUMEN = Spot("Tumen", "city", "Jilin", 129.84, 42.97, 30.0, 3)


def test_what_is_finer_than_a_county_is_refused() -> None:
    for radius in (9.9, 0.0, None, -1.0, float("nan")):
        with pytest.raises(OnggiError) as caught:
            draw_map([Spot("x", "", "", 129.84, 42.97, radius, 1)], title="t", lang="en")
        assert caught.value.id == "figures.map.fine"


@settings(deadline=None, max_examples=20, phases=[Phase.explicit, Phase.generate])
@given(
    st.lists(SPOTS, min_size=1, max_size=12), st.sampled_from(["en", "ko", "zh"]), st.sampled_from([320, 680])
)
def test_nothing_meets_or_leaves_the_paper(spots: list[Spot], lang: str, width: int) -> None:
    for figure in draw_map(spots, title="t", lang=lang, width=width):
        check_picture(figure)
        assert figure.height <= 902
        assert len(figure.rows) == len(spots)


def test_equal_input_gives_equal_bytes_and_the_table_what_is_drawn() -> None:
    spots = [
        TUMEN,
        Spot("Guangxi", "province", "China", 109.11, 23.44, 550.0, 1),
        Spot("China", "country", "", None, None, None, 2),
    ]
    [figure] = draw_map(spots, title="t", lang="en")
    assert draw_map(spots, title="t", lang="en")[0].svg == figure.svg
    assert [box.text for box in list_texts(figure) if "Tumen" in box.text] == ["1 Tumen (3)"]
    assert "Guangxi" not in figure.svg and "China" not in figure.svg
    assert figure.rows[0] == ("1", "Tumen", "city", "Jilin", "30", "3", "")
    assert "outside" in figure.rows[1][-1] and "no coordinates" in figure.rows[2][-1].lower()


def test_without_anything_to_draw_there_is_no_map() -> None:
    assert draw_map([], title="t", lang="en") == ()
    assert draw_map([Spot("China", "country", "", None, None, None, 2)], title="t", lang="en") == ()


def test_doubt_breaks_the_ring_and_says_so() -> None:
    for uncertain in (False, True):
        spot = Spot("Tumen", "city", "", 129.84, 42.97, 30.0, 3, uncertain, conflict=True)
        [figure] = draw_map([spot], title="t", lang="en")
        rings = [mark for mark in read_picture(figure).iter(SPACE + "path") if mark.get("stroke-dasharray")]
        assert len(rings) == uncertain
        sign = "?" if uncertain else ""
        assert f"1 Tumen{sign} ≠ (3)" in [box.text for box in list_texts(figure)]
        assert ("doubt" in figure.rows[0][-1]) == uncertain and "contradict" in figure.rows[0][-1]


def test_a_map_is_never_nearer_than_five_hundred_kilometres() -> None:
    [figure] = draw_map([TUMEN], title="t", lang="en")
    texts = [box.text for box in list_texts(figure)]
    assert any("100" in text and "km" in text for text in texts)


def test_no_line_is_drawn_where_the_shapes_were_cut() -> None:
    from onggi.figures.coasts import list_edges

    frame = (-1500.0, -1500.0, 1500.0, 1500.0)
    west = [project(WEST, lat) for lat in range(int(SOUTH) + 1, int(NORTH))]
    for line in list_edges(frame, 1.0):
        for start, end in pairwise(line):
            middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
            if hypot(end[0] - start[0], end[1] - start[1]) > 60:
                assert min(hypot(middle[0] - x, middle[1] - y) for x, y in west) > 5, (start, end)


@given(st.floats(WEST, EAST - 1), st.floats(SOUTH, NORTH - 1))
def test_areas_are_true(lon: float, lat: float) -> None:
    """A degree by a degree, by its exact area on the sphere."""
    corners = [(lon + at / 40, lat) for at in range(41)] + [(lon + 1 - at / 40, lat + 1) for at in range(41)]
    points = [project(*corner) for corner in corners]
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]]))
    exact = RADIUS**2 * radians(1) * (sin(radians(lat + 1)) - sin(radians(lat)))
    assert abs(twice / 2) == pytest.approx(exact, rel=1e-4)


@given(st.floats(WEST, EAST), st.floats(SOUTH, NORTH), st.floats(10, 2000))
def test_a_ring_is_as_far_everywhere(lon: float, lat: float, distance: float) -> None:
    for x, y in ring_around(lon, lat, distance, 12):
        half = (
            sin(radians(y - lat) / 2) ** 2
            + cos(radians(lat)) * cos(radians(y)) * sin(radians(x - lon) / 2) ** 2
        )
        assert 2 * RADIUS * asin(sqrt(half)) == pytest.approx(distance, rel=1e-6)


def test_north_is_up_and_the_middle_is_in_the_middle() -> None:
    assert project((WEST + EAST) / 2, (SOUTH + NORTH) / 2) == pytest.approx((0, 0), abs=1e-6)
    assert project(124.5, 50)[1] < 0 < project(124.5, 40)[1] and project(120, 43)[0] < 0
