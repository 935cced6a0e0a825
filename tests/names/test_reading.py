"""Any spelling in, the reading out, with its probability (§7)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.counting import count_calls

from onggi.names.reading import read_name
from onggi.names.split import Form, Kind


def shares(text: str) -> dict[str, float]:
    """Readings of a text with their probability."""
    return {reading.text: math.exp(reading.logp) for reading in read_name(text, limit=50).readings}


@pytest.mark.parametrize(
    "text",
    [
        "리영희",
        "이영희",
        "리 영희",
        "李英姬",
        "李英姫",
        "李 英姬",
        "Li Yingji",
        "Lǐ Yīngjī",
        "Li3 Ying1 ji1",
        "LI YINGJI",
        "Yingji Li",
        "Ri Yong Hui",
        "Ri Yong-hui",
        "Ri Yŏng Hŭi",
        "Lee Young-hee",
        "Lee Younghee",
        "Young Hee Lee",
        "LEE Young Hee",
        "Lee, Young-hee",
        "leeyounghee",
        "Yi Yŏng-hŭi",
        "Yi Yǒng-hǔi",
        "I Yeonghui",
        "Lee Yeonghui",
        "I Yeng-huy",
        "リ・ヨンヒ",
        "イ・ヨンヒ",
        "ﾘ･ﾖﾝﾋ",
        "り・よんひ",
        "Ли Ён Хи",
        "Ли Ен Хи",
        "Ли Ёнхи",
        "이영희 씨",
        "Ms Lee Young-hee",
        "李英姬女士",
    ],
)
def test_one_person_in_many_spellings(text: str) -> None:
    first = read_name(text).readings[0]
    assert (first.surname, first.given) in {("리", "영희"), ("이", "영희")}, shares(text)


@pytest.mark.parametrize(
    ("text", "surname", "given"),
    [
        ("남궁옥분", "남궁", "옥분"),
        ("南宮玉粉", "남궁", "옥분"),
        ("Namgung Okpun", "남궁", "옥분"),
        ("Nam Gung Ok Bun", "남궁", "옥분"),
        ("황보승희", "황보", "승희"),
        ("Hwangbo Seung-hee", "황보", "승희"),
        ("선우순옥", "선우", "순옥"),
        ("诸葛玉", "제갈", "옥"),
        ("독고영희", "독고", "영희"),
        ("김구", "김", "구"),
        ("이상", "리", "상"),
        ("李箱", "리", "상"),
        ("허준", "허", "준"),
        ("Heo Jun", "허", "준"),
        ("김꽃분이", "김", "꽃분"),
        ("림영희", "림", "영희"),
        ("임영희", "임", "영희"),
        ("林英姬", "림", "영희"),
        ("Rim Yong Hui", "림", "영희"),
        ("김미령", "김", "미령"),
        ("金美玲", "김", "미령"),
        ("张伟", "장", "위"),
        ("張偉", "장", "위"),
        ("Zhang Wei", "장", "위"),
        ("왕웨이", "왕", "위"),
        ("Ван Вэй", "왕", "위"),
        ("Чжугэ Лян", "제갈", "양"),
        ("Сыма Цянь", "사마", "천"),
        ("Hŏ Tam", "허", "담"),
        ("沈相奵", "심", "상정"),
        ("乙支文德", "을지", "문덕"),
        ("李㛚", "리", "동"),  # no Korean reads it; Mandarin reads it as 同 동
        ("Choi Haneul", "최", "하늘"),
        ("Kim Kkotbun", "김", "꽃분"),
        ("Kim Byol", "김", "별"),
        ("Na Danbi", "라", "단비"),
        ("張하나", "장", "하나"),
        ("Kim 영희", "김", "영희"),
    ],
)
def test_surname_and_given_name(text: str, surname: str, given: str) -> None:
    first = read_name(text).readings[0]
    assert (first.surname, first.given) == (surname, given), shares(text)


@pytest.mark.parametrize(
    ("text", "surname", "given"),
    [
        ("영희", None, "영희"),
        ("Yong-hui", None, "영희"),
        ("英姬", None, "영희"),
        ("김", "김", None),
        ("Цой", "최", None),
    ],
)
def test_half_a_name(text: str, surname: str | None, given: str | None) -> None:
    first = read_name(text).readings[0]
    assert (first.surname, first.given) == (surname, given), shares(text)


def test_a_caron_is_a_tone_among_tones_and_a_breve_elsewhere() -> None:
    assert "공이" in shares("Gǒng Lì")  # 鞏俐, 리 in the North; no Korean surname tells that
    assert shares("GǑNG LÌ") == shares("Gǒng Lì")
    assert shares("Yi Yǒng-hǔi")["리영희"] > 0.99


def test_the_norths_yong_is_both() -> None:
    both = shares("Kim Yong Hui")
    assert min(both["김영희"], both["김용희"]) > 0.1
    assert shares("Kim Yŏng Hŭi")["김영희"] > 0.99
    assert "김영희" not in shares("Kim Yong Hŭi")


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("An Ŭng-nyŏl", "안응렬"),
        ("Kim Ch'ang-nyong", "김창룡"),
        ("Kim Ch'ŏllyong", "김천룡"),
        ("Pak Mogwŏl", "박목월"),
        ("Kim Hangnyŏl", "김학렬"),
        ("キム・ソニョン", "김선영"),
        ("キム・ウノ", "김은호"),
        ("キム・オッキ", "김옥희"),
        ("シム・ソッキ", "심석희"),
        ("Ким Чхор Вон", "김철원"),
    ],
)
def test_the_seam_between_syllables_is_undone(text: str, reading: str) -> None:
    assert reading in shares(text)


@pytest.mark.parametrize(
    ("text", "reading"),
    [("Kiim Yonghui", "김영희"), ("Lee Sanng-ok", "리상옥"), ("Pak Yng-hui", "박영희")],
)
def test_a_letter_too_many_or_too_few(text: str, reading: str) -> None:
    assert reading in shares(text)


@pytest.mark.parametrize(
    "text",
    [
        "John Smith",
        "Jane Doe",
        "Angela Brown",
        "Table",
        "hello world",
        "Сергей Петров",
        "Maria Garcia",
        "Nguyen Van Xuan",
        "타자기를치는사람",
        "qqq",
    ],
)
def test_what_is_no_such_name_is_not_read(text: str) -> None:
    name = read_name(text)
    assert name.readings == ()
    assert name.problem == "names.unread.reading"


def test_forms_are_told() -> None:
    assert read_name("영희 엄마").form == Form(Kind.KIN, "mother")
    assert read_name("영순이").form == Form(Kind.FAMILIAR, "familiar")
    assert read_name("영희야").readings[0].text == "영희"
    assert read_name("김영희").form is None


def test_readings_are_sorted_limited_and_shares_of_one() -> None:
    name = read_name("Kim Jong Un", limit=3)
    chances = [reading.logp for reading in name.readings]
    assert len(chances) == 3
    assert chances == sorted(chances, reverse=True)
    assert sum(shares("Kim Jong Un").values()) == pytest.approx(1)


@given(st.text(max_size=90))
def test_any_text_has_readings_or_a_problem(text: str) -> None:
    name = read_name(text)
    assert bool(name.readings) != bool(name.problem)
    assert all(reading.logp <= 1e-9 for reading in name.readings)


@given(
    st.text(alphabet="abcdeghijklmnopqrstuwyz -',ŏŭ", min_size=1, max_size=80)
    | st.text(alphabet="가나이영희김야金英姬李々 ・リヨンヒー", min_size=1, max_size=80)
)
def test_no_text_is_much_work(text: str) -> None:
    assert count_calls(lambda: read_name(text)) < 1_000_000
