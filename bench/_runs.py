"""What a command costs: wall seconds, processor seconds and memory, by the operating system's own accounts.

Processor seconds are those of the process and of all it waited for, in user and system; the peak is that of
the largest single process. What a command has written is flushed to the disk within the time.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spent:
    """Wall and processor seconds, and the peak of memory in MiB."""

    wall: float
    processor: float
    peak: int = 0

    def __sub__(self, other: "Spent") -> "Spent":
        """What is left when a part of the work is taken away; the peak was that of the whole."""
        return Spent(self.wall - other.wall, self.processor - other.processor, self.peak)


def run(command: Sequence[str], surroundings: Mapping[str, str] | None = None) -> tuple[Spent, str]:
    """Run a command; returns what it cost and what it said. Its failure ends the benchmark."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    os.sync()
    wall = time.perf_counter() - started
    if process.returncode:
        sys.exit(f"{' '.join(command[:4])} … ended with {process.returncode}: {said[-500:]}")
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024), said


def least(rounds: Sequence[Spent]) -> Spent:
    """The least of several rounds, each figure by itself: what is above it was somebody else's."""
    return Spent(
        min(one.wall for one in rounds),
        min(one.processor for one in rounds),
        min(one.peak for one in rounds),
    )


def count_bytes(folder: Path) -> int:
    """How long all files under a folder are together."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def read_through(what: Path) -> None:
    """Have the system hold a file, or all files of a folder, in its cache: every tool begins alike."""
    for path in sorted(what.iterdir()) if what.is_dir() else [what]:
        with path.open("rb") as file:
            while file.read(1 << 20):
                pass
