"""The example vault, opened by the command that a person types, in a process of its own; and a browser in it.

Nothing stands in for anything: the address that is printed is gone to once, and what answers are the guards,
the pages and the vault.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from tests.web.browser import Watched, open_context, watch

import onggi
from onggi.cli.example import make_example
from onggi.cli.opening import read_clock
from onggi.intake.example import Example


@dataclass(frozen=True)
class Opened:
    """The example vault while it is open: its origin, and what a browser needs to be let in again."""

    browser: Browser
    example: Example
    origin: str
    state: Any

    def visit(self, path: str, tongue: str = "en", **face: Any) -> Watched:
        """A watched page in a language, in a context of its own with this face."""
        seen = watch(open_context(self.browser, storage_state=self.state, **face), self.origin)
        seen.speak(tongue)
        seen.page.goto(self.origin + path)
        return seen


@contextmanager
def open_example(browser: Browser, folder: Path, days: int = 0) -> Iterator[Opened]:
    """The example vault, made at `folder` so many days ago and opened by the member who made it."""
    example = make_example(folder / "vault", lambda: read_clock() - days * 86_400_000)
    with open_made(browser, example, example.passphrase_file) as opened:
        yield opened


@contextmanager
def open_made(browser: Browser, example: Example, passphrase_file: Path, slot: int = 1) -> Iterator[Opened]:
    """An example that lies there, opened by one of its members; the address was gone to, once."""
    with _serve(example, passphrase_file, slot) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        yield Opened(browser, example, page.evaluate("location.origin"), context.storage_state())
        context.close()


@contextmanager
def _serve(example: Example, passphrase_file: Path, slot: int) -> Iterator[str]:
    """The address that opens it once."""
    command = [
        *(sys.executable, "-m", "onggi.cli", "open", str(example.vault), "--as", str(slot)),
        *("--passphrase-file", str(passphrase_file), "--no-browser", "--idle", "30"),
    ]
    source = Path(onggi.__file__).parents[1]
    surroundings = {**os.environ, "PYTHONPATH": str(source), "ONGGI_LANG": "en"}
    quiet, pipe = subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(
        command, stdin=quiet, stdout=pipe, stderr=quiet, text=True, env=surroundings
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
