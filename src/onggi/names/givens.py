"""Given names in alphabets and kana: what one, two or three spelled syllables can be together (§4, §7).

What neighbours do to one another (voicing, ㄱ heard as ㅇ before ㄴ, a coda that moves to the next syllable
in kana) is undone at the seam between them. Each system reads the whole name, since a name is written in one.

Everything here is a chance, not a logarithm. Floor 1. Pure. Refused: nothing; what no system spells has no
reading.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product

from onggi.names.found import Found, Guess, Options, chance_of, merge_options, sum_options
from onggi.names.hangul import (
    ONSETS,
    VOICED_CODAS,
    fold_syllables,
    join_sounds,
    join_syllable,
    slur_sounds,
    split_syllable,
)
from onggi.names.mandarin import read_mandarin
from onggi.names.priors import UNKNOWN_SYLLABLE, load_priors
from onggi.names.systems import System, load_system
from onggi.names.transduce import SLURRED, Candidate, cut_three, cut_two, read_syllable

LENGTHS = {1: 0.025, 2: 0.965, 3: 0.004}  # of given names, by syllables; UNCERTAIN for the North
_KEPT = 10  # candidates of a syllable that go on to be combined
_LEAST = 1e-3  # of the best of them, and of the best pair
_THREE = 6  # letters of which three syllables may be joined

# A candidate ready to be combined: syllable, class, onset, coda, whether that is voiced, its chance at its
# place; this times the chance of the spelling (first: before a consonant, before a vowel; later: after a
# voiced, after a hard sound); and the most it can weigh once what its neighbours did is undone.
Ranked = tuple[str, str, str, str, bool, float, float, float, float]


@lru_cache(65536)
def read_given(script: str, marks: str, parts: tuple[str, ...]) -> Options:
    """The given names that parts can be: each part one syllable, or a single part any cut into one to three.

    The chance is of text and name together, without that of the system; the likeliest first.
    """
    if len(parts) > 1:
        return _read_pair(script, marks, *parts) if len(parts) == 2 else _read_three(script, marks, parts)
    found = [_read_pair(script, marks, *cut) for cut in cut_two(script, marks, parts[0])]
    if len(parts[0]) >= _THREE:
        found += [_read_three(script, marks, cut) for cut in cut_three(script, marks, parts[0])]
    single = _read_single(script, marks, parts[0])
    return merge_options([*found, single] if single else found)


def _read_single(script: str, marks: str, spelling: str) -> Options:
    """The names of one syllable; all of them, since none shuts out another."""
    priors = load_priors()
    found: dict[str, list[Found]] = defaultdict(list)
    for id, candidates in read_syllable(script, marks, spelling).items():
        orthography = load_system(id).orthography
        for syllable, closed, *_ in candidates:
            folded = fold_syllables(syllable)
            share = closed * priors.share_syllable(syllable, orthography, start=True)
            found[id].append((folded, LENGTHS[1] * priors.weigh_given(folded) * share, syllable))
    for folded, chance in read_mandarin(script, spelling).items():
        found["mandarin"].append((folded, LENGTHS[1] * priors.weigh_given(folded) * chance, folded))
    return sum_options(found)


@lru_cache(65536)
def _read_pair(script: str, marks: str, head: str, tail: str) -> Options:
    """The names of two syllables with these spellings."""
    heads, tails = _rank_syllable(script, marks, head, False), _rank_syllable(script, marks, tail, True)
    found = {id: _combine_pair(load_system(id), heads[id], tails[id]) for id in heads if id in tails}
    found["mandarin"] = _combine_mandarin(script, (head, tail))
    return sum_options(found)


def _read_three(script: str, marks: str, parts: tuple[str, ...]) -> Options:
    """The names of three syllables, without what neighbours do to one another: such names are few."""
    if len(parts) != 3:
        return {}
    columns = [_rank_syllable(script, marks, part, place > 0) for place, part in enumerate(parts)]
    found = {id: _combine_three([column.get(id, ())[:4] for column in columns]) for id in columns[0]}
    found["mandarin"] = _combine_mandarin(script, parts)
    return sum_options(found)


@lru_cache(16384)
def _rank_syllable(script: str, marks: str, spelling: str, later: bool) -> Mapping[str, Sequence[Ranked]]:
    """The likeliest candidates of a spelling at its place, ready to be combined.

    Syllables that no Hanja has (꿟) count only where a spelling can be nothing else.
    """
    priors = load_priors()
    ranked: dict[str, Sequence[Ranked]] = {}
    for id, candidates in read_syllable(script, marks, spelling).items():
        system = load_system(id)
        usual = [row for row in candidates if script in SLURRED or fold_syllables(row[0]) in priors.first]
        rows = [_rank_candidate(row, system, later=later) for row in usual or candidates]
        rows.sort(key=_weight_of, reverse=True)
        least = _LEAST * _weight_of(rows[0])
        ranked[id] = tuple(row for row in rows[:_KEPT] if _weight_of(row) >= least)
    return ranked


def _rank_candidate(candidate: Candidate, system: System, *, later: bool) -> Ranked:
    syllable, closed, opened, soft, hard = candidate
    folded, onset, coda, prior, most = _weigh_syllable(
        syllable, system.orthography, system.script in SLURRED, later
    )
    usual, other = (soft, hard) if later else (closed, opened)
    most *= max(usual, other)
    return syllable, folded, onset, coda, coda in VOICED_CODAS, prior, prior * usual, prior * other, most


@lru_cache(65536)
def _weigh_syllable(
    syllable: str, orthography: str, slurred: bool, later: bool
) -> tuple[str, str, str, float, float]:
    """Class, onset and coda, the chance at a place, and the most that any syllable heard as this one has."""
    priors, folded = load_priors(), fold_syllables(syllable)
    onset, nucleus, coda = split_syllable(syllable)
    counts = priors.second if later else priors.first
    share = priors.share_syllable(syllable, orthography, start=not later)
    prior = counts.get(folded, UNKNOWN_SYLLABLE) * share
    written = _list_slurred(onset, nucleus, coda, later=later) if slurred else []
    most = max([prior, *(counts.get(fold_syllables(source), 0.0) for source in written)])
    return folded, onset, coda, prior, most


def _list_slurred(onset: str, nucleus: str, coda: str, *, later: bool) -> list[str]:
    """The syllables that quick speech may have made into this one: 으 of 은, 노 of 오 and 호."""
    if later:
        return [join_syllable(lost, nucleus, coda) for lost in "ㅇㅎ"]
    return [] if coda else [join_syllable(onset, nucleus, moved) for moved in "ㄱㄴㄹㅁㅂ"]


def _weight_of(row: Ranked) -> float:
    return row[8]


def _combine_pair(system: System, heads: Sequence[Ranked], tails: Sequence[Ranked]) -> Iterator[Found]:
    seams = _load_seams(system.script, system.by_sound)
    least = _LEAST * _weight_of(heads[0]) * _weight_of(tails[0])
    for first, folded, _, coda, voiced, prior, closed, opened, most in heads:
        for second, tail_folded, onset, _, _, tail_prior, soft, hard, tail_most in tails:
            if most * tail_most < least:
                break
            before_vowel = onset == "ㅇ" or (onset == "ㅎ" and coda == "ㄹ")
            chance = LENGTHS[2] * (opened if before_vowel else closed) * (soft if voiced else hard)
            if not chance:
                continue
            sources = seams.get((coda, onset))
            if sources is None:
                yield folded + tail_folded, chance, first + second
                continue
            spelled = chance / (prior * tail_prior)
            for source_coda, source_onset, share in sources:
                if (source_coda, source_onset) == (coda, onset):
                    yield folded + tail_folded, chance * share, first + second
                else:
                    yield _restore_pair(system, first, second, source_coda, source_onset, spelled * share)


def _restore_pair(system: System, first: str, second: str, coda: str, onset: str, spelled: float) -> Found:
    """The pair that sounds like these two but is written with this coda and this onset."""
    priors = load_priors()
    first = join_syllable(*split_syllable(first)[:2], coda)
    second = join_syllable(onset, *split_syllable(second)[1:])
    name = fold_syllables(first + second)
    prior = priors.weigh_given(name)
    prior *= priors.share_syllable(first, system.orthography, start=True)
    prior *= priors.share_syllable(second, system.orthography, start=False)
    return name, spelled * prior, first + second


@cache
def _load_seams(script: str, by_sound: float) -> Mapping[tuple[str, str], Sequence[tuple[str, str, float]]]:
    """For a coda and an onset as heard: what may be written there, with the chance that it is heard so."""
    slurred = SLURRED.get(script, 0.0)
    sources: defaultdict[tuple[str, str], list[tuple[str, str, float]]] = defaultdict(list)
    for coda, onset in product(("", "ㄱ", "ㄴ", "ㄷ", "ㄹ", "ㅁ", "ㅂ", "ㅅ", "ㅇ"), ONSETS):
        left = 1.0
        for sound, share in ((join_sounds, by_sound), (slur_sounds, slurred)):
            heard = sound(coda, onset)
            if share and heard != (coda, onset):
                sources[heard].append((coda, onset, share))
                left = 1 - share
        sources[coda, onset].append((coda, onset, left))
    return {heard: rows for heard, rows in sources.items() if rows != [(*heard, 1.0)]}


def _combine_three(columns: Sequence[Sequence[Ranked]]) -> Iterator[Found]:
    for first, second, third in product(*columns):
        chance = LENGTHS[3] * first[6] * _weight_of(second) * _weight_of(third)
        yield first[1] + second[1] + third[1], chance, first[0] + second[0] + third[0]


def _combine_mandarin(script: str, parts: tuple[str, ...]) -> Iterator[Found]:
    """The names whose characters Mandarin reads so."""
    names = [("", LENGTHS[len(parts)])]
    for place, part in enumerate(parts):
        column = _rank_mandarin(script, part, place > 0)
        least = _LEAST * names[0][1] * column[0][1] if column else 0.0
        pairs = product(names, column)
        names = [(name + sound, had * more) for (name, had), (sound, more) in pairs if had * more >= least]
        if not names:
            return
    yield from ((name, chance, name) for name, chance in names)


@lru_cache(4096)
def _rank_mandarin(script: str, spelling: str, later: bool) -> Sequence[Guess]:
    """What a syllable of Mandarin can be at its place, the likeliest first."""
    priors = load_priors()
    counts = priors.second if later else priors.first
    chances = read_mandarin(script, spelling).items()
    rows = [(sound, chance * counts.get(sound, UNKNOWN_SYLLABLE)) for sound, chance in chances]
    rows.sort(key=chance_of, reverse=True)
    return tuple(row for row in rows[:_KEPT] if row[1] >= _LEAST * rows[0][1])
