"""Input that a person named: a file, a pipe (`<(gpg -d …)`), or standard input.

A face: it reads once, and a whole text no further than it was told. Refused: what is neither file nor pipe.
Nothing here waits for a pipe that nobody writes to.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from onggi.errors import Exit, OnggiError

STANDARD = Path("-")

# To open a pipe would wait for whoever writes to it.
_CAUTION = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_given(path: Path, most: int, refusal: str) -> bytes:
    """The bytes of a file, a pipe or, for `-`, standard input: `most` of them, and one more.

    Raises:
        OnggiError: `refusal`, where nothing can be read.
    """
    return read_standard(most, refusal) if path == STANDARD else read_input(path, most, refusal)


def read_input(path: Path, most: int, refusal: str) -> bytes:
    """The bytes of a file or a pipe: `most` of them, and one more, which tells that there are too many.

    Raises:
        OnggiError: `refusal`, where nothing can be read.
    """
    try:
        with _open(path, refusal) as file:
            return file.read(most + 1)
    except OSError:
        raise OnggiError(refusal, exit_code=Exit.USAGE) from None


def read_standard(most: int, refusal: str) -> bytes:
    """The same of standard input."""
    try:
        return sys.stdin.buffer.read(most + 1) or b""
    except OSError:
        raise OnggiError(refusal, exit_code=Exit.USAGE) from None


@contextmanager
def open_input(path: Path, refusal: str) -> Iterator[BinaryIO]:
    """A file, a pipe or, for `-`, standard input, to be read as it streams.

    Raises:
        OnggiError: `refusal`, where nothing can be opened.
    """
    if path == STANDARD:
        yield sys.stdin.buffer
        return
    with _open(path, refusal) as file:
        yield file


@contextmanager
def _open(path: Path, refusal: str) -> Iterator[BinaryIO]:
    try:
        number = os.open(path, os.O_RDONLY | _CAUTION)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise OnggiError(refusal, exit_code=Exit.USAGE) from None
    try:
        if stat.S_IFMT(os.fstat(number).st_mode) not in (stat.S_IFREG, stat.S_IFIFO):
            raise OnggiError(refusal, exit_code=Exit.USAGE)
        if hasattr(os, "O_NONBLOCK"):
            os.set_blocking(number, True)
        with open(number, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(number)
