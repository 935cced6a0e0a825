"""Names in Hangul and Hanja, where one character is one syllable (§5, §7).

Which characters are the surname is decided by what people bear, how long names are, and spaces. Floor 1.
Pure. Refused: nothing; a character that is not in the table leaves its name without a reading.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import prod

from onggi.names.found import Found, Guess, Whole, chance_of
from onggi.names.hangul import fold_syllables, is_hangul, split_syllable
from onggi.names.hanja import read_character
from onggi.names.mandarin import cut_hangul, is_heard, list_pinyin, read_mandarin
from onggi.names.priors import UNKNOWN_SYLLABLE, load_priors
from onggi.names.surnames import load_surnames, show_surname

FAMILIAR = "familiar"  # stands for the script where 이, 아 or 야 was taken off
_COUNTED = 88_000  # syllables that hanja.tsv counts
_LENGTHS = {1: 0.03, 2: 0.95, 3: 0.004}  # of given names; Chinese ones of one syllable are not rare
_FULL, _GIVEN_ALONE, _SURNAME_ALONE = 0.93, 0.04, 0.03
_REVERSED = 0.02  # given name first
_HEARD = 0.01  # of names in Hangul, Chinese ones written as they are heard
_HEARD_AS = 24  # classes that a heard syllable may be: jin is 근 (近) far more seldom than 김 and 금
_LONGEST = 6
_UNREAD, _SOUNDS = 1e-3, 6  # how rare a character is that no Korean reads, and how many readings it may have
_RARE_SURNAME = 2e-6  # a character that is no surname we know
# 영순이, 영희야 beside names that end so: the syllable after a consonant or a vowel, and its share.
_DIMINUTIVES = {"이": (True, 0.03), "아": (True, 0.003), "야": (False, 0.03)}
_FEW = re.compile("[가-힣]{2,4}").fullmatch
_NOBODY: Sequence[Found] = (("", 1.0, ""),)

# Surname class, given class, chance, surname shown, given name shown, hangul or hanja or familiar.
Syllabic = tuple[str, str, float, str, str, str]
Parts = tuple[str, ...]  # syllables of Mandarin as they are heard in Hangul


def read_syllabic(runs: Sequence[str]) -> Iterator[Syllabic]:
    """Every way to read characters as a name; `runs` are what stood between spaces."""
    letters = "".join(runs)
    if not 0 < len(letters) <= _LONGEST:
        return
    by = "hangul" if all(map(is_hangul, letters)) else "hanja"
    for surname, given, weight in _cut_syllables(runs, letters):
        yield from _read_cut(surname, given, weight, by)
    if by == "hangul" and len(letters) > 1:
        for (head, tail), chance in _guess_heard(letters, 0.0):
            yield head, tail, chance, load_surnames().shown[head], tail, "mandarin"
    if stem := _take_diminutive(letters):
        share = _DIMINUTIVES[letters[-1]][1]
        for surname, given, weight in _cut_syllables((stem,), stem):
            if len(given) == 2:
                yield from _read_cut(surname, given, weight * share, FAMILIAR)


def guess_hangul(letters: str, faint: float = 0.0) -> Sequence[Whole]:
    """The classes of `read_syllabic` for Hangul alone in one run, the likeliest first, sooner.

    Of Mandarin as it is heard, what is less likely than `faint` of the likeliest is left out.
    """
    if not _FEW(letters):
        return ()
    found = _guess_cuts(letters)
    if stem := _take_diminutive(letters):
        share = _DIMINUTIVES[letters[-1]][1]
        found += [(key, share * chance) for key, chance in _guess_cuts(stem) if len(key[1]) == 2]
    if is_heard(letters):
        totals = dict(found)
        for key, chance in _guess_heard(letters, faint * max(totals.values())):
            totals[key] = totals.get(key, 0.0) + chance
        found = list(totals.items())
    found.sort(key=chance_of, reverse=True)
    return found


def _guess_cuts(letters: str) -> list[Whole]:
    """The classes of Korean surname and given name in one run of Hangul, one for each cut."""
    size, priors, folded = len(letters), load_priors(), fold_syllables(letters)
    surname, given = folded[0], folded[1:]
    chance = priors.weigh_surname(surname) * priors.weigh_given(given)
    found = [((surname, given), _FULL * _LENGTHS[size - 1] * chance)]
    if folded[:2] in priors.surname:
        surname, given = folded[:2], folded[2:]
        tail = _FULL * _LENGTHS[len(given)] * priors.weigh_given(given) if given else _SURNAME_ALONE
        found.append(((surname, given), tail * priors.weigh_surname(surname)))
    if size <= 3:
        found.append((("", folded), _GIVEN_ALONE * _LENGTHS[size] * priors.weigh_given(folded)))
    return found


def _take_diminutive(letters: str) -> str:
    """What stands before 이, 아 or 야 where these can be familiar (영순이); else nothing."""
    after_coda, _ = _DIMINUTIVES.get(letters[-1], (False, 0.0))
    stem = letters[:-1] if letters[-1] in _DIMINUTIVES else ""
    known = len(stem) > 1 and is_hangul(stem[-1]) and bool(split_syllable(stem[-1])[2]) == after_coda
    return stem if known else ""


def spell_surname(letters: str) -> Sequence[Found]:
    """A surname in Hangul, Hanja or both, with its chance."""
    if all(map(is_hangul, letters)):
        folded, priors = fold_syllables(letters), load_priors()
        known = folded in priors.surname or len(letters) == 1
        return ((folded, priors.weigh_surname(folded), show_surname(folded, letters)),) if known else ()
    return _spell_family(letters)


@lru_cache(16384)
def spell_given(letters: str) -> Sequence[Found]:
    """A given name in Hangul, Hanja or both, by every reading of its characters."""
    length = _LENGTHS.get(len(letters), 0.0)
    if all(map(is_hangul, letters)):
        folded = fold_syllables(letters)
        return ((folded, length * load_priors().weigh_given(folded), letters),)
    found: list[Found] = [("", length, "")]
    for place, char in enumerate(letters):
        column = _spell_character(char, place, len(letters))
        pairs = product(found, column)
        found = [(had[0] + more[0], had[1] * more[1], had[2] + more[2]) for had, more in pairs]
    return tuple(found)


def cut_heard(letters: str) -> Iterator[tuple[Parts, Parts]]:
    """Every way to hear Mandarin in Hangul: a surname of one or two syllables, a given name of one or two."""
    for heard in cut_hangul(letters):
        for size in (1, 2):
            if size < len(heard) <= size + 2:
                yield heard[:size], heard[size:]


@lru_cache(4096)
def hear_surname(family: Parts) -> Mapping[str, Mapping[str, float]]:
    """The surnames of as many syllables, by the pinyin that can be meant: 어우 양 → ouyang: 구양."""
    spelled = map("".join, product(*(list_pinyin("hangul", part) for part in family)))
    found = {
        said: {folded: chance for folded, chance in families.items() if len(folded) == len(family)}
        for said in spelled
        if (families := load_surnames().pinyin.get(said))
    }
    return {said: families for said, families in found.items() if families}


def _cut_syllables(runs: Sequence[str], letters: str) -> Iterator[tuple[str, str, float]]:
    """Ways to cut characters into surname and given name. A space after the surname decides."""
    if len(runs) == 2 and len(runs[0]) <= 2 and len(runs[1]) <= 3:
        yield runs[0], runs[1], _FULL
        if len(runs[1]) <= 2:
            yield runs[1], runs[0], _FULL * _REVERSED
        return
    for size in (1, 2):
        rest = len(letters) - size
        if 0 < rest <= 3:
            yield letters[:size], letters[size:], _FULL
        elif rest == 0:
            yield letters, "", _SURNAME_ALONE
    if len(letters) <= 3:
        yield "", letters, _GIVEN_ALONE


def _read_cut(surname: str, given: str, weight: float, by: str) -> Iterator[Syllabic]:
    heads = spell_surname(surname) if surname else _NOBODY
    for head, chance, head_shown in heads:
        for tail, more, shown in spell_given(given) if given else _NOBODY:
            yield head, tail, weight * chance * more, head_shown, shown, by


def _guess_heard(letters: str, least: float) -> Iterator[Whole]:
    """A Chinese name as Korean ears hear it, 왕웨이 for 王偉, which is read 왕위; nothing below `least`."""
    for family, given in cut_heard(letters):
        share = _HEARD * _LENGTHS[len(given)]
        columns = [_rank_heard(part, place, len(given)) for place, part in enumerate(given)]
        if not all(columns):
            continue  # a syllable that no given name has
        for head, chance in _weigh_heard(family).items():
            names = [("", share * chance)]
            for place, column in enumerate(columns):
                rest = prod(later[0][1] for later in columns[place + 1 :])
                names = list(_add_heard(names, column, least / rest))
            yield from (((head, name), whole) for name, whole in names)


def _add_heard(names: Sequence[Guess], column: Sequence[Guess], least: float) -> Iterator[Guess]:
    """Each name with each syllable after it, the likeliest syllable first, down to `least`."""
    for name, had in names:
        for sound, more in column:
            if had * more < least:
                break
            yield name + sound, had * more


@lru_cache(4096)
def _weigh_heard(family: Parts) -> Mapping[str, float]:
    """The surnames that can be heard so, with their chances."""
    weigh = load_priors().weigh_surname
    heads: dict[str, float] = {}
    for families in hear_surname(family).values():
        for folded, chance in families.items():
            heads[folded] = heads.get(folded, 0.0) + chance * weigh(folded)
    return heads


@lru_cache(4096)
def _rank_heard(part: str, place: int, length: int) -> Sequence[Guess]:
    """The classes that a heard syllable may be at its place of a given name, the likeliest there first."""
    sounds = sorted(read_mandarin("hangul", part).items(), key=chance_of)[-_HEARD_AS:]
    counts = _count_syllables(place, length)
    rows = [(sound, share * counts.get(sound, UNKNOWN_SYLLABLE)) for sound, share in sounds]
    return sorted(rows, key=chance_of, reverse=True)


@lru_cache(4096)
def _spell_family(letters: str) -> Sequence[Found]:
    """A surname in Hanja: as the table has it, in any of its forms; else any reading, as a rare one."""
    table = load_surnames().hanja
    for form in list_forms(letters):
        if form in table:
            return [(fold_syllables(shown), chance, shown) for shown, chance in table[form].items()]
    rare = spell_given(letters) if len(letters) == 1 else ()
    return [(folded, _RARE_SURNAME * chance, shown) for folded, chance, shown in rare]


def list_forms(letters: str) -> Iterator[str]:
    """The letters themselves, then with each character in its traditional and usual forms."""
    yield letters
    options: list[Iterable[str]] = []
    for char in letters:
        entry = read_character(char)
        options.append(char if entry is None else sorted(entry.bases))
    yield from map("".join, product(*options))


def _spell_character(char: str, place: int, length: int) -> Sequence[Found]:
    if is_hangul(char):
        folded, counts = fold_syllables(char), _count_syllables(place, length)
        return ((folded, counts.get(folded, UNKNOWN_SYLLABLE), char),)
    entry = read_character(char)
    if entry is None:
        return ()
    if not entry.readings:
        return _hear_character(entry.pinyin, place)
    return [(fold_syllables(sound), weight / _COUNTED, sound) for sound, weight in entry.readings.items()]


def _count_syllables(place: int, length: int) -> Mapping[str, float]:
    """The chances of syllables at a place of a given name."""
    priors = load_priors()
    return priors.only if length == 1 else priors.second if place else priors.first


def _hear_character(pinyin: Mapping[str, float], place: int) -> Sequence[Found]:
    """The classes of a character that no Korean reads: those of others that Mandarin reads so (§6)."""
    counts = load_priors().second if place else load_priors().first
    rows = [
        (sound, _UNREAD * share * chance * counts.get(sound, UNKNOWN_SYLLABLE), sound)
        for spelling, share in pinyin.items()
        for sound, chance in read_mandarin("latin", spelling).items()
    ]
    return sorted(rows, key=chance_of, reverse=True)[:_SOUNDS]
