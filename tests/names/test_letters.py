"""Scripts told apart, marks and tones read off, kana as letters (§4, §6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.names.letters import clean_text, plain_cyrillic, plain_kana, plain_latin, script_of, write_kana


@pytest.mark.parametrize(
    ("char", "script"),
    [
        ("영", "hangul"),
        ("英", "hanja"),
        ("𠮷", "hanja"),
        ("Y", "latin"),
        ("ŏ", "latin"),
        ("Ё", "cyrillic"),
        ("ヨ", "kana"),
        ("よ", "kana"),
        ("ー", "kana"),
        ("ㅎ", ""),
        ("1", ""),
        ("م", ""),
        ("😀", ""),
        ("ก", ""),
    ],
)
def test_script_of_a_character(char: str, script: str) -> None:
    assert script_of(char) == script


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Yŏnghŭi", "yŏnghŭi"),
        ("Yǒnghǔi", "yŏnghŭi"),
        ("Yônghûi", "yŏnghŭi"),
        ("LEE", "lee"),
        ("Yīngjī", "yi1ngji1"),
        ("Lǚ", "lü3"),
        ("Lü", "lü"),
    ],
)
def test_latin_marks(text: str, plain: str) -> None:
    assert plain_latin(text) == plain


def test_what_typists_put_is_made_one() -> None:
    assert clean_text("Ch’oe Ch`ŏl‐su") == clean_text("Ch'oe Ch'ŏl-su") == "Ch'oe Ch'ŏl-su"
    assert clean_text("ﾘ･ﾖﾝﾋ") == "リ・ヨンヒ"
    assert clean_text("김\u200b영희") == "김영희"
    assert clean_text("李\ufe00英\U000e0100姬") == "李英姬"
    assert plain_cyrillic("ЁН") == plain_cyrillic("Е\u0308н") == "ён"


@pytest.mark.parametrize(
    ("kana", "letters"),
    [
        ("ヨンヒ", "yoNhi"),
        ("よんひ", "yoNhi"),
        ("チョル", "choru"),
        ("ジョンウン", "joNuN"),
        ("シン", "siN"),
        ("ウォン", "woN"),
        ("トゥ", "tu"),
        ("ファン", "hwaN"),
        ("クァン", "kwaN"),
        ("リー", "ri"),
    ],
)
def test_kana_as_letters(kana: str, letters: str) -> None:
    assert plain_kana(kana) == letters


@given(st.lists(st.sampled_from(["ka", "kyo", "si", "cho", "tu", "ru", "N", "hwa", "wo", "je", "a"])))
def test_letters_of_kana_can_be_written(morae: list[str]) -> None:
    letters = "".join(morae)
    assert plain_kana(write_kana(letters)) == letters
