"""Which letters the bytes of a PDF's text are, as far as its fonts say, and how wide they stand.

Pure but for the memory of the library: it runs in the process apart (`quarantine`), and nowhere else. No font
is drawn or opened; what counts is the map to characters that comes with it, the name of its encoding, or the
names of its glyphs. Refused: nothing; a letter that nobody can name is `UNKNOWN`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

import pikepdf

UNKNOWN = "\ufffd"
CODECS = ("utf-16-be", "cp949", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp1252", "mac_roman")
"""What Python would otherwise read from the disk when a file first needs it."""

_MOST_CODES = 200_000
_PRIVATE = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])|([a-z]+)")
# By how the name of an encoding begins; the first that fits.
_NAMED = (
    *(("Uni", "utf-16-be"), ("KSC", "cp949"), ("GB", "gb18030")),
    *(("B5", "big5hkscs"), ("ETen", "big5hkscs"), ("HKscs", "big5hkscs")),
    *(("90", "cp932"), ("83", "cp932"), ("Ext-RKSJ", "cp932"), ("EUC", "euc_jp")),
)
_SIMPLE = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman", "/StandardEncoding": "cp1252"}
_SYMBOLIC = 4  # of a font's flags: it has letters of its own under the codes
_ACCENTS: dict[str, str] = {
    **{"grave": "\u0300", "acute": "\u0301", "circumflex": "\u0302", "tilde": "\u0303", "macron": "\u0304"},
    **{"breve": "\u0306", "dotaccent": "\u0307", "dieresis": "\u0308", "ring": "\u030a", "caron": "\u030c"},
    **{"cedilla": "\u0327", "ogonek": "\u0328", "hungarumlaut": "\u030b"},
}
_NAMES = """
zero one two three four five six seven eight nine space exclam quotedbl numbersign dollar percent ampersand
quotesingle parenleft parenright asterisk plus comma hyphen period slash colon semicolon less equal greater
question at bracketleft backslash bracketright asciicircum underscore grave braceleft bar braceright
asciitilde quoteleft quoteright quotedblleft quotedblright endash emdash bullet ellipsis dotlessi germandbls
ae AE oe OE oslash Oslash eth Eth thorn Thorn lslash Lslash minus degree section nbspace sfthyphen ff fi fl
ffi ffl
"""
_LETTERS = (
    *"0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~‘’“”–—•…ıßæÆœŒøØðÐþÞłŁ−°§\u00a0\u00ad",
    *("ff", "fi", "fl", "ffi", "ffl"),
)
_SIGNS: dict[str, str] = dict(zip(_NAMES.split(), _LETTERS, strict=True))


@dataclass(frozen=True, slots=True)
class Font:
    """A font as text is read with it. Widths are in thousandths of its size."""

    letters: Mapping[bytes, str]
    widths: Mapping[bytes, float]
    default: float
    lengths: tuple[int, ...] = (1,)
    codec: str | None = None
    drawn: bool = False

    def read(self, shown: bytes) -> Iterator[tuple[str, float]]:
        """Each letter, with its width."""
        if self.codec is not None and not self.letters:
            for letter in shown.decode(self.codec, "replace"):
                yield _name_letter(letter), self.default if ord(letter) > 0xFF else self.default / 2
            return
        for code in self._cut(shown):
            known = self.letters.get(code) or (code.decode(self.codec, "replace") if self.codec else UNKNOWN)
            yield _name_letter(known), self.widths.get(code, self.default)

    def _cut(self, shown: bytes) -> Iterator[bytes]:
        at = 0
        while at < len(shown):
            known = (one for one in self.lengths if shown[at : at + one] in self.letters)
            length = next(known, self.lengths[-1])
            yield shown[at : at + length]
            at += length


@dataclass(slots=True)
class _Map:
    """What a map to characters holds: letters by code, and how many bytes codes have."""

    letters: dict[bytes, str] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)


def open_font(font: pikepdf.Object) -> Font:
    """A font's dictionary as text is read with it."""
    given = _read_map(font.get("/ToUnicode"))
    if font.get("/Subtype") == pikepdf.Name.Type0:
        return _open_composite(font, given)
    return _open_simple(font, given)


def _open_composite(font: pikepdf.Object, given: _Map) -> Font:
    encoding, below = font.get("/Encoding"), font.get("/DescendantFonts")
    inner = below[0] if isinstance(below, pikepdf.Array) and len(below) else pikepdf.Dictionary()
    codec, lengths = None, {2}
    if isinstance(encoding, pikepdf.Stream):
        lengths = _read_map(encoding).lengths or {2}
    elif isinstance(encoding, pikepdf.Name):
        name = str(encoding).lstrip("/")
        codec = next((codec for start, codec in _NAMED if name.startswith(start)), None)
        if codec is not None and codec != "utf-16-be" and given.letters:
            lengths = given.lengths or {1, 2}
    widths = dict(islice(_list_wide(inner.get("/W")), _MOST_CODES))
    letters = {code.rjust(min(lengths), b"\0"): letter for code, letter in given.letters.items()}
    return Font(letters, widths, _number(inner.get("/DW"), 1000.0), tuple(sorted(lengths)), codec)


def _open_simple(font: pikepdf.Object, given: _Map) -> Font:
    encoding, descriptor = font.get("/Encoding"), font.get("/FontDescriptor", pikepdf.Dictionary())
    base, letters = encoding, dict[bytes, str]()
    if isinstance(encoding, pikepdf.Dictionary):
        base = encoding.get("/BaseEncoding")
        letters.update(_list_named(encoding.get("/Differences")))
    codec = _SIMPLE.get(str(base)) if isinstance(base, pikepdf.Name) else None
    own = "/FontFile" in descriptor or "/FontFile2" in descriptor or "/FontFile3" in descriptor
    if codec is None and not (own and int(_number(descriptor.get("/Flags"), 0.0)) & _SYMBOLIC):
        codec = "cp1252"
    letters.update((code[-1:], letter) for code, letter in given.letters.items())
    first, row = int(_number(font.get("/FirstChar"), 0.0)), font.get("/Widths")
    measured = list(row)[:256] if isinstance(row, pikepdf.Array) else []
    widths = {
        bytes([first + n]): _number(one, 500.0) for n, one in enumerate(measured) if 0 <= first + n < 256
    }
    drawn = font.get("/Subtype") == pikepdf.Name.Type3
    return Font(letters, widths, _number(descriptor.get("/MissingWidth"), 500.0), (1,), codec, drawn)


def _name_letter(letter: str) -> str:
    """The letter, or that nobody can name it: one of a private area means what its font draws."""
    return UNKNOWN if _PRIVATE.search(letter) else letter


def _read_map(stream: object) -> _Map:
    """A map from codes to characters, as far as it can be read."""
    found = _Map()
    if not isinstance(stream, pikepdf.Stream):
        return found
    section, run = b"", list[bytes | list[bytes]]()
    within: list[bytes] | None = None
    for token in _TOKEN.finditer(stream.read_bytes()):
        digits, opened, closed, word = token.groups()
        if word is not None and word.startswith((b"begin", b"end")):
            if word.startswith(b"end") and section:
                _take_section(found, section, run)
            section, run, within = word.removeprefix(b"begin") if word[:1] == b"b" else b"", [], None
        elif opened:
            within = []
            run.append(within)
        elif closed:
            within = None
        elif digits is not None and section:
            (run if within is None else within).append(_unhex(digits))
    return found


def _take_section(found: _Map, section: bytes, run: list[bytes | list[bytes]]) -> None:
    if section == b"codespacerange":
        found.lengths |= {len(one) for one in run if isinstance(one, bytes) and 1 <= len(one) <= 4}
    elif section == b"bfchar":
        for code, text in zip(run[::2], run[1::2], strict=False):
            if isinstance(code, bytes) and isinstance(text, bytes):
                found.letters[code] = text.decode("utf-16-be", "replace")
    elif section == b"bfrange":
        for first, last, texts in zip(run[::3], run[1::3], run[2::3], strict=False):
            if isinstance(first, bytes) and isinstance(last, bytes):
                found.letters.update(_list_range(first, last, texts, _MOST_CODES - len(found.letters)))


def _list_range(
    first: bytes, last: bytes, texts: bytes | list[bytes], most: int
) -> Iterator[tuple[bytes, str]]:
    start, end = int.from_bytes(first, "big"), int.from_bytes(last, "big")
    count = min(end - start + 1, most)
    for step in range(count if isinstance(texts, bytes) else min(count, len(texts))):
        code = (start + step).to_bytes(len(first), "big")
        if isinstance(texts, list):
            yield code, texts[step].decode("utf-16-be", "replace")
        elif len(texts) >= 2:
            unit = int.from_bytes(texts[-2:], "big") + step
            yield code, (texts[:-2] + (unit & 0xFFFF).to_bytes(2, "big")).decode("utf-16-be", "replace")


def _unhex(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())


def _list_named(differences: object) -> Iterator[tuple[bytes, str]]:
    """Codes whose glyphs have names, with the letters that the names mean."""
    code = 0
    for one in differences if isinstance(differences, pikepdf.Array) else ():
        if isinstance(one, pikepdf.Name):
            if 0 <= code < 256:
                yield bytes([code]), _find_letter(str(one).lstrip("/"))
            code += 1
        else:
            code = int(_number(one, 0.0))


def _find_letter(name: str) -> str:
    plain = name.partition(".")[0]
    if plain in _SIGNS:
        return _SIGNS[plain]
    if len(plain) == 1:
        return plain
    if coded := re.fullmatch(r"(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))", plain):
        point = int(coded[1] or coded[2], 16)
        return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else UNKNOWN
    if plain[1:] in _ACCENTS:
        return unicodedata.normalize("NFC", plain[0] + _ACCENTS[plain[1:]])
    return UNKNOWN


def _list_wide(rows: object) -> Iterator[tuple[bytes, float]]:
    """Widths of a composite font: `first [w w …]` or `first last w`."""
    given = list(rows)[:_MOST_CODES] if isinstance(rows, pikepdf.Array) else []
    at = 0
    while at + 1 < len(given):
        first, second = int(_number(given[at], 0.0)), given[at + 1]
        if isinstance(second, pikepdf.Array):
            for step, one in enumerate(second):
                if 0 <= first + step <= 0xFFFF:
                    yield (first + step).to_bytes(2, "big"), _number(one, 1000.0)
            at += 2
            continue
        last = min(int(_number(second, 0.0)), 0xFFFF)
        width = _number(given[at + 2], 1000.0) if at + 2 < len(given) else 1000.0
        for code in range(max(first, 0), last + 1):
            yield code.to_bytes(2, "big"), width
        at += 3


def _number(value: object, other: float) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return other
