"""What became of a person, as far as a consent of hers must heed it: dead or missing, detained or sent back.

Pure, over a view. It errs on the side of caution: one live statement is enough, whoever says it, and a
statement that it is not so takes none away. Refused: nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.consent import GONE, HELD
from onggi.model.value import Date, Entity, Term

_DEATH = ("died_on", "cause_of_death", "manner_of_death")
_STATUS = {"dead": GONE, "missing": GONE, "detained": HELD, "returned": HELD}
# What an act came to whose victim she is.
_ACTS = frozenset({"killing", "suspicious_death", "suicide_driven", "disappearance"})
_CONSEQUENCES = frozenset({"death", "death_on_the_spot"})
_HERS = (*_DEATH, "victim_status", "whereabouts", "returned_on")


@dataclass(frozen=True, slots=True)
class Fate:
    """`GONE` or `HELD`, and the statement that says so."""

    fate: str
    held: Held

    def came_after(self, consent: Held, on: date | None) -> bool:
        """Whether it was recorded after a decision of hers, and is not a return from before she made it."""
        return self.held.order > consent.order and not self._is_past(on)

    def _is_past(self, on: date | None) -> bool:
        value = self.held.statement.value
        if self.fate != HELD or not isinstance(value, Date) or value.latest is None or on is None:
            return False
        return value.latest < on.isoformat()


def read_fates(view: View, persons: Iterable[str]) -> list[Fate]:
    """What is said to have become of a person, who may stand under several entries."""
    return [fate for person in persons for fate in (*_read_hers(view, person), *_read_acts(view, person))]


def _read_hers(view: View, person: str) -> Iterator[Fate]:
    for held in view.live(person, *_HERS):
        said = held.statement.what
        if said.polarity != "asserts":
            continue
        if said.property in _DEATH:
            yield Fate(GONE, held)
        elif said.property != "victim_status":
            yield Fate(HELD, held)
        elif isinstance(said.value, Term) and said.value.term in _STATUS:
            yield Fate(_STATUS[said.value.term], held)


def _read_acts(view: View, person: str) -> Iterator[Fate]:
    for held in view.mentioning(person):
        if held.statement.what.property != "victim" or held.statement.value != Entity(person):
            continue
        for said in view.live(held.statement.subject, "type", "consequence"):
            value = said.statement.value
            if isinstance(value, Term) and value.term in _ACTS | _CONSEQUENCES:
                # Whichever was recorded last: that it was a killing, or that she was its victim.
                yield Fate(GONE, max(held, said, key=lambda one: one.order))
