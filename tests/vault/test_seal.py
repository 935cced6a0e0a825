"""Sealing: the specification's bytes, every length around the chunks, and no changed byte that opens."""

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.vectors import read_vectors
from tests.vault.invented import Dice
from tests.vectors.make_cobblestone import plain

from onggi.errors import OnggiError
from onggi.vault.seal import (
    CHUNK,
    HEAD,
    SALT,
    TAG,
    Message,
    capacity,
    commitment,
    derive,
    extend,
    fill_random,
    frame,
    pad,
    padded_length,
    seal,
    seal_into,
    sealed_length,
    tag,
    unpad,
    unseal,
    unseal_padded,
)

KEY = bytes(range(32))
VECTORS = read_vectors("cobblestone")
OURS = read_vectors("vault")
AROUND_CHUNKS = st.sampled_from([0, CHUNK, 2 * CHUNK]).flatmap(
    lambda base: st.integers(max(base - 20, 0), base + 20)
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["length"]))
def test_seal_is_cobblestone(vector: dict[str, Any]) -> None:
    key, context, salt = (bytes.fromhex(vector[name]) for name in ("key", "context", "salt"))
    plaintext = plain(vector["length"])
    message = seal(key, context, plaintext, lambda size: salt)
    assert sha256(message).hexdigest() == vector["sha256"]
    assert sealed_length(len(plaintext)) == len(message) == vector["sealed_length"]
    assert commitment(key, context, salt).hex() == vector["commitment"]
    assert unseal(key, context, message) == plaintext
    if "message" in vector:
        assert message.hex() == vector["message"]


def test_frame_derive_and_tag_of_the_vectors() -> None:
    key = bytes.fromhex(OURS["vaultkey"])
    assert frame("kind", "글", b"\x00\xff", 7).hex() == OURS["frame"]["framed"]
    assert derive(key, "wrap", b"\x00\xff").hex() == OURS["derive"]["key"]
    assert tag(derive(key, "cell"), "rings", "00", data=b"\x01\x02").hex() == OURS["tag"]["tag"]


@given(AROUND_CHUNKS)
def test_every_length_comes_back(length: int) -> None:
    message = seal(KEY, b"here", plain(length), Dice("lengths"))
    assert len(message) == sealed_length(length)
    assert unseal(KEY, b"here", message) == plain(length)


@given(AROUND_CHUNKS, st.data())
def test_no_changed_byte_opens(length: int, data: st.DataObject) -> None:
    message = bytearray(seal(KEY, b"here", plain(length), Dice("changed")))
    at = data.draw(st.integers(0, len(message) - 1))
    message[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        unseal(KEY, b"here", message)


def test_no_bit_of_a_short_message_may_change() -> None:
    message = seal(KEY, b"here", b"short", Dice("bits"))
    for bit in range(8 * len(message)):
        bent = bytearray(message)
        bent[bit // 8] ^= 1 << bit % 8
        with pytest.raises(OnggiError, match="vault.seal.broken"):
            unseal(KEY, b"here", bent)


@pytest.mark.parametrize("length", [0, 5, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_no_truncation_opens(length: int) -> None:
    message = seal(KEY, b"here", plain(length), Dice("truncated"))
    cuts = {*range(0, min(len(message), 200)), *range(len(message) - 40, len(message))}
    # Whole chunks and nothing behind them: the case that a scheme without a short last chunk gets wrong.
    cuts |= {HEAD + number * (CHUNK + TAG) for number in range(length // CHUNK + 1)}
    for cut in cuts & set(range(len(message))):
        with pytest.raises(OnggiError, match="vault.seal.broken"):
            unseal(KEY, b"here", message[:cut])
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        unseal(KEY, b"here", message + b"\x00")


def test_chunks_do_not_change_places() -> None:
    message = seal(KEY, b"here", plain(2 * CHUNK + 1), Dice("places"))
    first, second = (message[HEAD + n * (CHUNK + TAG) : HEAD + (n + 1) * (CHUNK + TAG)] for n in (0, 1))
    swapped = message[:HEAD] + second + first + message[HEAD + 2 * (CHUNK + TAG) :]
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        unseal(KEY, b"here", swapped)


def test_another_key_or_context_does_not_open() -> None:
    message = seal(KEY, b"here", b"secret", Dice("context"))
    for key, context in ((KEY[::-1], b"here"), (KEY, b"there"), (KEY, b"")):
        with pytest.raises(OnggiError, match="vault.seal.broken"):
            unseal(key, context, message)


def test_two_messages_never_share_a_salt() -> None:
    dice = Dice("salts")
    assert len({seal(KEY, b"", b"same", dice)[:SALT] for _ in range(50)}) == 50


def test_seal_into_writes_nothing_behind_its_message() -> None:
    buffer = bytearray(b"\xaa" * 300)
    written = seal_into(KEY, b"", b"data", memoryview(buffer)[: sealed_length(4)], Dice("into"))
    assert written == sealed_length(4)
    assert buffer[written:] == b"\xaa" * (300 - written)


@given(st.lists(st.integers(0, 3), max_size=4), st.integers(0, 3 * CHUNK))
def test_a_message_sealed_in_pieces_is_the_same(chunks: list[int], rest: int) -> None:
    data = plain(sum(chunks) * CHUNK + rest)
    buffer = memoryview(bytearray(sealed_length(len(data))))
    message, at = Message(KEY, b"here", buffer, Dice("pieces")), 0
    for count in chunks:
        message.add(data[at : at + count * CHUNK])
        at += count * CHUNK
    assert message.finish(data[at:]) == len(buffer)
    assert bytes(buffer) == seal(KEY, b"here", data, Dice("pieces"))


def test_a_piece_before_the_last_is_made_of_whole_chunks() -> None:
    message = Message(KEY, b"", memoryview(bytearray(3 * CHUNK)), Dice("pieces"))
    with pytest.raises(ValueError, match="whole chunks"):
        message.add(bytes(CHUNK + 1))


def fill(length: int, seed: str) -> bytes:
    """So much memory filled from dice of this seed; the byte behind it is left alone."""
    memory = memoryview(bytearray(length + 1))
    fill_random(memory[:length], Dice(seed))
    assert memory[length] == 0
    return bytes(memory[:length])


def test_memory_is_filled_with_one_stream_that_never_repeats() -> None:
    whole = fill(600_000, "one")
    assert len({whole[at : at + 16] for at in range(0, len(whole), 16)}) == len(whole) // 16
    assert all(fill(length, "one") == whole[:length] for length in (0, 1, 17, 262_144, 262_145, 599_999))
    assert fill(64, "another") != whole[:64]


@given(st.integers(HEAD + TAG, 200_000))
def test_capacity_is_the_most_that_fits(space: int) -> None:
    most = capacity(space)
    assert sealed_length(most) <= space < sealed_length(most + 1)


@given(st.binary(max_size=3000), st.sampled_from([2, 4, 8]))
def test_pad_and_unpad(data: bytes, width: int) -> None:
    padded = pad(data, 4096, width)
    assert len(padded) == 4096
    assert unpad(padded, width) == data


@given(st.binary(max_size=3000))
def test_what_was_padded_and_sealed(data: bytes) -> None:
    message = seal(KEY, b"here", pad(data, 4096), Dice("padded"))
    assert unseal_padded(KEY, b"here", message) == data == unpad(unseal(KEY, b"here", message))


def test_a_frame_goes_on_where_it_ended() -> None:
    assert extend(frame("kind", "one", 2), b"three", 4) == frame("kind", "one", 2, b"three", 4)


def test_pad_and_unpad_refuse_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        pad(bytes(100), 107)
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        unpad((101).to_bytes(8, "big") + bytes(100))


@given(st.integers(0, 5_000_000))
def test_stored_lengths_are_powers_of_two(length: int) -> None:
    largest = 16_000_000
    size = padded_length(length, largest)
    assert size >= 1024 and size & (size - 1) == 0
    assert length + 8 <= size and (size == 1024 or size < 2 * (length + 8))
    assert padded_length(length, length) == min(size, length)


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_frames_of_different_fields_differ(one: list[bytes], other: list[bytes]) -> None:
    assert (frame("kind", *one) == frame("kind", *other)) == (one == other)
