"""Values made coarser: a county becomes its province, a day its year, an age and a price a band.

Pure. What is coarse enough stays as it is. Nothing is guessed and nothing moved: a coarser value always holds
what it stands for. Refused: a value that nobody has said how to coarsen; it is withheld instead.
"""

from decimal import Decimal
from itertools import pairwise

from onggi.errors import OnggiError
from onggi.model.places import find_place
from onggi.model.value import Date, Number, Place, Text, Unknown, Value
from onggi.model.when import When

PLACE, DATE, AGE, PRICE = "fine_location", "exact_date", "quasi_identifier", "price_and_terms"
"""Why each kind of value is made coarser: terms of `redaction_classes`."""

_WIDE = frozenset({"country", "province", "special_city"})
_AGES = 10
# Each about three times the one before: what a price says of the trade stays, what it says of one sale goes.
_PRICES = tuple(Decimal(step * 10**power) for power in range(3, 9) for step in (1, 3))


def coarsen_date(value: Date) -> Date | Unknown | None:
    """The years it lies in, without the words; None where it says no more than that already.

    Of a day whose year nobody remembers nothing is left to show: it becomes unknown.
    """
    if "-" not in value.edtf:  # years only, however they are written
        return None if value.words is None else _date(value.edtf)
    if value.earliest is None and value.latest is None:
        return Unknown()
    first, last = (day[:4] if day else ".." for day in (value.earliest, value.latest))
    doubt = "?" if value.uncertain else ""
    return _date(first + doubt if first == last else f"{first}/{last}")


def coarsen_place(value: Place) -> Place | None:
    """The province or special city it lies in; None for a place that is as wide already or is not known."""
    place = find_place(value.place)
    if place is None or place.kind in _WIDE:
        return None
    while place is not None and place.kind not in _WIDE:
        place = find_place(place.parent) if place.parent else None
    return Place(place.id) if place is not None else None


def coarsen_age(value: Number) -> Text | None:
    """Ten years in which an age lies: 34 becomes 30–39."""
    try:
        age = int(Decimal(value.number))
    except ArithmeticError:
        return None
    first = age - age % _AGES
    return Text(f"{first}–{first + _AGES - 1}", "und")


def coarsen_price(value: Number) -> Text | None:
    """The band a price lies in, with its currency."""
    try:
        price = Decimal(value.number)
    except ArithmeticError:
        return None
    unit = value.unit
    if price < _PRICES[0]:
        return Text(f"< {_PRICES[0]:,} {unit}", "und")
    for low, high in pairwise(_PRICES):
        if low <= price < high:
            return Text(f"{low:,}–{high:,} {unit}", "und")
    return Text(f"≥ {_PRICES[-1]:,} {unit}", "und")


def coarsen_value(property: str, value: Value) -> tuple[Value, str] | None:
    """What is shown instead of a value and why; None where it may be shown as it is."""
    match value:
        case Date():
            date = coarsen_date(value)
            return (date, DATE) if date is not None else None
        case Place():
            place = coarsen_place(value)
            return (place, PLACE) if place else None
        case Number() if property == "age":
            return coarsen_age(value) or Unknown(), AGE
        case Number() if property == "price":
            return coarsen_price(value) or Unknown(), PRICE
    return None


def _date(edtf: str) -> Date | Unknown:
    try:
        return Date.of(When(edtf))
    except OnggiError:
        return Unknown()
