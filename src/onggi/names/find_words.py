"""Known names and places in alphabets and in kana (§11).

A word is cut into spellings of the syllables that are sought, in every way; words that stand side by side go
on where the last one ended: Yong Hui, Yong-hui, Yonghui. What a spelling is likely to be is not asked, for a
surname beside it says enough.

Floor 1. Pure. Refused: nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from onggi.names.match import Match
from onggi.names.sought import HANJA, Sought
from onggi.names.spellings import fold_word, list_heard, spell_code, spell_family
from onggi.names.transduce import LONGEST

# Letters among figures are a code and no name.
_WORDS = {
    # A possessive group would say this shorter; Python before 3.11.5 gets those wrong and misses names.
    "latin": re.compile(
        r"(?<![0-9_a-zA-ZÀ-ɏ])[a-zA-ZÀ-ɏ]++(?:['’ʼ‘`´][a-zA-ZÀ-ɏ]++)*(?![0-9_]|['’ʼ‘`´][a-zA-ZÀ-ɏ])"
    ),
    "cyrillic": re.compile("(?<![0-9_Ѐ-ӿ])[Ѐ-ӿ]++(?![0-9_])"),
    "kana": re.compile("[ァ-ヺー]+"),
}
_HYPHENS = "-‐‑–・=＝"
_GAP = re.compile(r"[ \u00a0]?[-‐‑–,.·・=＝]?[ \u00a0\n]?")
_POSSESSIVE = re.compile("['’ʼ‘`´][sS]$")
_ENDINGS = ("ом", "ем", "ым", "ой", "ей", "а", "у", "е", "я", "ю", "ы", "и")  # of names of men, in Russian
_WORD = 40  # letters; a longer word is no name
_WIDEST = 3  # characters between two words of a name
_MOST = 4  # words of a given name or place
_JOINED = {"latin": 8, "cyrillic": 5, "kana": 3}  # letters of surname and given name in one word, at least
_SAID = 5  # letters of a word that is a name without a capital, too
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class _Use:
    """What a word can be (the beginning of something sought, surnames, a whole name), and how it stands."""

    begins: frozenset[str]
    families: frozenset[str]
    joined: frozenset[tuple[str, str]]
    folded: tuple[str, ...]
    upper: bool
    length: int  # without what grammar put behind it


class _Word(NamedTuple):
    """A word of a text that can be of use, and where it stands."""

    start: int
    end: int
    use: _Use


class Words:
    """What is sought, with a sieve for each script that is made when the script is first met."""

    def __init__(self, sought: Iterable[tuple[Sought, int]]) -> None:
        self._known: dict[str, dict[str, set[int]]] = {}  # given name → surname → numbers
        for one, number in sought:
            if one.layer != HANJA:
                for heard in list_heard(one.given):
                    self._known.setdefault(heard, {}).setdefault(one.surname, set()).add(number)
        self._sieves: dict[str, _Sieve] = {}

    def find(self, text: str) -> Iterator[Match]:
        """Every match in a text."""
        for script, pattern in _WORDS.items() if self._known else ():
            if pattern.search(text):
                sieve = self._sieves.get(script) or self._sieves.setdefault(
                    script, _Sieve(script, self._known)
                )
                yield from _match_words(text, sieve, self._known)


class _Sieve:
    """Every spelling, in one script, of what is sought."""

    def __init__(self, script: str, known: dict[str, dict[str, set[int]]]) -> None:
        self.script = script
        self._known = known
        self._prefixes = {given[:end] for given in known for end in range(len(given) + 1)}
        self._codes: defaultdict[str, set[str]] = defaultdict(set)
        for code in {code for given in known for code in given}:
            for spelling in spell_code(script, code):
                self._codes[spelling].add(code)
        self._families: defaultdict[str, set[str]] = defaultdict(set)
        for surname in {surname for row in known.values() for surname in row if surname}:
            for spelling in spell_family(script, surname):
                self._families[spelling].add(surname)
        self._uses: dict[str, _Use | None] = {}

    def sift(self, text: str) -> Iterator[_Word]:
        """The words of a text that can be of use."""
        uses = self._uses
        for found in _WORDS[self.script].finditer(text):
            word = found[0]
            use = uses[word] if word in uses else self._judge(word)
            if use is not None:
                start = found.start()
                yield _Word(start, start + use.length, use)

    def go_on(self, prefix: str, word: _Word) -> set[str]:
        """What a prefix becomes with a word behind it."""
        return {longer for folded in word.use.folded for longer in self._parse(folded, prefix)}

    def _judge(self, word: str) -> _Use | None:
        use = self._tell_use(word) if len(word) <= _WORD else None
        if len(self._uses) >= _REMEMBERED:
            self._uses.clear()
        self._uses[word] = use
        return use

    def _tell_use(self, word: str) -> _Use | None:
        folded = self._fold(word)
        begins = frozenset(prefix for one in folded for prefix in self._parse(one, ""))
        families = frozenset(surname for one in folded for surname in self._families.get(one, ()))
        long = len(word) >= _JOINED[self.script]
        joined = frozenset(pair for one in folded if long for pair in self._split(one))
        if not (begins or families or joined or any(map(self._can_go_on, folded))):
            return None
        upper = word[0].isupper() or self.script == "kana"
        return _Use(begins, families, joined, folded, upper, len(_POSSESSIVE.sub("", word)))

    def _fold(self, word: str) -> tuple[str, ...]:
        """A word as spellings are listed, with and without what grammar may have put behind it."""
        folded = fold_word(self.script, _POSSESSIVE.sub("", word))
        if self.script != "cyrillic":
            return (folded,)
        bare = (folded.removesuffix(ending) for ending in _ENDINGS if len(folded) > len(ending) + 1)
        return tuple(dict.fromkeys((folded, *bare)))

    def _parse(self, folded: str, prefix: str) -> Iterator[str]:
        """Every prefix of something sought that a whole word can be, behind another prefix."""
        if not folded:
            yield prefix
        for end in range(1, min(len(folded), LONGEST) + 1):
            for code in self._codes.get(folded[:end], ()):
                if prefix + code in self._prefixes:
                    yield from self._parse(folded[end:], prefix + code)

    def _can_go_on(self, folded: str) -> bool:
        """Whether a word is nothing but syllables that are sought."""
        reached = [True] + [False] * len(folded)
        for end in range(1, len(folded) + 1):
            starts = range(max(0, end - LONGEST), end)
            reached[end] = any(reached[start] and folded[start:end] in self._codes for start in starts)
        return reached[-1]

    def _split(self, folded: str) -> Iterator[tuple[str, str]]:
        """Surname and given name in one word, in either order."""
        for end in range(1, len(folded)):
            for head, tail in ((folded[:end], folded[end:]), (folded[end:], folded[:end])):
                for surname in self._families.get(head, ()):
                    for given in self._parse(tail, ""):
                        if surname in self._known.get(given, ()):
                            yield surname, given


def _match_words(text: str, sieve: _Sieve, known: dict[str, dict[str, set[int]]]) -> Iterator[Match]:
    words = list(sieve.sift(text))
    for at, word in enumerate(words):
        for surname, given in word.use.joined:
            for number in known[given][surname]:
                yield Match(word.start, word.end, number, True)
        for last, given in _list_givens(text, words, at, sieve, known) if word.use.begins else ():
            yield from _judge_given(text, words, at, last, known[given], len(given))


def _list_givens(
    text: str, words: list[_Word], at: int, sieve: _Sieve, known: dict[str, dict[str, set[int]]]
) -> Iterator[tuple[int, str]]:
    """The given names and places that begin with a word, and the last word of each."""
    prefixes = set(words[at].use.begins)
    for last in range(at, min(at + _MOST, len(words))):
        if last > at:
            if not _is_beside(text, words[last - 1], words[last]):
                return
            prefixes = {longer for prefix in prefixes for longer in sieve.go_on(prefix, words[last])}
        yield from ((last, given) for given in prefixes if given in known)
        if not prefixes:
            return


def _judge_given(
    text: str, words: list[_Word], first: int, last: int, families: dict[str, set[int]], size: int
) -> Iterator[Match]:
    """The matches of a given name or place in these words, with the surname that stands beside it."""
    span = words[first : last + 1]
    start, end = span[0].start, span[-1].end
    alone = size > 1 and span[0].use.upper and _holds_together(text, span)
    named = alone or any(word.use.upper for word in span)
    long = size > 1 and first == last and end - start >= _SAID
    beside: set[Match] = set()
    for near, far in ((first - 1, first), (last + 1, last)):
        if 0 <= near < len(words) and _is_beside(text, *sorted((words[near], words[far]), key=_start_of)):
            for surname in words[near].use.families & families.keys():
                if (named and words[near].use.upper) or long:
                    bounds = min(start, words[near].start), max(end, words[near].end)
                    beside.update(Match(*bounds, number, True) for number in families[surname])
    yield from beside
    if alone:
        for surname, numbers in families.items():
            yield from (Match(start, end, number, not surname) for number in numbers)


def _holds_together(text: str, span: list[_Word]) -> bool:
    """Whether words are one name to the eye: all with capitals, or with hyphens between them."""
    seams = (text[one.end : other.start] for one, other in pairwise(span))
    return all(word.use.upper for word in span) or all(seam in _HYPHENS for seam in seams)


def _start_of(word: _Word) -> int:
    return word.start


def _is_beside(text: str, one: _Word, other: _Word) -> bool:
    return other.start - one.end <= _WIDEST and _GAP.fullmatch(text, one.end, other.start) is not None
