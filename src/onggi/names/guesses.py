"""What a part of a name can be, over all systems at once and soon: for keys (§9).

Nothing is taken apart here. Every syllable and surname that people have is spelled out once, in every system
of a script, and then a spelling is looked up. Nobody asks whether all parts of a name are of one system, so
more is found than by `read_given`, and sooner. Syllables that names hardly have are not spelled out: whoever
finds nothing here reads the name.

Everything here is a chance, not a logarithm. Floor 1. Pure. Refused: nothing; what is not spelled out is not
known here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from onggi.names.found import Guess, chance_of, sum_systems
from onggi.names.givens import LENGTHS, read_given
from onggi.names.hangul import list_members, split_syllable
from onggi.names.mandarin import list_syllables, load_pinyin, read_mandarin, spell_pinyin
from onggi.names.priors import UNKNOWN_SYLLABLE, load_priors
from onggi.names.surnames import is_long, load_habits, read_surname, spell_mandarin, weigh_rule
from onggi.names.systems import System, load_systems, share_styles
from onggi.names.transduce import HABIT, LONGEST, SLURRED

_SURNAMES, _SYLLABLES, _GIVENS = 4, 8, 12  # guesses of each that go on
_LEAST_SYLLABLE, _LEAST = 0.002, 1e-3  # of the likeliest syllable, of the likeliest pair
_RAREST = 3e-4  # of the spellings of a syllable in a system; a rarer one is not spelled out
# Where one syllable ends and the next begins so, the first may be written with another end (§2): Tŏng-nyong.
_SEAMS = {
    "latin": (("ng", "nm", "k"), ("m", "nm", "p"), ("l", "lr", "n")),
    "cyrillic": (("н", "нм", "к"), ("м", "нм", "п"), ("ль", "лр", "н"), ("л", "лр", "н")),
    "kana": (("N", "nm", "ku"), ("mu", "nm", "pu"), ("ru", "r", "N")),
}
# Where the second begins so in kana, its first sound may be the end of the first: ソニョン for 선영.
_MOVED = {"n": "N", "r": "ru", "m": "mu", "g": "ku", "k": "ku", "b": "pu", "p": "pu"}

_CHANGED = {script: frozenset("".join(starts for _, starts, _ in rows)) for script, rows in _SEAMS.items()}
_CHANGED["kana"] |= _MOVED.keys()

Spelled = Mapping[
    str, Mapping[str, float]
]  # spelling → class → chance of the spelling, with the system's share


@lru_cache(65536)
def guess_given(script: str, marks: str, parts: tuple[str, ...]) -> Sequence[Guess]:
    """The given names that parts can be, as `read_given` has them, the likeliest first."""
    if len(parts) > 2:
        return sum_systems(read_given(script, marks, parts), share_styles(script, marks, "joined"))
    cuts = (parts,) if len(parts) > 1 else _cut_known(script, marks, parts[0])
    totals = _guess_single(script, marks, parts[0]) if len(parts) == 1 else {}
    pairs: list[tuple[float, float, Sequence[Guess], Sequence[Guess]]] = []
    best = 0.0
    for cut in cuts:
        for head, tail, share in _undo_seams(script, marks, *cut):
            heads = guess_syllable(script, marks, head, False)
            tails = guess_syllable(script, marks, tail, True) if heads else ()
            if tails:
                most = share * heads[0][1] * tails[0][1]
                pairs.append((most, share, heads, tails))
                best = max(best, most)
    least = _LEAST * best
    for most, share, heads, tails in pairs:
        if most < least:
            continue
        for first, chance in heads:
            weight = share * chance
            floor = least / weight
            for second, more in tails:
                if more < floor:
                    break
                name = first + second
                totals[name] = totals.get(name, 0.0) + weight * more
    return tuple(sorted(totals.items(), key=chance_of, reverse=True)[:_GIVENS])


@lru_cache(16384)
def guess_syllable(script: str, marks: str, spelling: str, later: bool) -> Sequence[Guess]:
    """The classes of a spelling as the first or the second syllable of a given name."""
    counts = load_priors().second if later else load_priors().first
    spelled = _find_spelled(script, marks, spelling, later)
    ranked = [(folded, counts.get(folded, UNKNOWN_SYLLABLE) * chance) for folded, chance in spelled.items()]
    ranked.sort(key=chance_of, reverse=True)
    return tuple(guess for guess in ranked[:_SYLLABLES] if guess[1] > _LEAST_SYLLABLE * ranked[0][1])


@lru_cache(16384)
def guess_surname(script: str, marks: str, spelling: str) -> Sequence[Guess]:
    """The surnames that a spelling can be, as `read_surname` has them, the likeliest first."""
    spelled = load_families(script, marks).get(spelling)
    if spelled is None:
        if not is_long(script, marks, spelling):
            return ()
        shares = share_styles(script, marks, "joined")
        return sum_systems(read_surname(script, marks, spelling), shares)[:_SURNAMES]
    weigh = load_priors().weigh_surname
    ranked = [(folded, chance * weigh(folded)) for folded, chance in spelled.items()]
    ranked.sort(key=chance_of, reverse=True)
    return tuple(guess for guess in ranked[:_SURNAMES] if guess[1] > _LEAST * ranked[0][1])


@cache
def load_spelled(script: str, marks: str) -> tuple[Spelled, Spelled]:
    """Every spelling of the syllables that names have: of first ones, and of later ones."""
    priors = load_priors()
    shares = share_styles(script, marks, "joined")
    starts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    laters: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for system in load_systems(script, marks):
        for folded in {*priors.first, *priors.second}:
            for syllable in list_members(folded):
                start = priors.share_syllable(syllable, system.orthography, start=True) * shares[system.id]
                later = priors.share_syllable(syllable, system.orthography, start=False) * shares[system.id]
                for spelling, first, second in _spell_syllable(system, syllable):
                    starts[spelling][folded] += start * first
                    laters[spelling][folded] += later * second
    for pinyin in list_syllables():
        for folded, chance in load_pinyin()[pinyin].items():
            for spelling in spell_pinyin(script, pinyin):
                starts[spelling][folded] += shares["mandarin"] * chance
                laters[spelling][folded] += shares["mandarin"] * chance
    return _settle(starts), _settle(laters)


@cache
def load_families(script: str, marks: str) -> Spelled:
    """Every spelling of the surnames that people have, but for those of two syllables that rules give."""
    shares = share_styles(script, marks, "joined")
    found: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for system in load_systems(script, marks):
        for folded in load_priors().surname:
            for shown in list_members(folded) if len(folded) == 1 else ():
                rule = weigh_rule(system, folded, shown) * shares[system.id]
                for spelling, first, _ in _spell_syllable(system, shown):
                    found[spelling][folded] += rule * first
    for spelling, rows in load_habits(script, marks).items():
        for id, folded, habit in rows:
            found[spelling][folded] += shares[id] * habit
    for spelling, families in spell_mandarin(script).items():
        for folded, chance in families.items():
            found[spelling][folded] += shares["mandarin"] * chance
    return _settle(found)


def _settle(found: Mapping[str, Mapping[str, float]]) -> Spelled:
    """The same as plain tables, which the collector of garbage need not walk through ever again."""
    return {spelling: dict(classes) for spelling, classes in found.items()}


def _spell_syllable(system: System, syllable: str) -> Iterator[tuple[str, float, float]]:
    """Each spelling with its chance at the start of a name, and later in it."""
    onset, nucleus, coda = split_syllable(syllable)
    hard, soft = dict(system.onset[onset]), dict(system.onset_voiced[onset])
    closed, opened = dict(system.coda[coda]), dict(system.coda_open[coda])
    nuclei = (system.nucleus_bare if onset == "ㅇ" else system.nucleus)[nucleus]
    habits = system.syllable.get(syllable, ())
    ruled = 1 - HABIT if habits else 1.0
    for first in {**hard, **soft}:
        start = ruled * hard.get(first, 0.0)
        later = max(start, ruled * soft.get(first, 0.0))
        for middle, weight in nuclei:
            for last in {**closed, **opened}:
                shut = weight * closed.get(last, 0.0)
                free = max(shut, weight * opened.get(last, 0.0))
                if later * free > _RAREST:
                    yield first + middle + last, start * free, later * shut
    for text, weight in habits:
        yield text, HABIT * weight, HABIT * weight


def _find_spelled(script: str, marks: str, spelling: str, later: bool) -> Mapping[str, float]:
    """The classes of a spelling; one with a tone is Mandarin."""
    if not spelling[-1:].isdigit():
        return load_spelled(script, marks)[later].get(spelling, {})
    share = share_styles(script, marks, "joined")["mandarin"]
    return {folded: share * chance for folded, chance in read_mandarin(script, spelling).items()}


def _cut_known(script: str, marks: str, text: str) -> Sequence[tuple[str, ...]]:
    """Every cut into two that are spelled out; an apostrophe between them goes."""
    starts, laters = load_spelled(script, marks)
    cuts = []
    for end in range(max(1, len(text) - LONGEST), min(len(text), LONGEST + 1)):
        if text[:end] in starts and (tail := text[end:].removeprefix("'")) in laters:
            cuts.append((text[:end], tail))
    return cuts


def _guess_single(script: str, marks: str, spelling: str) -> dict[str, float]:
    """The given names of one syllable."""
    weigh = load_priors().weigh_given
    spelled = _find_spelled(script, marks, spelling, False)
    return {folded: LENGTHS[1] * weigh(folded) * chance for folded, chance in spelled.items()}


def _undo_seams(script: str, marks: str, head: str, tail: str) -> list[tuple[str, str, float]]:
    """Two spelled syllables as they stand, and as they may be written where they changed one another (§2)."""
    written = [(head, tail, 1.0)]
    if tail[0] not in _CHANGED[script]:
        return written
    for heard, starts, plain in _SEAMS[script]:
        if tail[0] in starts and head.endswith(heard):
            written.append((head.removesuffix(heard) + plain, tail, _share_sound(script, marks)))
    moved = _MOVED.get(tail[0]) if script in SLURRED else None
    if moved and head[-1] in "aeiou":
        written += [(head + moved, rest, SLURRED[script]) for rest in (tail[1:], f"h{tail[1:]}")]
    return written


@cache
def _share_sound(script: str, marks: str) -> float:
    """The share of texts that write what is heard."""
    return sum(system.weight * system.by_sound for system in load_systems(script, marks))
