"""What of a case has a date: which statements date what, so that sources stand beside each other.

Pure. Refused: a date that is denied, or that nobody knows; neither has a place on a line.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from onggi.ledger.held import Held
from onggi.model.value import Date

HAPPENED = ("event", "act", "intervention", "person")
"""The kinds of entities that stand in a chronology."""

DATED = ("date", "until", "left_on", "escape_on", "returned_on", "died_on", "last_seen", "released_on")
"""The properties that say when something happened, to or through one of these."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing that happened: an entity, the property that dates it, and every statement that does."""

    entity: str
    property: str
    datings: tuple[tuple[Held, Date], ...]


def list_dated(statements: Iterable[Held], kind_of: Callable[[str], str | None]) -> list[Dated]:
    """What these statements date, in the order of its earliest day."""
    found: dict[tuple[str, str], list[tuple[Held, Date]]] = {}
    for held in statements:
        said = held.statement
        if (
            said.what.property in DATED
            and said.what.polarity == "asserts"
            and isinstance(said.value, Date)
            and kind_of(said.subject) in HAPPENED
        ):
            found.setdefault((said.subject, said.what.property), []).append((held, said.value))
    dated = [Dated(entity, name, tuple(datings)) for (entity, name), datings in found.items()]
    return sorted(dated, key=_first_day)


def _first_day(dated: Dated) -> str:
    """The earliest day that any dating allows; what has none comes last."""
    return min(date.earliest or "9999" for _, date in dated.datings)
