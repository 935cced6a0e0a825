"""Days as numbers: ISO days of the years 0000 to 9999 in, distances and short names out.

Pure. The calendar is the Gregorian one, carried backwards, as everywhere in Onggi; day 0 is 0000-01-01.
Refused: what is not an ISO day (`figures.day`), a span that ends before it begins (`figures.reversed`); the
place that the error names counts the rows handed in from one.
"""

import re
from calendar import monthrange
from datetime import date

from onggi.errors import Exit, OnggiError

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CYCLE = 146_097  # days in 400 years, after which the calendar repeats
_ORIGIN = date(400, 1, 1).toordinal()

LAST = 3_652_425
"""The day after 9999-12-31."""


def read_day(text: str, row: int = 0) -> int:
    """The number of an ISO day."""
    match = _DAY.fullmatch(text)
    if match is not None:
        year, month, day = map(int, match.groups())
        if 1 <= month <= 12 and 1 <= day <= monthrange(400 + year % 400, month)[1]:
            return number_day(year, month, day)
    raise OnggiError("figures.day", exit_code=Exit.USAGE, row=row)


def read_span(earliest: str | None, latest: str | None, row: int = 0) -> tuple[int | None, int | None]:
    """The numbers of the first and the last day of a span."""
    first = None if earliest is None else read_day(earliest, row)
    last = None if latest is None else read_day(latest, row)
    if first is not None and last is not None and last < first:
        raise OnggiError("figures.reversed", exit_code=Exit.USAGE, row=row)
    return first, last


def number_day(year: int, month: int, day: int) -> int:
    """The number of a day; the month may be counted beyond its year."""
    carried, index = divmod(month - 1, 12)
    cycles, rest = divmod(year + carried, 400)
    return date(400 + rest, index + 1, day).toordinal() - _ORIGIN + cycles * _CYCLE


def split_day(number: int) -> tuple[int, int, int]:
    """Year, month and day of a number."""
    cycles, rest = divmod(number, _CYCLE)
    named = date.fromordinal(rest + _ORIGIN)
    return named.year - 400 + cycles * 400, named.month, named.day


def write_span(earliest: str | None, latest: str | None) -> str:
    """A span in brief: 2010 for the whole year, 2010-03 for the month, … for an end nobody knows."""
    if earliest is None or latest is None:
        first, last = earliest or "…", latest or "…"
    else:
        first, last = _shorten(earliest, latest)
    return first if first == last else f"{first}\u00a0– {last}"


def _shorten(earliest: str, latest: str) -> tuple[str, str]:
    whole_months = earliest.endswith("-01") and _ends_month(latest)
    if whole_months and earliest[5:7] == "01" and latest[5:7] == "12":
        return earliest[:4], latest[:4]
    return (earliest[:7], latest[:7]) if whole_months else (earliest, latest)


def _ends_month(day: str) -> bool:
    year, month, of_month = map(int, day.split("-"))
    return of_month == monthrange(400 + year % 400, month)[1]
