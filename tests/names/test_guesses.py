"""What a part of a name can be, looked up: for keys (§9)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onggi.names.guesses import guess_given, guess_surname, guess_syllable
from onggi.names.hangul import fold_syllables
from onggi.names.priors import load_priors
from onggi.names.romanise import spell_given, spell_surname
from onggi.names.surnames import is_long, read_surname
from onggi.names.systems import MARKS, load_system

SYSTEMS = ["revised", "mccune", "north", "yale", "popular", "kontsevich", "koryo", "kana"]
FREQUENT = sorted(folded for folded, chance in load_priors().second.items() if chance > 1e-3)


def tell_marks(spelling: str) -> str:
    """The marks that a spelling shows."""
    return "".join(
        sorted(mark for mark, letters in MARKS.items() if any(map(spelling.__contains__, letters)))
    )


@settings(deadline=None)  # tables are read when first asked
@given(st.sampled_from(FREQUENT), st.sampled_from(SYSTEMS))
def test_a_frequent_syllable_is_guessed_from_its_usual_spelling(syllable: str, id: str) -> None:
    system = load_system(id)
    spelled = spell_given(syllable, system)
    (usual,) = max(spelled, key=lambda parts: spelled[parts])
    found = guess_syllable(system.script, tell_marks(usual), usual, False)
    assert fold_syllables(syllable) in dict(found), usual


@pytest.mark.parametrize(
    ("script", "marks", "parts", "name"),
    [
        ("latin", "", ("young", "hee"), "영희"),
        ("latin", "", ("younghee",), "영희"),
        ("latin", "˘", ("tŏng", "nyong"), "덕용"),
        ("latin", "", ("ying1", "ji1"), "영희"),
        ("latin", "", ("yingji",), "영희"),
        ("cyrillic", "¨", ("ён", "хи"), "영희"),
        ("kana", "", ("yoNhi",), "영희"),
        ("kana", "", ("sonyoN",), "선영"),
        ("kana", "", ("uno",), "은호"),
        ("latin", "", ("hui",), "희"),
        ("latin", "", ("go", "eun", "byeol"), "고은별"),
    ],
)
def test_a_given_name_is_guessed(script: str, marks: str, parts: tuple[str, ...], name: str) -> None:
    assert name in dict(guess_given(script, marks, parts))


@pytest.mark.parametrize(
    ("surname", "spellings"),
    [
        ("이", "lee yi rhee ri li i"),
        ("박", "pak park bak piao"),
        ("최", "choe choi cui"),
        ("정", "jong jung jeong chung zheng ding"),
        ("남궁", "namgung namgoong namkung nangong"),
        ("황보", "hwangbo whangbo huangfu"),
        ("선우", "sunwoo seonu xianyu"),
        ("제갈", "jegal chegal zhuge"),
        ("독고", "dokgo tokko dugu"),
    ],
)
def test_surnames_are_found_in_their_spellings(surname: str, spellings: str) -> None:
    for spelling in spellings.split():
        assert surname in dict(guess_surname("latin", "", spelling)), spelling


def test_surnames_in_other_scripts() -> None:
    assert dict(guess_surname("cyrillic", "", "цой"))["최"]
    assert dict(guess_surname("cyrillic", "", "хегай"))["허"]
    assert dict(guess_surname("cyrillic", "", "чжугэ"))["제갈"]
    assert dict(guess_surname("kana", "", "paku"))["박"]
    assert read_surname("latin", "", "smith") == {}


@settings(deadline=None)  # tables are read when first asked
@given(st.sampled_from(sorted(load_priors().surname)), st.sampled_from(SYSTEMS))
def test_every_surname_is_guessed_from_its_usual_spelling(surname: str, id: str) -> None:
    system = load_system(id)
    spelled = spell_surname(surname, system)
    usual = max(spelled, key=lambda spelling: spelled[spelling])
    if load_priors().surname[surname] > 1e-3:
        assert surname in dict(guess_surname(system.script, tell_marks(usual), usual)), usual


def test_what_is_not_spelled_out_is_not_guessed() -> None:
    assert guess_given("latin", "", ("xq",)) == ()
    assert guess_surname("latin", "", "smith") == ()
    assert guess_syllable("kana", "", "", True) == ()


def test_halves_of_two_long_surnames_are_none() -> None:
    assert is_long("latin", "", "namgung") and is_long("latin", "", "jegal")
    assert not is_long("latin", "", "namgal")
