"""A letter lost: whether a text can be what is left of a spelling of a name (§10).

Where two texts share no reading, the letters of one are held against the usual spellings of the other, of
all systems, with one letter left out. Which it is, and how likely, is not asked: it shows no more than that
somebody should look.

Floor 1. Pure. Refused: nothing; texts in Hangul and Hanja have lost no letter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from onggi.names.guesses import spell_families, spell_syllables
from onggi.names.spellings import fold_spelling
from onggi.names.split import Token
from onggi.names.transduce import LONGEST

_LEAST = 5  # letters of a text; fewer are left of many names
_USUAL = 0.02  # of the most usual spelling of a syllable; what is rarer is not usual

# What a part of a name is spelled as, and the same with one letter less.
Spelled = tuple[frozenset[str], frozenset[str]]


def is_remnant(tokens: Sequence[Token], surname: str, given: str) -> bool:
    """Whether tokens spell a name, in classes, but for one letter; in either order."""
    script = tokens[0].script if tokens else ""
    if script in ("", "syllabic") or any(token.script != script for token in tokens):
        return False
    parts = [_spell_part(script, surname, True), *(_spell_part(script, code, False) for code in given)]
    return any(len(text) >= _LEAST and _spells(text, parts) for text in _list_texts(script, tokens))


def _list_texts(script: str, tokens: Sequence[Token]) -> Iterator[str]:
    """The letters of the tokens with the surname first, be it the first or the last of them."""
    folded = ["".join(fold_spelling(script, part) for part in token.parts) for token in tokens]
    yield "".join(folded)
    if len(folded) > 1:
        yield "".join([folded[-1], *folded[:-1]])


@cache
def _spell_part(script: str, code: str, family: bool) -> Spelled:
    """A syllable of a given name, or a surname; a long one is spelled syllable by syllable as well."""
    spelled = _load_usual(script, family).get(code, frozenset())
    if family and len(code) > 1:
        spelled |= set(map("".join, product(*(_load_usual(script, False).get(each, ()) for each in code))))
    return spelled, frozenset(_shorten(spelled))


@cache
def _load_usual(script: str, family: bool) -> Mapping[str, frozenset[str]]:
    """By class, the usual spellings of surnames or of syllables, without marks."""
    tables = (spell_families(script, ""),) if family else spell_syllables(script, "")
    weights: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for table in tables:
        for spelling, classes in table.items():
            for folded, chance in classes.items():
                weights[folded][fold_spelling(script, spelling)] += chance
    return {
        folded: frozenset(text for text, weight in row.items() if weight >= _USUAL * max(row.values()))
        for folded, row in weights.items()
    }


def _shorten(spelled: Iterable[str]) -> Iterator[str]:
    for text in spelled:
        yield from (text[:place] + text[place + 1 :] for place in range(len(text)))


def _spells(text: str, parts: Sequence[Spelled]) -> bool:
    """Whether the parts in their order make up all of a text, one of them with a letter less."""
    whole, short = {0}, set[int]()
    for spelled, shortened in parts:
        short = {
            *_go_on(text, short, spelled),
            *_go_on(text, whole, shortened),
        }
        whole = set(_go_on(text, whole, spelled))
    return len(text) in short


def _go_on(text: str, places: Iterable[int], spelled: frozenset[str]) -> Iterator[int]:
    for start in places:
        for end in range(start, min(len(text), start + LONGEST) + 1):
            if text[start:end] in spelled:
                yield end
