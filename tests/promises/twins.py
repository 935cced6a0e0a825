"""One test, two sizes: a small twin in `make test`, and the full count in `make soak`.

`@twin(20, 10_000)` gives a test its `count`. In a soak the `tally` of each test becomes one row of
docs/soak.md; rows of tests that did not run stay as they are, with their own day. `SOAK_SHARE=50 make soak`
runs a fiftieth of each count, and a row of it says so; it takes the place of no full one.
"""

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

SHARE = "the full count"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "soak.md"

_Test = TypeVar("_Test", bound=Callable[..., object])
_ROW = re.compile(r"\| .*`(?P<test>[\w./]+::[\w\[\]-]+)` \|")
_HEAD = """# What the full counts found

Written by `make soak`, a row for each test that ran, with its own day; `make soak ARGS="-k name"` runs some.
Each has a small twin of the same code in `make test`. What each promise means, and what is left:
[threat model](design/threat-model.md).

| promise | what was done | counts | result | minutes | day | on | test |
|---|---|---|---|---|---|---|---|
"""


def twin(small: int, full: int) -> Callable[[_Test], _Test]:
    """Run a test with a small `count` always, and with the full one in a soak."""
    soaked = max(small, full // int(os.environ.get("SOAK_SHARE", "1")))
    sizes = [pytest.param(small, id="twin"), pytest.param(soaked, id="full", marks=pytest.mark.soak(full))]
    return pytest.mark.parametrize("count", sizes)


@dataclass
class Tally:
    """What a test counted while it ran, in the order in which it was first counted."""

    counts: dict[str, int] = field(default_factory=dict)
    share: str = ""

    def add(self, what: str, more: int = 1) -> None:
        """Count some more of `what`."""
        self.counts[what] = self.counts.get(what, 0) + more

    def __str__(self) -> str:
        counted = [f"{number:,} {what}" for what, number in self.counts.items()]
        return " · ".join([self.share, *counted] if self.share else counted)


def write_row(module: str, sentence: str, tally: Tally, passed: bool, seconds: float, day: str) -> None:
    """Put the row of one test into docs/soak.md; `module` is the docstring that opens with its promises."""
    path, _, name = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0].partition("::")
    test = f"{Path(path).name}::{name}"
    promise = module.strip().partition(".")[0]
    what = " ".join(sentence.partition("\n\n")[0].split())
    result = "held" if passed else "**broken**"
    machine = f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    machine += f", at {commit}" if (commit := _find_commit()) else ""
    row = f"| {promise} | {what} | {tally} | {result} | {seconds / 60:.1f} | {day} | {machine} | `{test}` |"
    rows = _read_rows()
    if tally.share and passed and test in rows and SHARE not in rows[test]:
        return
    rows[test] = row
    in_order = sorted(rows.values(), key=lambda one: (int(re.findall(r"\d+", one)[0]), one))
    PAGE.write_text(_HEAD + "\n".join(in_order) + "\n", "utf-8")


def _find_commit() -> str:
    """Which commit was tried, with + where code was changed since; empty where that cannot be told."""
    git = shutil.which("git")
    if git is None:
        return ""
    commit = _ask([git, "rev-parse", "--short", "HEAD"])
    changed = _ask([git, "status", "--porcelain", "--", "src", "tests"])
    return f"{commit}+" if commit and changed else commit


def _ask(command: list[str]) -> str:
    done = subprocess.run(command, cwd=PAGE.parents[1], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _read_rows() -> dict[str, str]:
    if not PAGE.exists():
        return {}
    lines = PAGE.read_text("utf-8").splitlines()
    return {found["test"]: line for line in lines if (found := _ROW.fullmatch(line))}
