"""On which line a key of a TOML text stands, and how deeply the text nests: `tomllib` tells neither.

Floor 5. Pure, and linear in the length of the text whatever it holds. Refused: nothing; a text that is not
TOML gets an answer, too, which nobody should rely on.
"""

import re
from collections import Counter
from collections.abc import Iterator

from onggi.intake.findings import Path

DEEPEST = 16
# `statement`, its number, a field, a part of its value: nothing that is asked for lies deeper.
_LEVELS = 4

# Strings and comments are taken whole, so that a bracket inside is not counted. What follows a group always
# fits, so that no text makes this slow; a possessive group would say so, and Python before 3.11.5 gets those
# wrong. A string that is never closed reaches to the end.
_TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*(?:"{3,5}|\Z|\\)'
    r"|'''(?:[^']++|'(?!''))*(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]++|\\[^\n])*"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
    r"|[\[\]{}.=,\n]",
    re.DOTALL,
)
_NAME = r"(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')"
_PATH = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADER = re.compile(rf"[ \t]*+(\[\[?+)[ \t]*+({_PATH})[ \t]*+\]")
_KEY = re.compile(rf"[ \t]*+({_PATH})[ \t]*+=")


def index_lines(text: str) -> dict[Path, int]:
    """The first line of every table and key, a few levels deep; the n-th of an array is `(name, n)`."""
    lines: dict[Path, int] = {}
    table: Path = ()
    seen: Counter[Path] = Counter()
    for number, offset in _walk_lines(text):
        path: Path
        if header := _HEADER.match(text, offset):
            path = table = _split_path(header[2])
            if header[1] == "[[":
                seen[table] += 1
                path = table = (*table, seen[table] - 1)
        elif key := _KEY.match(text, offset):
            path = table + _split_path(key[1])
        else:
            continue
        for depth in range(1, min(len(path), _LEVELS) + 1):
            lines.setdefault(path[:depth], number)
    return lines


def find_line(lines: dict[Path, int], path: Path) -> int:
    """The line of `path`, or of the nearest thing around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def find_depth(text: str) -> int | None:
    """The first line on which brackets or dotted names nest deeper than `DEEPEST`; None if none does."""
    depth, dots, line = 0, 0, 1
    for token in _TOKEN.finditer(text):
        taken = token[0]
        depth += (taken in "[{") - (taken in "]}")
        if taken == ".":
            dots += 1
        elif taken in "[]{}=,\n":
            dots = 0
        if depth > DEEPEST or dots > DEEPEST:
            return line
        line += taken.count("\n")
    return None


def _walk_lines(text: str) -> Iterator[tuple[int, int]]:
    """Number and offset of each line that begins outside a string and outside brackets."""
    depth, line = 0, 1
    yield 1, 0
    for token in _TOKEN.finditer(text):
        taken = token[0]
        depth += (taken in "[{") - (taken in "]}")
        line += taken.count("\n")
        if taken == "\n" and depth <= 0:
            yield line, token.end()


def _split_path(written: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, written))
