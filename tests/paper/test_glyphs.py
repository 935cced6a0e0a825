"""A text as it stands on a page."""

from hypothesis import given
from hypothesis import strategies as st

from onggi.paper.glyphs import find_undrawn, show_text


def test_signs_without_shape_are_left_out() -> None:
    assert show_text("a\u200bb\u200d\ufeffc\u00add\ufe0fe") == "abcde"


def test_turned_letters_stand_in_the_order_they_were_written() -> None:
    assert show_text("name: \u202eihgnuoY iR\u202c") == "name: ihgnuoY iR"


def test_line_ends_are_newlines_and_tabs_are_spaces() -> None:
    assert show_text("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"


def test_forms_of_a_name_are_not_dropped() -> None:
    assert find_undrawn(show_text("辻\U000e0101")) == "\U000e0101"


@given(st.text())
def test_shown_text_stays_as_it_is(text: str) -> None:
    assert show_text(show_text(text)) == show_text(text)
