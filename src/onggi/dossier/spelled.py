"""A date or a number that stays inside, in the spellings in which a text could still say it.

Whoever cuts the price of a sale to a band has done nothing where its title says *sold for 18,000 yuan*. Days
and months are spelled with figures and in letters, in English, Korean and Chinese (9월 19일, 구월 십구일);
numbers from a thousand on with figures, in threes, by 만 and 万, and in letters (thirty thousand, 삼만);
smaller prices with the word for money; ages with the word that makes an age of a number. Two syllables that
are words of their own, too (이만, 十万), count only before what is counted.

A year alone stands in many a text and says nothing there; whoever looks for one weighs what it finds.

Floor 5. Pure. Refused: nothing; a small number that is no price and no age, and what is no number, have no
spelling.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from onggi.model.lettered import say_chinese, say_english, say_korean, say_native, say_ordinal, say_year
from onggi.model.value import Date, Number

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAY = re.compile(r"\b([0-9]{4})-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?\b")
_LEAST = 1_000  # a smaller number stands in many a text and says nothing there
_MYRIAD = 10_000
_SYLLABLES = 2  # in Hangul; 이만 is a word of its own
_ENGLISH_AGES = ("{} years old", "{} year old", "aged {}", "age {}", "age of {}")
_AGES = (*_ENGLISH_AGES, "{}세", "{}살", "{}岁", "{}歲")
_YEAR = re.compile(r"\b[12][0-9]{3}\b")
_MONEY = ("yuan", "won", "dollars", "RMB", "kuai", "CNY", "KRW", "USD")
_KOREAN_MONEY = ("원", "위안", "위엔", "달러", "불")
_CHINESE_MONEY = ("元", "块", "塊", "圆", "圓", "美元", "人民币", "人民幣")
_KOREAN_COUNTED = (*_KOREAN_MONEY, "명", "여", "쯤", "정도", "가량")
_CHINESE_COUNTED = (*_CHINESE_MONEY, "人", "名", "多")
_ALONE = re.compile("[^十百千拾佰仟][万萬千]|.{3,}")  # what is no other word, in Chinese
_KOREAN_MONTHS = {"육월": "유월", "륙월": "유월", "십월": "시월"}  # as they are said


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
        yield from _letter_age(whole)
    elif whole >= _LEAST:
        yield from _spell_figures(whole)
        yield from _letter_number(whole)
    elif property == "price":
        yield from _spell_price(whole)


def spell_years(value: Date) -> Iterator[str]:
    """Each year in it, in figures and read out."""
    for year in dict.fromkeys(_YEAR.findall(value.edtf)):
        yield from (year, *say_year(int(year)))


def _spell_month(year: str, month: int) -> Iterator[str]:
    name = _MONTHS[month - 1]
    yield from (f"{year}-{month:02}", f"{year}-{month}", f"{year}년 {month}월", f"{year}年{month}月")
    yield from (f"{form} {joint}{year}" for form in _name_forms(name) for joint in ("", "of "))
    said = [one for one in say_year(int(year)) if one[-1] in "년年"]
    for one in said:
        months = _letter_months(month) if one.endswith("년") else (f"{sign}月" for sign in say_chinese(month))
        yield from (f"{one} {spelled}" for spelled in months)


def _spell_day(year: str, month: int, day: int) -> Iterator[str]:
    for m, d in ((f"{month:02}", f"{day:02}"), (str(month), str(day))):
        yield from (f"{year}-{m}-{d}", f"{d}-{m}-{year}", f"{m}-{d}-{year}", f"{year}{month:02}{day:02}")
        yield from (f"{m}월 {d}일", f"{m}月{d}日", f"{m}月{d}号", f"{m}月{d}號")
    for form in _name_forms(_MONTHS[month - 1]):
        for d in (str(day), f"{day:02}", _ordinal(day)):
            yield from (f"{d} {form}", f"{form} {d}", f"{d} of {form}")
        d = say_ordinal(day)
        yield from (f"{d} of {form}", f"{form} {d}", f"{form} the {d}", f"{d} {form}")
    for spelled in _letter_months(month):
        yield from (f"{spelled} {sign}일" for sign in say_korean(day))
    for sign in say_chinese(month):
        yield from (f"{sign}月{d}{unit}" for d in say_chinese(day) for unit in "日号號")


def _letter_months(month: int) -> tuple[str, ...]:
    """구월; 유월 and 시월 as they are said and as they are not."""
    spelled = [f"{sign}월" for sign in say_korean(month)]
    return tuple(
        dict.fromkeys((*spelled, *(_KOREAN_MONTHS[one] for one in spelled if one in _KOREAN_MONTHS)))
    )


def _letter_age(age: int) -> Iterator[str]:
    for said in say_english(age):
        yield from (shape.format(said) for shape in _ENGLISH_AGES)
    for said in say_native(age):
        yield from (f"{said} 살", f"{said}에")
    yield from (f"{said}세" for said in say_korean(age))
    for said in say_chinese(age):
        yield from (f"{said}{unit}" for unit in "岁歲")


def _letter_number(whole: int) -> Iterator[str]:
    yield from say_english(whole)
    for said in say_korean(whole):
        yield from (said,) if len(said) > _SYLLABLES else (f"{said} {unit}" for unit in _KOREAN_COUNTED)
    for said in say_chinese(whole):
        yield from (said,) if _ALONE.fullmatch(said) else (f"{said}{unit}" for unit in _CHINESE_COUNTED)


def _spell_price(whole: int) -> Iterator[str]:
    """A price below a thousand, with the word for money."""
    yield from (f"{number} {unit}" for number in (whole, *say_english(whole)) for unit in _MONEY)
    yield from (f"{number} {unit}" for number in (whole, *say_korean(whole)) for unit in _KOREAN_MONEY)
    yield from (f"{number}{unit}" for number in (whole, *say_chinese(whole)) for unit in _CHINESE_MONEY)


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
