"""Commands that may neither run for ever nor fill the machine, and what every ending of theirs must be.

`ask` forks a command from a process in which Onggi is loaded (desks.py); `measure` starts one of its own
(command.py). Passphrases cost nothing in either: Argon2id takes 256 MiB by design, before any input is looked
at, and would hide the rest.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import Timer
from typing import Any

from tests.promises.desks import Desk, Launched, Said, launch
from tests.promises.hostile import HEAD

from onggi.errors import Exit
from onggi.words import say

ENDINGS = frozenset(int(one) for one in Exit)
FAULT = say("cli.fault", "en", place="…").partition("…")[0]
# No input of these tests may keep a command longer, on a machine that is busy with other things.
PATIENCE = 60.0

MEBIBYTE = 1024 * 1024
KEY = ("--passphrase-file", "key")
CASE = "C-7Q2WZ5C"
# What a command may take of the machine's memory, whatever it is given.
_CEILING = 3 * 1024 * MEBIBYTE
_LIMIT = ("sh", "-c", f'ulimit -v {_CEILING // 1024} && exec "$@"', "sh")
_PATHS = os.pathsep.join(path for path in sys.path if path)
_SMALL = HEAD.replace("[case]", f'[case]\ncode = "{CASE}"')

COMMAND = (sys.executable, "-m", "tests.promises.command")


def ask(office: Launched, *words: str, feed: Path = Path(os.devnull), seconds: float = PATIENCE) -> Said:
    """Run a command, and judge how it ends."""
    timers: list[Timer] = []

    def limit(child: int) -> None:
        timers.append(_stop_later(child, seconds))
        timers[0].start()

    said = office.run(*words, feed=feed, meanwhile=limit)
    timers[0].cancel()
    judge(said)
    return said


@contextmanager
def open_office(root: Path) -> Iterator[Launched]:
    """A desk with a passphrase in `key` and a vault that holds a small case; memory of its commands ends."""
    desk = Desk.make(root / "watched")
    (desk.folder / "key").write_text("seven words nobody guessed\n", "utf-8")
    (desk.folder / "small.toml").write_text(_SMALL, "utf-8")
    with launch(desk, before=_LIMIT) as office:
        for words in (("init", "vault", *KEY), ("record", "vault", "small.toml", *KEY)):
            assert ask(office, *words).code == Exit.WELL
        yield office


def measure(
    desk: Desk, words: Sequence[str | Path], seconds: float = PATIENCE, before: Sequence[str] = ()
) -> tuple[Said, int]:
    """Run a command, and judge how it ends; what it said, and the most bytes of memory it held at once."""
    figure, *names = (desk.root.with_name(f"measured.{name}") for name in ("figure", "out", "err"))
    with names[0].open("wb") as out, names[1].open("wb") as err:
        process = subprocess.Popen(
            [*before, *COMMAND, figure, *words],
            cwd=desk.folder,
            env=surround(desk),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        timer = _stop_later(process.pid, seconds)
        timer.start()
        process.wait()
        timer.cancel()
    said = Said(process.returncode, *(name.read_text("utf-8") for name in names))
    judge(said)
    return said, int(figure.read_text("utf-8"))


def surround(desk: Desk) -> dict[str, str]:
    """The environment of a command that is one of these modules."""
    return {**desk.surroundings, "PYTHONPATH": _PATHS}


def read_files(folder: Path, files: Sequence[str], seconds: int) -> list[dict[str, Any]]:
    """What intake makes of files in a folder (reader.py), each in bounded time and all in bounded memory."""
    done = subprocess.run(
        [*_LIMIT, sys.executable, "-m", "tests.promises.reader", f"{seconds}", *files],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": _PATHS},
        capture_output=True,
        text=True,
    )
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, len(read)) == (0, len(files)), (files[len(read) :][:1], done.stderr[-2000:])
    return read


def judge(said: Said) -> None:
    """Every command ends with a published code, and neither with a traceback nor with a fault of ours."""
    assert said.code in ENDINGS, said
    assert "Traceback" not in said.err and FAULT not in said.err, said.err


@contextmanager
def untouched(vault: Path) -> Iterator[None]:
    """What is done meanwhile leaves the vault as it was, but for its indexes, which are no record."""
    before = picture(vault)
    yield
    assert picture(vault) == before


def picture(vault: Path) -> dict[str, str]:
    """Every file of a vault that counts, with the hash of its bytes."""
    files = (path for path in vault.rglob("*") if path.is_file())
    names = {str(path.relative_to(vault)): path for path in files}
    return {
        name: sha256(path.read_bytes()).hexdigest()
        for name, path in names.items()
        if not name.startswith("index/") and name != "lock"
    }


def _stop_later(process: int, seconds: float) -> Timer:
    def stop() -> None:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)

    return Timer(seconds, stop)
