"""Nothing in a file is missed at a seam, and nothing is found that only a seam made."""

import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.dossier.windows import read_runs, read_text

NAMES = ("리영희", "Ri Yong Hui", "李英姬")


def cut(data: bytes, at: random.Random) -> list[bytes]:
    """Bytes in pieces of any length."""
    pieces = []
    while data:
        size = at.randint(1, 9)
        pieces.append(data[:size])
        data = data[size:]
    return pieces


@given(st.integers(0, 200), st.sampled_from(NAMES), st.randoms(use_true_random=False))
def test_whatever_is_shorter_than_the_overlap_stands_whole_in_a_window(
    before: int, name: str, at: random.Random
) -> None:
    text = "가나 다라 " * (before // 5) + "x" * (before % 5) + f" {name} " + "뒤에 더 있다 " * 12
    windows = list(read_text(cut(text.encode(), at), 32, 16))
    assert any(name in window for window in windows)
    assert all(len(window) <= 48 for window in windows[:-1])
    said = name if name.isalpha() else f"This was said by {name}"
    noise = at.randbytes(before) + b"\xff" + said.encode() + b"\xff" + at.randbytes(90)
    assert any(name in window for window in read_runs(cut(noise, at), 64, 16))


def test_a_seam_does_not_cut_a_word_in_two() -> None:
    text = "Ri Yong Huisun came. " * 40
    for shift in range(24):
        assert all(
            "Ri Yong Hui " not in window + " " for window in read_text([text[shift:].encode()], 64, 32)
        )


def test_noise_is_no_text_and_accuses_nobody() -> None:
    """It is full of short words, and short words make names; of half a megabyte hardly a letter is left."""
    noise = random.Random(1).randbytes(2**19)
    assert len(re.findall(rb"[A-Za-z]{3,}", noise)) > 1000
    assert sum(map(len, read_runs([noise], 64))) < 40


def test_what_is_no_text_is_told() -> None:
    with pytest.raises(UnicodeDecodeError):
        list(read_text([b"text \xff"], 64))
    with pytest.raises(UnicodeDecodeError):
        list(read_text(["글".encode()[:2]], 64))


def test_no_more_is_read_than_a_window_needs() -> None:
    taken: list[int] = []

    def give() -> Iterator[bytes]:
        for number in range(100):
            taken.append(number)
            yield b"%06d " % number * 10

    windows = read_text(give(), 70, 140)
    next(windows)
    assert len(taken) < 5
