"""Keys under which names are looked up and compared in bulk (§9).

A key is equal for all spellings of one reading. Two names of one person share one almost always; that two
names share one proves nothing, and `compare` weighs it. Systems are not told apart here, which is sooner and
gives some keys more than there are readings.

Floor 1. Pure. Refused: nothing; what cannot be read has no keys.
"""

from collections.abc import Sequence

from onggi.names.found import Guess, Whole, chance_of
from onggi.names.glance import Glance, glance_text
from onggi.names.guesses import guess_given, load_families
from onggi.names.reading import Name, is_likely, join_spelled, rank_readings
from onggi.names.split import Cut, Form, Kind, Sketch, list_cuts, sketch_text
from onggi.names.syllabic import guess_hangul

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


def _make_keys(text: str) -> frozenset[str]:
    ranked, form = _rank_text(text)
    if not ranked:
        return frozenset()
    least = _LEAST * ranked[0][1]
    keys: list[str] = []
    given: dict[str, None] = {}
    for (head, tail), chance in ranked[:_FULL]:
        if chance < least:
            break
        if head:
            keys.append(f"{head}|{tail}")
        if tail and len(given) < _GIVEN:
            given[tail] = None
    keys += [f"|{tail}" for tail in given]
    if form is not None and form.kind is Kind.KIN:
        keys = [f"{form.what}/{key}" for key in keys]
    return frozenset(keys)


def _rank_text(text: str) -> tuple[Sequence[Whole], Form | None]:
    """What `rank_readings` finds, sooner and with more besides; it is asked where nothing is found so."""
    glance = glance_text(text)
    if glance is not None and (ranked := _guess_glance(*glance)):
        return ranked, None
    sketch = sketch_text(text)
    if sketch.problem:
        return (), None
    if glance is None and (glance := _view_sketch(sketch)) and (ranked := _guess_glance(*glance)):
        return ranked, sketch.form
    return [(key, row[0]) for key, row in rank_readings(sketch, thorough=False)], sketch.form


def _view_sketch(sketch: Sketch) -> Glance | None:
    """A sketch as a glance; nothing of several scripts, nor of Hangul in several runs."""
    tokens, script = sketch.tokens, sketch.tokens[0].script
    if script == "syllabic":
        return (script, "", [], tokens[0].parts[0]) if len(tokens) == 1 else None
    if len(sketch.scripts) > 1:
        return None
    return script, sketch.marks, list_cuts(tokens), join_spelled(tokens)


def _guess_glance(script: str, marks: str, cuts: Sequence[Cut], letters: str) -> Sequence[Whole]:
    """What a glance can be, if that is likelier than chance letters."""
    if script == "syllabic":
        return guess_hangul(letters, _NEGLIGIBLE)
    ranked = _guess_spelled(script, marks, cuts)
    return ranked if ranked and is_likely(ranked[0][1], letters) else ()


def _guess_spelled(script: str, marks: str, ways: Sequence[Cut]) -> Sequence[Whole]:
    """The classes of an alphabet or of kana; of each cut those that can still matter beside the best."""
    families = load_families(script, marks)
    found: list[tuple[float, float, Sequence[Guess], Sequence[Guess]]] = []
    best = 0.0
    for surname, given, _, weight in ways:
        heads = families[surname] if surname else _NOBODY
        if not heads:
            continue
        share = weight * heads[0][1]
        tails = guess_given(script, marks, given, _NEGLIGIBLE * best / share) if given else _NOBODY
        if tails:
            most = share * tails[0][1]
            found.append((most, weight, heads, tails))
            if most > best:
                best = most
    least = _NEGLIGIBLE * best
    cuts = [row for row in found if row[0] >= least]
    if len(cuts) == 1:
        return _rank_cut(*cuts[0][1:], _LEAST * best)
    totals: dict[tuple[str, str], float] = {}
    for _, weight, heads, tails in cuts:
        for head, chance in heads:
            share = weight * chance
            floor = least / share
            for tail, more in tails:
                if more < floor:
                    break
                key = head, tail
                totals[key] = totals.get(key, 0.0) + share * more
    return sorted(totals.items(), key=chance_of, reverse=True)


def _rank_cut(weight: float, heads: Sequence[Guess], tails: Sequence[Guess], least: float) -> Sequence[Whole]:
    """The classes of the only cut that matters, the likeliest first, down to `least`.

    The n-th given name of the m-th surname stands behind m · n - 1 others, so few pairs need be looked at.
    """
    rows: list[Whole] = []
    for place, (head, chance) in enumerate(heads, 1):
        share = weight * chance
        for tail, more in tails[: _FULL // place]:
            whole = share * more
            if whole < least:
                break
            rows.append(((head, tail), whole))
    if len(heads) > 1:  # of one, the given names are in their order
        rows.sort(key=chance_of, reverse=True)
    return rows
