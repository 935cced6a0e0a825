"""Known names and places in running text, in any spelling."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onggi.names.find import Finder
from onggi.names.priors import load_priors
from onggi.names.romanise import spell_name
from onggi.names.systems import load_system
from onggi.names.tables import list_sheets

# Invented, but for the towns.
WOMAN, MAN, BROKER, SHORT, NICKNAME = range(5)
NAMES = ("리영희", "김철수", "王伟", "허준", "영순")
YANJI, HOERYONG = 5, 6
PLACES = (
    ("Yanji", "옌지시", "옌지", "연길시", "연길", "延吉市", "延吉"),
    ("Hoeryong", "회령시", "회령", "Hoeryŏng", "會寧"),
)
FINDER = Finder(NAMES, PLACES)


def find(text: str, finder: Finder = FINDER) -> list[tuple[str, tuple[int, ...], bool]]:
    return [(text[one.start : one.end], one.known, one.whole) for one in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "spelled", "known"),
    [
        ("어제 리영희가 왔다", "리영희", WOMAN),
        ("이영희한테서 들었다", "이영희", WOMAN),
        ("탈북자이영희의 남편", "이영희", WOMAN),
        ("리 영희는", "리 영희", WOMAN),
        ("영희 리 (34)", "영희 리", WOMAN),
        ("이름: 리 영 희", "리 영 희", WOMAN),
        ("리 영 희가", "리 영 희", WOMAN),
        ("姓名：王 伟，", "王 伟", BROKER),
        ("허 준은", "허 준", SHORT),
        ("见到李英姬的丈夫", "李英姬", WOMAN),
        ("她叫李英姫。", "李英姫", WOMAN),
        ("After Li Yingji's death", "Li Yingji", WOMAN),
        ("the one called 'Li Yingji'2", "Li Yingji", WOMAN),
        ("LI YINGJI, 34", "LI YINGJI", WOMAN),
        ("liyingji said", "liyingji", WOMAN),
        ("Ri Yong Hui and others", "Ri Yong Hui", WOMAN),
        ("Yŏng-hŭi Yi", "Yŏng-hŭi Yi", WOMAN),
        ("Lee, Young-hee", "Lee, Young-hee", WOMAN),
        ("Mrs. Lee Young-hee’s mother", "Lee Young-hee", WOMAN),
        ("リ・ヨンヒさんは", "リ・ヨンヒ", WOMAN),
        ("Вчера Ли Ён Хи пришла", "Ли Ён Хи", WOMAN),
        ("у Ким Чхоль Су", "Ким Чхоль Су", MAN),
        ("金哲洙说", "金哲洙", MAN),
        ("그날 왕웨이가", "왕웨이", BROKER),
        ("왕위는 농민이다", "왕위", BROKER),
        ("農民王偉", "王偉", BROKER),
        ("by Wang Wei.", "Wang Wei", BROKER),
        ("허준이 말했다", "허준", SHORT),
        ("許浚說", "許浚", SHORT),
        ("영순이가 울었다", "영순", NICKNAME),
        ("연길에서 살았다", "연길", YANJI),
        ("옌지시의 한 마을", "옌지시", YANJI),
        ("在延吉市的", "延吉市", YANJI),
        ("from Hoeryŏng to", "Hoeryŏng", HOERYONG),
        ("в Хверён", "Хверён", HOERYONG),
    ],
)
def test_any_spelling_is_found_where_it_stands(text: str, spelled: str, known: int) -> None:
    assert (spelled, (known,), True) in find(text)


@pytest.mark.parametrize(
    "text",
    [
        "리영호가 왔다",
        "김영희가 왔다",
        "리명희가 왔다",
        "李英子的丈夫",
        "Li Yingzhu",
        "Ri Yong Ho",
        "Lee Young-ho",
        "リ・ヨンホ",
        "Ли Ён Хо",
        "허준영은 다른 사람이다",
        "연길이라는",
        "",
        "🙂 123 ㅎㅇ",
        "in so far as he can do no one",
        "P-7LIYINGJI, P-8KIMCHOLSU2",
    ],
)
def test_what_looks_alike_is_not_found(text: str) -> None:
    assert [one for one in find(text) if one[1] != (YANJI,)] == []


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("영희가 갔다", "영희"),
        ("그때 영희 씨는", "영희"),
        ("Young-hee said", "Young-hee"),
        ("ヨンヒは", "ヨンヒ"),
    ],
)
def test_a_given_name_alone_is_no_whole_name(text: str, spelled: str) -> None:
    assert (spelled, (WOMAN,), False) in find(text)


@pytest.mark.parametrize("text", ["영희망은 없다", "迎喜", "young he can", "한영희망"])
def test_chance_is_no_given_name(text: str) -> None:
    assert find(text) == []


def test_a_name_written_with_hidden_or_single_signs_stands_at_its_own_characters() -> None:
    for form in (
        "리\u200b영\u00ad희",
        unicodedata.normalize("NFD", "리영희"),
        "ﾘ･ﾖﾝﾋ",
        "Ｌｅｅ Ｙｏｕｎｇ－ｈｅｅ",
    ):
        text = f"어제\u200b {form}는"
        assert (form, (WOMAN,), True) in find(text), form


def test_whoever_is_only_somebodys_mother_is_not_sought_by_that_name() -> None:
    assert find("리영희가 왔다", Finder(["mother of 리영희", "영희 엄마"])) == []


def test_two_people_of_one_name_are_both_told_and_the_longer_name_covers_the_shorter() -> None:
    assert find("리영희가", Finder(["리영희", "Lee Young-hee", "영희"])) == [("리영희", (0, 1), True)]
    assert find("김철수가", Finder(["김철", "김철수"])) == [("김철수", (1,), True)]


def test_what_cannot_be_read_is_not_sought() -> None:
    assert find("장미 123 ab", Finder(["", "🙂", "123", "x"])) == []


SYLLABLES = sorted(load_priors().first)[::7]
SURNAMES = (
    "김",
    "리",
    "박",
    "최",
    "정",
    "강",
    "조",
    "윤",
    "장",
    "림",
    "한",
    "오",
    "서",
    "신",
    "권",
    "황",
    "안",
    "송",
    "류",
    "홍",
)
SYSTEMS = [id for id in list_sheets("systems") if load_system(id).script != "kana"]


@given(
    st.sampled_from(SURNAMES),
    st.sampled_from(SYLLABLES),
    st.sampled_from(SYLLABLES),
    st.sampled_from(SYSTEMS),
    st.sampled_from(("hyphen", "spaced", "joined")),
)
@example("김", "창", "룡", "mccune", "hyphen")
@example("안", "응", "렬", "kontsevich", "spaced")
def test_every_systems_spelling_of_every_name_is_found(
    surname: str, first: str, second: str, system: str, style: str
) -> None:
    spelled = spell_name(surname, first + second, system, style)
    text = f"then {spelled}, and"
    found = [one for one in Finder([surname + first + second]).find(text) if one.whole]
    assert any(text[one.start : one.end] == spelled for one in found)


@given(st.text(), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_and_any_names(text: str, names: list[str]) -> None:
    last = 0
    for one in Finder(names).find(text):
        assert last <= one.start < one.end <= len(text)
        last = one.start
