"""What there is to look for when a name or a place is known: its sounds, its characters, its Mandarin (§11).

A name in any spelling has several readings, and the likely ones are all looked for. Floor 1. Pure. Refused:
nothing; of what cannot be read, or names somebody else ("mother of X"), there is nothing to look for.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from onggi.names.hangul import fold_syllables
from onggi.names.hanja import read_character
from onggi.names.letters import clean_text, script_of
from onggi.names.mandarin import code_pinyin, decode_pinyin, spell_pinyin
from onggi.names.reading import Name, read_fully
from onggi.names.split import Kind
from onggi.names.writing import tell_writing

SOUND, HANJA, MANDARIN = "sound", "hanja", "mandarin"

_LIKELY = math.log(0.004)  # readings that are less likely than this are not looked for
_MOST = 24
_SAID = 0.05  # a way to say a spelling in Mandarin that is less likely is not looked for
_ENOUGH = 0.2  # from this share on, letters that may be pinyin are taken for it as well


@dataclass(frozen=True, slots=True)
class Sought:
    """One way in which something known can stand in a text: a character for each syllable, by layer.

    `sound` has classes of syllables (§1), `hanja` characters in their base form (§5), `mandarin` the code of
    a syllable of pinyin (`code_pinyin`). A place, and a name of which only the given name is known, has no
    surname.
    """

    layer: str
    surname: str
    given: str


def seek_name(text: str) -> frozenset[Sought]:
    """What to look for when a person is known by this name."""
    name = read_fully(text)
    if name.form is not None and name.form.kind is Kind.KIN:
        return frozenset()
    sounds = {Sought(SOUND, *reading.key) for reading in name.readings[:_MOST] if reading.logp >= _LIKELY}
    return frozenset(form for form in (*sounds, *_list_writings(name)) if form.given)


def seek_place(labels: Iterable[str]) -> frozenset[Sought]:
    """What to look for when a place is known by these labels, in Hangul and in Chinese."""
    return frozenset(form for label in labels for form in _list_label(clean_text(label)))


@lru_cache(16384)
def base_of(char: str) -> str:
    """One of the forms of a character, the same for all of them."""
    entry = read_character(char)
    return char if entry is None else min(entry.bases)


@lru_cache(16384)
def say_character(char: str) -> str:
    """The code of a character's likeliest Mandarin; "" where nobody knows it."""
    entry = read_character(char)
    if entry is None or not entry.pinyin:
        return ""
    return code_pinyin(max(entry.pinyin, key=lambda sound: entry.pinyin[sound])[:-1])


def _list_writings(name: Name) -> Iterator[Sought]:
    share = sum(math.exp(reading.logp) for reading in name.readings if reading.by == "mandarin")
    writing = tell_writing(name, share if share >= _ENOUGH else 0.0)
    if writing.hanja:
        yield Sought(HANJA, *("".join(map(base_of, part)) for part in writing.hanja))
    for (surname, *given), chance in writing.mandarin.items():
        if chance >= _SAID:
            yield from _list_mandarin([surname], given)


def _list_mandarin(surname: Sequence[str], given: Sequence[str]) -> Iterator[Sought]:
    """Syllables of Mandarin as such, and as Korean ears hear them: 왕 웨이."""
    yield Sought(MANDARIN, "".join(map(code_pinyin, surname)), "".join(map(code_pinyin, given)))
    for heard in product(*(spell_pinyin("hangul", part) for part in (*surname, *given))):
        parts = (heard[: len(surname)], heard[len(surname) :])
        yield Sought(SOUND, *(fold_syllables("".join(part)) for part in parts))


def _list_label(label: str) -> Iterator[Sought]:
    letters = "".join(filter(str.isalpha, label))
    scripts = {script_of(char) for char in letters}
    if len(letters) < 2:
        return
    if scripts == {"hangul"}:
        yield Sought(SOUND, "", fold_syllables(letters))
    elif scripts == {"hanja"}:
        yield Sought(HANJA, "", "".join(map(base_of, letters)))
        said = [decode_pinyin(code) for code in map(say_character, letters) if code]
        if len(said) == len(letters):
            yield from _list_mandarin((), said)
