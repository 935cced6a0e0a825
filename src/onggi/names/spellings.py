"""Every spelling of a syllable or a surname in an alphabet or in kana, by all systems at once (§11).

For finding, where nothing may be missed: how likely a spelling is does not matter, and marks, tones and case
are folded away. Floor 1. Pure. Refused: nothing; what has no spelling in a script has none here.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import product

from onggi.names.hangul import (
    fold_syllables,
    hear_syllables,
    join_sounds,
    list_members,
    slur_sounds,
)
from onggi.names.letters import plain_kana
from onggi.names.mandarin import decode_pinyin, list_syllables, load_pinyin, spell_pinyin
from onggi.names.surnames import load_habits, load_surnames
from onggi.names.systems import load_systems
from onggi.names.transduce import spell_syllable

_WRITTEN_SO = 0.01  # of the characters of a syllable, so many must have a Mandarin for it to be looked for
_PRIVATE = "\ue000"


@lru_cache(65536)
def fold_word(script: str, word: str) -> str:
    """A word without case, marks and apostrophes, as spellings are listed here; kana as letters."""
    if script == "kana":
        return plain_kana(word)
    if word.isascii():
        return word.replace("'", "").lower()
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if letter.isalpha())


@cache
def spell_code(script: str, code: str) -> frozenset[str]:
    """Every spelling of a syllable: of a class of Korean ones, or of one of Mandarin by its code."""
    if code >= _PRIVATE:
        spelled: Iterable[str] = spell_pinyin(script, decode_pinyin(code))
    else:
        spelled = _spell_class(script, code)
    return frozenset(fold_spelling(script, spelling) for spelling in spelled)


@cache
def spell_family(script: str, surname: str) -> frozenset[str]:
    """Every spelling of a surname: by the rules, by habit, and in Mandarin."""
    ruled = map("".join, product(*(spell_code(script, code) for code in surname)))
    return frozenset(ruled) | _list_habits(script).get(surname, frozenset())


@lru_cache(16384)
def list_heard(given: str) -> frozenset[str]:
    """A given name of several syllables as it may be heard, in classes: 학열 is also 항열, 선영 also 서영."""
    if len(given) < 2 or given >= _PRIVATE:
        return frozenset((given,))
    heard = {given}
    for row in product(*map(list_members, given)):
        for change in (join_sounds, slur_sounds):
            heard.add(fold_syllables(hear_syllables("".join(row), change)))
    return frozenset(heard)


def fold_spelling(script: str, spelling: str) -> str:
    """A spelling as `fold_word` leaves it; those of kana are letters already."""
    return spelling if script == "kana" else fold_word(script, spelling)


@cache
def _spell_class(script: str, folded: str) -> frozenset[str]:
    systems = load_systems(script)
    ruled = {
        text
        for system in systems
        for member in list_members(folded)
        for text in spell_syllable(system, member)
    }
    mandarin = {text for pinyin in _list_pinyin().get(folded, ()) for text in spell_pinyin(script, pinyin)}
    return frozenset(ruled | mandarin)


@cache
def _list_pinyin() -> Mapping[str, tuple[str, ...]]:
    """By class, the Mandarin that its characters have in names."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for pinyin in list_syllables():
        for folded, share in load_pinyin()[pinyin].items():
            if share >= _WRITTEN_SO:
                found[folded] += (pinyin,)
    return found


@cache
def _list_habits(script: str) -> Mapping[str, frozenset[str]]:
    """By class or code, the spellings of a surname that no rule gives."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for spelling, rows in load_habits(script, "").items():
        for _, folded, _ in rows:
            found[folded].add(fold_spelling(script, spelling))
    for pinyin, families in load_surnames().pinyin.items():
        for folded in families if pinyin.isalpha() else ():
            found[folded].update(fold_spelling(script, text) for text in spell_pinyin(script, pinyin))
    return {folded: frozenset(spellings) for folded, spellings in found.items()}
