"""What is told at a glance is what taking a text apart would tell (§7)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onggi.names.glance import glance_text
from onggi.names.reading import join_spelled
from onggi.names.split import list_cuts, sketch_text

LETTERS = ["kKoO'sS", "aŏŬi'", "mrMRdt.", "кКиЁён", "キムョーヨ", "김씨님양영희모"]
SEAMS = [" ", "-", "・", "'s ", ", ", "  "]


def check_glance(text: str) -> None:
    """Whether a glance, if it tells anything, tells what `split` does."""
    glance, sketch = glance_text(text), sketch_text(text)
    if glance is None:
        return
    assert (sketch.form, sketch.problem) == (None, None)
    script, marks, cuts, letters = glance
    assert {token.script for token in sketch.tokens} == {script} and sketch.marks == marks
    if script == "syllabic":
        assert [token.parts for token in sketch.tokens] == [(letters,)] and not cuts
    else:
        assert cuts == list_cuts(sketch.tokens) and letters == join_spelled(sketch.tokens)


@settings(deadline=None)  # tables are read when first asked
@given(st.sampled_from(LETTERS), st.data())
def test_a_glance_tells_what_taking_apart_tells(letters: str, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.text(letters, min_size=1, max_size=5), min_size=1, max_size=4))
    check_glance("".join(data.draw(st.sampled_from(SEAMS)) + word for word in words)[1:])


USUAL = [
    "Kim Yong-hui",
    "Kim Yong Hui",
    "kim yonghui",
    "Ch'oe Yŏng-hŭi",
    "O A Yong",
    "Ли Ён Хи",
    "Цой Ён-хи",
    "キム・ヨンヒ",
    "ワン・イー",
    "리영희",
    "김희",
]


@pytest.mark.parametrize("text", USUAL)
def test_usual_names_are_told_at_a_glance(text: str) -> None:
    assert glance_text(text) is not None
    check_glance(text)


OTHERS = [
    "Kim",
    "KIM Yong Hui",
    "Kim A-I",
    "Kim, Yong-hui",
    "Kim YongHui",
    "Lǐ Yīngjī",
    "Kim's Mother",
    "Major Kim",
    "the Kim Yong",
    "товарищ Ким",
    "Kim 영희",
    "ー・ヨンヒ",
    "영희씨",
    "김영희님",
    "小李",
    "",
    f"Kim {'a' * 80}",
]


@pytest.mark.parametrize("text", OTHERS)
def test_others_are_taken_apart(text: str) -> None:
    assert glance_text(text) is None
