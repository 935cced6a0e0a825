"""Whole numbers in letters, as they are said in English, Korean and Chinese.

What is counted one by one up to 99 has native Korean words too (서른넷). Several ways of one number are given
where people say or write several: with and without *and*, 만팔천 and 일만팔천, 육 and 륙, 二 and 两, and what
stands on notes of debt (叁万).

Floor 2. Pure; the other way stands in `numerals`. Refused: nothing; below 1 and from a hundred million on
there is nothing to say.
"""

from collections.abc import Iterator
from itertools import product

_ONES = (
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_NATIVE_ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_NATIVE_BEFORE = {"하나": "한", "둘": "두", "셋": "세", "넷": "네", "스물": "스무"}
_NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_KOREAN, _CHINESE = "영일이삼사오육칠팔구", "零一二三四五六七八九"
_FORMAL = str.maketrans("一二两三四五六七八九十百千", "壹贰贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL = str.maketrans("万两壹贰叁陆岁块圆", "萬兩壹貳參陸歲塊圓")
_MYRIAD, _CEILING = 10_000, 100_000_000


def say_english(number: int) -> tuple[str, ...]:
    """The number in English words, without hyphens; with *and* where some say it."""
    ways = (_say_english(number, joint) for joint in ("", "and ")) if _is_said(number) else ()
    return tuple(dict.fromkeys(ways))


def say_ordinal(number: int) -> str:
    """The number from 1 to 99 as an ordinal in English: twenty first."""
    *before, last = _say_english(number, "").split()
    end = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return " ".join((*before, end))


def say_korean(number: int) -> tuple[str, ...]:
    """The number in Sino-Korean syllables, with and without 일 before a unit, with 육 and with 륙."""
    if not _is_said(number):
        return ()
    many, rest = divmod(number, _MYRIAD)
    ways = []
    for whole in (False, True):
        before = "" if not many else ("만" if many == 1 and not whole else f"{_say_units(many, whole)}만")
        ways.append(before + _say_units(rest, whole))
    return tuple(dict.fromkeys(said for way in ways for said in (way, way.replace("육", "륙"))))


def say_native(number: int) -> tuple[str, ...]:
    """The number from 1 to 99 in native Korean words: as it stands alone, and before what is counted."""
    if not 1 <= number <= 99:
        return ()
    tens, ones = _NATIVE_TENS[number // 10], _NATIVE_ONES[number % 10]
    last = ones or tens
    before = (tens if ones else "") + _NATIVE_BEFORE.get(last, last)
    return tuple(dict.fromkeys((tens + ones, before)))


def say_chinese(number: int) -> tuple[str, ...]:
    """The number in Chinese characters of both kinds, 二 and 两, as spoken for short (一万八), and formal."""
    if not _is_said(number):
        return ()
    plain = _say_characters(number)
    short = plain[:-1] if len(plain) > 3 and plain[-1] in "百千" and "零" not in plain else plain
    pairs = {way for said in (plain, short) for way in _say_pairs(said)}
    pairs |= {way.replace("零一十", "零十") for way in pairs}
    pairs |= {way.translate(_FORMAL) for way in (plain, f"一{plain}" if plain.startswith("十") else plain)}
    return tuple(sorted(pairs | {way.translate(_TRADITIONAL) for way in pairs}))


def say_year(year: int) -> tuple[str, ...]:
    """A year of four figures as it is read out in the three languages, with 년 or 年.

    In English a round hundred is left out: *two thousand* is as a rule no year.
    """
    figures = str(year)
    chinese = "".join(_CHINESE[int(figure)] for figure in figures)
    korean = (*say_korean(year), "".join(_KOREAN[int(figure)] for figure in figures))
    first, last = divmod(year, 100)
    short = _say_english(last, "") if last > 9 else f"oh {_ONES[last]}"
    english = (f"{_say_english(first, '')} {short}", *say_english(year)) if last else ()
    readings = (chinese, chinese.replace("零", "〇"), *say_chinese(year))
    return tuple(
        dict.fromkeys((*english, *(f"{said}년" for said in korean), *(f"{said}年" for said in readings)))
    )


def _is_said(number: int) -> bool:
    return 1 <= number < _CEILING


def _say_english(number: int, joint: str) -> str:
    for size, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        many, rest = divmod(number, size)
        if many:
            tail = f" {joint if rest < 100 else ''}{_say_english(rest, joint)}" if rest else ""
            return f"{_say_english(many, joint)} {name}{tail}"
    if number < len(_ONES):
        return _ONES[number]
    return f"{_TENS[number // 10]} {_ONES[number % 10]}".strip()


def _say_units(number: int, whole: bool) -> str:
    """Up to 9999 in Sino-Korean; 일 before a unit only where all is said."""
    said = ""
    for power, unit in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        figure = number // power % 10
        if figure:
            said += ("" if figure == 1 and unit and not whole else _KOREAN[figure]) + unit
    return said


def _say_characters(number: int) -> str:
    many, rest = divmod(number, _MYRIAD)
    said = f"{_say_characters(many)}万" if many else ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = rest // power % 10
        if figure:
            zero = "零" if said and power < 1000 and rest // (power * 10) % 10 == 0 else ""
            said += zero + _CHINESE[figure] + unit
    return said[1:] if said.startswith("一十") else said


def _say_pairs(said: str) -> Iterator[str]:
    """With 二 and with 两 wherever a unit follows that takes both."""
    at = [place for place, sign in enumerate(said[:-1]) if sign == "二" and said[place + 1] in "百千万"]
    for chosen in product("二两", repeat=len(at)):
        signs = list(said)
        for place, sign in zip(at, chosen, strict=True):
            signs[place] = sign
        yield "".join(signs)
