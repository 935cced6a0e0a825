"""One person or two (§10): the same in other letters, apart where a syllable is, and calibrated."""

import math
import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.names.compare import compare
from onggi.names.hangul import fold_syllables
from onggi.names.priors import load_priors
from onggi.names.reading import read_name
from onggi.names.romanise import list_spellings
from onggi.words import known

SPELLINGS = [
    "리영희",
    "이영희",
    "李英姬",
    "Li Yingji",
    "Ri Yong Hui",
    "Lee Young-hee",
    "Yi Yŏng-hŭi",
    "Ri Yŏng Hŭi",
    "リ・ヨンヒ",
    "Ли Ён Хи",
]
SYSTEMS = ("revised", "mccune", "north", "popular", "kontsevich", "kana")


@pytest.mark.parametrize(("one", "other"), list(combinations(SPELLINGS, 2)))
def test_one_person_in_two_spellings(one: str, other: str) -> None:
    found = compare(one, other)
    assert found.score > 0.7
    assert found.shared[0].key == ("이", "영희")
    assert found.says == "names.compare.shared"


def test_the_reading_is_told_in_words() -> None:
    assert compare("Lee Young-hee", "李英姬").reading == "리영희 / 李英姬"
    assert compare("李英姬", "Lee Young-hee").reading == "리영희 / 李英姬"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("김영희", "김영호"),
        ("Kim Yong-hui", "Kim Yong-ho"),
        ("金英姬", "Kim Yong Ho"),
        ("キム・ヨンヒ", "김영호"),
        ("Ким Ён Хи", "Kim Young-ho"),
        ("김영희", "박영희"),
        ("Kim Young-hee", "Park Young-hee"),
        ("김영희", "김희영"),
        ("Kim Yong Hui", "Kim Hui Yong"),
        ("김순옥", "리복녀"),
        ("Jin Yingji", "Jin Yinghao"),
    ],
)
def test_two_people_who_look_alike(one: str, other: str) -> None:
    assert compare(one, other).score < 0.3


def test_sharing_a_frequent_surname_is_worth_little() -> None:
    assert compare("김", "Kim").score < compare("독고", "Dokgo").score
    assert compare("김", "Kim").score < 0.2


def test_sharing_a_rare_name_is_worth_more() -> None:
    assert compare("독고꽃분", "독고꽃분").evidence > compare("김영희", "김영희").evidence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("정몽구", "정몽준"),
        ("鄭夢準", "Chŏng Mong-ju"),
        ("Jeong Mong-gu", "チョン・モンジュ"),
        ("정몽구", "チョン・モンジュ"),
        ("郑梦九", "チョン・モンジュ"),
        ("김하늘", "박하늘"),
    ],
)
def test_kin_and_namesakes_stay_apart_however_rare_the_name(one: str, other: str) -> None:
    assert compare(one, other).score < 0.4


def test_characters_of_the_same_sound_are_weaker() -> None:
    same, alike = compare("李英姬", "李英姫"), compare("李英姬", "李榮熙")
    assert same.score > 0.95
    assert alike.score < 0.5 < compare("李英姬", "이영희").score


def test_mandarin_tells_characters_apart() -> None:
    assert compare("李英姬", "Li Yingji").evidence > compare("李英姬", "Li Rongxi").evidence + 3


def test_a_slip_is_nearer_than_another_name() -> None:
    assert compare("김영희", "김연희").evidence > compare("김영희", "김복희").evidence


def test_half_a_name_is_weaker_than_a_whole() -> None:
    half = compare("영희", "리영희")
    assert compare("리영희", "리영희").score > half.score > 0.1
    assert compare("김 씨", "Kim Yong Hui").score < 0.2


def test_kin_meet_only_their_like() -> None:
    assert compare("영희 엄마", "영희").says == "names.compare.kin"
    assert compare("영희 엄마", "영희").score < 0.01
    assert compare("영희 엄마", "英姬的妈妈").score > 0.3


def test_what_cannot_be_read_is_no_evidence() -> None:
    assert compare("John Smith", "김영희").evidence == 0
    assert compare("John Smith", "김영희").says == "names.compare.unread"
    assert compare("John Smith", "JOHN SMITH").score > 0.9
    assert compare("", "").score < 0.1


@given(st.sampled_from(SPELLINGS) | st.text(max_size=12), st.sampled_from(SPELLINGS) | st.text(max_size=12))
def test_the_order_of_two_does_not_matter(one: str, other: str) -> None:
    there, back = compare(one, other), compare(other, one)
    assert there.evidence == pytest.approx(back.evidence)
    assert 0 <= there.score <= 1
    assert known(there.says)


def test_a_name_may_be_given_for_its_text() -> None:
    assert compare(read_name("이영희"), read_name("Ri Yong Hui")) == compare("이영희", "Ri Yong Hui")


def test_pairs_are_told_apart_and_scores_are_calibrated() -> None:
    """Names by lot from our own tables, each spelled in two systems: a floor, not a measure."""
    dice = random.Random(7)
    pairs = [pair for _ in range(250) for pair in make_pairs(dice)]
    scores = [(compare(one, other).score, same) for one, other, same in pairs]
    assert measure_auc(scores) > 0.97
    error = 0.0
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = [
            (score, same) for score, same in scores if low <= score < low + 0.2 or score == low + 0.2 == 1
        ]
        error += abs(math.fsum(score - same for score, same in inside)) / len(scores)
    assert error < 0.08


def make_pairs(dice: random.Random) -> list[tuple[str, str, bool]]:
    """A name in two systems, and the first beside another name: by chance, or with all but a syllable."""
    priors = load_priors()

    def draw(chances: dict[str, float]) -> str:
        return dice.choices(list(chances), list(chances.values()))[0]

    surname, first, second = draw(dict(priors.surname)), draw(dict(priors.first)), draw(dict(priors.second))
    other = dice.choice(
        [
            (draw(dict(priors.surname)), draw(dict(priors.first)) + draw(dict(priors.second))),
            (surname, first + draw(dict(priors.second))),
        ]
    )
    one, another = dice.sample(SYSTEMS, 2)

    def spell(name: tuple[str, str], system: str) -> str:
        spellings = list_spellings(*name, system, dice.choice(["joined", "hyphen", "spaced"]))
        return dice.choices(list(spellings), list(spellings.values()))[0]

    told = spell((surname, first + second), one)
    pairs = [(told, spell((surname, first + second), another), True)]
    if fold_syllables("".join(other)) != fold_syllables(surname + first + second):
        pairs.append((told, spell(other, another), False))
    return pairs


def measure_auc(scores: list[tuple[float, bool]]) -> float:
    """The chance that a pair of one person scores above another; ties count half."""
    same = [score for score, one in scores if one]
    apart = [score for score, one in scores if not one]
    wins = sum((one > other) + (one == other) / 2 for one in same for other in apart)
    return wins / (len(same) * len(apart))


@pytest.mark.parametrize(
    ("one", "other"), [("習近平", "シー・ジンピン"), ("王毅", "ワン・イー"), ("이우환", "リ・ウーファン")]
)
def test_a_long_vowel_in_kana_is_more_often_chinese(one: str, other: str) -> None:
    found = compare(one, other)
    assert found.score > 0.3 and found.says == "names.compare.shared" and found.reading


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("루쉰", "魯迅"),
        ("왕치산", "王岐山"),
        ("왕치산", "Wáng Qíshān"),
        ("어우양위첸", "欧阳予倩"),
        ("歐陽予倩", "Ouyang Yuqian"),
        ("자오쯔양", "Чжао Цзыян"),
    ],
)
def test_hangul_as_mandarin_is_heard_meets_its_characters(heard: str, written: str) -> None:
    assert compare(heard, written).score > 0.9


def test_hangul_as_mandarin_is_heard_stays_apart_from_others() -> None:
    for heard, written in [
        ("왕치산", "王毅"),
        ("루쉰", "魯山"),
        ("어우양위첸", "欧阳修"),
        ("왕기산", "王其善"),
    ]:
        assert compare(heard, written).score < 0.5, heard


@pytest.mark.parametrize(
    ("read", "heard"),
    [("공리", "궁리"), ("주용기", "주룽지"), ("습근평", "시진핑"), ("장자이", "장쯔이")],
)
def test_hangul_as_characters_are_read_meets_hangul_as_they_are_heard(read: str, heard: str) -> None:
    assert compare(read, heard).score > 0.85


@pytest.mark.parametrize(
    ("read", "heard"),
    [("주용기", "주룽허"), ("습근평", "시진밍"), ("모택동", "마오쩌민"), ("이소룡", "리샤오밍")],
)
def test_of_these_two_one_syllable_apart_stays_apart(read: str, heard: str) -> None:
    assert compare(read, heard).score < 0.3


@pytest.mark.parametrize("name", ["안정성", "이신수", "장원자"])
def test_a_korean_name_that_could_be_heard_is_read_as_korean(name: str) -> None:
    likeliest = read_name(name).readings[0]
    assert likeliest.by == "hangul" and likeliest.logp > math.log(0.99)
