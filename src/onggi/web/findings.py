"""Findings one below the other, as a page lists them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onggi.errors import Finding
from onggi.web.rendering import say_finding
from onggi.words.whereabouts import say_where

_NOWHERE = "?"  # the place of what has a name that is not told


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: where, what, and what it means where the one before did not say so."""

    place: str
    what: str
    meaning: str


def tell_findings(findings: Iterable[Finding], tongue: str) -> Iterator[Found]:
    """The findings in the reader's language, in their order."""
    before = ""
    for one in findings:
        what, meaning = say_finding(one, tongue)
        place = "" if one.where == _NOWHERE else say_where(one.where, tongue)
        yield Found(place, what, meaning if meaning != before else "")
        before = meaning
