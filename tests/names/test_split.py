"""What stands around a name, and the ways to cut one (§7, §8)."""

import pytest

from onggi.names.split import Form, Kind, list_cuts, sketch_text


@pytest.mark.parametrize(
    ("text", "kind", "what", "rest"),
    [
        ("영희 엄마", Kind.KIN, "mother", "영희"),
        ("영희엄마", Kind.KIN, "mother", "영희"),
        ("김영희의 어머니", Kind.KIN, "mother", "김영희"),
        ("英姬的妈妈", Kind.KIN, "mother", "英姬"),
        ("英姬的媽媽", Kind.KIN, "mother", "英姬"),
        ("mother of Kim Yong Hui", Kind.KIN, "mother", "kim yong hui"),
        ("the mother of Kim Yong Hui", Kind.KIN, "mother", "kim yong hui"),
        ("Yong-hui's mother", Kind.KIN, "mother", "yong hui"),
        ("мать Ким Ён Хи", Kind.KIN, "mother", "ким ён хи"),
        ("ヨンヒの母", Kind.KIN, "mother", "yoNhi"),
        ("김영희 씨의 남편", Kind.KIN, "husband", "김영희"),
        ("영희 동생", Kind.KIN, "sibling", "영희"),
        ("김영희 씨", Kind.TITLE, "polite", "김영희"),
        ("김영희님", Kind.TITLE, "polite", "김영희"),
        ("김영희 동지", Kind.TITLE, "comrade", "김영희"),
        ("김영희 할머니", Kind.TITLE, "ms", "김영희"),
        ("Comrade Kim Yong Hui", Kind.TITLE, "comrade", "kim yong hui"),
        ("Mrs. Kim", Kind.TITLE, "ms", "kim"),
        ("MR KIM", Kind.TITLE, "mr", "kim"),
        ("金英姬女士", Kind.TITLE, "ms", "金英姬"),
        ("キム・ヨンヒさん", Kind.TITLE, "polite", "kimu yoNhi"),
        ("товарищ Ким", Kind.TITLE, "comrade", "ким"),
        ("小李", Kind.TITLE, "small", "李"),
    ],
)
def test_words_around_a_name(text: str, kind: Kind, what: str, rest: str) -> None:
    sketch = sketch_text(text)
    assert sketch.form == Form(kind, what)
    assert " ".join(part for token in sketch.tokens for part in token.parts) == rest


KIN_OF_KIN = ["영희 엄마의 엄마", "mother of mother of Kim Yong Hui", "sister of Yong-hui's mother"]


@pytest.mark.parametrize("text", KIN_OF_KIN)
def test_of_kin_of_kin_nothing_is_said(text: str) -> None:
    """It is neither the mother of 영희 nor herself."""
    assert sketch_text(text).problem == "names.unread.reading"


@pytest.mark.parametrize("text", ["김영희", "김태양", "박처", "Kim Yong Hui", "李英姬", "엄마"])
def test_names_that_only_look_so(text: str) -> None:
    assert sketch_text(text).form is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "names.unread.empty"),
        ("   ", "names.unread.empty"),
        ('""', "names.unread.empty"),
        ("김" * 10_000, "names.unread.long"),
        ("😀", "names.unread.script"),
        ("김영희😀", "names.unread.script"),
        ("ㄱㅎ", "names.unread.script"),
        ("ᄀ", "names.unread.script"),
        ("12345", "names.unread.script"),
        ("김영희2", "names.unread.script"),
        ("محمد", "names.unread.script"),
        ("สมชาย", "names.unread.script"),
        ("a b c d e f g", "names.unread.reading"),
    ],
)
def test_what_is_no_name_says_why(text: str, problem: str) -> None:
    assert sketch_text(text).problem == problem


def test_scripts_and_marks_that_a_text_shows() -> None:
    assert sketch_text("張하나").scripts == ("hanja", "hangul")
    assert sketch_text("Kim 영희").scripts == ("latin", "hangul")
    assert sketch_text("Yi Yŏng-hŭi").marks == "˘"
    assert sketch_text("Ch'oe Yŏng-hŭi").marks == "'˘"
    assert sketch_text("Ли Ён Хи").marks == "¨"
    assert sketch_text("Ri Yong Hui").marks == ""


def test_parts_are_what_hyphens_capitals_and_tones_divide() -> None:
    def parts(text: str) -> list[tuple[str, ...]]:
        return [token.parts for token in sketch_text(text).tokens]

    assert parts("Lee Young-hee") == [("lee",), ("young", "hee")]
    assert parts("Kim YongHui") == [("kim",), ("yong", "hui")]
    assert parts("Lǐ Yīngjī") == [("li3",), ("ying1", "ji1")]
    assert parts("Li3 Ying1ji1") == [("li3",), ("ying1", "ji1")]
    assert parts("Piáo Zànyù") == [("piao2",), ("zan4", "yu4")]
    assert parts("佐々木") == [("佐佐木",)]


def test_a_comma_and_capitals_tell_the_surname() -> None:
    def surnames(text: str) -> dict[str, float]:
        return {surname: weight for surname, _, _, weight in list_cuts(sketch_text(text).tokens)}

    assert max(surnames("Yong, Kim"), key=surnames("Yong, Kim").__getitem__) == "yong"
    assert "kim" not in surnames("Yong, Kim")
    capitals = surnames("Young LEE")
    assert capitals["lee"] > 10 * capitals["young"]
