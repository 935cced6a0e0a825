"""What docs/guide/names.md shows of a text that waits: its files are recorded, its commands run."""

import os
import re
from pathlib import Path

import pytest
from tests.cli.conftest import make_cheap
from tests.cli.test_guide import blur, read_transcripts

from onggi.cli.main import run

PAGE = Path(__file__).parents[2] / "docs/guide/names.md"
_FILE = re.compile(r"`(\w+\.toml)`[^`\n]*\n\n```toml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_DRAWN = {
    "CASE": r"\bC-[0-9A-Z]{7}\b",
    "PERSON": r"\bP-[0-9A-Z]{7}\b",
    "SOURCE": r"\bS-[0-9A-Z]{7}\b",
    "STATEMENT": r"(?m)^ *([0-9a-f]{32})\b",
    "MEMBER": r"by member ([0-9a-f]{6})\b",
}
"""What stands on the page for what is drawn anew each time, and where it is told."""


def fill(text: str, drawn: dict[str, str]) -> str:
    """The page's words with what was drawn."""
    return re.sub("|".join(_DRAWN), lambda found: drawn.get(found[0], found[0]), text)


def write_file(name: str, files: dict[str, str], drawn: dict[str, str]) -> None:
    """A file of the page."""
    Path(name).write_text(fill(files[name], drawn), "utf-8")


def retell(page: str, capture: pytest.CaptureFixture[str]) -> str:
    """The page with what its commands say now."""
    files, drawn = dict(_FILE.findall(page)), dict[str, str]()
    for command, said in read_transcripts(page):
        for name in re.findall(r"\w+\.toml", command):
            write_file(name, files, drawn)
        capture.readouterr()
        words = re.findall(r'"[^"]*"|\S+', fill(command, drawn))
        run([word.strip('"') for word in words[1:]])
        told = "".join(capture.readouterr())
        for name, pattern in _DRAWN.items():
            found = re.search(pattern, told)
            drawn[name] = found[found.re.groups] if found else drawn.get(name, name)
        for name, value in drawn.items():
            told = told.replace(value, name)
        told = re.sub(r"(?:[0-9a-f]{4} ?){16}", "FINGERPRINT", told)
        page = page.replace(f"$ {command}\n{said}", f"$ {command}\n{told}")
    return page


def test_a_text_waits_until_somebody_who_may_has_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_cheap(monkeypatch)
    monkeypatch.setenv("ONGGI_LANG", "en")
    monkeypatch.chdir(tmp_path)
    for name in ("first", "second"):
        Path(name).write_text(f"words of the {name} member\n", "utf-8")
    page = PAGE.read_text("utf-8")
    told = retell(page, capsys)
    if os.environ.get("ONGGI_WRITE"):
        PAGE.write_text(told, "utf-8")
    assert [blur(said) for _, said in read_transcripts(PAGE.read_text("utf-8"))] == [
        blur(said) for _, said in read_transcripts(told)
    ]
    assert told.count("nobody has screened for names") == 1
    assert told.count("One statement was looked through and signed as screened") == 2
    held = told.partition("--hold-back")[2]
    assert held.index("Held back by member") < held.index("0 statements were looked through")
    assert held.index("left as it is") < held.index("One statement was looked through")
    assert Path("bag").is_dir() and not Path("refused").exists()
    assert "characters 11 to 19" in told
