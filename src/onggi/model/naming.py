"""Which texts of the identity stratum lead to a person when they stand somewhere else.

Record text is screened for them when it comes in, and again before it leaves. Not every identity text is
one: a person is not found by the word *cook*, and a screen that refuses such words is soon switched off.

Floor 2. Pure. Refused: nothing.
"""

from dataclasses import dataclass
from enum import StrEnum

from onggi.model.places import find_place, place_labels
from onggi.model.statement import Statement
from onggi.model.value import Place, Text


class Sort(StrEnum):
    """What a naming is: names and places are looked for in every spelling, the rest as it stands."""

    NAME = "name"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Naming:
    """What may not stand in the record: all labels of one thing, and the case in which that was said."""

    labels: tuple[str, ...]
    sort: Sort
    case: str


_NAMES = frozenset({"name", "legal_name", "alias", "nickname", "author", "interpreter"})
NAMING_PROPERTIES = _NAMES | {
    *("phone", "account", "document_number", "address"),
    *("exact_place", "taken_at", "file_name"),
}

_WIDE_PLACES = frozenset({"country", "province", "special_city"})


def read_naming(statement: Statement) -> Naming | None:
    """What may not stand in the record because this statement of the identity stratum holds it."""
    if statement.what.property not in NAMING_PROPERTIES:
        return None
    match statement.value:
        case Text(text=text):
            return Naming(
                (text,), Sort.NAME if statement.what.property in _NAMES else Sort.OTHER, statement.about.case
            )
        case Place(place=id):
            labels = _label_place(id)
            return Naming(labels, Sort.PLACE, statement.about.case) if labels else None
    return None


def _label_place(id: str) -> tuple[str, ...]:
    """Every name of an exact place; a province is none, and the record speaks of provinces on every page."""
    place = find_place(id)
    return place_labels(place) if place is not None and place.kind not in _WIDE_PLACES else ()
