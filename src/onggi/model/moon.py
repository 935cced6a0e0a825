"""Between which Gregorian days a lunar date lies: never which day it was.

Floor 2. Pure. The first days of lunar months were taken over the years 1900-2100 from the Korean (KARI) and
the Chinese calendar, leap months included, and given one day more to each side. Refuses other years.
"""

from typing import NamedTuple

from onggi.model.when import Day, format_day, shift_days

UNKNOWN_YEAR = "XXXX"
_YEARS = range(1900, 2101)


class _Opening(NamedTuple):
    """Month and day between which a lunar month begins; month 13 is January of the next year."""

    earliest: tuple[int, int]
    latest: tuple[int, int]


_OPENINGS = {
    1: _Opening((1, 20), (2, 21)),
    2: _Opening((2, 19), (3, 24)),
    3: _Opening((3, 20), (4, 23)),
    4: _Opening((4, 20), (5, 24)),
    5: _Opening((5, 22), (6, 26)),
    6: _Opening((6, 23), (7, 27)),
    7: _Opening((7, 24), (8, 27)),
    8: _Opening((8, 23), (9, 26)),
    9: _Opening((9, 22), (10, 25)),
    10: _Opening((10, 22), (11, 24)),
    11: _Opening((11, 21), (12, 23)),
    12: _Opening((12, 21), (13, 22)),
}


def bound_moon(year: str, month: int, first: int = 1, last: int = 30) -> tuple[str, str] | None:
    """First and last Gregorian day, in EDTF, of these days of a lunar month; None for a year not covered.

    The year may be meant by either calendar: the end of the lunar year before falls into it as well.
    """
    if year == UNKNOWN_YEAR:
        start, end = _bound_year(2001, month, first, last)
        return UNKNOWN_YEAR + format_day(start)[4:], UNKNOWN_YEAR + format_day(end)[4:]
    if not year.isdecimal() or int(year) not in _YEARS:
        return None
    start, end = _bound_year(int(year), month, first, last)
    _, spilled = _bound_year(int(year) - 1, month, first, last)
    if spilled[0] == int(year):
        start = (int(year), 1, 1)
    return format_day(start), format_day(end)


def _bound_year(year: int, month: int, first: int, last: int) -> tuple[Day, Day]:
    opening = _OPENINGS[month]
    return _place(year, opening.earliest, first), _place(year, opening.latest, last)


def _place(year: int, opening: tuple[int, int], day: int) -> Day:
    month, of_month = opening
    return shift_days((year + month // 13, (month - 1) % 12 + 1, of_month), day - 1)
