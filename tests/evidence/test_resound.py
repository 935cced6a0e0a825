"""Plain sound is written anew, sample for sample; what is compressed, contradicts itself or hides is not."""

import io
import struct
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.errors import OnggiError
from onggi.evidence.derive import show_anew
from onggi.evidence.resound import look_at_sound, rewrite_sound

SAMPLES = bytes(range(256)) * 8


def make_sound(samples: bytes = SAMPLES, rate: int = 8_000, channels: int = 1, width: int = 2) -> bytes:
    stream = io.BytesIO()
    with wave.open(stream, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        sound.writeframes(samples)
    return stream.getvalue()


def add_chunk(data: bytes, name: bytes, content: bytes) -> bytes:
    """The same with a chunk in front of what is there, and one behind it."""
    chunk = name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    return data[:12] + chunk + data[12:] + chunk


def test_every_sample_stays_and_nothing_else() -> None:
    said = add_chunk(make_sound(), b"LIST", b"INFOIART\x08\0\0\0INVENTED")
    copy = rewrite_sound(said)
    assert copy.media_type == "audio/wav"
    assert copy.content == make_sound() and b"INVENTED" not in copy.content
    with wave.open(io.BytesIO(copy.content)) as sound:
        assert sound.readframes(sound.getnframes()) == SAMPLES


def test_a_sound_of_samples_alone_says_nothing_of_itself_and_of_no_other_is_that_said() -> None:
    looks = [
        look_at_sound(data).outcome
        for data in (make_sound(), add_chunk(make_sound(), b"bext", b"INVENTED"), make_sound() + b"TAG")
    ]
    assert looks == ["read", "other_form", "other_form"]
    assert look_at_sound(b"RIFF\0\0\0\0WAVE").outcome == "other_form"


def test_the_process_apart_writes_it() -> None:
    assert show_anew(add_chunk(make_sound(), b"bext", b"INVENTED")).content == make_sound()


@pytest.mark.parametrize(
    ("at", "form", "refusal"),
    [
        (20, struct.pack("<H", 85), "evidence.copy.form"),  # MP3 in a WAV
        (20, struct.pack("<H", 0xFFFE), "evidence.copy.form"),
        (22, struct.pack("<H", 900), "evidence.broken"),
        (24, struct.pack("<I", 2**32 - 1), "evidence.broken"),
        (34, struct.pack("<H", 7), "evidence.broken"),
        (12, b"fnt ", "evidence.broken"),
        (36, b"dota", "evidence.broken"),
    ],
)
def test_what_no_player_should_read_is_refused(at: int, form: bytes, refusal: str) -> None:
    data = make_sound()
    with pytest.raises(OnggiError, match=refusal):
        rewrite_sound(data[:at] + form + data[at + len(form) :])


def test_a_length_that_lies_reads_no_further_than_the_file() -> None:
    data = make_sound()
    lying = data[:40] + struct.pack("<I", 2**32 - 1) + data[44:]
    assert rewrite_sound(lying).content == data


@given(st.binary(max_size=200))
def test_any_bytes_behind_the_mark_are_read_or_refused(noise: bytes) -> None:
    try:
        content = rewrite_sound(b"RIFF\0\0\0\0WAVE" + noise).content
    except OnggiError as error:
        assert error.id in ("evidence.broken", "evidence.copy.form")
    else:
        with wave.open(io.BytesIO(content)) as sound:
            assert sound.getnframes() * sound.getsampwidth() * sound.getnchannels() == len(content) - 44
