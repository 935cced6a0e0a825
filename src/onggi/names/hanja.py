"""Chinese characters in names: Korean and Mandarin readings, and which characters are one (§5).

Traditional, simplified and Japanese forms lead to the same *bases* (国 → 國, 姫 → 姬); two characters are the
same where they share one. Readings stand in the northern spelling, without the initial law (玲 령).

Floor 1. Pure but for its table, read when first asked. Refused: a character nobody reads in Korean has no
readings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from onggi.names.tables import read_lines

_UNCOUNTED = 0.15  # what a reading counts that no candidate's name had


@dataclass(frozen=True, slots=True)
class Character:
    """A character: weights of its Korean readings (counts in names), of its Mandarin ones, its bases."""

    readings: Mapping[str, float]
    pinyin: Mapping[str, float]
    bases: frozenset[str]


@lru_cache(16384)
def read_character(char: str) -> Character | None:
    """What is known of a character; None where nothing is."""
    row = _load_rows().get(char)
    if row is None:
        return None
    readings, pinyin, bases, *_ = f"{row}\t\t\t".split("\t")
    korean = _weigh_parts(readings, _UNCOUNTED)
    for base in bases:
        if base != char and (other := _load_rows().get(base)) is not None:
            for sound, weight in _weigh_parts(other.partition("\t")[0], _UNCOUNTED).items():
                korean[sound] = max(korean.get(sound, 0.0), weight)
    return Character(korean, _weigh_parts(pinyin, 1.0), frozenset(bases or char))


def same_character(one: str, other: str) -> bool:
    """Whether two characters are forms of one."""
    if one == other:
        return True
    first, second = read_character(one), read_character(other)
    return first is not None and second is not None and not first.bases.isdisjoint(second.bases)


def _weigh_parts(text: str, unweighted: float) -> dict[str, float]:
    parts = [part.partition(":") for part in text.split()]
    return {
        sound: float(weight) if weight else unweighted / (1 + place)
        for place, (sound, _, weight) in enumerate(parts)
    }


@cache
def _load_rows() -> Mapping[str, str]:
    """The lines of the table by character; a line is taken apart when its character is asked for."""
    return {line[0]: line[2:] for line in read_lines("hanja")}
