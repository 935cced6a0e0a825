"""The five slots: what is written is canonical, is read back, and keeps what a later program adds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.errors import OnggiError
from onggi.model.consent import Checks, Consent, Withheld
from onggi.model.statement import About, Said, Statement, Trace, What, Words, read_slots, write_slots
from onggi.model.value import BOUNDS, Date, Entity, Number, Place, Term, Text, Unknown, Value
from onggi.model.when import When
from onggi.proof.canonical import encode_canonical

IDS = st.binary(min_size=16, max_size=16).map(bytes.hex)
TEXTS = st.text(max_size=30)
LANGS = st.sampled_from(("en", "ko", "zh", "und"))
MAYBE = st.none() | TEXTS
CONSENTS = st.builds(
    Consent,
    TEXTS,
    TEXTS,
    MAYBE,
    covers=st.lists(TEXTS, max_size=2).map(tuple),
    withheld=st.lists(st.builds(Withheld, st.lists(TEXTS, max_size=2).map(tuple), TEXTS), max_size=2).map(
        tuple
    ),
    because=MAYBE,
    checks=st.builds(Checks, TEXTS, pressed=TEXTS),
    knows=st.lists(IDS, max_size=3).map(tuple),
    version=st.integers(1, 9),
)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.builds(Text, TEXTS, LANGS),
    st.sampled_from(("2010", "2010-03~", "../2019", "201X")).map(
        lambda edtf: Date.of(When(edtf, "봄", "ko"))
    ),
    st.builds(Term, TEXTS, TEXTS),
    st.builds(Place, TEXTS),
    st.builds(Entity, IDS),
    st.builds(
        Number, st.decimals(allow_nan=False, allow_infinity=False).map(str), TEXTS, st.sampled_from(BOUNDS)
    ),
    CONSENTS,
    st.just(Unknown()),
)
WHATS = st.builds(
    What,
    TEXTS,
    VALUES,
    st.sampled_from(("asserts", "denies")),
    st.none() | st.integers(0, 9),
    st.none() | st.sampled_from("ABCDEF"),
    st.none() | st.integers(1, 6),
)
TRACES = st.builds(
    Trace,
    MAYBE,
    MAYBE,
    st.lists(IDS, max_size=3).map(tuple),
    st.lists(IDS, max_size=3).map(tuple),
    st.booleans(),
)
STATEMENTS = st.builds(
    Statement,
    WHATS,
    st.builds(About, IDS, IDS, IDS, IDS),
    st.none() | st.builds(Said, IDS),
    st.none() | st.builds(Words, TEXTS, LANGS, MAYBE, MAYBE, MAYBE),
    TRACES,
)


@given(STATEMENTS)
def test_what_is_written_is_canonical_and_is_read_back(statement: Statement) -> None:
    slots = write_slots(statement)
    assert all(encode_canonical(json.loads(slot)) == slot for slot in slots)
    assert read_slots(slots) == statement


@given(STATEMENTS)
def test_what_a_later_program_adds_is_passed_over(statement: Statement) -> None:
    slots = [json.loads(slot) for slot in write_slots(statement)]
    added = [None if slot is None else {**slot, "later": [1, {"on": "더"}]} for slot in slots]
    first, second, third, fourth, fifth = (encode_canonical(slot) for slot in added)
    assert read_slots((first, second, third, fourth, fifth)) == statement


@given(st.lists(st.binary(max_size=60), min_size=5, max_size=5))
def test_other_bytes_are_refused_in_one_way(pieces: list[bytes]) -> None:
    first, second, third, fourth, fifth = pieces
    with pytest.raises(OnggiError, match="model.statement.form"):
        read_slots((first, second, third, fourth, fifth))


def test_a_statement_tells_what_it_knows() -> None:
    about = About("aa" * 16, "bb" * 16, "cc" * 16, "dd" * 16)
    silent = Statement(What("birth", Unknown()), about)
    spoken = Statement(What("birth", Text("1987", "und")), about, Said("ee" * 16))
    assert (silent.known, spoken.known) == (False, True)
    assert (silent.source, spoken.source) == (None, "ee" * 16)


@pytest.mark.parametrize("depth", [65, 900, 100_000])
def test_what_a_later_program_adds_nests_no_deeper_than_any_reader_can_follow(depth: int) -> None:
    statement = Statement(What("note", Text("x", "en")), About("0" * 32, "1" * 32, "2" * 32, "3" * 32))
    what, *rest = write_slots(statement)
    about, said, words, trace = rest

    def nest(deep: int) -> bytes:
        return b'{"later":' + b"[" * deep + b"]" * deep + b"," + what[1:]

    assert read_slots((nest(60), about, said, words, trace)) == statement
    with pytest.raises(OnggiError):
        read_slots((nest(depth), about, said, words, trace))
