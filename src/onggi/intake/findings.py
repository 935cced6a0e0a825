"""What was found wrong with a file, and where: all of it, up to a number a person can read.

A bad line never hides the other ninety-nine; a hostile file with a million of them fills neither the memory
nor the day.

Floor 5. Pure. Refused: nothing of the file's content in a finding.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from onggi.errors import Finding

MOST = 1000
_ENOUGH = 100 * MOST

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file that can be said when something is wrong there, and costs nothing until then."""

    locate: Callable[[Path], str]
    path: Path

    def inside(self, *inner: str | int) -> "Spot":
        return Spot(self.locate, self.path + inner)

    def say(self, *inner: str | int) -> str:
        """The place in words: `line 41`, or `line 7, value`."""
        return self.locate(self.path + inner)


class Findings:
    """A growing list of findings that keeps the first `MOST` and counts the rest.

    A finding that every row repeats, because a default is wrong, is told once. Whoever adds many stops where
    it is `enough`.
    """

    def __init__(self) -> None:
        self.count = 0
        self._kept: dict[tuple[str, str, frozenset[tuple[str, str | int]]], Finding] = {}
        self._more = 0

    def add(self, finding: Finding) -> None:
        self.count += 1
        key = finding.code, finding.where, frozenset(finding.values.items())
        if key in self._kept:
            return
        if len(self._kept) < MOST:
            self._kept[key] = finding
        else:
            self._more += 1

    @property
    def enough(self) -> bool:
        """Whether so much is wrong that to look at the rest would help nobody."""
        return self.count >= _ENOUGH

    def gather(self) -> list[Finding]:
        """Every finding in the order of the lines, how many more there were, and whether reading stopped."""
        gathered = sorted(self._kept.values(), key=_line_of)
        if self._more:
            gathered.append(Finding("intake.more", "", {"count": self._more}))
        if self.enough:
            gathered.append(Finding("intake.enough", ""))
        return gathered


def _line_of(finding: Finding) -> tuple[bool, int]:
    number = re.search(r"\d+", finding.where)
    return "map" in finding.where, int(number[0]) if number else 0
