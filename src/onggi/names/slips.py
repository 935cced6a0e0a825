"""Given names that are not the same, one of which may be a slip for the other (§10).

A syllable misheard, or one left out: how likely that is for one person, against two people: met by chance, or
kin, who often share the surname and one syllable (돌림자). The prices are estimates, and uncertain.

Floor 1. Pure. Refused: nothing; what differs in more than one syllable is no slip.
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations

from onggi.names.hangul import split_syllable
from onggi.names.priors import UNKNOWN_SYLLABLE, load_priors

KIN = 0.002  # of two people in the same files are kin who share the surname and one of two syllables
_MISHEARD = 0.02  # of names, one syllable is written as another
_DROPPED = 0.002  # a syllable is missing
_FREQUENT = 0.001  # a rarer syllable weighs as this one: a slip for what hardly exists proves nothing
# How far apart two parts of a syllable are to the ear: 1 for the same, and these.
_CONFUSED, _UNLIKE = 0.3, 0.03
_CONFUSIONS = "ㅓㅗ ㅡㅜㅓ ㅕㅛ ㅐㅔㅚㅖ ㅢㅣㅟ ㅘㅏ ㅝㅓㅕ ㅠㅜ ㄱㅋㄲ ㄷㅌㄸ ㅂㅍㅃ ㅈㅊㅉ ㅅㅆ ㄴㅇㅁ ㄴㄹ"
_PAIRS = frozenset(frozenset(pair) for group in _CONFUSIONS.split() for pair in combinations(group, 2))


@lru_cache(65536)
def weigh_slip(one: str, other: str, surname: float) -> float:
    """The likelihood ratio of two different given names with a surname of this chance.

    0 where neither can be a slip for the other.
    """
    priors = load_priors()
    if len(one) == len(other) == 1:
        return _hear_alike(one, other, priors.only) / surname
    if len(one) == len(other) == 2:
        if one[1] == other[1]:
            shared = surname * _chance_of(one[1], priors.second) + KIN / 2
            return _hear_alike(one[0], other[0], priors.first) / shared
        if one[0] == other[0]:
            shared = surname * _chance_of(one[0], priors.first) + KIN / 2
            return _hear_alike(one[1], other[1], priors.second) / shared
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and len(long) == 2 and short in long:
        return _DROPPED / (surname * _chance_of(short, priors.first))
    return 0.0


def _hear_alike(one: str, other: str, counts: Mapping[str, float]) -> float:
    """How likely one syllable is written for another, against the chance of the more frequent."""
    alike = _MISHEARD
    for part, other_part in zip(split_syllable(one), split_syllable(other), strict=True):
        if part != other_part:
            alike *= _CONFUSED if frozenset((part, other_part)) in _PAIRS else _UNLIKE
    return alike / max(_chance_of(one, counts), _chance_of(other, counts), _FREQUENT)


def _chance_of(syllable: str, counts: Mapping[str, float]) -> float:
    return counts.get(syllable, UNKNOWN_SYLLABLE)
