"""Where a line may end within a word, and how wide a column must be so that no word reaches into the next.

Typst breaks lines by itself, except within what it takes for one word: a hash, an address. There a mark is
put, which no text of a document can hold and which page.typ turns into a place where a line may end and
nothing is written. Pure. Widths are in em, estimated and rather too large.
"""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

MARK = "\u200b"
LONG = 24  # letters; hardly a word of any language is longer

_DOT = " \u00b7 "
_ALPHABETIC = "!-~\u00a1-\u052f\u1e00-\u1fff"
_LETTER = f"[{_ALPHABETIC}][\u0300-\u036f]*"
_FOUR = re.compile(f"((?:{_LETTER}){{4}})(?={_LETTER})")


def mark_code(text: str) -> str:
    """The text with a mark after every fourth letter of each word."""
    return _FOUR.sub(rf"\1{MARK}", text)


def mark_words(text: str, longest: int = LONG) -> str:
    """The text with marks in words of more than `longest` letters."""
    if len(text) <= longest:
        return text
    return re.sub(f"(?:{_LETTER}){{{longest + 1},}}", lambda word: mark_code(word[0]), text)


def hold_dots(text: str) -> str:
    """The text so that no line begins with a dot that parts what stands on both sides of it."""
    return text.replace(_DOT, f"\u00a0{_DOT[1:]}")


def measure_width(text: str) -> float:
    """The width of a text on one line."""
    return sum(1.0 if east_asian_width(sign) in "WF" else 0.62 for sign in text)


def measure_longest(text: str) -> float:
    """The width of the longest part of a marked text that no line can end in."""
    longest = width = 0.0
    for sign in text:
        if sign == MARK or sign.isspace():
            width = 0.0
        elif east_asian_width(sign) in "WF":
            width = 2.0  # itself, and a sign after it that may not begin a line
        else:
            width += 0.66
        longest = max(longest, width)
    return longest


def share_width(shares: Sequence[float], least: Sequence[float], whole: float) -> list[float]:
    """`whole` shared out as `shares` say, but so that none gets less than its `least` where that can be."""
    if sum(least) >= whole:
        return list(least)
    short: set[int] = set()
    while True:
        rest = whole - sum(least[i] for i in short)
        parts = sum(share for i, share in enumerate(shares) if i not in short)
        widths = [
            least[i] if i in short else share * rest / parts if parts else 0.0
            for i, share in enumerate(shares)
        ]
        found = {i for i, width in enumerate(widths) if width < least[i] - 1e-9} - short
        if not found:
            return [round(width, 3) for width in widths]
        short |= found
