"""The verbs: make and bootstrap.py offer the same ones, each explained; a stamp tells when to set up."""

import re
import subprocess
import sys
from pathlib import Path

import bootstrap
import pytest

HOUSE = Path(__file__).parents[2]
MAKEFILE = (HOUSE / "Makefile").read_text("utf-8")


def test_make_offers_the_same_verbs() -> None:
    assert set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE)) - {"help"} == set(bootstrap.VERBS)


def test_every_verb_is_explained() -> None:
    explained = {line.split()[0] for line in bootstrap.list_verbs().splitlines() if len(line.split()) > 2}
    assert explained == set(bootstrap.VERBS)


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["help"], 0), (["tset"], 2)])
def test_unknown_verb_lists_verbs(arguments: list[str], code: int) -> None:
    command = [sys.executable, str(HOUSE / "bootstrap.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, bootstrap.list_verbs() in done.stdout) == (code, True)


def test_stamp_follows_lock_and_metadata(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements").mkdir()
    texts = {"requirements/run.txt": "a==1", "pyproject.toml": "[project]"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    before = bootstrap.make_stamp("run")
    assert bootstrap.make_stamp("run") == before
    for name, text in texts.items():
        (tmp_path / name).write_text(f"{text}\n")
        assert bootstrap.make_stamp("run") != before
        (tmp_path / name).write_text(text)


def test_a_half_made_environment_is_not_taken_for_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "bin/python")
    (tmp_path / "onggi-run.stamp").write_text("stands")
    assert bootstrap.read_stamp("run") is None
    assert not bootstrap.environment_works()


def test_ci_script_can_run() -> None:
    script = HOUSE / ".ci/run"
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", str(script)]).returncode == 0


@pytest.mark.parametrize(("code", "seated", "opened"), [(0, True, True), (0, False, False), (3, True, False)])
def test_the_pages_open_where_somebody_sits_and_the_story_went_well(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int, seated: bool, opened: bool
) -> None:
    called: list[tuple[str, ...]] = []

    def run(*arguments: str) -> int:
        called.append(arguments)
        return code

    monkeypatch.setattr(bootstrap, "DEMO", tmp_path / "demo")
    monkeypatch.setattr(bootstrap, "set_up", lambda lock: None)
    monkeypatch.setattr(bootstrap, "run", run)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(getattr(sys, stream), "isatty", lambda: seated, raising=False)
    assert bootstrap.run_story([]) == code
    assert [arguments[2] == "open" for arguments in called] == [False, *([True] if opened else [])]
