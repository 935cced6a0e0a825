"""Hangul syllables: their parts, the initial law, and how two neighbours sound (§1, §2).

A syllable is one character of U+AC00–U+D7A3 and has an onset (19), a nucleus (21) and a coda (28, one of them
none). The South drops or changes ㄹ and ㄴ at the start of a word (initial law: 李 is 이 in Seoul, 리 in
Pyongyang), the North writes them. A *class* is what both spellings share: the law applied to every syllable
(리 = 니 = 이, 로 = 노, 량 = 양).

Floor 1. Pure. Refused: nothing; what is no Hangul syllable stays as it is.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import product

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
NUCLEI = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
VOICED_CODAS = frozenset(("", *"ㄴㄵㄶㄹㄻㄼㄽㄾㅀㅁㅇ"))

_FIRST, _LAST = 0xAC00, 0xD7A3
_ONSET_AT = {onset: _FIRST + 588 * place for place, onset in enumerate(ONSETS)}
_NUCLEUS_AT = {nucleus: 28 * place for place, nucleus in enumerate(NUCLEI)}
_CODA_AT = {coda: place for place, coda in enumerate(CODAS)}
_N, _R, _NONE = ONSETS.index("ㄴ"), ONSETS.index("ㄹ"), ONSETS.index("ㅇ")
# Before these the law drops ㄹ and ㄴ; before the others it turns ㄹ into ㄴ.
_IOTATED = frozenset(NUCLEI.index(nucleus) for nucleus in "ㅑㅒㅕㅖㅛㅠㅣ")
# Which stop is heard in a coda: 꽃 ends as 꼳 does.
_STOPS = {"ㄱ": "ㄱㄲㄳㄺㅋ", "ㄷ": "ㄷㅅㅆㅈㅊㅌㅎ", "ㅂ": "ㅂㅄㅍㄿ"}
_NASALS = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}


def is_hangul(char: str) -> bool:
    """Whether a character is a whole syllable."""
    return _FIRST <= ord(char) <= _LAST


def split_syllable(syllable: str) -> tuple[str, str, str]:
    """Onset, nucleus and coda ("" for none): 혁 → ㅎ, ㅕ, ㄱ."""
    place = ord(syllable) - _FIRST
    return ONSETS[place // 588], NUCLEI[place // 28 % 21], CODAS[place % 28]


def join_syllable(onset: str, nucleus: str, coda: str = "") -> str:
    """The syllable of three parts."""
    return chr(_ONSET_AT[onset] + _NUCLEUS_AT[nucleus] + _CODA_AT[coda])


def fold_syllables(text: str) -> str:
    """The class of a sequence: the initial law applied to each syllable."""
    return text.translate(_LAW)


def soften_start(text: str) -> str:
    """As the South writes it: the law applied to the first syllable alone (리련희 → 이련희)."""
    return text[:1].translate(_LAW) + text[1:]


@lru_cache(16384)
def list_members(folded: str) -> tuple[str, ...]:
    """Every syllable of a class: 이 → 이, 니, 리; 노 → 노, 로."""
    onset, rest = divmod(ord(folded) - _FIRST, 588)
    others = {_NONE: (_N, _R), _N: (_R,)}.get(onset, ())
    siblings = (chr(_FIRST + other * 588 + rest) for other in others)
    return (folded, *(sibling for sibling in siblings if fold_syllables(sibling) == folded))


def join_sounds(coda: str, onset: str) -> tuple[str, str]:
    """How a coda and the next onset are heard: ㄱ+ㄹ as ㅇ+ㄴ (학렬 → 항녈), ㄴ+ㄹ as ㄹ+ㄹ (천룡 → 철룡).

    Standard pronunciation (표준 발음법 §18–20), which both Koreas share in names.
    """
    if onset in "ㄴㄹㅁ":
        for stop, members in _STOPS.items():
            if coda and coda in members:
                return _NASALS[stop], "ㄴ" if onset == "ㄹ" else onset
        if onset == "ㄹ" and coda in ("ㅁ", "ㅇ"):
            return coda, "ㄴ"
        if (coda, onset) in (("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")):
            return "ㄹ", "ㄹ"
    return coda, onset


def slur_sounds(coda: str, onset: str) -> tuple[str, str]:
    """How they are heard in quick speech: a coda moves before a vowel, ㅎ is lost or merges.

    선영 → 서녕, 은호 → 으노 (표준 발음법 §12–13). Latin and Cyrillic letters look the same either way; kana
    must choose.
    """
    if coda in ("ㄱ", "ㄴ", "ㄹ", "ㅁ", "ㅂ") and onset == "ㅇ":
        return "", coda
    if onset == "ㅎ" and coda in ("ㄴ", "ㄹ", "ㅁ"):
        return "", coda
    if onset == "ㅎ" and coda in ("ㄱ", "ㅂ"):
        return "", {"ㄱ": "ㅋ", "ㅂ": "ㅍ"}[coda]
    return coda, onset


def hear_syllables(written: str, change: Callable[[str, str], tuple[str, str]]) -> str:
    """A row of syllables with `join_sounds` or `slur_sounds` done to each pair of neighbours."""
    heard = written
    for place in range(len(written) - 1):
        first, second = map(split_syllable, heard[place : place + 2])
        coda, onset = change(first[2], second[0])
        pair = join_syllable(*first[:2], coda) + join_syllable(onset, *second[1:])
        heard = heard[:place] + pair + heard[place + 2 :]
    return heard


def _make_law() -> dict[int, int]:
    """What ㄴ and ㄹ become at the start of a word: nothing before an iotated vowel, and ㄹ else ㄴ."""
    law: dict[int, int] = {}
    for onset, rest in product((_N, _R), range(588)):
        becomes = _NONE if rest // 28 in _IOTATED else _N
        law[_FIRST + onset * 588 + rest] = _FIRST + becomes * 588 + rest
    return law


_LAW = _make_law()
