"""Corrections of norms that a user brought: looked at before they count, and then for this session alone.

In memory and nowhere else. What counts takes the place of the shipped entries on every page that goes by
norms; a dossier goes by what is shipped. Refused: to let anything count but what was shown as it was shown,
and anything of files in which one mistake is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from onggi.errors import Finding, OnggiError
from onggi.law.catalogue import list_own
from onggi.law.shelf import Shelf, correct_shelf, open_shelf

MOST_TOGETHER = 16 * 1024 * 1024
"""Bytes of all files that are brought at once."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was brought last: the shelf it comes to, or what is wrong with it. `mark` is drawn anew each time;
    `pasted` is what was typed, to be mended where it stands."""

    mark: str
    shelf: Shelf | None
    findings: tuple[Finding, ...]
    pasted: str = field(default="", repr=False)


class Corrections:
    """What was brought, and what counts. A job may bring while pages read: each is exchanged whole."""

    def __init__(self, dice: Callable[[int], bytes]) -> None:
        self._dice = dice
        self._own: Shelf | None = None
        self.looked: Looked | None = None

    @property
    def shelf(self) -> Shelf:
        """What answers go by now."""
        return self._own or take_shelf()

    @property
    def count(self) -> int:
        """How many entries of one's own count."""
        return len(list_own(self._own)) if self._own else 0

    def look(self, files: Sequence[bytes], pasted: str = "") -> None:
        """Read files, and what was pasted behind them, over the shipped shelf. Nothing counts by it."""
        typed = [pasted.encode()] if pasted.strip() else []
        shelf, findings = correct_shelf(take_shelf(), [*files, *typed])
        if shelf is not None and not list_own(shelf):
            shelf, findings = None, [Finding("web_norms.own.none", "?")]
        self.looked = Looked(self._dice(16).hex(), shelf, tuple(findings), pasted)

    def settle(self, mark: str) -> bool:
        """Let what was shown under a mark count instead of what counted; False where it is something else."""
        looked = self.looked
        if looked is None or looked.shelf is None or looked.mark != mark:
            return False
        self._own, self.looked = looked.shelf, None
        return True

    def drop(self) -> None:
        """Let go of what was looked at and does not count."""
        self.looked = None

    def forget(self) -> None:
        """Let go of all: answers go by what is shipped."""
        self._own = self.looked = None


@cache
def take_shelf() -> Shelf:
    """What is shipped, read once."""
    shelf, findings = open_shelf()
    if shelf is None:
        raise OnggiError("law.broken", count=len(findings), where=findings[0].where)
    return shelf
