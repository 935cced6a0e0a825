"""Whether a name, a number or an exact place of the identity stratum stands in a record text, and where.

Names and places are looked for in every spelling that the room `names` knows: 리영희 is found as 李英姬, Li
Yingji or Ri Yong Hui, with particles attached. All else, and what cannot be read as a name, is compared as it
is spelled: Korean and Chinese character by character, other scripts by whole words, so that *Li* is not found
in *lies*. Numbers are compared by their last digits, since a country code is sometimes written and sometimes
not. A given name alone counts within its own case, where everybody knows who is meant.

Floor 3. Pure, and linear in the text however many names there are. Refused: nothing; one syllable alone is no
name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from onggi.model.consent import Consent
from onggi.model.estimate import Estimate
from onggi.model.judgement import Judgement
from onggi.model.naming import Naming, Sort
from onggi.model.release import Release
from onggi.model.statement import Statement
from onggi.model.value import Date, Number, Text
from onggi.names.find import Finder
from onggi.names.plain import make_plain

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

Span = tuple[int, int]


class Screen:
    """Everything that may not stand in the record of a case, and the question whether and where it does."""

    def __init__(self, namings: Sequence[Naming], case: str) -> None:
        self._spellings: set[tuple[str, ...]] = set()
        self._lengths: dict[str, set[int]] = {}
        self._numbers: set[str] = set()
        self.longest = max((len(label) for naming in namings for label in naming.labels), default=0)
        for naming in namings:
            for label in naming.labels:
                self._add(label)
        people = [naming for naming in namings if naming.sort is Sort.NAME]
        places = [naming.labels for naming in namings if naming.sort is Sort.PLACE]
        self._finder = Finder((name.labels[0] for name in people), places)
        self._near = {number for number, naming in enumerate(people) if naming.case == case}

    def find_name(self, text: str) -> Span | None:
        """The characters, from and up to, at which the first thing of this screen stands in `text`."""
        return min(self._find_all(text), default=None) if self._spellings or self._numbers else None

    def find_names(self, text: str) -> list[Span]:
        """All places at which something of this screen stands in `text`, in order, none within another."""
        found: list[Span] = []
        for start, end in sorted(self._find_all(text)) if self._spellings or self._numbers else ():
            if found and start < found[-1][1]:
                found[-1] = found[-1][0], max(found[-1][1], end)
            else:
                found.append((start, end))
        return found

    def _find_all(self, text: str) -> Iterator[Span]:
        plain = make_plain(text)
        for start, end in (*self._find_spellings(plain.text), *self._find_numbers(plain.text)):
            yield plain.span(start, end)
        for one in self._finder.find(text):
            if one.whole or not self._near.isdisjoint(one.known):
                yield one.start, one.end

    def _add(self, label: str) -> None:
        plain = make_plain(label).text
        digits = _keep_digits(plain)
        if len(digits) >= _SHORTEST_NUMBER:
            self._numbers.add(digits[-_LONGEST_NUMBER:])
        parts = tuple(part for part, _, _ in _list_parts(plain))
        if sum(map(len, parts)) >= _SEVERAL:
            self._spellings.add(parts)
            self._lengths.setdefault(parts[0], set()).add(len(parts))

    def _find_spellings(self, plain: str) -> Iterator[Span]:
        parts = list(_list_parts(plain))
        words = [word for word, _, _ in parts]
        for first, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                spelled = tuple(words[first : first + length])
                if spelled in self._spellings:
                    yield parts[first][1], parts[first + len(spelled) - 1][2]

    def _find_numbers(self, plain: str) -> Iterator[Span]:
        for found in _NUMBER.finditer(plain) if self._numbers else ():
            digits = _keep_digits(found[0])
            if any(
                digits[start : start + length] in self._numbers
                for length in (_SHORTEST_NUMBER, _LONGEST_NUMBER)
                for start in range(len(digits) - length + 1)
            ):
                yield found.span()


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
        case Consent() | Judgement() | Release() | Estimate() as decision:
            texts += decision.texts
    if statement.words is not None:
        texts += (statement.words.original, statement.words.translation, statement.words.translator)
    return [text for text in texts if text]


def _list_parts(plain: str) -> Iterable[tuple[str, int, int]]:
    """The words of a text, Korean and Chinese characters each for itself, and where they stand."""
    return ((found[0].casefold(), *found.span()) for found in _PART.finditer(plain))


def _keep_digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
