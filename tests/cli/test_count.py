"""`onggi count` as it is typed: nothing heavy for the other commands, and it can be interrupted."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onggi.cli.main import run
from onggi.errors import Exit

CELLS = "a,b,c,count\n1,0,0,110\n0,1,0,95\n0,0,1,80\n1,1,0,45\n1,0,1,38\n0,1,1,35\n1,1,1,18\n"
LIGHT = """
import sys, onggi.cli.main, onggi.cli.count
sys.exit(len({"numpy", "scipy", "numba"} & set(sys.modules)))
"""
BEGUN = """
import sys, onggi.count.latent_moves, onggi.cli.main
print(1, flush=True)
sys.exit(onggi.cli.main.run(sys.argv[1:]))
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of patterns."""
    path = tmp_path / "cells.csv"
    path.write_text(CELLS)
    return path


def test_no_other_command_waits_for_the_heavy_libraries() -> None:
    assert subprocess.run([sys.executable, "-c", LIGHT], check=False).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_an_interruption_is_answered(table: Path) -> None:
    page = table.with_name("page")
    with subprocess.Popen(
        [sys.executable, "-c", BEGUN, "count", str(table), "--cells", "--report", str(page)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "ONGGI_LANG": "en"},
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == b"1\n"
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=120) == Exit.INTERRUPTED
    assert not page.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--cells", "--replicates", "r.csv"],
        ["--cells", "--lists", "a,b,c"],
        ["--seed", "-1"],
        ["--population", "none.toml"],
    ],
)
def test_what_was_typed_wrongly(arguments: list[str], table: Path) -> None:
    assert run(["count", str(table), *arguments]) == Exit.USAGE


def test_bytes_that_are_no_text_are_refused(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_bytes(b"a,b,count\n\xff\xfe,1,2\n")
    assert run(["count", str(table), "--json"]) == Exit.REFUSED
    assert '"code": "intake.file.encoding"' in capsys.readouterr().out
