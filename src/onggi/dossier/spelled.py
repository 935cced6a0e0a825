"""A date or a number that stays inside, in the spellings in which a text could still say it.

Whoever cuts the price of a sale to a band has done nothing where its title says *sold for 18,000 yuan*. Days
and months are spelled with figures and, in English, with the name of the month; numbers from a thousand on
with figures, in threes, and by 만 and 万; ages with the word that makes an age of a number. What is spelled
in letters throughout (thirty thousand, 삼만) is not told apart from other words here.

Floor 5. Pure. Refused: nothing; a year alone, a small number and what is no number have no spelling.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from onggi.model.value import Date, Number

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAY = re.compile(r"\b([0-9]{4})-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?\b")
_LEAST = 1_000  # a smaller number stands in many a text and says nothing there
_MYRIAD = 10_000
_AGES = ("{} years old", "{} year old", "aged {}", "age {}", "{}세", "{}살", "{}岁", "{}歲")


def spell_date(value: Date) -> Iterator[str]:
    """Each day and month in it, with its year; a day also without."""
    for year, month, day in _DAY.findall(value.edtf):
        yield from _spell_month(year, int(month))
        if day:
            yield from _spell_day(year, int(month), int(day))


def spell_number(property: str, value: Number) -> Iterator[str]:
    """The number in figures; an age as an age."""
    try:
        number = Decimal(value.number)
    except InvalidOperation:
        return
    if number != number.to_integral_value():
        return
    whole = int(number)
    if property == "age":
        yield from (shape.format(whole) for shape in _AGES)
    elif whole >= _LEAST:
        yield from _spell_figures(whole)


def _spell_month(year: str, month: int) -> Iterator[str]:
    name = _MONTHS[month - 1]
    yield from (f"{year}-{month:02}", f"{year}-{month}", f"{year}년 {month}월", f"{year}年{month}月")
    yield from (f"{form} {year}" for form in _name_forms(name))


def _spell_day(year: str, month: int, day: int) -> Iterator[str]:
    for m, d in ((f"{month:02}", f"{day:02}"), (str(month), str(day))):
        yield from (f"{year}-{m}-{d}", f"{d}-{m}-{year}", f"{m}-{d}-{year}", f"{year}{month:02}{day:02}")
        yield from (f"{m}월 {d}일", f"{m}月{d}日", f"{m}月{d}号", f"{m}月{d}號")
    for form in _name_forms(_MONTHS[month - 1]):
        for d in (str(day), f"{day:02}", _ordinal(day)):
            yield from (f"{d} {form}", f"{form} {d}", f"{d} of {form}")


def _name_forms(name: str) -> tuple[str, ...]:
    return (name, name[:3], "Sept") if name == "September" else (name, name[:3])


def _ordinal(day: int) -> str:
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _spell_figures(whole: int) -> Iterator[str]:
    yield from (str(whole), f"{whole:,}")
    if whole % 1_000 == 0:
        yield from (f"{whole // 1_000}k", f"{whole // 1_000} thousand", f"{whole // 1_000}천")
        yield f"{whole // 1_000}千"
    many, rest = divmod(whole, _MYRIAD)
    if not many:
        return
    part = f".{rest:04}".rstrip("0") if rest else ""
    for sign, thousand in (("만", "천"), ("万", "千"), ("萬", "千")):
        yield f"{many}{part}{sign}"
        if rest:
            yield from (f"{many}{sign}{rest}", f"{many}{sign} {rest:,}")
        if rest and rest % 1_000 == 0:
            yield f"{many}{sign}{rest // 1_000}{thousand}"
            yield f"{many}{sign}{rest // 1_000}"  # as it is said: 1万8
