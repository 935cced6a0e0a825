"""The ways in which Korean names are spelled in other letters, each a table of `systems/*.toml` (§4).

A system spells each part of a syllable (onset, nucleus, coda) with weights, some parts differently between
voiced sounds or before a vowel, some whole syllables and surnames by habit. Marks that writers drop (the
breve of ŏ, the apostrophe of ch', the dots of ё) are dropped here as well, unless the text shows that its
writer keeps them.

Floor 1. Pure but for the tables, read when first asked. Refused: nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from onggi.names.tables import list_sheets, read_sheet

Spellings = tuple[tuple[str, float], ...]
Part = Mapping[str, Spellings]

MARKS = {"'": {"'": ""}, "¨": {"ё": "е"}, "˘": {"ŏ": "o", "ŭ": "u"}}
# Texts that spell Mandarin; the systems of their script share the rest by their weights. UNCERTAIN
_MANDARIN = {"latin": 0.15, "cyrillic": 0.08, "kana": 0.05}
LONG, _LONG_MANDARIN = (
    "ー",
    0.5,
)  # of kana with a long vowel, which Korean names hardly have: シー, ワン・イー
_MANDARIN_STYLE = {"joined": 0.7, "hyphen": 0.1, "spaced": 0.2}
_RULED = 0.9  # of a system's writers follow it where it spells a surname itself
_PARTS = ("onset", "onset_voiced", "nucleus", "nucleus_bare", "coda", "coda_open", "syllable", "surname")


@dataclass(frozen=True, slots=True)
class System:
    """One system of spelling. Weights within a part sum to 1 before marks are dropped."""

    id: str
    script: str
    orthography: str  # north or south: whether the initial law is written
    weight: float  # its share among the systems of its script
    by_sound: float  # the share of names whose neighbouring syllables are written as they are heard
    marked: float  # the share of texts that keep its marks
    surname_habits: (
        float  # the share of names whose surname is spelled by common habit (Lee), not by rule (I)
    )
    surname_rules: frozenset[str]  # surnames for which the system itself has a spelling (McCune: Yi)
    style: Mapping[str, float]
    onset: Part
    onset_voiced: Part
    nucleus: Part
    nucleus_bare: Part
    coda: Part
    coda_open: Part
    syllable: Part
    surname: Part


@cache
def load_system(id: str) -> System:
    """A system as its table has it."""
    sheet = read_sheet("systems", id)
    total = sum(sheet["style"].values())
    parts: dict[str, dict[str, Spellings]] = {
        part: {letter: _read_spellings(text) for letter, text in sheet.get(part, {}).items()}
        for part in _PARTS
    }
    if id != "popular" and sheet["script"] == "latin":
        parts["surname"] = {**load_system("popular").surname, **parts["surname"]}
    return System(
        id=id,
        script=sheet["script"],
        orthography=sheet["orthography"],
        weight=sheet["weight"],
        by_sound=sheet["by_sound"],
        marked=sheet.get("marked", 1.0),
        surname_habits=sheet.get("surname_habits", 0.0),
        surname_rules=frozenset(sheet.get("surname", {})),
        style={style: share / total for style, share in sheet["style"].items()},
        onset=parts["onset"],
        onset_voiced={**parts["onset"], **parts["onset_voiced"]},
        nucleus=parts["nucleus"],
        nucleus_bare={**parts["nucleus"], **parts["nucleus_bare"]},
        coda=parts["coda"],
        coda_open={**parts["coda"], **parts["coda_open"]},
        syllable=parts["syllable"],
        surname=parts["surname"],
    )


@cache
def load_systems(script: str, marks: str = "") -> tuple[System, ...]:
    """The systems of a script for a text that shows `marks`; their weights sum to 1 over the script.

    A mark that the text does not show may have been dropped by its writer; one that it shows never was.
    """
    systems = [system for system in map(load_system, list_sheets("systems")) if system.script == script]
    total = sum(system.weight for system in systems)
    return tuple(_drop_marks(replace(system, weight=system.weight / total), marks) for system in systems)


@cache
def share_styles(script: str, marks: str, style: str) -> Mapping[str, float]:
    """How likely a text of a script is of each system, Mandarin included, and its parts stand so."""
    mandarin = _LONG_MANDARIN if LONG in marks else _MANDARIN[script]
    shares = {system.id: system.weight * system.style[style] for system in load_systems(script, marks)}
    shares = {id: (1 - mandarin) * share for id, share in shares.items()}
    return {**shares, "mandarin": mandarin * _MANDARIN_STYLE[style]}


def weigh_habit(system: System, surname: str) -> float:
    """How often a system's writers spell a surname as its table has it, and not by the letters."""
    if surname not in system.surname:
        return 0.0
    return max(system.surname_habits, _RULED) if surname in system.surname_rules else system.surname_habits


def _read_spellings(text: str) -> Spellings:
    """`k:.6 g:.4`; a spelling without a weight has 1, `-` is no letter at all."""
    pairs = [entry.partition(":") for entry in text.split()]
    weights = [("" if spelling == "-" else spelling, float(weight or 1)) for spelling, _, weight in pairs]
    total = sum(weight for _, weight in weights)
    return tuple((spelling, weight / total) for spelling, weight in weights)


def _drop_marks(system: System, shown: str) -> System:
    """The system without the marks that a text does not show, as likely as there are such writers."""
    if system.marked == 1.0:
        return system
    hidden = [letters for mark, letters in MARKS.items() if mark not in shown]
    plain = {letter: bare for letters in hidden for letter, bare in letters.items()}
    parts: dict[str, Any] = {}
    for name in _PARTS:
        part: Part = getattr(system, name)
        parts[name] = {letter: _drop_letters(row, plain, 1 - system.marked) for letter, row in part.items()}
    return replace(system, weight=system.weight * (system.marked if shown else 1.0), **parts)


def _drop_letters(spellings: Spellings, plain: Mapping[str, str], share: float) -> Spellings:
    kept: dict[str, float] = {}
    for spelling, weight in spellings:
        bare = "".join(plain.get(letter, letter) for letter in spelling)
        kept[bare] = kept.get(bare, 0.0) + (weight if bare == spelling else weight * share)
    return tuple(kept.items())
