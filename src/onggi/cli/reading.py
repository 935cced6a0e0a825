"""Input that a person named: a file, a pipe (`<(gpg -d …)`), or standard input.

A face: it reads, once and no more than it was told. Refused: what is neither file nor pipe. Nothing here
waits for a pipe that nobody writes to.
"""

import os
import stat
import sys
from pathlib import Path

from onggi.errors import Exit, OnggiError

STANDARD = Path("-")

# To open a pipe would wait for whoever writes to it.
_CAUTION = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_input(path: Path, most: int, refusal: str) -> bytes:
    """The bytes of a file or a pipe: `most` of them, and one more, which tells that there are too many.

    Raises:
        OnggiError: `refusal`, where nothing can be read.
    """
    try:
        number = os.open(path, os.O_RDONLY | _CAUTION)
        try:
            if stat.S_IFMT(os.fstat(number).st_mode) in (stat.S_IFREG, stat.S_IFIFO):
                return _read(number, most)
        finally:
            os.close(number)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        pass
    raise OnggiError(refusal, exit_code=Exit.USAGE)


def read_standard(most: int, refusal: str) -> bytes:
    """The same of standard input."""
    try:
        return sys.stdin.buffer.read(most + 1) or b""
    except OSError:
        raise OnggiError(refusal, exit_code=Exit.USAGE) from None


def _read(number: int, most: int) -> bytes:
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(number, True)
    with open(number, "rb", closefd=False) as file:
        return file.read(most + 1)
