"""A bag that arrives file by file, in no folder of this machine.

What is read whole is kept in memory, what is only carried along is weighed as it passes and never held. The
limits and the findings are those of `folder`; no path that somebody sent becomes one on a disk. Pure: whoever
has the pieces hands them in.
"""

from collections.abc import Iterable, Iterator

from onggi.errors import Finding
from onggi.evidence.bag import CARRIED_LIMIT, TEXT_LIMIT, TEXTS_LIMIT, is_carried, is_expected
from onggi.evidence.content import Content, Scale, Stream


class TooLarge(Exception):
    """A file goes on beyond its limit."""


class Arriving:
    """The files so far, by path with forward slashes, and what had to be left."""

    def __init__(self) -> None:
        self.files: dict[str, Content] = {}
        self.findings: list[Finding] = []
        self._room = TEXTS_LIMIT

    def take(self, path: str, pieces: Iterable[bytes]) -> None:
        """One more file; of one that cannot belong to a bag, or comes twice, not a piece is asked for."""
        if not is_expected(path) or path in self.files:
            self.leave(path, "evidence.bag.extra")
            return
        try:
            if is_carried(path):
                scale = Scale()
                for piece in limit_pieces(pieces, CARRIED_LIMIT):
                    scale.add(piece)
                self.files[path] = Stream(scale.read(), tuple)
            else:
                text = b"".join(limit_pieces(pieces, min(self._room, TEXT_LIMIT)))
                self.files[path] = text
                self._room -= len(text)
        except TooLarge:
            self.leave(path, "evidence.bag.large")

    def leave(self, path: str, why: str) -> None:
        """Note that something was not read; a name is told only where it is one of ours."""
        self.findings.append(Finding(why, path if is_expected(path) else "?"))


def limit_pieces(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The same pieces, as long as there are no more bytes than this. Raises `TooLarge` at the first more."""
    for piece in pieces:
        limit -= len(piece)
        if limit < 0:
            raise TooLarge
        yield piece
