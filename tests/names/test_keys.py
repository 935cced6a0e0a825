"""Keys: equal for all spellings of one name, few, and apart for others (§9)."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onggi.names.keys import is_full, name_keys
from onggi.names.reading import read_fully, read_name
from onggi.names.romanise import spell_name
from onggi.names.syllabic import guess_hangul

SPELLINGS = [
    "리영희",
    "이영희",
    "李英姬",
    "Li Yingji",
    "Ri Yong Hui",
    "Lee Young-hee",
    "Yi Yŏng-hŭi",
    "リ・ヨンヒ",
    "Ли Ён Хи",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_spellings_share_a_full_key(text: str) -> None:
    assert {"이|영희", "|영희"} <= name_keys(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Kim Hui", "김|희"),
        ("Kim Koo", "김|구"),
        ("Choe Hyon", "최|현"),
        ("Wang Wei", "왕|위"),
        ("Cui Jian", "최|건"),
        ("Ван Вэй", "왕|위"),
        ("キム・グ", "김|구"),
    ],
)
def test_a_given_name_of_one_syllable_has_its_key(text: str, key: str) -> None:
    assert key in name_keys(text)


def test_names_one_syllable_apart_share_no_full_key() -> None:
    for one, other in [("김영희", "김영호"), ("Kim Yong-hui", "Kim Yong-ho"), ("金英姬", "金英子")]:
        assert not any(map(is_full, name_keys(one) & name_keys(other)))


def test_kinds_of_keys() -> None:
    assert name_keys("김영희") == {"김|영희", "|영희"}
    assert name_keys("김") == {"김|"}
    assert name_keys("영희") >= {"|영희"}
    assert name_keys("영희 엄마") >= {"mother/|영희"}
    assert not any(map(is_full, name_keys("영희 엄마")))
    assert name_keys("John Smith") == name_keys("") == name_keys("😀") == frozenset()


def test_a_name_may_be_given_for_its_text() -> None:
    assert name_keys(read_name("Ri Yong Hui")) == name_keys("Ri Yong Hui")


@given(st.text(max_size=30) | st.text(alphabet="abcdeghijklmnoprstuwy -", max_size=30))
def test_keys_are_few(text: str) -> None:
    keys = name_keys(text)
    assert len(keys) <= 18
    assert sum(map(is_full, keys)) <= 12


@settings(deadline=None)  # tables are read when first asked
@given(
    st.sampled_from("영명경순옥금복화춘광"),
    st.sampled_from("희순옥자숙철호남일수"),
    st.sampled_from(["revised", "north", "mccune", "popular"]),
)
def test_keys_hold_the_likeliest_reading(first: str, second: str, system: str) -> None:
    text = spell_name("김", first + second, system)
    surname, given_name = read_name(text).readings[0].key
    assert f"{surname}|{given_name}" in name_keys(text)


@settings(deadline=None)  # tables are read when first asked
@given(st.text(alphabet="가나다리영희순옥남궁황보왕웨이야아유치산", min_size=1, max_size=5))
def test_what_is_soon_is_what_is_read(text: str) -> None:
    """Hangul has a shorter way to its keys; it leads to the readings that are found the long way."""
    readings = read_fully(text).readings
    if readings and readings[0].surname and readings[0].given:
        surname, given_name = readings[0].key
        assert f"{surname}|{given_name}" in name_keys(text)
    quick = dict(guess_hangul(text))
    if quick:
        first, likely = list(quick)[0], 1e-3 * max(quick.values())
        floor = readings[0].logp + math.log(1e-3)
        assert first == readings[0].key
        assert {key for key, chance in quick.items() if chance > likely} == {
            reading.key for reading in readings if reading.logp > floor
        }
        sooner = dict(guess_hangul(text, 1e-3))
        assert sooner.keys() >= {key for key, chance in quick.items() if chance > 2e-3 * quick[first]}


@pytest.mark.parametrize("word", ["전화로", "스스로"])
def test_what_is_heard_as_mandarin_in_part_only_is_read_as_korean(word: str) -> None:
    """로 is no syllable of a given name in Mandarin, and the rest of the word is."""
    assert name_keys(word) == name_keys(" ".join(word))
