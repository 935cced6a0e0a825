"""Every spelling of every syllable leads back to it (§4)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onggi.names.hangul import fold_syllables
from onggi.names.priors import load_priors
from onggi.names.reading import read_name
from onggi.names.romanise import spell_name
from onggi.names.systems import MARKS, load_system
from onggi.names.transduce import can_spell, cut_two, read_syllable, spell_syllable

SYLLABLES = st.integers(0xAC00, 0xD7A3).map(chr)
SYSTEMS = st.sampled_from(
    ["revised", "mccune", "north", "yale", "popular", "kontsevich", "koryo", "kana"],
)
ALL_MARKS = "".join(MARKS)


@given(SYLLABLES, SYSTEMS)
def test_every_syllable_comes_back_from_every_spelling(syllable: str, id: str) -> None:
    system = load_system(id)
    for spelling in spell_syllable(system, syllable):
        found = read_syllable(system.script, ALL_MARKS, spelling).get(id, ())
        assert syllable in {candidate[0] for candidate in found}, spelling


@settings(deadline=None)  # tables are read when first asked
@given(SYLLABLES, SYSTEMS)
def test_every_syllable_comes_back_as_a_name(syllable: str, id: str) -> None:
    text, folded = spell_name("김", syllable, id, "joined"), fold_syllables(syllable)
    name = read_name(text, limit=1000)
    if name.problem:  # likelier chance letters than a syllable that names hardly have
        assert load_priors().weigh_given(folded) < 1e-4, text
    else:
        assert ("김", folded) in {reading.key for reading in name.readings}, text


@given(SYLLABLES, st.sampled_from(["mccune", "north"]))
def test_every_syllable_comes_back_without_its_marks(syllable: str, id: str) -> None:
    plain = str.maketrans({"ŏ": "o", "ŭ": "u", "'": None})
    for spelling in spell_syllable(load_system(id), syllable):
        found = read_syllable("latin", "", spelling.translate(plain)).get(id, ())
        assert syllable in {candidate[0] for candidate in found}, spelling


def test_a_mark_that_is_shown_was_not_dropped() -> None:
    shown = {candidate[0] for candidate in read_syllable("latin", "˘", "yong")["mccune"]}
    hidden = {candidate[0] for candidate in read_syllable("latin", "", "yong")["mccune"]}
    assert "영" in hidden
    assert "영" not in shown
    assert "용" in shown & hidden


def test_chances_of_a_syllable_are_of_its_place() -> None:
    candidates = {row[0]: row for row in read_syllable("latin", "", "gi")["mccune"]}
    _, start, _, voiced, hard = candidates["기"]
    assert voiced > start == hard == 0.0


def test_what_no_system_spells_has_no_syllable() -> None:
    assert not can_spell("latin", "", "xq")
    assert read_syllable("latin", "", "xq") == {}
    assert read_syllable("latin", "", "") == {}
    assert read_syllable("latin", "", "a" * 40) == {}


def test_a_joined_name_is_cut_where_both_halves_can_be_spelled() -> None:
    assert ("yong", "hui") in list(cut_two("latin", "", "yonghui"))
    assert ("mun", "gi") in list(cut_two("latin", "'", "mun'gi"))
    assert list(cut_two("latin", "", "smith")) == []
