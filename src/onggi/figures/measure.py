"""How wide a text is, and where it is broken into lines.

Pure. Nobody knows which font a picture will be shown in, so a character counts as wide as in the widest of
the usual ones (Noto Sans CJK, Noto Sans, Arial, DejaVu Sans; regular and bold): what fits here, fits there.
Widths are in units of the picture, sizes too. Refused: nothing; what no line can show is left out.
"""

import re
import unicodedata
from functools import lru_cache

# Hundredths of the font size, from the space to the tilde.
_ASCII = (
    *(32, 41, 58, 84, 64, 97, 78, 33, 39, 39, 56, 84, 34, 38, 34, 40),
    *(64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 62),
    *(102, 73, 73, 73, 77, 67, 62, 78, 76, 34, 57, 73, 62, 91, 76, 79),
    *(67, 79, 73, 67, 63, 75, 69, 99, 69, 67, 69, 39, 40, 39, 84, 57),
    *(63, 62, 65, 56, 65, 62, 38, 64, 64, 31, 31, 61, 32, 98, 65, 63),
    *(65, 65, 44, 56, 43, 65, 60, 87, 60, 60, 53, 64, 56, 64, 84),
)
_OWN = {"…": 100, "\u00a0": 32, "\u2013": 60}
_FULL = 100
_BROAD = 108  # no letter that is not East Asian is broader, save those that stand for a phrase

ELLIPSIS = "…"
_LONGEST = 100_000  # characters of one text; more is not a label, and would only cost time
_MARKS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_HEAP = re.compile(f"({_MARKS}{{2}}){_MARKS}+")
_UNTIDY = re.compile(f"  |{_MARKS}{{3}}")
# Neither begins nor ends a line: what closes stays with what stands before, what opens with what follows.
_CLOSING = frozenset("、。，．,.;:!?；：！？)]}）］｝〉》」』】〕…·%％’”~")
_OPENING = frozenset("([{（［｛〈《「『【〔‘“")


def clean_text(text: str) -> str:
    """One line without what cannot be seen: control and direction marks, lone surrogates, heaped accents."""
    text = text[:_LONGEST]
    if text.isprintable() and not _UNTIDY.search(text) and unicodedata.is_normalized("NFC", text):
        return text.strip(" ")
    kept = "".join(
        " " if char.isspace() and char != "\u00a0" else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn")
    )
    plain = unicodedata.normalize("NFC", _HEAP.sub(r"\1", kept))
    return re.sub(" +", " ", plain).strip(" ")


def measure_text(text: str, size: float) -> float:
    """How wide a text of this font size can become."""
    return sum(map(_measure, text)) * size / 100


@lru_cache(8192)
def _measure(char: str) -> int:
    if " " <= char <= "~":
        return _ASCII[ord(char) - 32]
    if char in _OWN:
        return _OWN[char]
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    base = unicodedata.normalize("NFD", char)[0]
    if base.isascii() and base.isalpha():
        return _ASCII[ord(base) - 32]
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return _FULL
    return max(_BROAD, 62 * len(unicodedata.normalize("NFKD", char)))


def wrap_text(text: str, size: float, width: float, lines: int) -> tuple[str, ...]:
    """A clean text in at most so many lines, none wider than `width`; what does not fit ends in …"""
    wrapped: list[str] = []
    rest = text
    while rest:
        if len(wrapped) == lines:
            wrapped[-1] = cut_text(wrapped[-1] + ELLIPSIS, size, width, short=True)
            break
        end = _find_end(rest, size, width)
        wrapped.append(rest[:end].rstrip(" "))
        rest = rest[end:].lstrip(" ")
    return tuple(wrapped)


def cut_text(text: str, size: float, width: float, *, short: bool = False) -> str:
    """A clean text on one line; `short` says that it ends in an ellipsis whether it fits or not."""
    room = width * 100 / size
    kept = text.removesuffix(ELLIPSIS) if short else text
    taken = 0.0
    for at, char in enumerate(kept):
        taken += _measure(char)
        if taken > room - (_FULL if short else 0):
            if short:
                return kept[:at].rstrip(" ") + ELLIPSIS
            return cut_text(text, size, width, short=True)
    return kept + ELLIPSIS if short else kept


def _find_end(text: str, size: float, width: float) -> int:
    """Where the first line of a text ends: as late as it may, at least one character on."""
    room = width * 100 / size
    taken, last = 0.0, 0
    for at, char in enumerate(text):
        if at and _may_break(text[at - 1], char) or _may_hyphenate(text, at):
            last = at
        taken += _measure(char)
        if taken > room and char != " ":
            return last or max(at, 1)
    return len(text)


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters. Korean words stay whole; Chinese breaks anywhere."""
    if before == " ":
        return after != " "
    if after == " " or after in _CLOSING or before in _OPENING:
        return False
    return _is_ideograph(before) or _is_ideograph(after)


def _may_hyphenate(text: str, at: int) -> bool:
    """Whether a hyphen before `at` joins two words; within codes and dates it does not."""
    return at > 1 and text[at - 1] == "-" and text[at - 2].islower() and text[at].islower()


def _is_ideograph(char: str) -> bool:
    return (
        "\u3040" <= char <= "\u30ff"
        or "\u3400" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or ("\U00020000" <= char <= "\U0003ffff")
    )
