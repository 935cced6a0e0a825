"""A day as a moment, in milliseconds since 1970. Pure."""

from datetime import date

_EPOCH = date(1970, 1, 1)
_DAY = 86_400_000


def end_day(day: date) -> int:
    """The last millisecond of a day, in UTC: a view as of it shows what was recorded by then."""
    return ((day - _EPOCH).days + 1) * _DAY - 1
