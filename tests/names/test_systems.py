"""The tables of spelling are whole, and each says what its source says (§4)."""

import pytest

from onggi.names.hangul import CODAS, NUCLEI, ONSETS
from onggi.names.romanise import list_spellings, spell_name
from onggi.names.systems import load_system, load_systems, share_styles
from onggi.names.tables import list_sheets

IDS = list_sheets("systems")


def test_there_are_eight_systems() -> None:
    assert IDS == ["kana", "kontsevich", "koryo", "mccune", "north", "popular", "revised", "yale"]


@pytest.mark.parametrize("id", IDS)
def test_a_system_spells_every_part(id: str) -> None:
    system = load_system(id)
    assert set(system.onset) == set(ONSETS)
    assert set(system.nucleus) == set(NUCLEI)
    assert set(system.coda) == set(CODAS)
    for part in (system.onset, system.nucleus, system.coda, system.syllable, system.surname):
        for letter, spellings in part.items():
            assert sum(weight for _, weight in spellings) == pytest.approx(1), letter


@pytest.mark.parametrize("script", ["latin", "cyrillic", "kana"])
def test_systems_of_a_script_share_its_texts(script: str) -> None:
    assert sum(system.weight for system in load_systems(script)) == pytest.approx(1)
    styles = [share_styles(script, "", style) for style in ("joined", "hyphen", "spaced")]
    assert sum(sum(shares.values()) for shares in styles) == pytest.approx(1)


# The examples of the sources themselves: 고시 2014-42 제3장 4; ALA-LC Korean table; Martin; Концевич.
@pytest.mark.parametrize(
    ("surname", "given", "id", "style", "text"),
    [
        ("민", "용하", "revised", "joined", "Min Yongha"),
        ("송", "나리", "revised", "hyphen", "Song Na-ri"),
        ("한", "복남", "revised", "joined", "Han Boknam"),
        ("안", "응렬", "mccune", "hyphen", "An Ŭng-nyŏl"),
        ("박", "목월", "mccune", "hyphen", "Pak Mog-wŏl"),
        ("김", "철원", "mccune", "hyphen", "Kim Ch'ŏr-wŏn"),
        ("김", "창룡", "mccune", "hyphen", "Kim Ch'ang-nyong"),
        ("리", "순신", "mccune", "hyphen", "Yi Sun-sin"),
        ("안", "복철", "north", "spaced", "An Pok Chŏl"),
        ("박", "동구", "north", "spaced", "Pak Tong Ku"),
        ("리", "영희", "north", "spaced", "Ri Yŏng Hŭi"),
        ("최", "룡해", "north", "spaced", "Choe Ryong Hae"),
        ("백", "선영", "yale", "hyphen", "Payk Sen-yeng"),
        ("최", "영희", "popular", "hyphen", "Choi Young-hee"),
        ("박", "근혜", "kontsevich", "spaced", "Пак Кын Хе"),
        ("리", "영희", "kontsevich", "spaced", "Ли Ён Хи"),
        ("최", "철원", "kontsevich", "spaced", "Чхве Чхор Вон"),
        ("김", "정일", "koryo", "spaced", "Ким Чен Ир"),
        ("최", "영희", "koryo", "spaced", "Цой Ен Хи"),
        ("리", "영희", "kana", "joined", "リ・ヨンヒ"),
        ("김", "창룡", "kana", "joined", "キム・チャンニョン"),
        ("박", "철", "kana", "joined", "パク・チョル"),
    ],
)
def test_spellings_of_the_sources(surname: str, given: str, id: str, style: str, text: str) -> None:
    spellings = list_spellings(surname, given, id, style)
    assert text in spellings
    assert spellings[text] >= 0.2 * max(spellings.values())


def test_the_likeliest_spelling_is_the_rule() -> None:
    assert spell_name("리", "영희", "north", "spaced") == "Ri Yŏng Hŭi"
    assert spell_name("리", "영희", "mccune") == "Yi Yŏng-hŭi"
    assert spell_name("리", "영희", "popular") == "Lee Young-hee"
