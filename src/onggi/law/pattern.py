"""Which statements speak to something: `act.method=knife`, `victim.left_on`, `perpetrator.age>=14`.

A pattern names whom or what a statement must be about (its role beside an act), the property, and the
values that count, or for a number from which on or below which it does; without values, any known value
counts. What a source denies counts against (docs/design/law.md, §2).

Pure. Refused: a role, property or value that nobody knows.
"""

import re
from dataclasses import dataclass

from onggi.model.places import find_place
from onggi.model.vocabulary import Property, find_term, load_properties

ROLES = ("act", "victim", "perpetrator", "response", "beside", "any")
"""The act; who suffered it; who did it; what was done about it; acts against the same person; anything."""

_PATTERN = re.compile(r"([a-z]+)\.([a-z_]+)(?:=([A-Za-z0-9_-]+(?:\|[A-Za-z0-9_-]+)*)|(>=|<)(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A role, a property, and the ids of values that count; none means any value that is known.

    `least` is the number from which on it counts, `below` the number below which it does.
    """

    role: str
    property: str
    values: frozenset[str]
    least: int | None = None
    below: int | None = None

    def is_bounded(self) -> bool:
        """Whether it asks how large a number is."""
        return self.least is not None or self.below is not None

    def holds(self, low: int | None, high: int | None) -> bool:
        """Whether a number between these two, None where no such end is known, surely lies within."""
        if self.least is not None:
            return low is not None and low >= self.least
        return self.below is not None and high is not None and high < self.below

    def __str__(self) -> str:
        if self.is_bounded():
            return f"{self.role}.{self.property}" + (
                f">={self.least}" if self.least is not None else f"<{self.below}"
            )
        values = f"={'|'.join(sorted(self.values))}" if self.values else ""
        return f"{self.role}.{self.property}{values}"


def read_pattern(text: str) -> Pattern | None:
    """The pattern that a text spells; None where it is none, or names what no vocabulary has."""
    found = _PATTERN.fullmatch(text)
    if found is None or found[1] not in ROLES:
        return None
    known = load_properties().get(found[2])
    values = frozenset(found[3].split("|")) if found[3] else frozenset()
    if known is None or not all(_may_be(known, value) for value in values):
        return None
    if found[4] is None:
        return Pattern(found[1], found[2], values)
    if "number" not in known.value:
        return None
    least, below = (int(found[5]), None) if found[4] == ">=" else (None, int(found[5]))
    return Pattern(found[1], found[2], values, least, below)


def _may_be(known: Property, value: str) -> bool:
    """Whether a property can have this value: a term of its vocabulary, or a place."""
    if known.vocabulary is not None and find_term(known.vocabulary, value) is not None:
        return True
    return "place" in known.value and find_place(value) is not None
