"""Syllables, the initial law, and what neighbours do to one another (docs/design/names.md §1, §2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.names.hangul import (
    fold_syllables,
    join_sounds,
    join_syllable,
    list_members,
    slur_sounds,
    soften_start,
    split_syllable,
)

SYLLABLES = st.integers(0xAC00, 0xD7A3).map(chr)


@given(SYLLABLES)
def test_a_syllable_comes_back_from_its_parts(syllable: str) -> None:
    assert join_syllable(*split_syllable(syllable)) == syllable


@pytest.mark.parametrize(
    ("north", "south"),
    [
        ("리", "이"),
        ("려", "여"),
        ("류", "유"),
        ("림", "임"),
        ("량", "양"),
        ("룡", "용"),
        ("로", "노"),
        ("라", "나"),
        ("뢰", "뇌"),
        ("녀", "여"),
        ("니", "이"),
        ("나", "나"),
        ("김", "김"),
    ],
)
def test_initial_law(north: str, south: str) -> None:
    assert soften_start(north) == south
    assert fold_syllables(north) == south


def test_the_south_keeps_what_stands_inside_and_a_class_does_not() -> None:
    assert soften_start("리련희") == "이련희"
    assert fold_syllables("리련희") == "이연희"


@given(SYLLABLES)
def test_members_of_a_class_share_it(syllable: str) -> None:
    folded = fold_syllables(syllable)
    assert fold_syllables(folded) == folded
    assert syllable in list_members(folded)
    assert {fold_syllables(member) for member in list_members(folded)} == {folded}


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("학렬", "항녈"),
        ("덕룡", "덩뇽"),
        ("국민", "궁민"),
        ("창룡", "창뇽"),
        ("천룡", "철룡"),
        ("일남", "일람"),
        ("정일", "정일"),
        ("영희", "영희"),
    ],
)
def test_neighbours_change_one_another(written: str, heard: str) -> None:
    (onset, nucleus, coda), (second, middle, last) = map(split_syllable, written)
    coda, second = join_sounds(coda, second)
    assert join_syllable(onset, nucleus, coda) + join_syllable(second, middle, last) == heard


def test_quick_speech_moves_a_coda_and_loses_h() -> None:
    assert slur_sounds("ㄴ", "ㅇ") == ("", "ㄴ")
    assert slur_sounds("ㄹ", "ㅎ") == ("", "ㄹ")
    assert slur_sounds("ㄱ", "ㅎ") == ("", "ㅋ")
    assert slur_sounds("ㅇ", "ㅇ") == ("ㅇ", "ㅇ")
