"""Bytes that somebody brought, as text that is safe to read and to show.

Floor 5. Pure. Refused: nothing at all; more than a machine can hold; what is not UTF-8; control characters,
which a terminal would obey; characters that turn the direction of text, so that a reader sees another
sentence than the one recorded; a line longer than a megabyte.
"""

import re

from onggi.errors import Finding
from onggi.intake.findings import Findings

MOST_BYTES = 64 * 1024 * 1024
LONGEST_LINE = 1_000_000

# C0 without tab and line ends, DEL, C1, and the two separators that some programs break lines at.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def read_text(data: bytes, findings: Findings, prefix: str = "") -> str | None:
    """The text, without a byte order mark; None if the bytes cannot be read as text at all.

    `prefix` stands before each place, to tell a map's lines from the table's.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        findings.add(Finding("intake.file.empty", f"{prefix}line 1"))
        return None
    if len(data) > MOST_BYTES:
        findings.add(Finding("intake.file.large", f"{prefix}line 1", {"limit": MOST_BYTES // 1024 // 1024}))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _check_encoding(data, findings, prefix)
        return None
    _check_characters(text, findings, prefix)
    return text


def _check_encoding(data: bytes, findings: Findings, prefix: str) -> None:
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            findings.add(Finding("intake.file.encoding", f"{prefix}line {number}"))


def _check_characters(text: str, findings: Findings, prefix: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        where = f"{prefix}line {number}"
        if _CONTROL.search(line):
            findings.add(Finding("intake.file.control", where))
        if _DIRECTION.search(line):
            findings.add(Finding("intake.file.direction", where))
        # A character takes up to four bytes: only a line that may be too long is measured.
        if len(line) * 4 > LONGEST_LINE and len(line.encode()) > LONGEST_LINE:
            findings.add(Finding("intake.file.line", where, {"limit": LONGEST_LINE // 1_000_000}))
