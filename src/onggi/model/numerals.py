"""Korean and Chinese numerals as decimal digits.

Floor 2. Pure. Reads figures, digit by digit (이공일공, 二〇一〇) and by units (이천십, 两千零十), up to
9999. A leading zero that was said is kept, since 공팔년 is 08 and not 8. Refuses, with None, what no one
would write: 십십, 백천.
"""

import re

_DIGITS = {
    digit: value
    for value, digits in enumerate(
        ("영공령〇零○", "일一", "이二两", "삼三", "사四", "오五", "육륙六", "칠七", "팔八", "구九")
    )
    for digit in digits
}
_UNITS = {"십": 10, "十": 10, "백": 100, "百": 100, "천": 1000, "千": 1000}
_FIGURES = re.compile("[0-9]{1,4}")

KOREAN = "(?:[0-9]{1,4}|[영공령일이삼사오육륙칠팔구십백천]{1,8})"
CHINESE = "(?:[0-9]{1,4}|[〇零○一二两三四五六七八九十百千廿卅]{1,8})"


def read_number(text: str, digit_by_digit: bool = False) -> str | None:
    """The decimal digits of a numeral, or None.

    Digit by digit is for years alone: 삼월 이삼일 is the second or third of March, and 三四年前 three or
    four years ago.
    """
    if _FIGURES.fullmatch(text):
        return text
    spelled = text.replace("廿", "二十").replace("卅", "三十")
    if not spelled or not all(c in _DIGITS or c in _UNITS for c in spelled):
        return None
    if not any(c in _UNITS for c in spelled):
        readable = len(spelled) == 1 or (digit_by_digit and len(spelled) <= 4)
        return "".join(str(_DIGITS[c]) for c in spelled) if readable else None
    return _add_units(spelled)


def _add_units(spelled: str) -> str | None:
    total, ceiling, digit = 0, 10_000, None
    for c in spelled:
        if c in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[c]
        elif _UNITS[c] >= ceiling or (digit == 0 and c not in "十십"):
            return None
        else:
            ceiling = _UNITS[c]
            total += (digit or 1) * ceiling
            digit = None
    return str(total + (digit or 0))
