"""Reads the folder of a bag that somebody sent, without trusting it.

It reads files and nothing else: no link is followed, no device or pipe is opened, no file is read that cannot
belong to a bag, nothing beyond the size limits of proof.md §5; what is only carried along is weighed in
pieces and never held. Whatever is there, the answer is findings, never an exception. A name is told only
where it is one of ours: a foreign one may hold what a terminal would obey.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from onggi.errors import Finding
from onggi.evidence.bag import CARRIED_LIMIT, TEXT_LIMIT, TEXTS_LIMIT, is_carried, is_expected
from onggi.evidence.content import Content, make_stream

_DEEPEST = 3
"""Levels of folders in a bag: itself, `data`, and what is in it."""

_PIECE = 2**20

# Neither a link that appears after we looked nor a pipe can hold us up; absent on systems without them.
_CAUTION = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Contents:
    """What was read, by path with forward slashes, and what had to be left."""

    files: dict[str, Content]
    findings: tuple[Finding, ...]


class _Unread(Exception):
    """Why a file was not read: the id of a finding."""


def read_folder(folder: Path) -> Contents:
    """Read the files of a bag from `folder`."""
    files: dict[str, Content] = {}
    findings: list[Finding] = []
    room = TEXTS_LIMIT
    for path, fault in _list_entries(folder, "", 1):
        if fault:
            findings.append(Finding(fault, _tell(path)))
            continue
        try:
            if is_carried(path):
                files[path] = make_stream(partial(_read_pieces, folder / path, CARRIED_LIMIT))
            else:
                content = b"".join(_read_pieces(folder / path, min(room, TEXT_LIMIT)))
                files[path] = content
                room -= len(content)
        except _Unread as fault_found:
            findings.append(Finding(str(fault_found), path))
    return Contents(files, tuple(findings))


def _list_entries(folder: Path, prefix: str, level: int) -> Iterator[tuple[str, str]]:
    """Every entry with the id of what is wrong with it, or an empty text where it is a file to read."""
    try:
        entries = sorted(os.scandir(folder / prefix), key=lambda entry: entry.name)
    except OSError:
        yield prefix, "evidence.bag.unreadable"
        return
    if prefix and not entries:
        yield prefix, "evidence.bag.extra"  # no manifest speaks of an empty folder
    for entry in entries:
        path = prefix + entry.name
        kind = _find_kind(entry)
        if kind == stat.S_IFDIR and level < _DEEPEST:
            yield from _list_entries(folder, f"{path}/", level + 1)
        elif kind == stat.S_IFREG and is_expected(path):
            yield path, ""
        elif kind == stat.S_IFREG or kind == stat.S_IFDIR:
            yield path, "evidence.bag.extra"
        else:
            yield path, "evidence.bag.link"


def _find_kind(entry: os.DirEntry[str]) -> int:
    """What an entry itself is, links not followed; 0 where that cannot be told."""
    try:
        return stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode)
    except OSError:
        return 0


def _read_pieces(path: Path, limit: int) -> Iterator[bytes]:
    """The content of a file, in pieces."""
    try:
        with open(os.open(path, os.O_RDONLY | _CAUTION), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _Unread("evidence.bag.link")
            if status.st_size > limit:
                raise _Unread("evidence.bag.large")
            while piece := file.read(min(_PIECE, limit + 1)):
                limit -= len(piece)
                if limit < 0:
                    raise _Unread("evidence.bag.large")
                yield piece
    except OSError:
        raise _Unread("evidence.bag.unreadable") from None


def _tell(path: str) -> str:
    return path if is_expected(path) else "?"
