"""From a name in Hangul to its spellings, forward: what tests, search and screening ask for (§4).

A spelling has a chance, given the name and the system. Nothing here chooses between systems, and nothing is
random.

Floor 1. Pure. Refused: nothing; what is no Hangul syllable is left out.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from onggi.names.hangul import (
    VOICED_CODAS,
    fold_syllables,
    hear_syllables,
    is_hangul,
    join_sounds,
    join_syllable,
    slur_sounds,
    soften_start,
    split_syllable,
)
from onggi.names.letters import plain_kana, write_kana
from onggi.names.systems import System, load_system, weigh_habit
from onggi.names.transduce import HABIT, SLURRED

_KEPT = 64  # spellings of a name that are followed up

Parts = tuple[str, ...]


def spell_name(surname: str, given: str, system: str, style: str = "hyphen") -> str:
    """The likeliest spelling of a name in a system: ("리", "영희", "north", "spaced") → Ri Yong Hui."""
    spellings = list_spellings(surname, given, system, style)
    return max(spellings, key=lambda spelling: spellings[spelling])


@lru_cache(1024)
def list_spellings(surname: str, given: str, system: str, style: str = "hyphen") -> Mapping[str, float]:
    """Spellings of a name, surname first, with their chances; the marks of the system are kept."""
    table = load_system(system)
    heads = spell_surname(surname, table) if surname else {"": 1.0}
    tails = spell_given(given, table) if given else {(): 1.0}
    found: defaultdict[str, float] = defaultdict(float)
    for head, share in heads.items():
        for tail, chance in tails.items():
            if text := _write_name(head, tail, table, style):
                found[text] += share * chance
    return found


def spell_surname(surname: str, system: System) -> Mapping[str, float]:
    """Spellings of a surname by habit and by rule."""
    written = surname if system.orthography == "north" else soften_start(surname)
    named = next((form for form in (surname, written, fold_syllables(surname)) if form in system.surname), "")
    habit = weigh_habit(system, named)
    found: defaultdict[str, float] = defaultdict(float)
    for spelling, chance in system.surname.get(named, ()):
        found[spelling] += habit * chance
    for parts, chance in _spell_row(written, system, whole=False).items():
        found["".join(parts)] += (1 - habit) * chance
    return found


def spell_given(given: str, system: System) -> Mapping[Parts, float]:
    """Spellings of a given name, one part for each syllable, as letters and as sounds."""
    written = given if system.orthography == "north" else soften_start(given)
    found: defaultdict[Parts, float] = defaultdict(float)
    for heard, share in _list_sounds(written, system):
        for parts, chance in _spell_row(heard, system, whole=True).items():
            found[parts] += share * chance
    return found


def _list_sounds(written: str, system: System) -> list[tuple[str, float]]:
    """The syllables as they are written, and as they are heard where the system writes sounds."""
    versions = [(written, 1.0)]
    for change, share in ((join_sounds, system.by_sound), (slur_sounds, SLURRED.get(system.script, 0.0))):
        heard = hear_syllables(written, change)
        if heard != written and share:
            versions = [(written, versions[0][1] * (1 - share)), *versions[1:], (heard, share)]
    return versions


def _spell_row(syllables: str, system: System, *, whole: bool) -> dict[Parts, float]:
    found: dict[Parts, float] = {(): 1.0}
    row = [split_syllable(syllable) for syllable in syllables if is_hangul(syllable)]
    for place, (onset, nucleus, coda) in enumerate(row):
        voiced = place > 0 and row[place - 1][2] in VOICED_CODAS
        follows = row[place + 1][0] if place + 1 < len(row) else ""
        opens = follows == "ㅇ" or (follows == "ㅎ" and coda == "ㄹ")
        syllable = join_syllable(onset, nucleus, coda)
        ruled = _spell_parts(
            dict((system.onset_voiced if voiced else system.onset)[onset]),
            dict((system.nucleus_bare if onset == "ㅇ" else system.nucleus)[nucleus]),
            dict((system.coda_open if opens else system.coda)[coda]),
        )
        habits = dict(system.syllable.get(syllable, ())) if whole else {}
        spelled = {text: chance * (1 - HABIT) for text, chance in ruled.items()} if habits else ruled
        for text, chance in habits.items():
            spelled[text] = spelled.get(text, 0.0) + HABIT * chance
        longer = {
            (*parts, text): share * chance
            for parts, share in found.items()
            for text, chance in spelled.items()
        }
        found = dict(sorted(longer.items(), key=lambda pair: -pair[1])[:_KEPT])
    return found


def _spell_parts(
    onsets: Mapping[str, float], nuclei: Mapping[str, float], codas: Mapping[str, float]
) -> dict[str, float]:
    spelled: defaultdict[str, float] = defaultdict(float)
    for onset, first in onsets.items():
        for nucleus, second in nuclei.items():
            for coda, third in codas.items():
                spelled[onset + nucleus + coda] += first * second * third
    return spelled


def _write_name(surname: str, given: Parts, system: System, style: str) -> str:
    """The parts as a name; empty where kana have no mora for them (tye)."""
    if system.script == "kana":
        letters = [surname, "".join(given)]
        kana = [write_kana(part) for part in letters]
        return "・".join(filter(None, kana)) if [plain_kana(part) for part in kana] == letters else ""
    if style == "spaced":
        shown = " ".join(part[:1].upper() + part[1:] for part in given)
    else:
        text = ("-" if style == "hyphen" else "").join(given)
        shown = text[:1].upper() + text[1:]
    return f"{surname[:1].upper()}{surname[1:]} {shown}".strip()
