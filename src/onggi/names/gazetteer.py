"""Places by any spelling of their names (§11).

What a gazetteer writes down is found as it stands by whoever reads the labels. This finds the rest: the other
orthography (량강, 양강), a Chinese county as Koreans read or hear it (연길, 옌지), a romanisation that nobody
listed (Hweryŏng). Floor 1. Pure; the gazetteer is passed in. Refused: nothing; a text that is more than one
place name is none.
"""

from collections.abc import Iterable, Mapping

from onggi.names.find import Finder
from onggi.names.letters import clean_text


class Gazetteer:
    """Places by id, each with all its labels."""

    def __init__(self, labels: Mapping[str, Iterable[str]]) -> None:
        self._ids = tuple(labels)
        self._finder = Finder((), labels.values())

    def find(self, text: str) -> frozenset[str]:
        """The ids of the places that the whole of a text can be."""
        name = clean_text(text).strip().title()  # a name in Latin letters is known by its capital
        found = self._finder.find(name)
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(name)):
            return frozenset()
        return frozenset(self._ids[number] for number in found[0].known)
