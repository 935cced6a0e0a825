"""Keys under which names are looked up and compared in bulk (§9).

A key is equal for all spellings of one reading. Two names of one person share one almost always; that two
names share one proves nothing, and `compare` weighs it. Systems are not told apart here, which is sooner and
gives some keys more than there are readings.

Floor 1. Pure. Refused: nothing; what cannot be read has no keys.
"""

from functools import lru_cache

from onggi.names.found import Guess, chance_of
from onggi.names.guesses import guess_given, guess_surname
from onggi.names.reading import Name, is_likely, rank_readings
from onggi.names.split import Kind, Sketch, list_cuts, sketch_text

_FULL, _GIVEN = 12, 6  # keys of either sort at most
_LEAST = 0.002  # of the likeliest reading: what is rarer makes no key
_NEGLIGIBLE = _LEAST / 10  # what is rarer in one way to cut a name is not added up
_NOBODY: tuple[Guess, ...] = (("", 1.0),)


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
    ranked = [] if sketch.problem else _guess_readings(sketch)
    kin = f"{sketch.form.what}/" if sketch.form is not None and sketch.form.kind is Kind.KIN else ""
    least = _LEAST * ranked[0][1] if ranked else 0.0
    keys: set[str] = set()
    alone: set[str] = set()
    for (surname, given), chance in ranked[:_FULL]:
        if chance < least:
            break
        if surname:
            keys.add(f"{kin}{surname}|{given}")
        if given and len(alone) < _GIVEN:
            alone.add(f"{kin}|{given}")
    return frozenset(keys | alone)


def _guess_readings(sketch: Sketch) -> list[tuple[tuple[str, str], float]]:
    """What `rank_readings` finds, sooner and with more besides; it is asked where nothing is found so."""
    tokens, marks, script = sketch.tokens, sketch.marks, sketch.tokens[0].script
    totals: dict[tuple[str, str], float] = {}
    best = 0.0
    if script != "syllabic" and all(token.script == script for token in tokens):
        for cut in list_cuts(tokens):
            heads = guess_surname(script, marks, cut.surname) if cut.surname else _NOBODY
            tails = guess_given(script, marks, cut.given) if cut.given and heads else _NOBODY
            if not heads or not tails:
                continue
            best = max(best, cut.weight * heads[0][1] * tails[0][1])
            for head, head_chance in heads:
                share = cut.weight * head_chance
                for tail, chance in tails:
                    weight = share * chance
                    if weight < _NEGLIGIBLE * best:
                        break
                    key = head, tail
                    totals[key] = totals.get(key, 0.0) + weight
    ranked = sorted(totals.items(), key=chance_of, reverse=True)
    if ranked and is_likely(ranked[0][1], tokens):
        return ranked
    return [(key, row[0]) for key, row in rank_readings(sketch, thorough=False)]
