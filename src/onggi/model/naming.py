"""Which texts of the identity stratum lead to a person when they stand somewhere else.

Record text is screened for them when it comes in, and again before it leaves. Not every identity text is
one: a person is not found by the word *cook*, and a screen that refuses such words is soon switched off.

Floor 2. Pure. Refused: nothing.
"""

from onggi.model.places import find_place, place_labels
from onggi.model.statement import Statement
from onggi.model.value import Place, Text

NAMING_PROPERTIES = frozenset(
    {
        "name",
        "legal_name",
        "alias",
        "nickname",
        "phone",
        "account",
        "document_number",
        "address",
        "exact_place",
        "taken_at",
        "author",
        "interpreter",
        "file_name",
    }
)

_WIDE_PLACES = frozenset({"country", "province", "special_city"})


def list_names(statement: Statement) -> tuple[str, ...]:
    """What may not stand in the record because this statement of the identity stratum holds it."""
    if statement.what.property not in NAMING_PROPERTIES:
        return ()
    match statement.value:
        case Text(text=text):
            return (text,)
        case Place(place=id):
            return _name_place(id)
    return ()


def _name_place(id: str) -> tuple[str, ...]:
    """Every name of an exact place; a province is none, and the record speaks of provinces on every page."""
    place = find_place(id)
    return place_labels(place) if place is not None and place.kind not in _WIDE_PLACES else ()
