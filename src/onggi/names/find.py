"""Known names and places in running text, in any spelling, with particles attached (§11).

Screening and redaction stand on this, so it rather finds too much than too little; what it misses is listed
in docs/design/names.md. Made once for what is known and then asked text by text: a text is looked through
once for each script that stands in it, whatever the number of names.

Floor 1. Pure. Refused: nothing; in scripts that are not served there is nothing to find.
"""

from collections.abc import Iterable

from onggi.names.find_characters import Characters
from onggi.names.find_words import Words
from onggi.names.match import Occurrence, merge_matches
from onggi.names.plain import make_plain
from onggi.names.sought import seek_name, seek_place


class Finder:
    """Everything that is sought, and the question where it stands."""

    def __init__(self, names: Iterable[str], places: Iterable[Iterable[str]] = ()) -> None:
        """`places` are given by all their labels. Numbers in occurrences count names first, then places."""
        each = [*map(seek_name, names), *map(seek_place, places)]
        sought = [(one, number) for number, ways in enumerate(each) for one in ways]
        self._characters = Characters(sought)
        self._words = Words(sought)

    def find(self, text: str) -> list[Occurrence]:
        """Every occurrence in a text, by its start."""
        plain = make_plain(text)
        found = merge_matches([*self._characters.find(plain.text), *self._words.find(plain.text)])
        return [Occurrence(*plain.span(one.start, one.end), one.known, one.whole) for one in found]
