"""A text that spells a name but for one letter (§10)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onggi.names.compare import compare
from onggi.names.lost import is_remnant
from onggi.names.romanise import spell_name
from onggi.names.split import sketch_text

SYSTEMS = st.sampled_from(["revised", "mccune", "north", "popular", "kontsevich", "koryo"])


@settings(deadline=None)  # tables are read when first asked
@given(st.sampled_from("김박최정"), st.sampled_from(["영희", "철수", "은경"]), SYSTEMS, st.data())
def test_any_letter_may_be_lost(surname: str, given_name: str, id: str, data: st.DataObject) -> None:
    text = spell_name(surname, given_name, id)
    letters = [place for place, letter in enumerate(text) if letter.isalpha()]
    place = data.draw(st.sampled_from(letters[1:]))
    left = text[:place] + text[place + 1 :]
    assert is_remnant(sketch_text(left).tokens, surname, given_name), left


@pytest.mark.parametrize(
    ("one", "other"),
    [("Liu Nanki", "유남규"), ("Pi Jizhu", "배길수"), ("Ки Дже Док", "金濟德")],
)
def test_what_lost_a_letter_is_near(one: str, other: str) -> None:
    found = compare(one, other)
    assert found.says == "names.compare.near"
    assert compare("Kim Yong Hui", "박철수").score < 0.05 < found.score < 0.3


@pytest.mark.parametrize("text", ["Kim Yong-ho", "Kim Cholsu", "Pak Yonghui", "김영희", "Kim", ""])
def test_what_differs_in_more_is_not(text: str) -> None:
    assert not is_remnant(sketch_text(text).tokens, "김", "영희")
