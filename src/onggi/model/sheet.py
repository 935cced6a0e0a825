"""TOML that people edit: what it says, and on which line it says it.

A sheet is one TOML text, shipped or a user's own. `tomllib` gives values without lines, so the line of a
key is found again by scanning the text, and only when something is to be said about it.

Floor 2, pure. Refused: a text that is not TOML, and a table that is written twice.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onggi.errors import Finding
from onggi.words import LANGUAGES

_NAME = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_PATH = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*\[\s*({_PATH})\s*\]")
_KEY = re.compile(rf"\s*({_PATH})\s*=")
_ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One TOML text under its file name, taken apart."""

    file: str
    text: str
    tables: dict[str, Any]

    def find_line(self, *path: str) -> str:
        """Where the key or table `path` stands, as `acts.toml:41`; if it is absent, the table around it."""
        lines = {written: number for number, written in reversed(list(_scan_paths(self.text)))}
        while path and path not in lines:
            path = path[:-1]
        return f"{self.file}:{lines.get(path, 1)}"


def find_error(error: Exception, text: str) -> int:
    """The line on which a text is no TOML, from 1; the last where the parser does not say."""
    found = _ERROR_LINE.search(str(error))
    return int(found[1]) if found else text.count("\n") + 1


def read_sheet(text: str, file: str) -> tuple[Sheet | None, list[Finding]]:
    """The sheet, or what stands in the way of reading it."""
    try:
        return Sheet(file, text, tomllib.loads(text)), []
    except tomllib.TOMLDecodeError as error:
        line = find_error(error, text)
        code = "model.sheet.duplicate" if _repeats_table(text, line) else "model.sheet.syntax"
        return None, [Finding(code, f"{file}:{line}")]


def check_texts(sheet: Sheet, table: dict[str, Any], name: str, *path: str) -> Iterator[Finding]:
    """`table[name]` must hold one text in each language and nothing else; `path` leads to `table`."""
    texts = table.get(name)
    if not isinstance(texts, dict):
        yield Finding("model.sheet.missing_key", sheet.find_line(*path), {"key": name})
        return
    for language in LANGUAGES:
        if language not in texts:
            yield Finding(
                "model.sheet.missing_language",
                sheet.find_line(*path, name),
                {"key": name, "language": language},
            )
        elif not isinstance(texts[language], str) or not texts[language].strip():
            yield Finding("model.sheet.empty_text", sheet.find_line(*path, name, language), {"key": name})
    yield from check_keys(sheet, texts, frozenset(LANGUAGES), *path, name)


def check_keys(sheet: Sheet, table: dict[str, Any], known: frozenset[str], *path: str) -> Iterator[Finding]:
    """Every key of `table` must be known: a misspelt key would otherwise be lost without a word."""
    for key in table:
        if key not in known:
            yield Finding("model.sheet.unknown_key", sheet.find_line(*path, key))


def _scan_paths(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each line that opens a table or sets a key, with the full path written there and those it implies."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _split_path(header[1])
            written, around = table, 0
        elif key := _KEY.match(line):
            written, around = table + _split_path(key[1]), len(table)
        else:
            continue
        for end in range(around + 1, len(written) + 1):
            yield number, written[:end]


def _split_path(written: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, written))


def _repeats_table(text: str, line: int) -> bool:
    lines = text.splitlines()
    header = _HEADER.match(lines[line - 1]) if line <= len(lines) else None
    if header is None:
        return False
    earlier = (_HEADER.match(above) for above in lines[: line - 1])
    return any(other is not None and _split_path(other[1]) == _split_path(header[1]) for other in earlier)
