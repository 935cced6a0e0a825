"""Reads the folder of a bag that somebody sent, without trusting it.

It reads files and nothing else: no link is followed, no device or pipe is opened, no file is read that cannot
belong to a bag, nothing beyond the size limits of proof.md §5. Whatever is there, the answer is findings,
never an exception. A name is told only where it is one of ours: a foreign one may hold what a terminal would
obey.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onggi.errors import Finding
from onggi.evidence.bag import BAG_LIMIT, FILE_LIMIT, is_expected

_DEEPEST = 3
"""Levels of folders in a bag: itself, `data`, and what is in it."""

# Neither a link that appears after we looked nor a pipe can hold us up; absent on systems without them.
_CAUTION = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Contents:
    """What was read, by path with forward slashes, and what had to be left."""

    files: dict[str, bytes]
    findings: tuple[Finding, ...]


def read_folder(folder: Path) -> Contents:
    """Read the files of a bag from `folder`."""
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    room = BAG_LIMIT
    for path, fault in _list_entries(folder, "", 1):
        if fault:
            findings.append(Finding(fault, _tell(path)))
            continue
        content = _read_file(folder / path, min(room, FILE_LIMIT))
        if isinstance(content, str):
            findings.append(Finding(content, path))
        else:
            files[path] = content
            room -= len(content)
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


def _read_file(path: Path, limit: int) -> bytes | str:
    """The content of a file, or the id of why it was not read."""
    try:
        with open(os.open(path, os.O_RDONLY | _CAUTION), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return "evidence.bag.link"
            content = file.read(limit + 1)
    except OSError:
        return "evidence.bag.unreadable"
    return content if len(content) <= limit else "evidence.bag.large"


def _tell(path: str) -> str:
    return path if is_expected(path) else "?"
