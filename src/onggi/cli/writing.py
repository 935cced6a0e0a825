"""A new file that is written as a stream, whatever its length.

A face. It appears under its name when it is whole, or not at all; what stands there already is never
replaced. Nobody but its owner may read it. Refused: a place that is taken or not there.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from onggi.cli.reading import STANDARD
from onggi.errors import Exit, OnggiError


@contextmanager
def open_output(path: Path) -> Iterator[TextIO]:
    """A new UTF-8 file or, for `-`, standard output. Whatever goes wrong within leaves no file behind.

    Raises:
        OnggiError: `cli.names.place`, `cli.names.taken` or `cli.names.unfinished`, where no file can be
            made; `cli.names.disk`, where the disk refused to write, or to read what was to be written.
    """
    if path == STANDARD:
        yield sys.stdout
        return
    check_place(path)
    # A fixed name: what a crash left there is found by the next attempt and named, and nothing that we did
    # not make ourselves is ever removed.
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        number = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise OnggiError("cli.names.unfinished", exit_code=Exit.USAGE) from None
    except OSError:
        raise OnggiError("cli.names.place", exit_code=Exit.USAGE) from None
    try:
        with open(number, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(number)
        _settle(unfinished, path)
    except OSError:
        raise OnggiError("cli.names.disk") from None
    finally:
        unfinished.unlink(missing_ok=True)


def check_place(path: Path) -> None:
    """That a new file can be made here.

    Raises:
        OnggiError: `cli.names.taken` or `cli.names.place`.
    """
    if os.path.lexists(path):
        raise OnggiError("cli.names.taken", exit_code=Exit.USAGE)
    if not path.parent.is_dir():
        raise OnggiError("cli.names.place", exit_code=Exit.USAGE)


def _settle(unfinished: Path, path: Path) -> None:
    """Give the file its name, unless something stands there by now: a rename would replace it."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise OnggiError("cli.names.taken", exit_code=Exit.USAGE) from None
    except OSError:  # a disk that knows no links, as on many a stick
        check_place(path)
        unfinished.rename(path)
