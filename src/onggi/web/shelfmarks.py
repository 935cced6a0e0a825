"""Where norms, avenues and treaties have their pages: under a mark that was drawn for this session.

Their ids are public, but a path ends in the history of a browser: it must not tell which law somebody read
beside which case.
"""

import re
from collections.abc import Callable

from onggi.law.catalogue import AnyEntry, kind_of
from onggi.law.shelf import Shelf
from onggi.web.shown import Piece

_ID = re.compile(r"\b[A-Z]{2,4}-[A-Z0-9]+(?:-[A-Z0-9]+)*\b", re.ASCII)


class Shelfmarks:
    """A random mark for each entry that was shown. They end with the process."""

    def __init__(self, dice: Callable[[int], bytes]) -> None:
        self._dice = dice
        self._marks: dict[tuple[str, str], str] = {}

    def address(self, entry: AnyEntry, case: str = "") -> str:
        """The path of its page; with the reference of a case, of the one that leads back to its law."""
        key = kind_of(entry), entry.id
        if key not in self._marks:
            self._marks[key] = self._dice(16).hex()
        return f"/case/{case}/law/norm/{self._marks[key]}" if case else f"/norm/{self._marks[key]}"

    def find(self, mark: str) -> tuple[str, str] | None:
        """Kind and id of what stands under a mark, if it was given."""
        return next((key for key, given in self._marks.items() if given == mark), None)

    def lead(self, text: str, shelf: Shelf, case: str = "") -> list[Piece]:
        """A text in which each id of a norm leads to its page; its pieces follow one another as they are."""
        pieces, at = [], 0
        for hit in _ID.finditer(text):
            if norm := shelf.norms.get(hit[0]):
                pieces += [
                    Piece(text[at : hit.start()]),
                    Piece(hit[0], href=self.address(norm, case), code=True),
                ]
                at = hit.end()
        return [one for one in (*pieces, Piece(text[at:])) if one.text]
