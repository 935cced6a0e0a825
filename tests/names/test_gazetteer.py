"""Places by any spelling of their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.names.gazetteer import Gazetteer

GAZETTEER = Gazetteer(
    {
        "yanji": ("Yanji", "연길시", "연길", "옌지시", "옌지", "延吉市", "延吉"),
        "hoeryong": ("Hoeryong", "회령시", "회령", "Hoeryŏng", "會寧"),
        "ryanggang": ("Ryanggang", "량강도", "량강", "両江道", "兩江道"),
        "tumen": ("Tumen", "도문시", "도문", "图们市", "图们"),
    }
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("yanji", "yanji"),
        ("Yenchi", "yanji"),
        ("연길", "yanji"),
        ("연길시", "yanji"),
        ("옌지", "yanji"),
        ("延吉", "yanji"),
        ("Яньцзи", "yanji"),
        ("HOERYONG", "hoeryong"),
        ("Hweryŏng", "hoeryong"),
        ("Hoe-ryong", "hoeryong"),
        ("Huining", "hoeryong"),
        ("会宁", "hoeryong"),
        ("Хверён", "hoeryong"),
        ("양강도", "ryanggang"),
        ("량강도", "ryanggang"),
        ("两江道", "ryanggang"),
        ("Yanggang-do", "ryanggang"),
        (" 圖們 ", "tumen"),
        ("투먼", "tumen"),
    ],
)
def test_a_place_is_found_in_any_spelling(text: str, place: str) -> None:
    assert GAZETTEER.find(text) == {place}


@pytest.mark.parametrize(
    "text", ["", "🙂", "Yan", "Yanjing", "연", "연길 회령", "延边", "hello", "Pyongyang"]
)
def test_what_is_no_such_place_is_none(text: str) -> None:
    assert GAZETTEER.find(text) == frozenset()


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert GAZETTEER.find(text) <= {"yanji", "hoeryong", "ryanggang", "tumen"}
