"""Record files, tables and words that were made to break whoever reads them.

`make_documents` grows each kind of document to a number of bytes; `make_words` lists what a person, or
somebody who wants harm, could type where a word is asked for.
"""

from collections.abc import Iterator
from typing import NamedTuple

HEAD = 'onggi = 1\n[case]\ntitle = "INVENTED"\nlang = "en"\n[person.a]\n'
ROW = "about,property,value,lang\n"
# What a letter can be buried under: acutes above, dots below, which must change places.
_MARKS = "\u0301", "\u0323"


class Document(NamedTuple):
    """A file, what is behind its name, the map that goes with it, and whether any of it is to be recorded."""

    name: str
    data: bytes
    mapping: bytes = b""
    good: bool = False


def make_documents(size: int) -> Iterator[Document]:
    """Every kind of hostile document, each of about so many bytes, or as large as makes sense."""
    for name, begin, piece, end in (
        ("deep-arrays", "x = ", "[", ""),
        ("deep-tables", "x = ", "{a=", ""),
        ("dotted-key", "x", ".a", " = 1\n"),
        ("dotted-header", "[x", ".a", "]\n"),
        ("comments", "", "#\n", ""),
        ("line-ends", "", "\n", "x"),
        ("commas", "x = [\n", ",\n", ""),
        ("quotes", 'x = """', '\\""\n', ""),
        ("brackets-in-text", 'x = """', "[[{{\n", '"""\n'),
        ("escapes", 'x = """', "\\U0001F525\n", '"""\n'),
        ("decimal", "x = ", "9", "\n"),
        ("hexadecimal", HEAD + '[[statement]]\nabout = "a"\nproperty = "left_on"\nvalue = 0x', "F", "\n"),
        ("exponent", "x = 1e", "9", "\n"),
        ("fraction", "x = 0.", "1", "\n"),
        ("blanks", "x =", " ", "1\n"),
        ("tabs", "", "\t\n", "x = \n"),
        ("marks", HEAD + "[a]\nx = '", "\u0301", "'\n"),
        ("wide", HEAD + "[a]\nx = '''", "\ufdfa\n", "'''\n"),
        ("tables", "onggi = 1\n", "[[statement]]\n", ""),
        ("list", "onggi = 1\nstatement = [", "{},", "]\n"),
    ):
        yield Document(f"{name}.toml", _grow(begin, piece, end, size))
    keys = "".join(f"k{number} = 1\n" for number in range(size // 13))
    yield Document("keys.toml", keys.encode())
    kinds = "".join(f"[person.k{number}]\n" for number in range(size // 18))
    yield Document("entities.toml", f"{kinds}[statement]\n".encode())
    many = 60_000 + size // 100  # any fewer would not keep anybody long
    text = _MARKS[0] * many + _MARKS[1] * many
    yield Document("buried.toml", _say("note", text), good=True)
    yield Document("named.toml", _say("name", text) + _state("note", text), good=True)
    yield Document("dated.toml", _say("left_on", text))
    yield Document("placed.toml", _say("lives_in", text))
    for name, begin, piece, end in (
        ("commas", ROW, ",,,\n", ""),
        ("line-ends", ROW, "\n", ""),
        ("columns", "a", ",a", "\n"),
        ("quoted", ROW + 'x,note,"', "a\n", '",en\n'),
        ("open-quotation", ROW + 'x,note,"', "a\n", ""),
        ("quotations", ROW + 'x,note,"', '""', '",en\n'),
        ("carriage-returns", ROW, "\r", ""),
        ("width", ROW + "x", ",x", "\n"),
    ):
        empty = name == "line-ends" or (name == "carriage-returns" and size < 1_000_000)
        yield Document(f"{name}.csv", _grow(begin, piece, end, size), good=empty)
    # Ten times ten times ten: a cell that is filled in again and again, in every row.
    rows = "laugh\n" + f"{'ha' * 50_000}\n" * 10
    yield Document("laughs.csv", rows.encode(), _say("note", "{laugh}" * 100_000))
    yield Document("slots.csv", rows.encode(), _say("note", "{" * (size // 4)), good=size < 4_000_000)


def make_encodings() -> Iterator[tuple[str, bytes, bool]]:
    """The same file in other encodings: a name, the bytes, and whether it is to be taken."""
    text = HEAD + '[[statement]]\nabout = "a"\nproperty = "note"\nvalue = "{}"\n'
    korean, chinese = text.format("그 여자는 팔려 갔다"), text.format("她被卖掉了")
    yield "utf-8", korean.encode(), True
    yield "utf-8 with a mark", korean.encode("utf-8-sig"), True
    yield "two marks", b"\xef\xbb\xbf" + korean.encode("utf-8-sig"), False
    for code in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        yield code, korean.encode(code), False
    for code in ("cp949", "euc-kr", "johab", "iso2022_kr"):
        yield code, korean.encode(code), False
    for code in ("gb18030", "gbk", "big5"):
        yield code, chinese.encode(code, "replace"), False
    for code in ("utf-7", "hz"):  # all of it is ASCII, and reads as such
        yield code, chinese.encode(code), True
    yield "mixed", korean.encode() + "# 그 여자\n".encode("cp949"), False
    yield "surrogates", text.format("S").encode().replace(b"S", b"\xed\xa0\x80\xed\xb0\x80"), False
    yield "half a surrogate", text.format("\\ud800").encode(), False
    yield "too long a form", text.format("S").encode().replace(b"S", b"\xc0\xaf"), False
    yield "beyond the last", text.format("S").encode().replace(b"S", b"\xf4\x90\x80\x80"), False
    for name, character in (
        ("unassigned", "\u0378"),
        ("private", "\ue000"),
        ("no character", "\uffff"),
        ("last", "\U0010ffff"),
        ("tag", "\U000e0041"),
    ):
        yield name, text.format(character).encode(), True
    for name, character in (
        ("nothing", "\0"),
        ("escape", "\x1b[2J"),
        ("override", "\u202e"),
        ("isolate", "\u2066"),
        ("line", "\u2028"),
        ("next line", "\x85"),
    ):
        yield name, text.format(character).encode(), False


def make_words(size: int) -> tuple[str, ...]:
    """What could be typed where a word is asked for; the long ones have about so many characters."""
    return (
        *("", " ", "   ", "\t", "\n", "\0", "a\0b", "\udcff", "\ud800", "\udcf0\udc9f", "\u202e", "\x1b[31m"),
        *("-", "--", "---x", "-x", "--help=", "--json=1", "@file", "$(id)", "`id`", "~", "*", "?", "%", "\\"),
        *(
            "*",
            '"',
            '""',
            "'",
            "NEAR(a b)",
            "a AND",
            "OR",
            "NOT a",
            "a NEAR/2 b",
            "^a",
            "a*",
            "text:a",
            "{a}:b",
        ),
        *("(", ")", "+", ";", "a;b", "'; DROP TABLE statement; --", '" OR 1=1 --', "%%%", "_", "a%b", "\\%"),
        *(
            "0",
            "-1",
            "1.5",
            "1e9",
            "９",
            "²",
            "٣",
            "9" * 30,
            "9" * 5000,
            "0x10",
            "inf",
            "nan",
            "true",
            "None",
        ),
        *("2026-13-01", "9999-12-31", "0000-00-00", "10000-01-01", "2026-W54", "20260101", "2026-02-30"),
        *(
            "C-7Q2WZ5C",
            "C-7Q2WZ5D",
            "c-7q2wz5c",
            "С-7Q2WZ5C",
            "P-0000000",
            "0" * 32,
            "0" * 31 + "g",
            "f" * 64,
        ),
        *(
            "..",
            "../../etc/passwd",
            "/",
            "/dev/null",
            "/dev/zero",
            "/proc/self/environ",
            "C:\\x",
            "nul",
            "con",
        ),
        *("abandon " * 5, "的的的的的", "가격 " * 5, "abandon가격", "e\u0301" * 5),
        *(
            "a" * size,
            "가" * size,
            "a " * (size // 2),
            "가 " * (size // 2),
            "a." * (size // 2),
            "\ufdfa" * size,
        ),
        *(
            _MARKS[0] * (size // 2) + _MARKS[1] * (size // 2),
            "-" * size,
            "(" * size,
            '"' * size,
            "\u3164" * size,
        ),
    )


def _grow(begin: str, piece: str, end: str, size: int) -> bytes:
    room = size - len(begin.encode()) - len(end.encode())
    return (begin + piece * max(room // len(piece.encode()), 1) + end).encode()


def _say(name: str, text: str) -> bytes:
    return HEAD.encode() + _state(name, text)


def _state(name: str, text: str) -> bytes:
    value = f'{{ text = "{text}", lang = "ko" }}' if name == "name" else f'"{text}"'
    return f'[[statement]]\nabout = "a"\nproperty = "{name}"\nvalue = {value}\n'.encode()
