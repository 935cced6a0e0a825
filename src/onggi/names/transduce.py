"""From a spelling back to syllables: the inverse of every system (§4).

A spelling of one syllable is cut into onset, nucleus and coda in every way that a system knows. No examples
are stored, only parts; so all 11,172 syllables come back from whatever a system makes of them.

Everything here is a chance, not a logarithm. Floor 1. Pure. Refused: nothing; what no system can spell has no
syllables.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from onggi.names.hangul import join_syllable, split_syllable
from onggi.names.mandarin import is_mandarin
from onggi.names.systems import Part, System, load_systems

HABIT = 0.85  # of a syllable with spellings of its own; the rest follows the rules
LONGEST = 10  # letters of one syllable (tchyeoungh)
SLURRED = {
    "kana": 0.45
}  # scripts that must choose where a sound stands (hangul.slur_sounds), and how often they do

# A syllable and the chance of its spelling: at the start of a name before a consonant or the end, at the
# start before a vowel, later after a voiced sound, later after k, t or p.
Candidate = tuple[str, float, float, float, float]
_PARTS = ("onset", "onset_voiced", "nucleus", "nucleus_bare", "coda", "coda_open", "syllable")

Turned = Mapping[str, Mapping[str, float]]  # spelling → letter → chance of the spelling
_NOTHING: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Inverse:
    """The tables of one system, turned around."""

    system: System
    onset: Turned
    onset_voiced: Turned
    nucleus: Turned
    nucleus_bare: Turned
    coda: Turned
    coda_open: Turned
    syllable: Turned


def read_syllable(script: str, marks: str, spelling: str) -> Mapping[str, tuple[Candidate, ...]]:
    """Every syllable that a spelling can be, by system (pinyin is not among them)."""
    return _read_parts(script, marks, spelling) if can_spell(script, marks, spelling) else {}


@lru_cache(65536)
def can_spell(script: str, marks: str, spelling: str) -> bool:
    """Whether a spelling has the shape of a syllable in any system."""
    if not 0 < len(spelling) <= LONGEST:
        return False
    shape = _load_shape(script, marks)
    return spelling in shape.syllables or bool(shape.part(spelling)) or is_mandarin(script, spelling)


def cut_two(script: str, marks: str, text: str) -> Iterator[tuple[str, str]]:
    """Every cut of a joined name into two that could be syllables; an apostrophe between them goes."""
    for end in range(max(1, len(text) - LONGEST - 1), min(len(text), LONGEST + 1)):
        head, tail = text[:end], text[end:]
        if can_spell(script, marks, head):
            if can_spell(script, marks, tail):
                yield head, tail
            elif tail[0] == "'" and can_spell(script, marks, tail[1:]):
                yield head, tail[1:]


def cut_three(script: str, marks: str, text: str) -> Iterator[tuple[str, str, str]]:
    """Every cut into three."""
    for end in range(1, min(len(text), LONGEST + 1)):
        if can_spell(script, marks, text[:end]):
            for second, third in cut_two(script, marks, text[end:]):
                yield text[:end], second, third


def spell_syllable(system: System, syllable: str) -> Iterator[str]:
    """Every spelling of a syllable in a system, in any surrounding."""
    onset, nucleus, coda = split_syllable(syllable)
    yield from (spelling for spelling, _ in system.syllable.get(syllable, ()))
    onsets = (*system.onset[onset], *system.onset_voiced[onset])
    nuclei = (system.nucleus_bare if onset == "ㅇ" else system.nucleus)[nucleus]
    codas = (*system.coda[coda], *system.coda_open[coda])
    for (first, _), (second, _), (third, _) in product(onsets, nuclei, codas):
        yield first + second + third


@cache
def load_inverses(script: str, marks: str) -> tuple[Inverse, ...]:
    """The systems of a script, turned around, for a text that shows `marks`."""
    return tuple(map(_turn_system, load_systems(script, marks)))


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the parts of a syllable are spelled as in any system of a script; parts of several may mix."""

    onsets: frozenset[str]
    nuclei: frozenset[str]
    codas: frozenset[str]
    syllables: frozenset[str]  # whole ones

    def part(self, spelling: str) -> list[tuple[str, str, str]]:
        """Every way to part a spelling into onset, nucleus and coda."""
        return [
            (spelling[:start], spelling[start:end], spelling[end:])
            for start in range(min(4, len(spelling)))
            if spelling[:start] in self.onsets
            for end in range(start + 1, min(start + 5, len(spelling)) + 1)
            if spelling[start:end] in self.nuclei and spelling[end:] in self.codas
        ]


@cache
def _load_shape(script: str, marks: str) -> _Shape:
    """The shape of a syllable, a first sieve: most cuts of a name have none."""
    inverses = load_inverses(script, marks)

    def gather(*parts: str) -> frozenset[str]:
        return frozenset(text for inverse in inverses for part in parts for text in getattr(inverse, part))

    return _Shape(
        onsets=gather("onset", "onset_voiced"),
        nuclei=gather("nucleus", "nucleus_bare"),
        codas=gather("coda", "coda_open"),
        syllables=gather("syllable"),
    )


def _turn_system(system: System) -> Inverse:
    return Inverse(system, *(_turn_part(getattr(system, name)) for name in _PARTS))


def _turn_part(part: Part) -> Turned:
    turned: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for letter, spellings in part.items():
        for spelling, weight in spellings:
            turned[spelling][letter] = weight
    return dict(turned)


@lru_cache(16384)
def _read_parts(script: str, marks: str, spelling: str) -> Mapping[str, tuple[Candidate, ...]]:
    parted = _load_shape(script, marks).part(spelling)
    return {
        inverse.system.id: candidates
        for inverse in load_inverses(script, marks)
        if (candidates := _read_spelling(inverse, spelling, parted))
    }


def _read_spelling(
    inverse: Inverse, spelling: str, parted: Sequence[tuple[str, str, str]]
) -> tuple[Candidate, ...]:
    found: dict[str, Candidate] = {}
    for parts in parted:
        for candidate in _join_parts(inverse, *parts):
            _add_candidate(found, candidate)
    for syllable, candidate in found.items():
        if syllable in inverse.system.syllable:
            found[syllable] = _scale_candidate(candidate, 1 - HABIT)
    for syllable, weight in inverse.syllable.get(spelling, _NOTHING).items():
        _add_candidate(found, _scale_candidate((syllable, 1.0, 1.0, 1.0, 1.0), HABIT * weight))
    return tuple(found.values())


def _join_parts(inverse: Inverse, onset: str, nucleus: str, coda: str) -> Iterator[Candidate]:
    """Every syllable of which the three spellings can be the parts."""
    start, voiced = inverse.onset.get(onset, _NOTHING), inverse.onset_voiced.get(onset, _NOTHING)
    closed, opened = inverse.coda.get(coda, _NOTHING), inverse.coda_open.get(coda, _NOTHING)
    if not (start or voiced) or not (closed or opened):
        return
    for first in {**start, **voiced}:
        hard, soft = start.get(first, 0.0), voiced.get(first, 0.0)
        nuclei = inverse.nucleus_bare if first == "ㅇ" else inverse.nucleus
        for middle, weight in nuclei.get(nucleus, _NOTHING).items():
            for last in {**closed, **opened}:
                shut, free = closed.get(last, 0.0) * weight, opened.get(last, 0.0) * weight
                yield join_syllable(first, middle, last), hard * shut, hard * free, soft * shut, hard * shut


def _add_candidate(found: dict[str, Candidate], more: Candidate) -> None:
    syllable, closed, opened, soft, hard = more
    if syllable in found:
        _, *known = found[syllable]
        more = (syllable, known[0] + closed, known[1] + opened, known[2] + soft, known[3] + hard)
    found[syllable] = more


def _scale_candidate(candidate: Candidate, share: float) -> Candidate:
    syllable, closed, opened, soft, hard = candidate
    return syllable, closed * share, opened * share, soft * share, hard * share
