"""Names and places in another spelling than the one they were recorded in.

A recorded name stands under the keys of its readings, and a query is read the same way: so Li Yingji meets
리영희. Keys only propose; `compare` decides, and says why. Pure. Refused: a name that shares no reading with
the query, however little it differs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onggi.model.places import load_places, place_labels
from onggi.names.compare import compare
from onggi.names.gazetteer import Gazetteer
from onggi.names.keys import name_keys
from onggi.words import say

MARK = "*"
"""Before the key of a given name whose surname is recorded: only a query without one asks for it."""

_LEAST = 0.21  # a frequent name with one character another of the same sound scores so; less is chance
_PLACE = "ledger.spelled.place"
_SYLLABLES = 2  # a given name of one syllable alone is a word like any other


@dataclass(frozen=True, slots=True)
class Spelled:
    """Why something is meant by a query: the id of a sentence, the `reading` it names, and a score 0…1.

    The reading of a place is its id: each reader has a name of her own for it.
    """

    says: str
    reading: str
    score: float = 1.0

    def tell(self, lang: str) -> str:
        """The sentence in a language."""
        place = load_places().get(self.reading) if self.says == _PLACE else None
        return say(self.says, lang, reading=place.label(lang) if place else self.reading)


def recorded_keys(name: str) -> list[str]:
    """The keys under which a recorded name stands."""
    keys, full = _read_keys(name)
    return sorted({MARK + key if full and not _holds_surname(key) else key for key in keys})


def wanted_keys(query: str) -> list[str]:
    """The keys a query asks for: all of the name, or where it has no surname, whoever has that given name."""
    keys, full = _read_keys(query)
    return sorted(keys if full else {*keys, *(MARK + key for key in keys)})


def weigh_name(query: str, name: str) -> Spelled | None:
    """Why a query can be a recorded name; None if the two share too little."""
    found = compare(query, name)
    given = found.says == "names.compare.given" and len(found.reading) >= _SYLLABLES
    meant = (found.shared or given) and found.score >= _LEAST
    return Spelled(found.says, found.reading, found.score) if meant else None


def find_places(query: str) -> Mapping[str, Spelled]:
    """The places, by id, that a query can be."""
    return {id: Spelled(_PLACE, id) for id in _load_gazetteer().find(query)}


def _read_keys(text: str) -> tuple[list[str], bool]:
    """The keys that hold a given name, and whether any of them holds a surname too."""
    keys = [key for key in name_keys(text) if not key.endswith("|")]
    return keys, any(map(_holds_surname, keys))


def _holds_surname(key: str) -> bool:
    """Whether a key holds a surname; it may stand behind a kin word (`mother/이|영희`)."""
    return not key.rpartition("/")[2].startswith("|")


@cache
def _load_gazetteer() -> Gazetteer:
    return Gazetteer({id: place_labels(place) for id, place in load_places().items()})
