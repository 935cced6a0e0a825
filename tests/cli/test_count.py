"""`onggi count` as it is typed: nothing heavy for the other commands, and it can be interrupted."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from onggi.cli.main import run
from onggi.count import latent
from onggi.errors import Exit

CELLS = "a,b,c,count\n1,0,0,110\n0,1,0,95\n0,0,1,80\n1,1,0,45\n1,0,1,38\n0,1,1,35\n1,1,1,18\n"
LIGHT = """
import sys, onggi.cli.main, onggi.cli.count
sys.exit(len({"numpy", "scipy", "numba"} & set(sys.modules)))
"""
DRAW = latent.draw_latent
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


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_run_that_was_killed_goes_on_and_ends_alike(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table.write_text(CELLS.replace("a,b,c", "camp,clinic,court"))
    kept = table.with_name("kept")
    words = ["count", str(table), "--cells", "--json", "--seed", "5"]
    with subprocess.Popen(
        [sys.executable, "-c", BEGUN, *words, "--resume", str(kept)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == b"1\n"
        while not kept.exists() and process.poll() is None:
            time.sleep(0.01)
        process.kill()
    data = kept.read_bytes()
    assert b"latent" in data and b"camp" not in data and kept.stat().st_mode & 0o077 == 0
    assert run([*words[:-1], "6", "--resume", str(kept)]) == Exit.USAGE and kept.read_bytes() == data
    capsys.readouterr()
    assert run(words) == Exit.WELL
    whole = capsys.readouterr().out
    monkeypatch.setattr(latent, "draw_latent", _draw_but_not_default)
    assert run([*words, "--resume", str(kept)]) == Exit.WELL
    assert capsys.readouterr().out == whole and not kept.exists()


def _draw_but_not_default(*arguments: Any, **named: Any) -> Any:
    assert "classes" in named, "this stage was done before the kill"
    return DRAW(*arguments, **named)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"form": "count 1", "run": "", "stages": 1}', b"\xff"])
def test_what_is_no_kept_run_is_refused_and_left_alone(table: Path, data: bytes) -> None:
    kept = table.with_name("kept")
    kept.write_bytes(data)
    assert run(["count", str(table), "--cells", "--resume", str(kept)]) == Exit.USAGE
    assert kept.read_bytes() == data


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
