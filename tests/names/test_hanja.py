"""Characters: their readings and their forms (§5)."""

import pytest

from onggi.names.hanja import read_character, same_character


@pytest.mark.parametrize(
    ("char", "reading"),
    [("李", "리"), ("玲", "령"), ("英", "영"), ("姬", "희"), ("女", "녀"), ("奵", "정"), ("玥", "월")],
)
def test_readings_are_northern(char: str, reading: str) -> None:
    entry = read_character(char)
    assert entry is not None
    assert next(iter(entry.readings)) == reading


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("国", "國"),
        ("崔", "崔"),
        ("龙", "龍"),
        ("竜", "龍"),
        ("姫", "姬"),
        ("真", "眞"),
        ("静", "靜"),
        ("丽", "麗"),
        ("云", "雲"),
        ("镇", "鎭"),
        ("绪", "緖"),
        ("举", "擧"),
        ("净", "淨"),
        ("颜", "顔"),
    ],
)
def test_forms_of_one_character(one: str, other: str) -> None:
    assert same_character(one, other)
    assert same_character(other, one)


@pytest.mark.parametrize(("one", "other"), [("姬", "熙"), ("英", "榮"), ("李", "林")])
def test_characters_that_only_sound_alike_are_two(one: str, other: str) -> None:
    assert not same_character(one, other)


def test_a_simplified_form_has_the_readings_of_its_base() -> None:
    simple, full = read_character("丽"), read_character("麗")
    assert simple is not None and full is not None
    assert dict(simple.readings) == dict(full.readings)


def test_what_is_unknown_has_no_entry() -> None:
    assert read_character("A") is None
    assert read_character("😀") is None
