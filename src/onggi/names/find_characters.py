"""Known names and places in Hangul and in Chinese characters (§11).

A text is mapped, character by character, to classes of syllables, to base forms and to Mandarin; each of
these is looked through once for the first two characters of what is known. By its sound a given name or a
place is found only in Hangul: two Chinese characters that sound like one are most often two words, unless a
surname stands before them.

Floor 1. Pure. Refused: nothing.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import add

from onggi.names.hangul import fold_syllables, is_hangul
from onggi.names.hanja import read_character
from onggi.names.letters import script_of
from onggi.names.match import Match
from onggi.names.sought import HANJA, MANDARIN, SOUND, Sought, base_of, say_character
from onggi.names.surnames import load_surnames

_LETTER = "[가-힣一-鿿㐀-䶿豈-﫿\U00020000-\U0003ffff]"
_RUN = re.compile(rf"{_LETTER}(?:.{{0,2}}{_LETTER})*", re.DOTALL)  # what lies between is no more than a gap
_SPACED = re.compile(rf"(?<!{_LETTER}){_LETTER}(?:[ \u00a0·・]{_LETTER}){{1,3}}{_LETTER}{{0,3}}")
_GAP = " \u00a0·・."
_SURE = 3  # syllables of a whole name that is found in the middle of a word, too
# What may follow a name in Hangul, without a space. Whatever begins so is let through.
_PARTICLES = (
    *"은는이가을를의에와과도만로네야아랑씨님들란인께께등며고처군양",
    *("한테", "하고", "까지", "부터", "보다", "처럼", "마저", "조차", "라고", "라는", "동지", "동무", "여사"),
    *("언니", "누나", "오빠", "엄마", "아빠", "어머니", "아버지", "선생", "할머니", "아주머니"),
)
_AFTER = re.compile("|".join(_PARTICLES))

Say = Callable[[str], str]


class Characters:
    """What is sought, by layer."""

    def __init__(self, sought: Iterable[tuple[Sought, int]]) -> None:
        layers: dict[str, list[_Layer]] = {
            SOUND: [_Layer(SOUND, _say_first), _Layer(SOUND, _say_second)],
            HANJA: [_Layer(HANJA, base_of)],
            MANDARIN: [_Layer(MANDARIN, say_character)],
        }
        for one, number in sought:
            for layer in layers[one.layer]:
                layer.add(one, number)
        self._layers = [layer for row in layers.values() for layer in row if layer.targets]

    def find(self, text: str) -> Iterator[Match]:
        """Every match; some are found by several layers."""
        for run in _RUN.finditer(text) if self._layers else ():
            for layer in self._layers:
                yield from _shift(layer.find(run[0]), run.start())
        for spaced in _SPACED.finditer(text) if self._layers else ():
            for layer in self._layers:
                yield from _find_spaced(layer, spaced)


class _Map(dict[int, str]):
    """For `str.translate`: what a layer says of a character, asked once for each."""

    def __init__(self, say: Say, served: frozenset[str]) -> None:
        super().__init__()
        self._say, self._served = say, served

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = said = (self._say(char) or char) if script_of(char) in self._served else char
        return said


@dataclass(slots=True)
class _Target:
    """A string to be found; what it is with each surname before it, or alone."""

    text: str
    families: dict[str, set[int]] = field(default_factory=dict)
    alone: set[int] = field(default_factory=set)


class _Layer:
    """One way to map a text, and what is sought in it."""

    def __init__(self, name: str, say: Say) -> None:
        self.targets: dict[str, dict[str, _Target]] = {}  # by the first two characters, then by all
        self._map = _Map(say, frozenset({"hanja"} if name != SOUND else {"hanja", "hangul"}))
        self._sounds = name == SOUND

    def add(self, one: Sought, number: int) -> None:
        """Seek it, too. A given name of one syllable is sought with its surname only."""
        if len(one.given) > 1:
            target = self._target(one.given)
            place = target.families.setdefault(one.surname, set()) if one.surname else target.alone
            place.add(number)
        elif one.surname:
            for surname in self._list_said(one.surname):
                self._target(surname + one.given).alone.add(number)

    def find(self, text: str) -> Iterator[Match]:
        """Every match in a text."""
        mapped, targets = text.translate(self._map), self.targets
        for start, pair in enumerate(map(add, mapped, mapped[1:])):
            if pair in targets:
                for target in targets[pair].values():
                    if mapped.startswith(target.text, start):
                        yield from self._judge(text, mapped, start, target)

    def _target(self, text: str) -> _Target:
        return self.targets.setdefault(text[:2], {}).setdefault(text, _Target(text))

    def _list_said(self, surname: str) -> set[str]:
        """How this layer maps a surname, in Hangul and in every character it is written with."""
        said = {surname}
        if self._sounds and len(surname) == 1:
            said |= {self._map[ord(char)] for char in _list_families().get(surname, ())}
        return said

    def _judge(self, text: str, mapped: str, start: int, target: _Target) -> Iterator[Match]:
        end = start + len(target.text)
        spelled = text[start:end]
        calm = self._stands_alone(text, start, end)
        sure = calm if self._sounds and not _has_hanja(spelled) else not self._sounds
        for number in target.alone if sure or (self._sounds and _is_named(spelled)) else ():
            yield Match(start, end, number, True)
        for surname, numbers in target.families.items():
            first, last = self._find_family(text, mapped, start, end, surname)
            whole = (first, last) != (start, end)
            if whole and (last - first >= _SURE or calm) or (not whole and sure):
                for number in numbers:
                    yield Match(first, last, number, whole)

    def _find_family(self, text: str, mapped: str, start: int, end: int, surname: str) -> tuple[int, int]:
        """The span with the surname that stands before a given name, or behind it after a space."""
        before = start - 1 if start and text[start - 1] in _GAP else start
        for stop in (start, before):
            if self._is_family(text, mapped, stop - len(surname), surname):
                return stop - len(surname), end
        if text[end : end + 1] in _GAP and self._is_family(text, mapped, end + 1, surname):
            last = end + 1 + len(surname)
            if not text[last : last + 1].isalpha():
                return start, last
        return start, end

    def _is_family(self, text: str, mapped: str, start: int, surname: str) -> bool:
        if start < 0:
            return False
        if mapped.startswith(surname, start) and not (self._sounds and _has_hanja(text[start])):
            return True
        spelled = text[start : start + len(surname)]
        return self._sounds and surname in _list_readings(spelled)

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        """Whether a word begins here and, if it goes on behind, does so as it would after a name."""
        if start and is_hangul(text[start - 1]):
            return False
        return end == len(text) or not is_hangul(text[end]) or _AFTER.match(text, end) is not None


def _shift(matches: Iterable[Match], start: int) -> Iterator[Match]:
    """Matches in a part of a text, where they stand in all of it."""
    for match in matches:
        yield Match(match.start + start, match.end + start, match.number, match.whole)


def _find_spaced(layer: _Layer, run: re.Match[str]) -> Iterator[Match]:
    """A whole name of which every character stands apart: 리 영 희."""
    places = [place for place, char in enumerate(run[0], run.start()) if char.isalpha()]
    for match in layer.find("".join(filter(str.isalpha, run[0]))):
        if match.whole and match.start == 0:
            yield Match(places[0], places[match.end - 1] + 1, match.number, True)


def _has_hanja(text: str) -> bool:
    return any(script_of(char) == "hanja" for char in text)


def _is_named(text: str) -> bool:
    """Whether Chinese characters begin with one that is a surname, as those of a whole short name do."""
    return bool(_list_readings(text[:1]) or _list_readings(text[:2]))


@cache
def _list_families() -> dict[str, frozenset[str]]:
    """By class, the characters in which a surname is written."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for char, readings in load_surnames().hanja.items():
        for sound in readings:
            found[fold_syllables(sound)].add(char)
    return {folded: frozenset(chars) for folded, chars in found.items()}


@cache
def _load_readings() -> dict[str, frozenset[str]]:
    """By the base forms of its characters, the classes of a surname."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for char, readings in load_surnames().hanja.items():
        found["".join(map(base_of, char))].update(map(fold_syllables, readings))
    return {char: frozenset(sounds) for char, sounds in found.items()}


def _list_readings(spelled: str) -> frozenset[str]:
    return _load_readings().get("".join(map(base_of, spelled)), frozenset())


def _say_first(char: str) -> str:
    """The class of a syllable, or of a character as it is mostly read."""
    return fold_syllables(char) if is_hangul(char) else (_rank_readings(char) or [""])[0]


def _say_second(char: str) -> str:
    """The same for its second reading, where it has one."""
    return fold_syllables(char) if is_hangul(char) else (_rank_readings(char) or [""])[:2][-1]


def _rank_readings(char: str) -> list[str]:
    entry = read_character(char)
    readings = {} if entry is None else entry.readings
    ranked = sorted(readings, key=lambda sound: readings[sound], reverse=True)
    return list(dict.fromkeys(map(fold_syllables, ranked)))
