"""docs/reference says what the code does: it is made from it, and a page that differs is told."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onggi.cli import reference
from onggi.cli.main import COMMANDS
from onggi.errors import Exit
from onggi.words import known

PAGES = Path(__file__).parents[2] / "docs/reference"


def test_the_pages_are_those_of_the_code() -> None:
    # A process of its own: help is written in the language in which a command was first loaded.
    done = subprocess.run(
        [sys.executable, "-m", "onggi.cli.reference", "--check"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (Exit.WELL, "")


def test_of_each_command_it_is_said_where_it_is_in_the_pages() -> None:
    told = (PAGES.parent / "guide/pages.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[^|]+) \|", told, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted([*named, "open"]) == sorted(COMMANDS), "each once, and the pages themselves"


def test_a_page_that_differs_is_told_and_written_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONGGI_LANG", "en")
    monkeypatch.setenv("COLUMNS", "80")
    folder = tmp_path / "reference"
    shutil.copytree(PAGES, folder)
    monkeypatch.setattr(reference, "_FOLDER", folder)
    monkeypatch.setattr(reference, "PAGES", {"exits.md": reference.write_exits, "new.md": lambda: "new\n"})
    (folder / "exits.md").write_text("changed by hand", "utf-8")
    assert reference.main(["--check"]) == Exit.FINDINGS
    assert "exits.md, new.md" in capsys.readouterr().out
    assert not (folder / "new.md").exists()
    assert reference.main([]) == Exit.WELL
    assert reference.main(["--check"]) == Exit.WELL
    assert (folder / "exits.md").read_text("utf-8") == (PAGES / "exits.md").read_text("utf-8")


def test_every_exit_is_said() -> None:
    assert [code.name for code in Exit if not known(f"cli.exit.{code.name}")] == []
