"""The named parts that an expression found in a spoken date.

Floor 2. Pure. Groups that differ only in a number at their end (`year_1`, `year_2`) are one part that can
stand in several places. Refuses a part that was said twice and differently, and a numeral that is none.
"""

import re
from collections.abc import Mapping
from typing import TypeAlias

from onggi.errors import Exit, OnggiError
from onggi.model.numerals import read_number

Parts: TypeAlias = Mapping[str, str]

# What makes a year of the number before it.
_FRAMES = ("month", "moon_month", "season", "half", "feast", "tick")
_NUMBERED = re.compile("_[0-9]")


def gather_parts(match: re.Match[str]) -> Parts:
    """What was said, by part; what was not said is absent."""
    parts: dict[str, str] = {}
    for group, text in match.groupdict().items():
        part = _NUMBERED.sub("", group)
        if text is not None and parts.setdefault(part, text) != text:
            raise _refuse()
    return parts


def read_digits(parts: Parts, part: str, names: Mapping[str, str] | None = None) -> str | None:
    """The decimal digits of a part, None if it was not said; `names` are those of months and counts."""
    if part not in parts:
        return None
    digits = (names or {}).get(parts[part]) or read_number(parts[part])
    if digits is None:
        raise _refuse()
    return digits


def read_year(parts: Parts) -> str | None:
    """The year or decade said, with the century put before it where that was said as well."""
    spelled = parts.get("year", parts.get("decade"))
    year = None if spelled is None else read_number(spelled, digit_by_digit=True)
    if spelled is not None and (
        year is None or (_is_span(spelled, year) and parts.keys().isdisjoint(_FRAMES))
    ):
        raise _refuse()
    century = read_digits(parts, "century")
    if century is None:
        return year
    if year is None or len(year) != 2 or not 1 <= int(century) <= 99:
        raise _refuse()
    return f"{int(century) - 1:02}{year}"


def _is_span(spelled: str, digits: str) -> bool:
    """Whether 七八年 or 오륙년 may be a length of time, of seven or eight, or five or six years."""
    return len(spelled) == 2 and spelled != digits and int(digits[-1]) == int(digits[0]) + 1


def _refuse() -> OnggiError:
    return OnggiError("model.when.unreadable", exit_code=Exit.USAGE)
