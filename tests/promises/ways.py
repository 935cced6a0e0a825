"""How an answer comes about: which lines of ours ran, which files were asked for, how long it took."""

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import onggi.names
from onggi.errors import OnggiError
from onggi.ledger.ledger import Ledger

Ask = Callable[[Ledger, str], object]

_HOUSE = Path(__file__).parents[2]
_OURS, _NAMES = (f"{Path(room.__file__ or '').parent}{os.sep}" for room in (onggi, onggi.names))
_CALLS = "openat,open,read,pread64,readv,lseek,stat,lstat,newfstatat,statx,getdents64,access,unlink,unlinkat"
# A command in a process of its own, whose passphrase costs nothing.
_RUNNER = """
import sys
from tests.vault.invented import stretch_cheaply
from onggi.cli.main import run
from onggi.vault import keyslot
keyslot.stretch = stretch_cheaply
sys.exit(run(sys.argv[1:]))
"""


def answer(ask: Ask, ledger: Ledger, id: str) -> str:
    """What comes of asking: something, nothing, or an error."""
    try:
        return "something" if ask(ledger, id) else "nothing"
    except OnggiError as error:
        return error.id


def follow(ask: Ask, ledger: Ledger, id: str) -> tuple[str, list[tuple[str, int]]]:
    """What came of asking, and every line of ours that ran meanwhile.

    Not those of `names`: it reads what was asked letter by letter and stands below every vault, so its way
    tells of the question alone.
    """
    lines: list[tuple[str, int]] = []

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        file = frame.f_code.co_filename
        if not file.startswith(_OURS) or file.startswith(_NAMES):
            return None
        lines.append((file, frame.f_lineno))
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        said = answer(ask, ledger, id)
    finally:
        sys.settrace(before)
    return said, lines


def can_trace() -> bool:
    """Whether strace is here and may trace."""
    try:
        return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def trace_files(desk: Path, *words: str) -> list[str]:
    """Every call to the system about a file of the vault on this desk, without what was read."""
    traced = ("strace", "-f", "-y", "-s", "0", "-e", f"trace={_CALLS}", "-o", "calls")
    subprocess.run(
        [*traced, sys.executable, "-c", _RUNNER, *words],
        cwd=desk,
        env={**os.environ, "PYTHONPATH": f"{_HOUSE}{os.pathsep}{_HOUSE / 'src'}", "PYTHONHASHSEED": "0"},
        capture_output=True,
        check=False,
    )
    lines = (desk / "calls").read_text("utf-8", "replace").splitlines()
    # The number of the process and addresses in memory are others each time.
    return [re.sub(r"^\d+ +|0x[0-9a-f]+", "", line) for line in lines if str(desk / "vault") in line]


def time_asking(
    ask: Ask, ledger: Ledger, closed: Sequence[str], dice: random.Random, delay: float = 0
) -> tuple[list[int], list[int]]:
    """How long each of the closed ids took and as many others, in nanoseconds, asked in a mixed order.

    The closed ones are delayed by a share of their time.
    """
    first: list[int] = []
    second: list[int] = []
    asked = [(id, delay, first) for id in closed]
    asked += [(dice.randbytes(16).hex(), 0, second) for _ in closed]
    dice.shuffle(asked)
    # One way for both: a single step more on one side is a difference that this finds.
    for id, share, spent in asked:
        started = time.perf_counter_ns()
        answer(ask, ledger, id)
        ended = time.perf_counter_ns()
        until = ended + int(share * (ended - started))
        while ended < until:
            ended = time.perf_counter_ns()
        spent.append(ended - started)
    return first, second
