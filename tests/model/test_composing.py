"""The form for comparing is Unicode's own, and no run of marks makes it slow."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.model.composing import compose_text

ACUTE, BELOW, VOICED = "\u0301", "\u0323", "\uff9e"


@given(st.text())
def test_it_is_nfkc(text: str) -> None:
    assert compose_text(text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(
    "text", ["리영희", "李英姬", "Ｌｉ　Ｙｉｎｇ", "é" + BELOW * 29, "か\uff9e" * 40, "ﷺ" * 40, "བོད" * 40]
)
def test_what_people_write_is_not_touched(text: str) -> None:
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, text)
        assert compose_text(written) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("marks", [ACUTE + BELOW, ACUTE + VOICED, "\u0f73" + ACUTE, BELOW + "\u0344"])
def test_many_marks_are_parted(marks: str) -> None:
    composed = compose_text("a" + marks[0] * 30_000 + marks[1] * 30_000)
    assert compose_text(composed) == composed
    assert sum(character == "\u034f" for character in composed) > 1_500
