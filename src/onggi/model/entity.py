"""Whom and what statements are about: the kinds of entities, their ids, and the codes people read aloud.

An entity has no record of its own; it is an id that statements name. A *code* (`P-7F3K2MY`) stands for it
wherever people read: a letter for the kind, six random characters, and a check character that sees every
single wrong character and every swap of two (docs/design/statement-model.md, §4).

Pure; randomness is passed in. Refused when read: what is not a code, and a code whose check is wrong.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from onggi.model.composing import compose_text

Randomness: TypeAlias = Callable[[int], bytes]
"""As many random bytes as asked for: `os.urandom`, or a test's."""

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "person": "P",
        "group": "G",
        "event": "E",
        "act": "A",
        "place": "L",
        "source": "S",
        "item": "I",
        "intervention": "V",
        "case": "C",
    }
)
_KINDS = {letter: kind for kind, letter in LETTERS.items()}

# Crockford's alphabet: I, L, O and U are left out, because people misread or misuse them.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_MISREAD = str.maketrans("OIL", "011")
_RANDOM_CHARACTERS = 6
_CODE = re.compile(rf"([{''.join(_KINDS)}])-([0-9A-Z]{{{_RANDOM_CHARACTERS + 1}}})")
_ID = re.compile(r"[0-9a-f]{32}")

_FIELD = 0b100101  # GF(32) as polynomials modulo x^5 + x^2 + 1


def new_id(randomness: Randomness) -> str:
    """A fresh id: 128 random bits as 32 hex digits."""
    return randomness(16).hex()


def is_id(text: str) -> bool:
    """Whether `text` is written like an id of an entity or a statement."""
    return _ID.fullmatch(text) is not None


def make_code(kind: str, randomness: Randomness) -> str:
    """A random code for an entity of `kind`; one of 2^30, so the caller asks whether it is free."""
    number = int.from_bytes(randomness(4), "big")
    characters = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_RANDOM_CHARACTERS))
    letter = LETTERS[kind]
    return f"{letter}-{characters}{_ALPHABET[_double(_fold(letter, characters))]}"


def read_code(text: str) -> str | None:
    """The code that `text` spells, in its one written form; None if it is none or its check is wrong.

    Case and width are folded, O is read as 0, and I and L as 1 (after the first letter, which may be I or L).
    """
    found = _CODE.fullmatch(compose_text(text).strip().upper())
    if found is None:
        return None
    letter, characters = found[1], found[2].translate(_MISREAD)
    if not _VALUES.keys() >= set(characters) or _fold(letter, characters):
        return None
    return f"{letter}-{characters}"


def kind_of(code: str) -> str:
    """The kind that the letter of a code names."""
    return _KINDS[code[0]]


def _fold(letter: str, characters: str) -> int:
    """Reed-Solomon with one check: the characters as a polynomial over GF(32), evaluated at its generator 2.

    Each place has a weight of its own that is not zero, so one wrong character changes the result, and so
    does a swap of any two that differ; a sum modulo 31 or 32 would miss swaps. The letter enters by its place
    in the alphabet.
    """
    result = ord(letter) - ord("A") + 1
    for character in characters:
        result = _double(result) ^ _VALUES[character]
    return result


def _double(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD if doubled > 31 else doubled
