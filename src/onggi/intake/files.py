"""Bytes that somebody brought, as text that is safe to read and to show.

Floor 5. Pure, and linear in the length of the file, with little memory beside it. Refused: nothing at all;
more than a machine can hold; what is not UTF-8; control characters, which a terminal would obey; characters
that turn the direction of text, so that a reader sees another sentence than the one recorded; a line longer
than a megabyte.
"""

import re
from collections.abc import Iterator
from typing import AnyStr

from onggi.errors import Finding
from onggi.intake.findings import Findings

MEBIBYTE = 1024 * 1024
MEGABYTE = 1_000_000
MOST_BYTES = 64 * MEBIBYTE
LONGEST_LINE = MEGABYTE
_LONGEST_TYPED = 1000
_SPACES = str.maketrans("\u00a0\u3000", "  ")  # which are typed, and which Python calls unprintable

# Each takes the rest of its line, so that a line is told once, and gives nothing back: no text makes it slow.
_FOREIGN = re.compile(rb"^[\x00-\x09\x0b-\x7f]*+[\x80-\xff][^\n]*+", re.MULTILINE)
# C0 without tab and line ends, DEL, C1, and the two separators that some programs break lines at.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029][^\n]*+")
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069][^\n]*+")
# A character takes up to four bytes: only a line that may be too long is measured.
_LONG = re.compile(rf"^[^\n]{{{LONGEST_LINE // 4},}}+", re.MULTILINE)


def read_text(data: bytes, findings: Findings, prefix: str = "", most: int = MOST_BYTES) -> str | None:
    """The text, without a byte order mark; None if the bytes cannot be read as lines of text at all.

    `prefix` stands before each place, to tell a map's lines from the table's; `most` is how many bytes there
    may be.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        findings.add(Finding("intake.file.empty", f"{prefix}line 1"))
        return None
    if len(data) > most:
        findings.add(Finding("intake.file.large", f"{prefix}line 1", {"limit": most // MEBIBYTE}))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _check_encoding(data, findings, prefix)
        return None
    _check_characters(text, findings, prefix)
    return None if _check_lines(text, findings, prefix) else text


def is_plain(line: str) -> bool:
    """Whether one typed line is text that is safe to record and to show, and as short as people type."""
    return len(line) <= _LONGEST_TYPED and line.translate(_SPACES).isprintable()


def find_unsafe(text: str) -> str | None:
    """What no text may hold, as the id of a finding: what a screen would obey, what turns its direction."""
    if _CONTROL.search(text):
        return "intake.file.control"
    return "intake.file.direction" if _DIRECTION.search(text) else None


def _check_encoding(data: bytes, findings: Findings, prefix: str) -> None:
    for number, line in _find_lines(_FOREIGN, data, b"\n"):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            findings.add(Finding("intake.file.encoding", f"{prefix}line {number}"))
            if findings.enough:
                return


def _check_characters(text: str, findings: Findings, prefix: str) -> None:
    for code, wrong in (("intake.file.control", _CONTROL), ("intake.file.direction", _DIRECTION)):
        for number, _ in _find_lines(wrong, text, "\n"):
            findings.add(Finding(code, f"{prefix}line {number}"))
            if findings.enough:
                return


def _check_lines(text: str, findings: Findings, prefix: str) -> bool:
    """Whether any line is too long."""
    before = findings.count
    for number, line in _find_lines(_LONG, text, "\n"):
        if len(line.encode()) > LONGEST_LINE:
            limit = LONGEST_LINE // MEGABYTE
            findings.add(Finding("intake.file.line", f"{prefix}line {number}", {"limit": limit}))
    return findings.count > before


def _find_lines(wanted: re.Pattern[AnyStr], text: AnyStr, end: AnyStr) -> Iterator[tuple[int, AnyStr]]:
    """Every match with the number of its line, counted on from the match before."""
    number, counted = 1, 0
    for found in wanted.finditer(text):
        number += text.count(end, counted, found.start())
        counted = found.start()
        yield number, found[0]
