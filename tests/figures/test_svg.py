"""The marks of SVG: texts stay texts, numbers have one spelling, and colours can be told apart."""

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.figures import ink
from onggi.figures.ink import PATTERNS, hatch_box
from onggi.figures.measure import clean_text, cut_text, measure_text, wrap_text
from onggi.figures.node import break_label
from onggi.figures.svg import draw, draw_picture, draw_text, write_number


def measure_light(colour: str) -> float:
    """The relative luminance of WCAG."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((measure_light(one), measure_light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@given(st.text(max_size=60))
def test_any_text_stays_text(text: str) -> None:
    svg = draw_picture(
        [draw_text(0, 0, text, 12), draw("rect", fill=text)], 9, 9, title=text, alt=text, lang="en"
    )
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own bytes
    assert [mark.tag.rpartition("}")[2] for mark in root] == ["title", "desc", "rect", "text", "rect"]
    assert {root[at].text or "" for at in (0, 1, 3)} == {root[4].attrib["fill"]} == {clean_text(text)}


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("a\u202eb\u2066c\u200d\ufeff", "abc"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("\ud800x\uffff", "x"),
        (" a\r\n\tb\u3000 ", "a b"),
        ("\u1112\u1161\u11ab", "한"),
        ("e" + "\u0301" * 5000, "é\u0301"),
        ("٠", "٠"),
    ],
)
def test_what_cannot_be_seen_is_left_out(given_: str, shown: str) -> None:
    assert clean_text(given_) == shown


@given(st.floats(-1e6, 1e6))
def test_numbers_have_one_spelling(number: float) -> None:
    written = write_number(number)
    assert float(written) == pytest.approx(number, abs=0.00501)
    assert written == write_number(float(written))
    assert "e" not in written and written != "-0"


@given(st.text(max_size=120).map(clean_text), st.integers(30, 200), st.integers(1, 4))
def test_lines_are_no_wider_than_they_may_be(text: str, width: int, lines: int) -> None:
    wrapped = wrap_text(text, 12, width, lines)
    assert len(wrapped) <= lines
    assert all(measure_text(line, 12) <= width or len(line) == 1 for line in wrapped)
    if wrapped and not wrapped[-1].endswith("…"):
        assert "".join(wrapped).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("남편의 가족에게 팔림", 70, ("남편의", "가족에게", "팔림")),
        ("被卖给中间人，后来又被转卖。", 76, ("被卖给中间", "人，后来又被", "转卖。")),
        ("Person P-BEQHA4V", 80, ("Person", "P-BEQHA4V")),
        ("long-term harm", 40, ("long-", "term", "harm")),
        ("2010-03-15 – 2011-01-01", 85, ("2010-03-15 –", "2011-01-01")),
    ],
)
def test_lines_break_where_readers_expect(text: str, width: int, lines: tuple[str, ...]) -> None:
    assert wrap_text(text, 12, width, 9) == lines


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert cut_text("abc", 10, 100) == "abc"
    assert cut_text("a" * 90, 10, 50).endswith("a…")
    assert wrap_text("가나다라마바사아자차카타파하", 10, 40, 2) == ("가나다라", "마바사…")


def test_no_sign_of_a_title_stands_alone_below_its_code() -> None:
    assert break_label("A-NVCTV9V 买卖人口") == ("A-NVCTV9V", "买卖人口")
    assert break_label("A-NVCTV9V Sale of a person") == ("A-NVCTV9V Sale", "of a person")


def test_korean_and_chinese_are_wider_than_latin() -> None:
    assert measure_text("리영희", 10) == measure_text("李英姬", 10) == 30
    assert measure_text("i", 10) < measure_text("n", 10) < measure_text("W", 10) < 10
    assert measure_text("é", 10) == measure_text("e\u0301", 10) == measure_text("e", 10)


@pytest.mark.parametrize("colour", ["INK", "SOFT", "LINE", "DEEP"])
@pytest.mark.parametrize("ground", ["PAPER", "WASH", "TINT"])
def test_what_means_something_stands_out(colour: str, ground: str) -> None:
    assert contrast(getattr(ink, colour), getattr(ink, ground)) >= (4.5 if ground != "TINT" else 4)


def test_texts_stand_out_more() -> None:
    assert min(contrast(ink.INK, ink.TINT), contrast(ink.SOFT, ink.PAPER)) >= 7


def test_patterns_differ_without_colour() -> None:
    drawn = [tuple(hatch_box(pattern, 0, 0, 40, 10)) for pattern in PATTERNS]
    assert all(one != other for one, other in combinations(drawn, 2))


@given(st.sampled_from(PATTERNS), st.floats(0, 200), st.floats(0, 40))
def test_patterns_stay_in_their_box(pattern: str, width: float, height: float) -> None:
    for x1, y1, x2, y2 in hatch_box(pattern, 10, 20, width, height):
        assert all(10 - 0.01 <= x <= 10 + width + 0.01 for x in (x1, x2)) or width < 5
        assert all(20 - 0.01 <= y <= 20 + height + 0.01 for y in (y1, y2))
