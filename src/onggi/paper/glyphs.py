"""Which characters the fonts of this room can draw, and a text as it stands on a page.

Reads the fonts' own character maps, package data, once. What has no shape is left out of a page: a zero-width
space, a sign that turns the order of letters (so that they stand in the order in which they were written), a
choice between the forms of a sign. A tab is a space. Everything else is drawn as itself or refused.
"""

import unicodedata
from functools import cache
from importlib.resources import files
from struct import unpack_from

CHOICES = range(
    0xFE00, 0xFE10
)  # variation selectors; those for Han (from U+E0100 on) matter in names: refused
TO_SPACE = str.maketrans({"\t": " ", "\r": "\n", "\u2028": "\n", "\u2029": "\n"})


def show_text(text: str) -> str:
    """The text as it stands on a page: lines end with a newline, and what has no shape is gone."""
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").translate(TO_SPACE)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf" and ord(sign) not in CHOICES)


def find_undrawn(text: str) -> str:
    """The first character of a text, as it stands on a page, that no font here can draw; empty where all can
    be."""
    drawable = load_drawable()
    return next((sign for sign in text if sign not in drawable and sign != "\n"), "")


@cache
def load_drawable() -> frozenset[str]:
    """Every character that one of the fonts has a glyph for."""
    folder = files("onggi.paper").joinpath("fonts")
    fonts = [entry for entry in folder.iterdir() if entry.name.endswith((".otf", ".ttf"))]
    return frozenset(chr(code) for font in fonts for code in read_characters(font.read_bytes()))


def read_characters(font: bytes) -> set[int]:
    """The code points an OpenType font maps to a glyph (its table `cmap`, formats 4 and 12)."""
    tables = {
        tag: offset
        for tag, _, offset, _ in (unpack_from(">4sIII", font, 12 + 16 * i) for i in range(_short(font, 4)))
    }
    start = tables[b"cmap"]
    found: set[int] = set()
    for i in range(_short(font, start + 2)):
        (offset,) = unpack_from(">I", font, start + 4 + 8 * i + 4)
        table = start + offset
        match _short(font, table):
            case 4:
                found |= _read_segments(font, table)
            case 12:
                found |= _read_groups(font, table)
    return found


def _read_segments(font: bytes, table: int) -> set[int]:
    count = _short(font, table + 6) // 2
    ends, starts = table + 14, table + 16 + 2 * count
    deltas, ranges = starts + 2 * count, starts + 4 * count
    found = set()
    for i in range(count):
        first, delta, reach = (_short(font, array + 2 * i) for array in (starts, deltas, ranges))
        for code in range(first, _short(font, ends + 2 * i) + 1):
            glyph = code
            if reach:
                # The standard counts this distance in bytes, from where the distance itself stands.
                glyph = _short(font, ranges + 2 * i + reach + 2 * (code - first))
            if code != 0xFFFF and glyph and (glyph + delta) & 0xFFFF:
                found.add(code)
    return found


def _read_groups(font: bytes, table: int) -> set[int]:
    (count,) = unpack_from(">I", font, table + 12)
    groups = (unpack_from(">III", font, table + 16 + 12 * i) for i in range(count))
    return {code for first, last, glyph in groups for code in range(first, last + 1) if glyph + code - first}


def _short(font: bytes, at: int) -> int:
    return int.from_bytes(font[at : at + 2])
