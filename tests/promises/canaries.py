"""Canary words in four scripts, and the search for them in every form that a forgotten copy could have.

Each word begins with the mark of its script, so that looking for four marks finds all of them, however many
there are. `write_story` puts them into record files, in all three strata.
"""

import base64
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

MARKS = {"Hangul": "강물소리나무", "Han": "汉字證言瓮器", "Latin": "quaggamoor", "digits": "9187364550"}
_FIGURES = {
    "Hangul": "영일이삼사오육칠팔구",
    "Han": "零一二三四五六七八九",
    "Latin": "abcdefghij",
    "digits": "0123456789",
}
# Record and, every second one, identity or care.
_PROPERTIES = ("note", "alias", "note", "risk_note", "note", "address", "note", "wish", "note", "phone")
_CODES = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp949", "gb18030")
# Shorter ones would be found in random bytes now and then; so each of ours is looked for in some form.
_SHORTEST = 8
_INFLATED = 1 << 20
_STREAMS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b\x08")
_PRINTABLE = bytes(byte in b"\t\n\r" or 32 <= byte < 127 for byte in range(256))


def make_word(script: str, number: int) -> str:
    """One word of a script; no number is a part of another."""
    return MARKS[script] + "".join(_FIGURES[script][int(figure)] for figure in f"{number:05}")


def make_words(number: int) -> str:
    """A word of each script; Hangul is composed where the number is even, else in its letters."""
    words = " ".join(make_word(script, number) for script in MARKS)
    return unicodedata.normalize("NFD" if number % 2 else "NFC", words)


def write_story(numbers: range) -> str:
    """A record file with a statement for each number, of five persons and in all strata, with its words."""
    title = make_words(numbers[0])
    lines = [f'onggi = 1\n[case]\ntitle = "{title}"\nlang = "ko"\n[defaults]\nlang = "ko"']
    lines += [f"[person.p{person}]" for person in range(5)]
    lines.append(f'[source.s]\ntitle = "{title}"\nlang = "zh"\npublished = "yes"')
    for number in numbers:
        words = make_words(number)
        lines += ["[[statement]]", f'about = "p{number // 50 % 5}"', f'value = "{words}"']
        lines.append(f'property = "{_PROPERTIES[number % len(_PROPERTIES)]}"')
        if number % 3 == 0:
            lines += ['source = "s"', f'words = "{words}"']
    return "\n".join(lines) + "\n"


def list_forms(word: str) -> set[bytes]:
    """A word as a forgotten copy could have it, in codes, letters and numbers."""
    spelt = {unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    spelt |= {change(text) for text in spelt for change in (str.lower, str.upper, str.title)}
    forms = {text.encode("unicode_escape") for text in spelt}  # as JSON and Python write them
    for text in spelt:
        for code in _CODES:
            with suppress(UnicodeEncodeError):
                forms |= set(_write_plainly(text.encode(code)))
    return {form for form in forms if len(form) >= _SHORTEST}


def _write_plainly(data: bytes) -> Iterator[bytes]:
    """Bytes, and what printable letters are made of them."""
    yield data
    yield data.hex().encode()
    yield data.hex().upper().encode()
    for shift in range(3):  # where they stand in their group of three
        # The first and last characters depend on the neighbours, too.
        coded = base64.b64encode(bytes(shift) + data)[4 if shift else 0 : -4]
        yield coded
        yield coded.translate(bytes.maketrans(b"+/", b"-_"))


@dataclass(frozen=True)
class Searcher:
    """Looks for words in bytes, in all their forms."""

    forms: tuple[tuple[str, bytes], ...]

    @classmethod
    def of(cls, words: Iterable[str], plainly: Iterable[str] = ()) -> "Searcher":
        """A searcher for words in all forms, and for some as they are written and no more."""
        forms = [(word, form) for word in set(words) for form in list_forms(word)]
        codes = ("utf-8", "utf-16-le", "utf-16-be")
        forms += [
            (word, word.encode(code)) for word in set(plainly) if len(word) >= _SHORTEST for code in codes
        ]
        return cls(tuple(sorted(forms)))

    def find(self, data: bytes) -> set[str]:
        """The words that stand in some bytes, or in a stream in them that zlib can open."""
        texts = [data, *inflate(data)]
        return {word for word, form in self.forms if any(form in text for text in texts)}


def inflate(data: bytes) -> Iterator[bytes]:
    """What zlib and gzip streams in some bytes hold, wherever they begin."""
    for start in _STREAMS:
        at = data.find(start)
        while at >= 0:
            with suppress(zlib.error):
                stream = zlib.decompressobj(wbits=47)  # either of the two
                yield stream.decompress(memoryview(data)[at:], _INFLATED)
            at = data.find(start, at + 1)


def has_text(data: bytes, length: int = 48) -> bool:
    """Whether that many printable characters stand in a row: by chance, once in 10²⁰ bytes."""
    return b"\1" * length in data.translate(_PRINTABLE)
