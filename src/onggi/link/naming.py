"""Names as link needs them: what each can be read as, and how far two can be one (§2, §3).

Each different text is read once, by `names`. A column in which `names` can read little is *plain*: words that
are compared as words. "Mother of X" is no name of hers, but a relation to X.

Floor 4. Pure. Refused: nothing; a text that cannot be read has no readings.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onggi.link.columns import Numbers
from onggi.link.values import fold_text
from onggi.names.compare import compare
from onggi.names.hangul import split_syllable
from onggi.names.keys import name_keys
from onggi.names.priors import load_priors
from onggi.names.reading import read_fully, read_name
from onggi.names.split import Kind

# Evidence of names, as levels; below the first stands "apart", where nothing is shared.
EDGES = (-3.0, 0.0, 2.0, 3.5, 5.0, 6.5, 8.0, 9.5, 11.0)
APART = -math.inf
UNKNOWN = math.nan
_KEYS = 12  # readings that make keys
_RARE = 0.01  # of the likeliest reading: what is rarer makes no key
_PRIOR_RECORDS = 200.0  # as much as so many records, the tables say how frequent a name is
_SAMPLE = 400  # names that tell whether a column is plain
_READABLE = 0.5
_SAME_WORDS, _SHARED_WORD = 8.5, 2.5


@dataclass(frozen=True, slots=True)
class Named:
    """One text read: keys of its readings with their chances, and what it looks like at a glance."""

    text: str
    chances: Mapping[tuple[str, str], float]  # of (surname, given), at most _KEYS
    words: tuple[str, ...]  # folded and sorted, for what cannot be read
    kin: str = ""  # "mother": of whom the name is, not whose

    @property
    def readable(self) -> bool:
        return bool(self.chances)


def is_plain_column(texts: Sequence[str]) -> bool:
    """Whether `names` can read fewer than half of the names, looked at evenly."""
    step = max(1, len(texts) // _SAMPLE)
    seen = texts[::step]
    read = sum(bool(name_keys(text)) or read_name(text).problem is None for text in seen)
    return read < _READABLE * len(seen)


def read_named(text: str) -> Named:
    """A text as link keeps it."""
    words = tuple(sorted(fold_text(re.sub(r"[-,.·・]", " ", text)).split()))
    name = read_fully(text)
    chances: dict[tuple[str, str], float] = {}
    for reading in name.readings[:_KEYS]:
        chance = math.exp(reading.logp)
        if chances and chance < _RARE * next(iter(chances.values())):
            break
        chances[reading.key] = chances.get(reading.key, 0.0) + chance
    kin = name.form.what if name.form is not None and name.form.kind is Kind.KIN else ""
    return Named(text, chances, words, kin)


def list_initials(named: Named) -> Iterator[str]:
    """The first sounds of surname and given name, of the three likeliest readings."""
    for surname, given in list(named.chances)[:3]:
        yield "".join(split_syllable(syllable)[0] for syllable in surname + given)


def count_readings(names: Sequence[Named], weights: NDArray[np.int64]) -> dict[tuple[str, str], float]:
    """How many records are expected to have each full reading."""
    counts: dict[tuple[str, str], float] = {}
    for named, weight in zip(names, weights.tolist(), strict=True):
        for key, chance in named.chances.items():
            counts[key] = counts.get(key, 0.0) + chance * weight
    return counts


class NameScale:
    """Weighs pairs of names; frequencies are those of the tables and of these records together."""

    def __init__(self, names: Sequence[Named], weights: NDArray[np.int64]) -> None:
        self._names = names
        self._counts = count_readings(names, weights)
        self._records = float(weights.sum())
        self._parts = [frozenset(_list_parts(named)) for named in names]

    def weigh(self, first: Numbers, second: Numbers) -> NDArray[np.float64]:
        """Evidence of each pair; `APART` where neither a given name nor surname and a syllable are shared."""
        evidence = np.full(len(first), APART)
        names, parts = self._names, self._parts
        for at, (a, b) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
            if not names[a].readable or not names[b].readable:
                evidence[at] = _weigh_unread(names[a], names[b])
            elif not parts[a].isdisjoint(parts[b]):
                evidence[at] = self._weigh_pair(names[a], names[b])
        return evidence

    def _weigh_pair(self, a: Named, b: Named) -> float:
        """What `names` says, with the frequency of what is shared as these records have it."""
        compared = compare(a.text, b.text)
        if not compared.shared:
            return compared.evidence
        expected = observed = 0.0
        for reading in compared.shared:
            surname, given = reading.key
            if not surname or not given:
                return compared.evidence
            chance = math.exp(reading.logp)
            prior = weigh_reading(surname, given)
            expected += chance / prior
            observed += chance / self._mix(reading.key, prior)
        return compared.evidence + math.log(observed / expected)

    def _mix(self, key: tuple[str, str], prior: float) -> float:
        """The chance of a reading; the two that are compared are no sign of its being frequent."""
        seen = max(self._counts.get(key, 0.0) - 2.0, 0.0)
        return (seen + _PRIOR_RECORDS * prior) / (self._records + _PRIOR_RECORDS)


def _list_parts(named: Named) -> Iterator[str]:
    """What two names must share for more than a slip to lie between them."""
    for surname, given in named.chances:
        yield f"|{given}" if given else f"{surname}|"
        if surname:
            yield from (f"{surname}|{syllable}" for syllable in given)


def sort_names(texts: Sequence[str]) -> list[Named]:
    """The names in the order of their likeliest readings, so that those that are alike stand together."""
    return sorted(map(read_named, texts), key=lambda named: (next(iter(named.chances), ("", "")), named.text))


def weigh_reading(surname: str, given: str) -> float:
    """How frequent a name is by the tables of `names`."""
    priors = load_priors()
    return priors.weigh_surname(surname) * priors.weigh_given(given)


def _weigh_unread(a: Named, b: Named) -> float:
    """Two texts of which one cannot be read: words alone, or a letter lost; nothing else is known of them."""
    if a.words == b.words:
        return _SAME_WORDS
    if a.readable == b.readable and not set(a.words).isdisjoint(b.words):
        return _SHARED_WORD
    compared = compare(a.text, b.text)
    return compared.evidence if compared.evidence > 0 else UNKNOWN
