"""A date as it is known: EDTF, and the first and last day that it allows.

Floor 2. Pure; no clock, no I/O. Reads the part of EDTF (ISO 8601-2:2019, profile of the Library of
Congress) that witnesses need; which, and why `~` widens while `?` takes certainty away, is said in
docs/design/dates.md.

Refuses what is not EDTF, what is EDTF of a kind not read here, days that no calendar has, and stored bounds
that do not follow from the EDTF beside them. What people say is read by `spoken`.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple, TypeAlias

from onggi.errors import Exit, OnggiError

Day: TypeAlias = tuple[int, int, int]

_DATE = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?([?~%]?)")
# EDTF that others write and we do not read: sets, long and negative years, times of day, significant
# digits, and qualifiers that stand inside a date.
_FOREIGN = re.compile(
    r"[\[{][^\n]*[\]}]|Y-?[0-9]+[^\n]*|-[0-9X]{4}[^\n]*|[0-9]{4}-[0-9]{2}-[0-9]{2}T[^\n]+|[0-9X]{4}S[0-9]+"
    r"|(?=[^\n]*[?~%])[0-9X?~%-]{5,}"
)
_NO_END = ("", "..")
_FIELDS = frozenset({"type", "edtf", "earliest", "latest", "words", "lang"})

# First and last month; the last one is counted on into the next year where it exceeds twelve.
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (1, 14)}
_SUBYEARS = {str(code) for code in range(25, 42)}


class _Reach(NamedTuple):
    """How far an approximate date may lie from what was said, to each side."""

    months: int
    days: int


_DAYS = _Reach(0, 10)
_MONTHS = _Reach(2, 0)
_YEARS = _Reach(2 * 12, 0)
_DECADES = _Reach(5 * 12, 0)
_CENTURIES = _Reach(20 * 12, 0)


class _Span(NamedTuple):
    """First and last day of one date as written, if its year is named, and how far `~` carries them."""

    first: Day | None
    last: Day | None
    reach: _Reach | None


@dataclass(frozen=True, slots=True)
class When:
    """A date as somebody remembers it: between these two days, in these words.

    The bounds follow from `edtf` and cannot be given. They are ISO days that compare as text; None is an
    end that is open, unknown, or outside the years 0000-9999, and promises nothing.
    """

    edtf: str
    words: str | None = None
    lang: str | None = None
    earliest: str | None = field(init=False)
    latest: str | None = field(init=False)

    def __post_init__(self) -> None:
        earliest, latest = _bound_edtf(self.edtf)
        object.__setattr__(self, "earliest", earliest)
        object.__setattr__(self, "latest", latest)

    @property
    def approximate(self) -> bool:
        """Whether the speaker said "about"; the bounds are widened for it."""
        return "~" in self.edtf or "%" in self.edtf

    @property
    def uncertain(self) -> bool:
        """Whether the date itself is in doubt; then the bounds decide nothing."""
        return "?" in self.edtf or "%" in self.edtf

    def to_value(self) -> dict[str, str | None]:
        """The JSON form of a statement's value."""
        value: dict[str, str | None] = {
            "type": "date",
            "edtf": self.edtf,
            "earliest": self.earliest,
            "latest": self.latest,
        }
        if self.words is not None:
            value["words"] = self.words
        if self.lang is not None:
            value["lang"] = self.lang
        return value

    @classmethod
    def from_value(cls, value: Mapping[str, object]) -> "When":
        """The date of a JSON value; its bounds are computed anew, and others than these are refused."""
        edtf, words, lang = value.get("edtf"), value.get("words"), value.get("lang")
        if (
            value.get("type") != "date"
            or not isinstance(edtf, str)
            or not (isinstance(words, str) or "words" not in value)
            or not (isinstance(lang, str) or "lang" not in value)
            or not value.keys() <= _FIELDS
        ):
            raise _refuse("value")
        when = cls(edtf, words if isinstance(words, str) else None, lang if isinstance(lang, str) else None)
        if dict(value) != when.to_value():
            raise _refuse("mismatch")
        return when


def certainly_before(a: When, b: When) -> bool:
    """Whether every day `a` allows lies before every day `b` allows. Never true of an uncertain date."""
    if a.uncertain or b.uncertain or a.latest is None or b.earliest is None:
        return False
    return a.latest < b.earliest


def may_overlap(a: When, b: When) -> bool:
    """Whether `a` and `b` can share a day. Never false of an uncertain date."""
    return not (certainly_before(a, b) or certainly_before(b, a))


def measure_month(year: int, month: int) -> int:
    """How many days a month has, in any year of the Gregorian calendar carried backwards."""
    return monthrange(_in_reach(year), month)[1]


def shift_days(day: Day, days: int) -> Day:
    """The day so many days later, or earlier."""
    year, month, of_month = day
    shifted = date(_in_reach(year), month, of_month) + timedelta(days)
    return shifted.year + year - _in_reach(year), shifted.month, shifted.day


def format_day(day: Day) -> str:
    """An ISO day of the years 0000-9999."""
    return "{:04}-{:02}-{:02}".format(*day)


def _in_reach(year: int) -> int:
    # The calendar repeats every 400 years; Python's begins with year 1 and ends with 9999.
    return 400 + year % 400


def _refuse(why: str) -> OnggiError:
    return OnggiError(f"model.when.{why}", exit_code=Exit.USAGE)


def _bound_edtf(edtf: str) -> tuple[str | None, str | None]:
    if _FOREIGN.fullmatch(edtf) and not _DATE.fullmatch(edtf):
        raise _refuse("unsupported")
    start, slash, end = edtf.partition("/")
    if not slash:
        span = _read_date(edtf)
        return _format_bound(_widen(span.first, span.reach, -1)), _format_bound(
            _widen(span.last, span.reach, 1)
        )
    if start in _NO_END and end in _NO_END:
        raise _refuse("edtf")
    begun = _Span(None, None, None) if start in _NO_END else _read_date(start)
    ended = _Span(None, None, None) if end in _NO_END else _read_date(end)
    if begun.first is not None and ended.last is not None and ended.last < begun.first:
        raise _refuse("reversed")
    return _format_bound(_widen(begun.first, begun.reach, -1)), _format_bound(
        _widen(ended.last, ended.reach, 1)
    )


def _read_date(text: str) -> _Span:
    match = _DATE.fullmatch(text)
    if match is None:
        raise _refuse("unsupported" if _FOREIGN.fullmatch(text) else "edtf")
    year, month, day, mark = match.groups()
    if month in _SUBYEARS and day is None:
        raise _refuse("unsupported")
    # A leap year stands for the year nobody named: every day that any year has can be meant.
    years = [2000] if year == "XXXX" else _fill(year)
    first: Day | None
    last: Day | None
    if month in _SEASONS and day is None:
        opening, closing = _SEASONS[month]
        first = (years[0], opening, 1)
        last = _end_month(years[-1], closing)
    else:
        months = [value for value in _fill(month or "XX") if 1 <= value <= 12]
        days = [value for value in _fill(day or "XX") if 1 <= value <= 31]
        first = _find_day(years, months, days)
        last = _find_day(reversed(years), months[::-1], days[::-1])
    if first is None or last is None:
        raise _refuse("impossible")
    reach = _find_reach(year, month, day) if mark and mark in "~%" else None
    return _Span(None, None, reach) if year == "XXXX" else _Span(first, last, reach)


def _fill(pattern: str) -> list[int]:
    """Every number that digits with X can stand for, from the smallest to the largest."""
    return [int("".join(digits)) for digits in product(*("0123456789" if c == "X" else c for c in pattern))]


def _find_day(years: Iterable[int], months: list[int], days: list[int]) -> Day | None:
    return next(
        ((y, m, d) for y in years for m in months for d in days if d <= measure_month(y, m)),
        None,
    )


def _find_reach(year: str, month: str | None, day: str | None) -> _Reach:
    if "X" in year:
        return _CENTURIES if "X" in year[:3] else _DECADES
    if month is None or "X" in month:
        return _YEARS
    return _MONTHS if day is None or "X" in day else _DAYS


def _widen(day: Day | None, reach: _Reach | None, side: int) -> Day | None:
    if day is None or reach is None:
        return day
    year, month, of_month = shift_days(day, side * reach.days)
    if not reach.months:
        return year, month, of_month
    last = _end_month(year, month + side * reach.months)
    # A month's last day stays the last, whatever its number: two months after 28 February is 30 April.
    stays_last = side > 0 and of_month == measure_month(year, month)
    return last if stays_last else (last[0], last[1], min(of_month, last[2]))


def _end_month(year: int, month: int) -> Day:
    """The last day of a month that may be counted beyond its year, to either side."""
    carried, index = divmod(month - 1, 12)
    return year + carried, index + 1, measure_month(year + carried, index + 1)


def _format_bound(day: Day | None) -> str | None:
    return format_day(day) if day is not None and 0 <= day[0] <= 9999 else None
