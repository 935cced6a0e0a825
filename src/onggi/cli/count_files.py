"""What `onggi count` reads: a table, and what is declared of the population; and how far a run was."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from onggi.cli.reading import STANDARD, read_input, read_standard
from onggi.cli.showing import Bar, tell
from onggi.count.checkpoint import Kept
from onggi.count.listed import Listed
from onggi.count.population import Population, read_population
from onggi.count.reading import is_cells, read_cells, read_records
from onggi.count.replicates import Replicates, read_listed, read_replicates
from onggi.errors import Exit, Finding, OnggiError
from onggi.intake.files import MOST_BYTES, read_text
from onggi.intake.findings import Findings

_UNREADABLE = "cli.count.unreadable"
_MOST_DECLARED = 1024 * 1024


def read_table(path: Path, cells: bool, lists: str | None, replicates: Path | None) -> Listed:
    """A table of patterns, of people where lists are named, or of records beside replicates of their links;
    what is wrong with it stands in it."""
    drawn, wrong = read_drawn(replicates)
    text, unread = _read_text(path, MOST_BYTES)
    if text is None or wrong:
        return Listed(None, (*wrong, *unread))
    if drawn is not None:
        return read_listed(text, drawn)
    if lists is not None:
        return read_records(text, [name.strip() for name in lists.split(",")])
    if not cells and not is_cells(text):
        raise OnggiError("cli.count.which", exit_code=Exit.USAGE)
    return read_cells(text)


def read_drawn(path: Path | None) -> tuple[Replicates | None, list[Finding]]:
    """The replicates of links in a file, None without one; and what is wrong with it."""
    if path is None:
        return None, []
    text, wrong = _read_text(path, MOST_BYTES)
    if text is None:
        return None, wrong
    drawn, found = read_replicates(text)
    return drawn, list(found)


def read_declared(path: Path | None) -> tuple[Population, list[Finding]]:
    """What is declared, nothing without a file; and what is wrong with it."""
    if path is None:
        return Population(), []
    text, wrong = _read_text(path, _MOST_DECLARED)
    return read_population(text) if text is not None else (Population(), wrong)


def open_kept(path: Path | None, run: str) -> Kept:
    """What an earlier run kept in a file, and where this one keeps what it finds; nothing without one.

    Raises:
        OnggiError: `cli.count.other_run` where the file is of another run, or none of ours;
            `cli.count.resume_place` where it cannot be written.
    """
    if path is None:
        return Kept()
    kept = Kept(run, partial(_keep, path))
    if os.path.lexists(path):
        if not kept.read(read_input(path, MOST_BYTES, _UNREADABLE)):
            raise OnggiError("cli.count.other_run", exit_code=Exit.USAGE)
    elif not path.parent.is_dir():
        raise OnggiError("cli.count.resume_place", exit_code=Exit.USAGE)
    return kept


@contextmanager
def show_run(kept: Kept) -> Iterator[Bar]:
    """Say how much is done already of a run that goes on, how far it is, and of one that is stopped, that it
    can go on.

    Raises:
        OnggiError: `cli.count.stopped` in place of an interrupt, where stages are kept.
    """
    if kept.done:
        tell("cli.count.goes_on", count=kept.done)
    bar = Bar()
    try:
        yield bar
    except KeyboardInterrupt:
        if not kept.done:
            raise
        raise OnggiError("cli.count.stopped", exit_code=Exit.INTERRUPTED) from None
    finally:
        bar.clear()


def _keep(path: Path, data: bytes) -> bool:
    """Beside it first, so that it is whole whenever the machine stops."""
    beside = path.with_name(f"{path.name}.new")
    try:
        with suppress(FileNotFoundError):
            beside.unlink()
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError:
        raise OnggiError("cli.count.resume_place", exit_code=Exit.USAGE) from None
    return True


def _read_text(path: Path, most: int) -> tuple[str | None, list[Finding]]:
    """The text of a file or of standard input, or None and what is wrong with it."""
    data = read_standard(most, _UNREADABLE) if path == STANDARD else read_input(path, most, _UNREADABLE)
    found = Findings()
    text = read_text(data, found, most=most)
    wrong = found.gather()
    return (None if wrong else text), wrong
