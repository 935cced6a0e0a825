"""Keys under which names are looked up and compared in bulk (§9).

A key is equal for all spellings of one reading. Two names of one person share one almost always; that two
names share one proves nothing, and `compare` weighs it. Systems are not told apart here, which is sooner and
gives some keys more than there are readings.

Floor 1. Pure. Refused: nothing; what cannot be read has no keys.
"""

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from onggi.names.found import Guess, chance_of
from onggi.names.guesses import guess_given, guess_surname
from onggi.names.reading import Name, is_likely, rank_readings
from onggi.names.split import Kind, Sketch, Token, list_cuts, sketch_text
from onggi.names.syllabic import guess_hangul

_FULL, _GIVEN = 12, 6  # keys of either sort at most
_LEAST = 0.002  # of the likeliest reading: what is rarer makes no key
_NEGLIGIBLE = _LEAST / 10  # what is rarer in one way to cut a name is not added up
_most_of = itemgetter(0)
_NOBODY: tuple[Guess, ...] = (("", 1.0),)

Key = tuple[str, str]  # surname and given name in classes


def name_keys(text: str | Name) -> frozenset[str]:
    """The keys of a name's likely readings: `이|영희` for the whole name, `|영희` for the given name alone.

    `이|` stands where the text holds only a surname. Of a kin form ("mother of X") each key begins with the
    kin word (`mother/이|영희`): it names somebody else, and meets only the same form.
    """
    return _make_keys(text if isinstance(text, str) else text.text)


def is_full(key: str) -> bool:
    """Whether a key holds surname and given name: the others are shared by many."""
    surname, _, given = key.partition("|")
    return bool(surname and given) and "/" not in key


@lru_cache(16384)
def _make_keys(text: str) -> frozenset[str]:
    sketch = sketch_text(text)
    ranked = () if sketch.problem else _guess_readings(sketch)
    kin = f"{sketch.form.what}/" if sketch.form is not None and sketch.form.kind is Kind.KIN else ""
    least = _LEAST * ranked[0][1] if ranked else 0.0
    keys: list[str] = []
    alone: set[str] = set()
    for (surname, given), chance in ranked[:_FULL]:
        if chance < least:
            break
        if surname:
            keys.append(f"{kin}{surname}|{given}")
        if given and len(alone) < _GIVEN:
            alone.add(f"{kin}|{given}")
    return frozenset(alone.union(keys))


def _guess_readings(sketch: Sketch) -> Sequence[tuple[Key, float]]:
    """What `rank_readings` finds, sooner and with more besides; it is asked where nothing is found so."""
    tokens, script = sketch.tokens, sketch.tokens[0].script
    ranked: Sequence[tuple[Key, float]] = ()
    if script != "syllabic":
        if all([token.script == script for token in tokens]):
            ranked = _guess_spelled(tokens, script, sketch.marks)
    elif len(tokens) == 1:
        ranked = guess_hangul(tokens[0].parts[0])
    if ranked and is_likely(ranked[0][1], tokens):
        return ranked
    return [(key, row[0]) for key, row in rank_readings(sketch, thorough=False)]


def _guess_spelled(tokens: tuple[Token, ...], script: str, marks: str) -> Sequence[tuple[Key, float]]:
    """The readings of an alphabet or of kana; of each cut those that can still matter beside the best."""
    found: list[tuple[float, float, Sequence[Guess], Sequence[Guess]]] = []
    for surname, given, _, weight in list_cuts(tokens):
        heads = guess_surname(script, marks, surname) if surname else _NOBODY
        tails = guess_given(script, marks, given) if given and heads else _NOBODY
        if heads and tails:
            found.append((weight * heads[0][1] * tails[0][1], weight, heads, tails))
    least = _NEGLIGIBLE * max(found, key=_most_of)[0] if found else 0.0
    totals: dict[Key, float] = {}
    for most, weight, heads, tails in found:
        if most < least:
            continue
        for head, chance in heads:
            share = weight * chance
            floor = least / share
            for tail, more in tails:
                if more < floor:
                    break
                key = head, tail
                totals[key] = totals.get(key, 0.0) + share * more
    return sorted(totals.items(), key=chance_of, reverse=True)
