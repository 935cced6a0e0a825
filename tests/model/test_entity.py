"""Codes people read aloud: what a slip of the pen cannot turn into somebody else."""

import itertools
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.model.entity import LETTERS, is_id, kind_of, make_code, new_id, read_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KINDS = st.sampled_from(sorted(LETTERS))
CODES = st.builds(
    lambda kind, dice: make_code(kind, lambda _: dice), KINDS, st.binary(min_size=4, max_size=4)
)


def test_a_code_has_a_fixed_form() -> None:
    """The vector of the page: whoever implements it again gets the same."""
    assert make_code("person", lambda size: bytes(size)) == "P-0000007"
    assert read_code("P-7F3K2MY") == "P-7F3K2MY"


@given(CODES)
def test_a_code_reads_back(code: str) -> None:
    assert read_code(code) == code
    assert read_code(f" {code.lower()} ") == code


@given(CODES, st.integers(2, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_seen(code: str, place: int, character: str) -> None:
    wrong = code[:place] + character + code[place + 1 :]
    assert wrong == code or read_code(wrong) is None


@given(CODES, KINDS)
def test_a_wrong_letter_is_seen(code: str, kind: str) -> None:
    wrong = LETTERS[kind] + code[1:]
    assert wrong == code or read_code(wrong) is None


def test_every_slip_is_seen() -> None:
    """The check is linear: a slip is unseen only if its difference folds to zero, so all can be tried.

    The difference of one wrong character is that character alone; of a swap, the same in both places.
    """
    base = "P-0000007"

    def differ(*changes: tuple[int, int]) -> str:
        characters = list(base)
        for place, difference in changes:
            characters[place] = ALPHABET[ALPHABET.index(characters[place]) ^ difference]
        return "".join(characters)

    for place, difference in itertools.product(range(2, 9), range(1, 32)):
        assert read_code(differ((place, difference))) is None
    for (one, other), difference in itertools.product(itertools.combinations(range(2, 9), 2), range(1, 32)):
        assert read_code(differ((one, difference), (other, difference))) is None


@given(CODES, st.integers(2, 8), st.integers(2, 8))
def test_a_swap_of_any_two_is_seen(code: str, one: int, other: int) -> None:
    swapped = list(code)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    assert "".join(swapped) == code or read_code("".join(swapped)) is None


def test_misread_letters_are_folded() -> None:
    code = make_code("item", lambda _: bytes((0, 0, 0, 1)))
    assert code[:8] == "I-100000"
    assert read_code("I-" + code[2:].replace("0", "O").replace("1", "l")) == code
    assert read_code("i-" + code[2:].replace("0", "o").replace("1", "I")) == code


def test_full_width_is_folded() -> None:
    assert read_code("Ｐ－７Ｆ３Ｋ２ＭＹ") == "P-7F3K2MY"


@pytest.mark.parametrize(
    "text", ["", "P", "P-", "P7F3K2MY", "X-7F3K2MY", "P-7F3K2M", "P-7F3K2MYK", "P-7F3K2MU"]
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_code(text) is None


@given(st.text())
def test_any_text_is_read_without_a_fault(text: str) -> None:
    code = read_code(text)
    assert code is None or read_code(code) == code


@given(KINDS)
def test_the_letter_tells_the_kind(kind: str) -> None:
    assert kind_of(make_code(kind, os.urandom)) == kind


def test_ids_are_32_hex_digits() -> None:
    assert new_id(lambda size: bytes(range(size))) == "000102030405060708090a0b0c0d0e0f"
    assert is_id(new_id(os.urandom))
    assert not is_id("P-7F3K2MY")
