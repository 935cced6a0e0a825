"""Marks in long words change nothing else, and no column is narrower than its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.paper.breaking import (
    MARK,
    hold_dots,
    mark_code,
    mark_words,
    measure_longest,
    measure_width,
    share_width,
)

SHARES = st.lists(st.integers(1, 100), min_size=1, max_size=12)


def test_code_is_marked_after_every_fourth_letter() -> None:
    assert mark_code("0f343b0931") == f"0f34{MARK}3b09{MARK}31"


def test_letter_and_its_mark_stay_together() -> None:
    assert mark_code("abcde\u0306f") == f"abcd{MARK}e\u0306f"
    assert mark_code("abcd\u0306ef") == f"abcd\u0306{MARK}ef"


def test_words_of_a_language_are_not_marked() -> None:
    text = "Internationalisation of the counterrevolutionaries 개인정보보호위원회 中华人民共和国公安部"
    assert mark_words(text) == text


def test_long_address_is_marked() -> None:
    assert MARK in mark_words("see example.org/a/very/long/address/that/no/line/holds now")


@given(st.text(alphabet=st.characters(exclude_characters=MARK)))
def test_marks_change_nothing_else(text: str) -> None:
    assert mark_code(text).replace(MARK, "") == text
    assert mark_words(text, 5).replace(MARK, "") == text


def test_no_line_begins_with_a_dot() -> None:
    assert hold_dots("grade C3 · heard · 3·1") == "grade C3\u00a0· heard\u00a0· 3·1"


def test_longest_part_ends_at_a_space_or_a_mark() -> None:
    assert measure_longest("aa bbbb cc") == pytest.approx(4 * 0.66)
    assert measure_longest(f"aa{MARK}bbbb") == pytest.approx(4 * 0.66)
    assert measure_longest("") == 0.0


def test_hangul_is_wider_than_latin() -> None:
    assert measure_width("함경북도") == 4.0
    assert measure_width("abcd") < 4.0


@given(SHARES, st.data())
def test_no_column_gets_less_than_it_needs(shares: list[int], data: st.DataObject) -> None:
    least = data.draw(st.lists(st.floats(0, 8), min_size=len(shares), max_size=len(shares)))
    widths = share_width(shares, least, 46.0)
    assert all(width >= need - 0.001 for width, need in zip(widths, least, strict=True))
    if sum(least) < 46.0:
        assert sum(widths) == pytest.approx(46.0, abs=0.01)


def test_shares_are_kept_where_they_do() -> None:
    assert share_width([1, 3], [2.0, 2.0], 40.0) == [10.0, 30.0]
    assert share_width([1, 9], [8.0, 2.0], 40.0) == [8.0, 32.0]
