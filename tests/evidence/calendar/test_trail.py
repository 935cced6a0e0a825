"""A trail is read by the letter, in bounded time, as another reader reads it; never with a fault."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.calendar.invented import VECTORS, part
from tests.vectors.make_calendar import ADDRESS, OTHER, append, block, pending, prepend, unknown

from onggi.errors import OnggiError
from onggi.evidence.calendar import trail
from onggi.evidence.calendar.question import is_question, make_question
from onggi.evidence.calendar.trail import (
    HEAD,
    begin_trail,
    insert_answer,
    is_trail,
    list_waiting,
    read_branch,
    read_digest,
    read_trail,
)

DIGEST = hashlib.sha256(b"an invented anchor file\n").digest()


def test_a_question_and_its_answer_make_a_trail() -> None:
    question = make_question(part("text"), part("nonce"))
    assert question.message == part("message") and question.carried == part("question")
    assert question.begin + part("promise") == part("trail")
    assert question.carried + part("promise") == part("carried")
    assert is_question(question.carried) and is_trail(question.carried)
    for other in (
        question.carried[:-1],
        question.carried + b"\x00",
        part("trail"),
        b"\x01" + question.carried[1:],
    ):
        assert not is_question(other)


def test_steps_lead_to_what_a_calendar_promised() -> None:
    read = read_trail(part("trail"))
    (leaf,) = read.leaves
    assert read.digest == DIGEST == read_digest(part("trail"))
    assert (leaf.message, leaf.address, leaf.height) == (part("promised"), ADDRESS.decode(), None)
    assert list_waiting(read) == [leaf]


def test_an_answer_is_put_before_what_it_answers() -> None:
    (leaf,) = read_trail(part("trail")).leaves
    assert leaf.message is not None
    whole = insert_answer(part("trail"), leaf.start, part("later"), leaf.message)
    assert whole == part("complete")
    read = read_trail(whole)
    assert [(one.message, one.height) for one in read.leaves] == [
        (part("root"), 900_000),
        (part("promised"), None),
    ]
    assert list_waiting(read) == []


def test_every_step_and_fork() -> None:
    """By hand: reversed, hex, SHA-1; RIPEMD-160; Keccak-256; and two promises after a SHA-256."""
    read = read_trail(part("shapes"))
    first, second, third, *last = read.leaves
    assert first.message == hashlib.sha1(DIGEST[::-1].hex().encode(), usedforsecurity=False).digest()
    assert (second.address, second.height) == ("", None)
    assert (third.message, third.height) == (None, 7)
    assert [one.message for one in last] == [hashlib.sha256(DIGEST).digest()] * 2
    assert [one.address for one in last] == [OTHER.decode(), ADDRESS.decode()]
    assert [one.address for one in list_waiting(read)] == [ADDRESS.decode(), OTHER.decode(), ADDRESS.decode()]


@pytest.mark.parametrize("name", VECTORS["refused"])
def test_what_is_no_trail_is_refused(name: str) -> None:
    with pytest.raises(OnggiError, match=r"calendar\.form"):
        read_trail(bytes.fromhex(VECTORS["refused"][name]))


def test_the_bounds_hold_on_the_near_side() -> None:
    """One less of each is read."""
    head = HEAD + DIGEST
    for body in (
        append(bytes(4064)) + pending(ADDRESS),
        pending(b"a" * 1000),
        b"\x08" * 255 + pending(ADDRESS),
        (b"\xff" + block(1)) * 2047 + block(1),
        block(2**64 - 1),
        b"\x00elsewher" + b"\x80\x40" + bytes(8192),
    ):
        assert read_trail(head + body).leaves
    with pytest.raises(OnggiError, match=r"calendar\.form"):
        read_trail(head + (b"\xff" + block(1)) * 2048 + block(1))


def test_a_step_that_nobody_knows_is_told_apart() -> None:
    for kind in (b"\x01", b"\x68", b"\xf4", b"\xff\xff"):
        with pytest.raises(OnggiError, match=r"calendar\.step"):
            read_trail(HEAD + DIGEST + b"\x08" + kind + pending(ADDRESS))
        # As the first thing there is, it is a page, or text, or anything.
        with pytest.raises(OnggiError, match=r"calendar\.form"):
            read_trail(HEAD + DIGEST + kind + pending(ADDRESS))


def test_a_hash_that_the_system_lacks_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks(name: str, *_: object, **__: object) -> object:
        raise ValueError("unsupported hash type")

    raw = HEAD + DIGEST + b"\x03" + append(b"more") + b"\xf3\xf2" + prepend(b"and more") + block(7)
    assert read_trail(raw).leaves[0].message is not None
    monkeypatch.setattr(hashlib, "new", lacks)
    (leaf,) = read_trail(raw).leaves
    assert (leaf.message, leaf.height) == (None, 7)


def test_large_ones_are_not_read() -> None:
    with pytest.raises(OnggiError, match=r"calendar\.large"):
        read_trail(HEAD + bytes(trail.MOST))
    with pytest.raises(OnggiError, match=r"calendar\.large"):
        read_branch(bytes(trail.MOST_ANSWERED + 1), DIGEST)


STEPS = st.one_of(
    st.binary(min_size=1, max_size=40).map(append),
    st.binary(min_size=1, max_size=40).map(prepend),
    st.sampled_from([b"\xf2", b"\x08", b"\x02"]),
)
LEAVES = st.one_of(
    st.sampled_from([pending(ADDRESS), pending(OTHER), unknown()]), st.integers(0, 2**63).map(block)
)
BRANCHES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(STEPS, inner).map(b"".join),
        st.lists(inner, min_size=2, max_size=3).map(
            lambda items: b"".join(b"\xff" + one for one in items[:-1]) + items[-1]
        ),
    ),
    max_leaves=12,
)


@given(BRANCHES, BRANCHES, st.data())
def test_what_was_there_stays_whatever_is_added(one: bytes, other: bytes, data: st.DataObject) -> None:
    # A fork that begins a branch of its own has no step before it, so both are put behind one.
    raw = begin_trail(DIGEST) + b"\x08" + one
    try:
        before = read_trail(raw)
    except OnggiError:
        return  # two forks without a step between them
    leaf = data.draw(st.sampled_from(before.leaves))
    assert leaf.message is not None
    try:
        whole = insert_answer(raw, leaf.start, other, leaf.message)
        added = read_branch(other, leaf.message).leaves
    except OnggiError:
        return
    after = read_trail(whole)
    said = [(one.message, one.address, one.height) for one in after.leaves]
    at = before.leaves.index(leaf)
    assert said == [
        *((one.message, one.address, one.height) for one in before.leaves[:at]),
        *((one.message, one.address, one.height) for one in added),
        *((one.message, one.address, one.height) for one in before.leaves[at:]),
    ]


@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    for raw in (data, HEAD + DIGEST + data):
        try:
            read_trail(raw)
        except OnggiError as error:
            assert error.id in {"calendar.form", "calendar.step"}


@given(
    st.sampled_from(["trail", "complete", "shapes"]), st.integers(0, 400), st.binary(min_size=1, max_size=3)
)
def test_a_changed_byte_is_read_or_refused(name: str, at: int, put: bytes) -> None:
    raw = part(name)
    try:
        read_trail(raw[: at % len(raw)] + put + raw[at % len(raw) + 1 :])
    except OnggiError as error:
        assert error.id in {"calendar.form", "calendar.step"}


def test_another_program_reads_the_same() -> None:
    """python-opentimestamps, where somebody has installed it; it is none of our dependencies."""
    notary = pytest.importorskip("opentimestamps.core.notary")
    stamps = pytest.importorskip("opentimestamps.core.timestamp")
    serialize = pytest.importorskip("opentimestamps.core.serialize")

    def read(raw: bytes) -> set[tuple[bytes, str, int | None]]:
        found = stamps.DetachedTimestampFile.deserialize(serialize.BytesDeserializationContext(raw))
        assert found.file_digest == read_digest(raw)
        return {
            (
                message,
                getattr(one, "uri", ""),
                one.height if isinstance(one, notary.BitcoinBlockHeaderAttestation) else None,
            )
            for message, one in found.timestamp.all_attestations()
        }

    for name in ("trail", "carried", "complete"):
        ours = {(one.message, one.address, one.height) for one in read_trail(part(name)).leaves}
        assert read(part(name)) == ours
    for name, raw in VECTORS["refused"].items():
        if name in {"another hash", "a number that is too large", "a number without end"}:
            continue  # it takes other hashes, and has no bound on numbers
        with pytest.raises(serialize.DeserializationError):
            try:
                read(bytes.fromhex(raw))
            except ValueError as error:  # an address with letters that it does not take
                raise serialize.DeserializationError from error
