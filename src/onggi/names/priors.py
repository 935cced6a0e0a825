"""How frequent surnames and syllables of given names are, before a text is seen (§3).

Counts of 24,000 candidates of South Korean elections, with a share for Chinese surnames and estimates for
the young and for native words; given.tsv, recent.tsv and surnames.tsv say their origin and what is uncertain.
All chances are of classes (initial law folded). What nobody counted has a floor, so that a rare name stays
possible, and sharing one weighs much.

Floor 1. Pure but for the tables, read when first asked. Refused: nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onggi.names.hangul import fold_syllables, list_members, soften_start
from onggi.names.tables import read_rows

KOREAN, CHINESE = 0.88, 0.12  # whose names are asked for; UNCERTAIN, no count exists
UNCOUNTED_SURNAME = 0.3  # what a surname of the table counts that no candidate had
_UNKNOWN_SURNAME = 2e-6
UNKNOWN_SYLLABLE = 2e-7
_POSSIBLE_SYLLABLE = 3e-5  # one that Hanja can have, though no candidate had it
_LENT = 400  # counts at which those of a place weigh as much as those of both places
_LAWFUL = 0.93  # how often the South follows the initial law in names (류 and 라 are kept by some)


@dataclass(frozen=True, slots=True)
class Priors:
    """Chances by class: of surnames, and of given syllables as the first of two, the second, alone.

    `north`, `south` and `families` say how much of its class a spelling has: 리 among 이, 니, 리.
    """

    surname: Mapping[str, float]
    first: Mapping[str, float]
    second: Mapping[str, float]
    only: Mapping[str, float]
    north: Mapping[str, float]  # given syllables as the North writes them
    south: Mapping[str, float]  # as the South does inside a name
    families: Mapping[str, float]  # surnames as the North writes them

    def weigh_surname(self, folded: str) -> float:
        """The chance of a surname."""
        return self.surname.get(folded, _UNKNOWN_SURNAME)

    def weigh_given(self, folded: str) -> float:
        """The chance of a given name among those of its length."""
        if len(folded) == 1:
            return self.only.get(folded, UNKNOWN_SYLLABLE)
        chance = self.first.get(folded[0], UNKNOWN_SYLLABLE)
        for syllable in folded[1:]:
            chance *= self.second.get(syllable, UNKNOWN_SYLLABLE)
        return chance

    def share_syllable(self, syllable: str, orthography: str, *, start: bool) -> float:
        """How much of its class a syllable of a given name has; at the start the South keeps the law."""
        if orthography == "south" and start:
            return _share_lawful(syllable)
        shares = self.north if orthography == "north" else self.south
        return shares.get(syllable, 1.0 if soften_start(syllable) == syllable else 0.02)

    def share_surname(self, surname: str, orthography: str) -> float:
        """How much of its class a spelling of a surname has."""
        return _share_lawful(surname) if orthography == "south" else self.families.get(surname, 0.02)


@cache
def load_priors() -> Priors:
    """The chances, computed once from the tables."""
    surname, forms = _read_surnames()
    places: tuple[defaultdict[str, float], ...] = (defaultdict(float), defaultdict(float), defaultdict(float))
    south: defaultdict[str, float] = defaultdict(float)
    for syllable, *counts in (*read_rows("given"), *read_rows("recent")):
        for place, count in zip(places, counts, strict=True):
            place[fold_syllables(syllable)] += float(count)
        south[syllable] += float(counts[1])
    north: defaultdict[str, float] = defaultdict(float)
    for _, readings, *_ in read_rows("hanja"):
        for reading in readings.split():
            sound, _, count = reading.partition(":")
            north[sound] += float(count or 0.05)
    possible = set(map(fold_syllables, north))
    both = {folded: places[0][folded] + places[1][folded] for folded in {*places[0], *places[1]}}
    first, second, only = (_spread_counts(place, both, possible) for place in places)
    shares = map(_share_forms, (north, south, forms))
    return Priors(surname, first, second, only, *shares)


def _share_lawful(text: str) -> float:
    lawful = soften_start(text) == text
    if lawful and len(list_members(text[0])) == 1:
        return 1.0
    return _LAWFUL if lawful else 1 - _LAWFUL


def _read_surnames() -> tuple[dict[str, float], dict[str, float]]:
    """Chances by class, and weights of northern spellings."""
    counts: defaultdict[str, float] = defaultdict(float)
    chinese: defaultdict[str, float] = defaultdict(float)
    forms: defaultdict[str, float] = defaultdict(float)
    for sound, _, count, share, *_ in read_rows("surnames"):
        folded = fold_syllables(sound)
        counts[folded] += float(count) or UNCOUNTED_SURNAME
        chinese[folded] += float(share)
        forms[sound] += float(count) or UNCOUNTED_SURNAME
    people, residents = sum(counts.values()), sum(chinese.values())
    chances = {
        folded: KOREAN * count / people + CHINESE * chinese[folded] / residents
        for folded, count in counts.items()
    }
    return chances, forms


def _share_forms(weights: Mapping[str, float]) -> dict[str, float]:
    """Each spelling's share of its class; a little is kept for those nobody counted."""
    totals: defaultdict[str, float] = defaultdict(float)
    for form, weight in weights.items():
        totals[fold_syllables(form)] += weight
    return {form: (weight + 0.02) / (totals[fold_syllables(form)] + 0.06) for form, weight in weights.items()}


def _spread_counts(
    counts: Mapping[str, float], both: Mapping[str, float], possible: set[str]
) -> dict[str, float]:
    """Counts as chances: few are filled up with those of both places, and what Hanja allow has a floor."""
    total, everywhere = sum(counts.values()), sum(both.values())
    own = 0.95 * total / (total + _LENT)
    return {
        folded: own * counts.get(folded, 0.0) / total
        + (0.99 - own) * both.get(folded, 0.0) / everywhere
        + _POSSIBLE_SYLLABLE
        for folded in {*counts, *both, *possible}
    }
