"""A number in letters is what people say, and is read back as that number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.model.lettered import say_chinese, say_english, say_korean, say_native, say_ordinal, say_year
from onggi.model.numerals import read_number

_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟两兩萬", "一二二三三四五六六七八九十百千二二万")


def count_myriads(said: str, sign: str) -> int | None:
    """A numeral of Korean or Chinese up to a hundred million, read by its parts."""
    many, myriad, rest = said.rpartition(sign)
    head = read_number(many) if many else ("1" if myriad else "0")
    tail = read_number(rest.removeprefix("零") or "〇")
    return None if head is None or tail is None else int(head) * 10_000 + int(tail)


@given(st.integers(1, 99_999_999))
def test_korean_is_read_back(number: int) -> None:
    for said in say_korean(number):
        assert count_myriads(said, "만") == number, said


@given(st.integers(1, 99_999_999))
def test_chinese_is_read_back(number: int) -> None:
    ways = say_chinese(number)
    read = {way: count_myriads(way.translate(_FORMAL), "万") for way in ways}
    wrong = {way for way, value in read.items() if value != number}
    # For short, the last unit is not said: 一万八, 两千五.
    unit = "百" if number % 1_000 else "千"
    assert all(count_myriads(f"{way.translate(_FORMAL)}{unit}", "万") == number for way in wrong), wrong
    assert set(ways) != wrong


@pytest.mark.parametrize(
    ("number", "english", "korean", "chinese"),
    [
        (101, "one hundred and one", "백일", "一百零一"),
        (1_050, "one thousand and fifty", "천오십", "一千零五十"),
        (10_500, "ten thousand five hundred", "만오백", "一万零五百"),
        (18_000, "eighteen thousand", "만팔천", "一万八"),
        (22_000, "twenty two thousand", "이만이천", "两万二千"),
        (105_000, "one hundred and five thousand", "십만오천", "十万五千"),
        (30_000, "thirty thousand", "삼만", "叁万"),
        (60_000, "sixty thousand", "륙만", "六萬"),
    ],
)
def test_each_language_says_it_as_people_do(number: int, english: str, korean: str, chinese: str) -> None:
    assert english in say_english(number)
    assert korean in say_korean(number)
    assert chinese in say_chinese(number)


@given(st.integers(1, 99_999_999))
def test_english_is_told_apart(number: int) -> None:
    """By the words alone: each number has its own, and no word twice in a row."""
    for said in say_english(number):
        words = said.split()
        assert all(one != other for one, other in zip(words, words[1:], strict=False)), said
        assert _read_english(words) == number


@pytest.mark.parametrize(
    ("number", "alone", "before"),
    [
        (1, "하나", "한"),
        (20, "스물", "스무"),
        (24, "스물넷", "스물네"),
        (34, "서른넷", "서른네"),
        (15, "열다섯", "열다섯"),
    ],
)
def test_native_words_count_up_to_ninety_nine(number: int, alone: str, before: str) -> None:
    ways = say_native(number)
    assert (ways[0], ways[-1]) == (alone, before)
    assert say_native(100) == () == say_native(0)


@pytest.mark.parametrize(
    ("day", "said"),
    [(1, "first"), (12, "twelfth"), (20, "twentieth"), (21, "twenty first"), (30, "thirtieth")],
)
def test_days_are_said_as_ordinals(day: int, said: str) -> None:
    assert say_ordinal(day) == said


@pytest.mark.parametrize(
    ("year", "ways"),
    [
        (
            2013,
            (
                "twenty thirteen",
                "two thousand thirteen",
                "이천십삼년",
                "二零一三年",
                "二〇一三年",
                "两千零一十三年",
            ),
        ),
        (1998, ("nineteen ninety eight", "천구백구십팔년", "一九九八年")),
        (2005, ("twenty oh five", "이천오년", "二零零五年")),
    ],
)
def test_years_are_read_out(year: int, ways: tuple[str, ...]) -> None:
    assert set(ways) <= set(say_year(year))
    assert "two thousand" not in say_year(2000)


@pytest.mark.parametrize("number", [0, -1, 100_000_000])
def test_what_is_out_of_range_is_not_said(number: int) -> None:
    assert say_english(number) == say_korean(number) == say_chinese(number) == ()


_SMALL = {say_english(number)[0]: number for number in range(1, 20)}
_TENS = {say_english(number)[0]: number for number in range(20, 100, 10)}


def _read_english(words: list[str]) -> int:
    total = part = 0
    for word in words:
        if word == "hundred":
            part *= 100
        elif word in ("thousand", "million"):
            total, part = total + part * (1_000 if word == "thousand" else 1_000_000), 0
        elif word != "and":
            part += _SMALL.get(word) or _TENS[word]
    return total + part
