"""What left: when, to whom, on whose consent; and what was said to leave and stayed.

Pure, over a view. Of files that were printed or handed over it tells as much as the view's strata hold.
Refused: nothing; what a member retracted is told too, since it may lie outside all the same.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from onggi.ledger.consents import LEFT, read_consents
from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.consent import LIKENESS, SHOWN
from onggi.model.release import Release
from onggi.model.request import Recorded, Request, find_standing


@dataclass(frozen=True, slots=True)
class Ground:
    """On which decisions of a person something left, as they stood then."""

    person: str
    decisions: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """One time that something left. `release` says for whom and what for, where a dossier did."""

    held: Held
    release: Release | None
    stayed: bool
    grounds: tuple[Ground, ...]


def list_left(view: View, case: str) -> list[Left]:
    """Everything of a case that left or was to leave, the latest first."""
    stayed = {id for held in view.live_of("stayed") for id in held.statement.trace.retracts}
    found = (held for held in view.of_property(*LEFT) if held.statement.about.case == case)
    return [_describe(view, held, stayed) for held in sorted(found, key=lambda one: one.order, reverse=True)]


def _describe(view: View, held: Held, stayed: set[str]) -> Left:
    value = held.statement.value
    release = value if isinstance(value, Release) else None
    back = held.id in stayed and not view.is_live(held)
    return Left(held, release, back, tuple(_list_grounds(view, held, release)) if release else ())


def _list_grounds(view: View, held: Held, release: Release) -> list[Ground]:
    then, day = view.at(held.time), datetime.fromtimestamp(held.time[0] / 1000, UTC).date()
    asked = Request(
        purpose=release.purpose,
        recipient=release.recipient,
        organisation=release.organisation,
        covers=frozenset(),
        items=frozenset(),
        shown=SHOWN[0],
        likeness=LIKENESS[0],
        day=day,
    )
    return [
        Ground(person, tuple(find_standing(read_consents(then, person), asked))) for person in release.persons
    ]
