"""withheld.jsonl has one form; whatever else is there is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.errors import OnggiError
from onggi.evidence.cuts import HOWS, Cut, parse_cuts, render_cuts
from onggi.proof.canonical import decode_canonical

words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20)
cuts = st.builds(Cut, st.sampled_from(HOWS), words, words, st.integers(1, 999_999), st.integers(0, 99_999))


@given(st.sets(cuts))
def test_what_is_written_is_read(some: set[Cut]) -> None:
    text = render_cuts(some)
    assert set(parse_cuts(text, 99_999)) == some
    for line in text.splitlines():
        decode_canonical(line)


@pytest.mark.parametrize(
    "text",
    [
        b"\n",
        b"[]\n",
        b'{"count":1,"how":"withheld","kind":"words","reason":"source"}',
        b'{"count":1,"how":"withheld","kind":"words","reason":"source"}\n\n',
        b'{"count":1,"how":"withheld","kind":"words","reason":"source"}\n' * 2,
        b'{"count":2,"how":"withheld","kind":"words","reason":"source"}\n'
        b'{"count":1,"how":"withheld","kind":"words","reason":"source"}\n',
        b'{"count":0,"how":"withheld","kind":"words","reason":"source"}\n',
        b'{"count":1,"how":"hidden","kind":"words","reason":"source"}\n',
        b'{"count":1,"how":"withheld","kind":"","reason":"source"}\n',
        b'{"how":"withheld","count":1,"kind":"words","reason":"source"}\n',
        b'{"count":1,"how":"withheld","kind":"words","reason":"source","statement":0}\n',
        b'{"count":1,"how":"withheld","kind":"words","reason":"source","statement":4}\n',
        b'{"count":1,"how":"withheld","kind":"words","reason":"source","note":"x"}\n',
    ],
)
def test_nothing_else_is_read(text: bytes) -> None:
    with pytest.raises(OnggiError, match=r"evidence\.withheld\.form"):
        parse_cuts(text, 3)


@given(st.binary(max_size=80))
def test_no_bytes_raise_anything_else(text: bytes) -> None:
    try:
        assert render_cuts(parse_cuts(text, 3)) == text
    except OnggiError as error:
        assert error.id == "evidence.withheld.form"


@pytest.mark.parametrize(
    "some",
    [[Cut("withheld", "Words", "source")], [Cut("hidden", "words", "source")], [Cut(HOWS[0], "a", "b")] * 2],
)
def test_what_has_no_form_is_not_written(some: list[Cut]) -> None:
    with pytest.raises(ValueError, match="a cut is told once"):
        render_cuts(some)
