"""Originals: files that somebody brought, taken in as they are.

Floor 5; reads the files it is given, once, and writes nothing outside the vault. Here a path becomes a stream
and a word of the command line a value; `evidence.original` seals. Refused: a folder, a pipe, a device, a link
that leads nowhere, a file that changes or fails while it is read.
"""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, FileIO
from pathlib import Path
from typing import Protocol

from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.derive import find_holder
from onggi.evidence.kinds import HEAD, find_kind
from onggi.evidence.look import make_printable
from onggi.evidence.original import Incoming, Original, Said, Stream, say_making, say_origin, seal_originals
from onggi.evidence.transcript import Transcript, read_transcript
from onggi.intake.files import is_plain
from onggi.intake.values import is_language
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.model.entity import Randomness
from onggi.model.spoken import read_spoken
from onggi.model.statement import Words
from onggi.model.value import Date, Entity, Term, Text, Unknown, Value
from onggi.model.vocabulary import load_vocabulary
from onggi.vault.opened import Compartment
from onggi.words import say

UNKNOWN = "unknown"
"""What is typed where it was asked and nobody knows; what was not asked is left out."""

_ALIGNED = ("transcript", "translation")
_UNALIGNED = "evidence.transcript.unaligned"
_LARGEST_TRANSCRIPT = 16 * 1024 * 1024

_FOLDERS = re.compile(r"[/\\]")

# To open a pipe waits for whoever writes to it; on systems without pipes in folders there is no such wait.
_CAUTION = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Measured(Stream, Protocol):
    """A stream of which it is known how many bytes it has."""

    length: int


@dataclass(frozen=True, slots=True)
class Origin:
    """What is typed of where files come from: a date as people say it, free text, a term's id."""

    person: str | None = None
    received: str | None = None
    came_from: str | None = None
    obtained: str | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """What is typed of files that were made from an item: its id or code, as what, by whom, with what."""

    original: str
    kind: str
    author: str | None = None
    tool: str | None = None
    lang: str | None = None
    translator: str | None = None


def take_in(
    ledger: Ledger,
    compartment: Compartment,
    case: str,
    paths: Sequence[Path],
    origin: Origin,
    randomness: Randomness,
    making: Making | None = None,
) -> list[Original]:
    """Keep files as items of a case, with the unit of the person who brought them if one is named.

    What was made from another item lies in that one's unit.

    Raises:
        OnggiError: `intake.original.unreadable` for a file that cannot be read, `intake.original.case` where
            `case` is no case, `intake.original.…` for a word that cannot be understood; nothing is kept then.
    """
    matter, said, holder = judge_origin(ledger, compartment, case, origin, making)
    incoming = _open_files(paths, making)
    try:
        return seal_originals(ledger, compartment, matter, incoming, said, holder, randomness)
    finally:
        for one in incoming:
            one.stream.close()


def take_stream(
    ledger: Ledger,
    compartment: Compartment,
    case: str,
    name: str,
    stream: Measured,
    origin: Origin,
    randomness: Randomness,
    making: Making | None = None,
) -> Original:
    """The same of one file that is read as it comes, under the name its sender gave it."""
    matter, said, holder = judge_origin(ledger, compartment, case, origin, making)
    called = make_printable(_FOLDERS.split(name)[-1])
    try:
        one = _take(called, stream, making)
        (kept,) = seal_originals(ledger, compartment, matter, [one], said, holder, randomness)
    finally:
        stream.close()
    return kept


def judge_origin(
    ledger: Ledger, compartment: Compartment, case: str, origin: Origin, making: Making | None = None
) -> tuple[str, list[Said], str]:
    """The case, what is said of where a file comes from, and whose unit it will lie in; nothing is kept.

    Raises:
        OnggiError: as `take_in`, for whatever is typed of it.
    """
    view = ledger.view(strata=compartment.strata, compartment=compartment)
    matter = view.find(case)
    if view.kind_of(matter) != "case":
        raise OnggiError("intake.original.case", exit_code=Exit.USAGE)
    unknown = origin.person == UNKNOWN
    bringer = "" if unknown else _find_entity(view, origin.person, "person", "intake.original.person")
    said = say_origin(
        Unknown() if unknown else Entity(bringer) if bringer else None,
        _read_day(origin.received),
        _read_text(origin.came_from),
        _read_term("acquisitions", origin.obtained, "intake.original.way"),
    )
    if making is None:
        return matter, said, bringer
    original = _find_entity(view, making.original, "item", "intake.original.item")
    found_case, holder = find_holder(ledger, compartment, original)
    if found_case != matter:
        raise OnggiError("intake.original.elsewhere", exit_code=Exit.USAGE)
    return matter, said + _say_making(original, making), holder


def _find_entity(view: View, reference: str | None, kind: str, refusal: str) -> str:
    """The entity that is meant, which must be of a kind; nothing where nobody is named."""
    found = view.find(reference) if reference else ""
    if found and view.kind_of(found) != kind:
        raise OnggiError(refusal, exit_code=Exit.USAGE)
    return found


def _read_day(typed: str | None) -> Value | None:
    if typed is None or typed == UNKNOWN:
        return Unknown() if typed else None
    day = read_spoken(typed)
    if isinstance(day, Finding):
        raise OnggiError("intake.original.day", exit_code=Exit.USAGE)
    return Date.of(day)


def _read_text(typed: str | None) -> Value | None:
    if typed is None or typed == UNKNOWN:
        return Unknown() if typed else None
    if not typed.strip() or not is_plain(typed):
        raise OnggiError("intake.original.text", exit_code=Exit.USAGE)
    return Text(typed, "und")


def _read_term(vocabulary: str, typed: str | None, refusal: str) -> Value | None:
    if typed is None or typed == UNKNOWN:
        return Unknown() if typed else None
    terms = load_vocabulary(vocabulary).terms
    if typed not in terms:
        raise OnggiError(refusal, exit_code=Exit.USAGE, terms=", ".join(terms))
    return Term(vocabulary, typed)


def _say_making(original: str, making: Making) -> list[Said]:
    """What is said of something that was made from an item."""
    _read_term("derivatives", making.kind, "intake.original.kind")
    for typed in (making.author, making.tool, making.translator):
        _read_text(typed)
    if making.lang is not None and not is_language(making.lang):
        raise OnggiError("intake.original.lang", exit_code=Exit.USAGE)
    return say_making(original, making.kind, making.author, making.tool, making.lang, making.translator)


def _open_files(paths: Sequence[Path], making: Making | None) -> list[Incoming]:
    """The files as streams; a transcript is read first, since it must lead to its original."""
    incoming = []
    for path in paths:
        incoming.append(_take(_write_name(path), _Late(path, _measure(path)), making))
    return incoming


def _take(name: str, stream: Measured, making: Making | None) -> Incoming:
    if making is not None and making.kind in _ALIGNED:
        return _read_aligned(name, stream, making.lang)
    return Incoming(name, stream, stream.length)


def _read_aligned(name: str, stream: Measured, lang: str | None) -> Incoming:
    """A transcript or translation with its passages, and how they are found in the original.

    One in a form that holds no passages (a PDF, a Word file) is kept, and it is said that it is not aligned.

    Raises:
        OnggiError: `intake.original.transcript` for one whose passages are wrong.
    """
    if stream.length > _LARGEST_TRANSCRIPT:
        return Incoming(name, stream, stream.length, _say_alignment("none"), found=(_UNALIGNED,))
    data = bytearray(stream.length)
    rest = memoryview(data)
    while rest and (taken := stream.readinto(rest)):
        rest = rest[taken:]
    if rest:
        raise OnggiError("vault.packs.changed")
    try:
        text = None if find_kind(bytes(data[:HEAD])) else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = None
    if text is None:
        return Incoming(name, BytesIO(data), len(data), _say_alignment("none"), found=(_UNALIGNED,))
    read, wrong = read_transcript(text)
    if read is None:
        first = wrong[0]
        what = say(first.code)
        raise OnggiError(
            "intake.original.transcript",
            exit_code=Exit.FINDINGS,
            place=first.where,
            what=what,
            count=len(wrong),
        )
    passages = tuple(_read_passages(read, lang))
    return Incoming(name, BytesIO(data), len(data), _say_alignment(read.alignment), passages)


def _read_passages(read: Transcript, lang: str | None) -> Iterator[tuple[Words, str]]:
    """The words of each passage, and its place; in the language that is typed, else in that of the file."""
    spoken, other = (
        one if one and is_language(one) else "und" for one in (lang or read.lang, read.translation_lang)
    )
    for one in read.passages:
        told = one.translation
        words = Words(one.text, spoken, told, other, read.translator) if told else Words(one.text, spoken)
        yield words, one.place


def _say_alignment(term: str) -> tuple[Said, ...]:
    return (("aligned_by", Term("alignments", term)),)


class _Late:
    """A file that is opened when it is first read: twenty thousand of them are never open at once."""

    def __init__(self, path: Path, length: int) -> None:
        self.length = length
        self._path = path
        self._left = length
        self._file: FileIO | None = None

    def readinto(self, buffer: memoryview, /) -> int:
        if self._file is None:
            self._file = _open(self._path)
        try:
            taken = self._file.readinto(buffer)
            self._left -= taken
            grown = self._left <= 0 and bool(self._file.read(1))
        except OSError:
            raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE) from None
        if self._left <= 0:
            self.close()
        if grown:
            raise OnggiError("vault.packs.changed")
        return taken

    def close(self) -> None:
        """Give the file back, also where it was not read to its end."""
        if self._file is not None:
            self._file.close()


def _open(path: Path) -> FileIO:
    """A plain file, open. What took its place since it was measured neither holds us up nor is read."""
    try:
        number = os.open(path, os.O_RDONLY | _CAUTION)
    except OSError:
        raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE) from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE)
    return open(number, "rb", buffering=0)


def _measure(path: Path) -> int:
    """The length of a file. Refuses whatever is no file or cannot be read, before anything is kept."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE) from None
    if not stat.S_ISREG(found.st_mode) or not os.access(path, os.R_OK):
        raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE)
    return found.st_size


def _write_name(path: Path) -> str:
    """A file name that can be written down: what is no character becomes a mark; it holds no folder."""
    return make_printable(os.fsencode(path.name).decode("utf-8", "replace"))
