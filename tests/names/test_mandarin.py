"""Mandarin syllables in every script, and the Korean syllables behind them (§6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.names.compare import compare
from onggi.names.mandarin import (
    cut_hangul,
    cut_pinyin,
    is_heard,
    is_mandarin,
    list_pinyin,
    load_pinyin,
    read_mandarin,
)
from onggi.names.tables import read_rows


@pytest.mark.parametrize(
    ("pinyin", "korean"),
    [("ying", "영"), ("ji", "희"), ("ji", "기"), ("xi", "희"), ("wei", "위"), ("hua", "화")],
)
def test_a_syllable_may_be_of_many(pinyin: str, korean: str) -> None:
    assert read_mandarin("latin", pinyin)[korean] > 0.01


def test_a_tone_tells_more_and_may_be_wrong() -> None:
    toned, plain = read_mandarin("latin", "ji1"), read_mandarin("latin", "ji")
    assert set(toned) == set(plain)
    assert toned["희"] / toned["제"] > plain["희"] / plain["제"]


def test_u_with_dots_may_be_written_otherwise() -> None:
    assert read_mandarin("latin", "lv") == read_mandarin("latin", "lyu") == read_mandarin("latin", "lü")
    assert list_pinyin("latin", "lv") == ("lü",)


def test_cuts_of_joined_letters() -> None:
    assert ("ying", "ji") in cut_pinyin("yingji")
    assert set(cut_pinyin("xian")) == {("xian",), ("xi", "an")}
    assert ("xi", "an") in cut_pinyin("xi'an")
    assert cut_pinyin("younghee") == ()


@pytest.mark.parametrize(
    ("pinyin", "hangul", "cyrillic"),
    [
        ("wang", "왕", "ван"),
        ("wei", "웨이", "вэй"),
        ("zhang", "장", "чжан"),
        ("xiao", "샤오", "сяо"),
        ("jiang", "장", "цзян"),
        ("qian", "첸", "цянь"),
        ("zhou", "저우", "чжоу"),
        ("guo", "궈", "го"),
        ("hui", "후이", "хуэй"),
        ("yu", "위", "юй"),
        ("ju", "쥐", "цзюй"),
        ("liu", "류", "лю"),
        ("zi", "쯔", "цзы"),
    ],
)
def test_mandarin_in_other_scripts(pinyin: str, hangul: str, cyrillic: str) -> None:
    assert pinyin in list_pinyin("hangul", hangul)
    assert pinyin in list_pinyin("cyrillic", cyrillic)


def test_hangul_is_cut_into_what_was_heard() -> None:
    assert ("왕", "웨이") in list(cut_hangul("왕웨이"))
    assert list(cut_hangul("김영희")) == []


def test_tables_speak_of_the_same_syllables() -> None:
    unknown = {row[0] for row in read_rows("mandarin")} - set(load_pinyin())
    assert len(unknown) < 20, "syllables whose characters no name has"
    assert is_mandarin("latin", "ying")
    assert not is_mandarin("latin", "young")


def test_a_syllable_of_rare_characters_is_one_none_the_less() -> None:
    assert "상" in read_mandarin("latin", "sang") and "상" in read_mandarin("latin", "sang1")
    assert compare("尹伊桑", "Yǐn Yīsāng").score > 0.9


@given(st.text(st.sampled_from("왕웨이시진핑리영희김장쯔"), max_size=5))
def test_what_can_be_heard_is_told_as_by_every_cut(text: str) -> None:
    assert is_heard(text) is any(len(cut) > 1 for cut in cut_hangul(text))
