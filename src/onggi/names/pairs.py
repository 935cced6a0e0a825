"""A table of pairs of names, and how far each can be one person: `a, b` in; `a, b, score, reading` out.

Floor 1. Pure. Rows are read and compared one at a time, so that a table of any length takes no more memory
than its longest row. Refused, with the line: what is neither UTF-8 nor CP949 nor GB18030, a header without
`a` and `b`, a quotation mark out of place, a line or a cell without end. A row that holds no two names stops
nothing: its score is that of two texts of which nothing is known, and its reading says why.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from onggi.errors import Exit, Finding, OnggiError
from onggi.names.compare import Comparison, compare
from onggi.names.encodings import find_encoding
from onggi.names.reading import read_name
from onggi.names.telling import say_comparison, say_score
from onggi.words import say

COLUMNS = ("a", "b", "score", "reading")

LONGEST_LINE = 1_000_000
"""Bytes of a line of a table."""

_MEGABYTE = 1_000_000
_UTF = "utf-8-sig"
_SAMPLE = 1 << 16  # bytes, from the first line that is not ASCII, by which the encoding is told
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # no name begins so, and a spreadsheet may compute it
_TYPED = "\n\u00a0\u3000"  # which are typed, and which Python calls unprintable


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: the line it begins on, its two names, and how many columns it should have if it has not."""

    line: int
    a: str
    b: str
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """One row of the result, in the order of COLUMNS, and why its names were not compared, if so."""

    cells: tuple[str, str, str, str]
    findings: tuple[Finding, ...] = ()


def read_pairs(lines: Iterable[bytes], tell_encoding: Callable[[str], object] = str) -> Iterator[Pair]:
    """The pairs of a CSV table (RFC 4180) with any columns, from its lines.

    `tell_encoding` hears the name of the encoding, where it is not UTF-8, before what is read in it comes.

    Raises:
        OnggiError: `names.pairs.header`, `names.pairs.encoding`, `names.pairs.quotation` or
            `names.pairs.line`, when the reading comes there.
    """
    reader = csv.reader(_decode_lines(lines, tell_encoding), strict=True)
    begins = 1
    try:
        header = [column.strip() for column in next(reader, ())]
        if header.count("a") != 1 or header.count("b") != 1:
            raise OnggiError("names.pairs.header", exit_code=Exit.FINDINGS)
        width, a, b = len(header), header.index("a"), header.index("b")
        begins = reader.line_num + 1
        for cells in reader:
            if len(cells) == width:
                yield Pair(begins, cells[a], cells[b])
            elif cells:  # which they are not in an empty line
                first, second = (cells[at] if at < len(cells) else "" for at in (a, b))
                yield Pair(begins, first, second, width)
            begins = reader.line_num + 1
    except csv.Error:
        # What comes after a broken quotation mark cannot be told apart any more.
        raise OnggiError("names.pairs.quotation", exit_code=Exit.FINDINGS, line=begins) from None


def score_pair(pair: Pair, lang: str | None = None) -> Scored:
    """Compare the names of one row, if it holds two; its reading in a language."""
    if pair.width is not None:
        finding = Finding("intake.table.width", f"line {pair.line}", {"columns": pair.width}, grave=False)
        return _write_row(pair, compare("", ""), say(finding.code, lang, **finding.values), (finding,))
    compared = compare(pair.a, pair.b)
    if compared.says != "names.compare.unread":
        return _write_row(pair, compared, say_comparison(compared, lang))
    problems = [(column, read_name(text).problem) for column, text in (("a", pair.a), ("b", pair.b))]
    findings = tuple(
        Finding(problem, f"line {pair.line}, {column}", grave=False)
        for column, problem in problems
        if problem is not None
    )
    reason = " ".join(
        f"{column}: {say(problem, lang)}" for column, problem in problems if problem is not None
    )
    return _write_row(pair, compared, reason, findings)


def _write_row(pair: Pair, compared: Comparison, reading: str, findings: tuple[Finding, ...] = ()) -> Scored:
    return Scored((_show(pair.a), _show(pair.b), say_score(compared), reading), findings)


def _show(cell: str) -> str:
    """A cell as it came, but for what a terminal or a spreadsheet would obey or what turns text round."""
    if not cell.isprintable():
        cell = "".join(char if char.isprintable() or char in _TYPED else " " for char in cell)
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell


def _decode_lines(lines: Iterable[bytes], tell_encoding: Callable[[str], object]) -> Iterator[str]:
    """The lines as text. In which encoding is asked once, of the first that are not ASCII alone."""
    checked = _check_lengths(lines)
    encoding = ""
    number = 0
    for line in checked:
        number += 1
        if line.isascii():
            yield line.decode("ascii")
            continue
        sample = _take_sample(line, checked)
        encoding = find_encoding(b"".join(sample)) or _UTF
        checked = chain(sample, checked)
        break
    if encoding not in ("", _UTF):
        tell_encoding(encoding.upper())
    for at, line in enumerate(checked, start=number):
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError:
            raise OnggiError("names.pairs.encoding", exit_code=Exit.FINDINGS, line=at) from None


def _take_sample(line: bytes, lines: Iterator[bytes]) -> list[bytes]:
    """A line and those behind it, as many as the encoding is told by."""
    sample, size = [line], len(line)
    while size < _SAMPLE and (more := next(lines, None)) is not None:
        sample.append(more)
        size += len(more)
    return sample


def _check_lengths(lines: Iterable[bytes]) -> Iterator[bytes]:
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            limit = LONGEST_LINE // _MEGABYTE
            raise OnggiError("names.pairs.line", exit_code=Exit.FINDINGS, line=number, limit=limit)
        yield line
