"""Surnames: what is one, how it is shown, and what a spelling of one can be (§3, §4).

Floor 1. Pure but for its table, read when first asked. Refused: nothing; what no one bears has no entry.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from onggi.names.found import Found, Options, sum_options
from onggi.names.hangul import fold_syllables, list_members, soften_start
from onggi.names.mandarin import spell_pinyin
from onggi.names.priors import CHINESE, KOREAN, UNCOUNTED_SURNAME, load_priors
from onggi.names.systems import System, load_system, load_systems, weigh_habit
from onggi.names.tables import read_rows
from onggi.names.transduce import Candidate, read_syllable, spell_syllable

_KNOWN = 0.97  # so many of a class must share a northern spelling for it to be shown unasked
_OWN_READING = (0.9, 0.1)  # how often a surname with a Mandarin reading of its own is read so

_Classes = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Surnames:
    """Surnames by class and by character."""

    shown: Mapping[str, str]  # class → the spelling to show where the text does not tell: 이 → 리, 임 → 임
    hanja: Mapping[str, Mapping[str, float]]  # character → northern spelling → chance
    pinyin: Mapping[str, Mapping[str, float]]  # Mandarin of a surname → class → chance given the class
    mandarin: Mapping[
        str, tuple[str, ...]
    ]  # character → its Mandarin: as a surname (朴 piao), as clerks read it
    long: frozenset[str]  # classes of two syllables
    long_parts: tuple[frozenset[str], frozenset[str]]  # their first and their second syllables


@cache
def load_surnames() -> Surnames:
    """The table, computed once."""
    rows = [
        (sound, char, float(count) or UNCOUNTED_SURNAME, float(share), pinyin)
        for sound, char, count, share, pinyin in read_rows("surnames")
    ]
    people, residents = sum(row[2] for row in rows), sum(row[3] for row in rows)
    forms: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    hanja: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    heard: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sound, char, count, share, pinyin in rows:
        chance = KOREAN * count / people + CHINESE * share / residents
        forms[fold_syllables(sound)][sound] += chance
        hanja[char][sound] += chance
        for spelling, share in zip(pinyin.split(), _OWN_READING, strict=False):
            heard[spelling][fold_syllables(sound)] += chance * share
            heard[_drop_tones(spelling)][fold_syllables(sound)] += chance * share
    totals = {folded: sum(weights.values()) for folded, weights in forms.items()}
    long = frozenset(folded for folded in forms if len(folded) == 2)
    return Surnames(
        shown={folded: _choose_form(weights) for folded, weights in forms.items()},
        hanja=hanja,
        pinyin={
            pinyin: {folded: chance / totals[folded] for folded, chance in weights.items()}
            for pinyin, weights in heard.items()
        },
        mandarin={char: tuple(map(_drop_tones, pinyin.split())) for _, char, _, _, pinyin in rows if pinyin},
        long=long,
        long_parts=(frozenset(folded[0] for folded in long), frozenset(folded[1] for folded in long)),
    )


def show_surname(folded: str, shown: str) -> str:
    """The spelling the text shows, or the northern one where nearly all who bear the surname share it."""
    return load_surnames().shown.get(folded, shown) if shown == folded else shown


@lru_cache(16384)
def read_surname(script: str, marks: str, spelling: str) -> Options:
    """The surnames that a spelling can be, with the chance of both; only surnames that people bear."""
    priors, surnames = load_priors(), load_surnames()
    found: dict[str, list[Found]] = defaultdict(list)
    for id, shown, ruled in _read_rules(script, marks, spelling):
        folded, system = fold_syllables(shown), load_system(id)
        if ruled and folded in priors.surname:
            share = weigh_rule(system, folded, shown)
            found[id].append((folded, ruled * share * priors.weigh_surname(folded), shown))
    for id, folded, habit in load_habits(script, marks).get(spelling, ()):
        found[id].append((folded, habit * priors.weigh_surname(folded), surnames.shown.get(folded, folded)))
    for folded, chance in spell_mandarin(script).get(spelling, {}).items():
        found["mandarin"].append((folded, chance * priors.weigh_surname(folded), surnames.shown[folded]))
    return sum_options(found)


def weigh_rule(system: System, folded: str, shown: str) -> float:
    """How often a surname is spelled by the letters, and as this form of its class."""
    rule = 1 - max(weigh_habit(system, folded), weigh_habit(system, shown))
    return rule * load_priors().share_surname(shown, system.orthography)


@cache
def load_habits(script: str, marks: str) -> Mapping[str, Sequence[tuple[str, str, float]]]:
    """Habitual spellings of surnames, by spelling: system, class, chance.

    A class has the habits of its spellings (임, 림), averaged by how many bear each.
    """
    priors = load_priors()
    turned: defaultdict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for system in load_systems(script, marks):
        members: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for surname in system.surname:
            members[fold_syllables(surname)][surname] = priors.families.get(surname, 0.0) + 0.1
        for folded, weights in members.items():
            for surname, weight in weights.items():
                habit = weigh_habit(system, surname) * weight / sum(weights.values())
                for spelling, chance in system.surname[surname]:
                    turned[spelling].append((system.id, folded, habit * chance))
    return turned


def _choose_form(weights: Mapping[str, float]) -> str:
    best = max(weights, key=lambda form: weights[form])
    return best if weights[best] >= _KNOWN * sum(weights.values()) else soften_start(best)


def _drop_tones(pinyin: str) -> str:
    return "".join(letter for letter in pinyin if letter.isalpha())


def _read_rules(script: str, marks: str, spelling: str) -> Iterator[tuple[str, str, float]]:
    """Surnames spelled by the rules of a system, of one syllable and of two."""
    for id, candidates in read_syllable(script, marks, spelling).items():
        yield from ((id, syllable, closed) for syllable, closed, *_ in candidates)
    for end in _cut_long(script, marks, spelling):
        heads = _read_long(script, marks, spelling[:end], 0)
        tails = _read_long(script, marks, spelling[end:], 1)
        for id in heads.keys() & tails.keys():
            for head, tail in product(heads[id], tails[id]):
                yield id, head[0] + tail[0], head[1] * max(tail[3], tail[4])


def is_long(script: str, marks: str, spelling: str) -> bool:
    """Whether rules can spell a surname of two syllables so."""
    return next(_cut_long(script, marks, spelling), 0) > 0


def _cut_long(script: str, marks: str, spelling: str) -> Iterator[int]:
    begins, firsts, partners = _spell_long(script, marks)
    if spelling[:2] not in begins:
        return
    for end in range(2, len(spelling)):
        first = firsts.get(spelling[:end])
        if first and not first.isdisjoint(partners.get(spelling[end:], ())):
            yield end


@cache
def spell_mandarin(script: str) -> Mapping[str, Mapping[str, float]]:
    """The classes of a surname by its spelling in Mandarin, with tones or without: zhu 주, чжугэ 제갈."""
    turned: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for pinyin, families in load_surnames().pinyin.items():
        for spelling in _write_mandarin(script, pinyin):
            for folded, chance in families.items():
                turned[spelling][folded] += chance
    return turned


def _write_mandarin(script: str, pinyin: str) -> Iterator[str]:
    """How a surname is spelled; one of two syllables is cut by its tones."""
    if script == "latin":
        yield from {pinyin, pinyin.replace("ü", "v")}
    elif len(re.findall("[1-5]", pinyin)) == 2:
        parts = (spell_pinyin(script, syllable) for syllable in re.findall(r"[a-zü]+", pinyin))
        yield from map("".join, product(*parts))
    elif pinyin.isalpha():
        yield from spell_pinyin(script, pinyin)


@cache
def _spell_long(script: str, marks: str) -> tuple[frozenset[str], _Classes, _Classes]:
    """By spelling, the first syllables of long surnames; and by that of the second, the first beside it.

    Before them stands what a long surname begins with, two letters each, by which most tokens are told apart.
    """
    firsts: defaultdict[str, set[str]] = defaultdict(set)
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for system, surname in product(load_systems(script, marks), load_surnames().long):
        for spelled, part in zip((firsts, partners), surname, strict=True):
            for member in list_members(part):
                for spelling in spell_syllable(system, member):
                    spelled[spelling].add(surname[0])
    return frozenset(start[:2] for start in firsts), _settle(firsts), _settle(partners)


def _settle(found: Mapping[str, set[str]]) -> _Classes:
    return {spelling: frozenset(classes) for spelling, classes in found.items()}


def _read_long(script: str, marks: str, spelling: str, place: int) -> dict[str, list[Candidate]]:
    """The candidates of a spelling that stand at a place of a surname of two syllables."""
    wanted = load_surnames().long_parts[place]
    return {
        id: [candidate for candidate in candidates if fold_syllables(candidate[0]) in wanted]
        for id, candidates in read_syllable(script, marks, spelling).items()
    }
