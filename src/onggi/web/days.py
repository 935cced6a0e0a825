"""Days in words, in three languages: a day, a span, and a date as somebody remembers it. Pure."""

import re
from calendar import monthrange
from datetime import date, timedelta

from onggi.model.value import Date
from onggi.words import say

_EPOCH = date(1970, 1, 1)
_DAY = 86_400_000
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)
_APART = re.compile(r"(?<=[一-鿿]) (?=\d{4}年)|(?<=日) (?=[一-鿿])")
"""Chinese sets figures apart, and a day in words not."""


def say_day(day: str, tongue: str) -> str:
    """An ISO day in words."""
    year, month, of_month = (int(part) for part in day.split("-"))
    return say("web.day.day", tongue, year=year, month=say(f"web.day.month.{month}", tongue), day=of_month)


def spell_days(text: str, tongue: str) -> str:
    """A sentence whose days are written as a file writes them, with every day in words."""
    spelled = _ISO.sub(lambda found: say_day(found[0], tongue), text)
    return _APART.sub("", spelled) if tongue == "zh" else spelled


def say_moment(milliseconds: int, tongue: str) -> str:
    """The day (UTC) of a moment in milliseconds since 1970, in words."""
    return say_day((_EPOCH + timedelta(milliseconds // _DAY)).isoformat(), tongue)


def say_date(value: Date, tongue: str) -> str:
    """What a date comes to: a day, a month, a year, or from when until when; perhaps, if in doubt."""
    told = _say_span(value.earliest, value.latest, tongue)
    return say("web.day.doubt", tongue, date=told) if value.uncertain else told


def _say_span(earliest: str | None, latest: str | None, tongue: str) -> str:
    if earliest is None and latest is None:
        return say("web.day.unknown", tongue)
    if latest is None:
        return say("web.day.from", tongue, day=say_day(earliest or "", tongue))
    if earliest is None:
        return say("web.day.until", tongue, day=say_day(latest, tongue))
    if earliest == latest:
        return say_day(earliest, tongue)
    year, month = earliest[:4], earliest[5:7]
    if latest == f"{year}-{month}-{monthrange(int(year), int(month))[1]}" and earliest.endswith("-01"):
        named = say(f"web.day.month.{int(month)}", tongue)
        return say("web.day.in_month", tongue, year=int(year), month=named)
    if (earliest[4:], latest) == ("-01-01", f"{year}-12-31"):
        return say("web.day.in_year", tongue, year=int(year))
    return say("web.day.between", tongue, first=say_day(earliest, tongue), last=say_day(latest, tongue))
