"""Whether a name, a number or an exact place of the identity stratum stands in a text of the record.

Spelling is compared exactly, after compatibility normalisation (NFKC) and case folding; invisible
characters, spaces and punctuation are not part of a spelling. Korean and Chinese are compared character by
character, since a name runs into its particle (리영희는); every other script by whole words, so that *Li* is
not found in *lies*. Numbers are compared by their last digits, since a country code is sometimes written
and sometimes not.

Floor 5. Pure, and linear in the text however many names there are. It judges no other spelling of a name:
李英姬 is not found by 리영희 (that is what the room `names` is for), and one syllable alone is no name.
"""

import re
import unicodedata
from collections.abc import Iterable

from onggi.model.composing import compose_text
from onggi.model.statement import Statement
from onggi.model.value import Date, Number, Text

_EASTERN = "".join(
    (
        "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",  # Hangul: letters and syllables
        "\u3040-\u30ff",  # kana
        "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",  # Hanja
    )
)
_PART = re.compile(rf"[{_EASTERN}]|[^\W_{_EASTERN}]+")
_NUMBER = re.compile(r"\d(?:[ ().+/-]{0,3}\d){6,}")
_SEVERAL = 2
_SHORTEST_NUMBER, _LONGEST_NUMBER = 7, 8


class Screen:
    """Everything that may not stand in the record, and the question whether it does."""

    def __init__(self, names: Iterable[str]) -> None:
        self._spellings: set[tuple[str, ...]] = set()
        self._lengths: dict[str, set[int]] = {}
        self._numbers: set[str] = set()
        for name in names:
            self._add(name)

    def finds_name(self, text: str) -> bool:
        """Whether anything of this screen stands in `text`."""
        if not self._spellings and not self._numbers:
            return False
        folded = _fold(text)
        return self._finds_spelling(folded) or self._finds_number(folded)

    def _add(self, name: str) -> None:
        folded = _fold(name)
        digits = _keep_digits(folded)
        if len(digits) >= _SHORTEST_NUMBER:
            self._numbers.add(digits[-_LONGEST_NUMBER:])
        parts = tuple(_PART.findall(folded))
        if sum(map(len, parts)) >= _SEVERAL:
            self._spellings.add(parts)
            self._lengths.setdefault(parts[0], set()).add(len(parts))

    def _finds_spelling(self, folded: str) -> bool:
        parts = _PART.findall(folded)
        return any(
            tuple(parts[start : start + length]) in self._spellings
            for start, part in enumerate(parts)
            for length in self._lengths.get(part, ())
        )

    def _finds_number(self, folded: str) -> bool:
        if not self._numbers:
            return False
        return any(
            digits[start : start + length] in self._numbers
            for digits in map(_keep_digits, _NUMBER.findall(folded))
            for length in (_SHORTEST_NUMBER, _LONGEST_NUMBER)
            for start in range(len(digits) - length + 1)
        )


def list_texts(statement: Statement) -> list[str]:
    """Every free text of a statement that a reader of the record would see."""
    texts: list[str | None] = [statement.trace.locator]
    match statement.value:
        case Text(text=text):
            texts.append(text)
        case Date(words=words):
            texts.append(words)
        case Number(of=of, unit=unit):
            texts += (of, unit)
    if statement.words is not None:
        texts += (statement.words.original, statement.words.translation, statement.words.translator)
    return [text for text in texts if text]


def _fold(text: str) -> str:
    folded = compose_text(text).casefold()
    return folded if folded.isascii() else "".join(c for c in folded if unicodedata.category(c) != "Cf")


def _keep_digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
