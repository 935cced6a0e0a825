"""Real processes: a pipe that closes, no terminal, one that hides what is typed, a disk that is read-only."""

import os
import pty
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onggi.errors import Exit

COMMAND = [sys.executable, "-m", "onggi.cli"]
PASSPHRASE = "words of the first member"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a vault whose passphrase costs what it must."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "key").write_text(PASSPHRASE + "\n", "utf-8")
    (folder / "case.toml").write_text('onggi = 1\n[case]\ntitle = "INVENTED"\nlang = "en"\n', "utf-8")
    start(folder, "init", "vault", "--passphrase-file", "key").check_returncode()
    start(folder, "record", "vault", "case.toml", "--passphrase-file", "key").check_returncode()
    return folder


def surroundings() -> dict[str, str]:
    """Ours, in English, and of a width."""
    return {**os.environ, "ONGGI_LANG": "en", "COLUMNS": "80"}


def start(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command in a session of its own, which has no terminal."""
    return subprocess.run(
        [*COMMAND, *words],
        cwd=folder,
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
    )


def type_into(folder: Path, words: list[str], *answers: str) -> tuple[int, str]:
    """A command on a terminal, each answer typed when it asks; its code and what the screen shows."""
    child, screen = pty.fork()
    if child == 0:  # the command itself
        os.chdir(folder)
        os.execve(sys.executable, [*COMMAND, *words], surroundings())  # noqa: S606 - not a shell

    shown, asked, waiting = b"", b"", list(answers)
    while select.select([screen], [], [], 20)[0]:
        try:
            piece = os.read(screen, 4096)
        except OSError:  # how a terminal says that nobody is there any more
            break
        shown += piece
        asked += piece
        if waiting and asked.endswith(b": "):
            os.write(screen, waiting.pop(0).encode() + b"\n")
            asked = b""
    os.close(screen)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def test_without_a_terminal_nobody_is_asked(real: Path) -> None:
    for words in (("log", "vault"), ("init", "other")):
        done = start(real, *words)
        assert done.returncode == Exit.USAGE
        assert "There is no terminal to ask" in done.stderr
        assert "--passphrase-file" in done.stderr
    assert not (real / "other").exists()


def test_what_is_typed_is_not_shown(real: Path) -> None:
    code, shown = type_into(real, ["log", "vault"], PASSPHRASE)
    assert code == 0, shown
    assert "Passphrase:" in shown and "no. 0" in shown
    assert PASSPHRASE not in shown


def test_a_long_table_is_recorded_while_a_terminal_watches(real: Path) -> None:
    rows = "".join(f"case,note,INVENTED {number},en\n" for number in range(600))
    (real / "long.csv").write_text(f"about,property,value,lang\n{rows}", "utf-8")
    words = ["record", "vault", "long.csv", "--case", find_case(real), "--passphrase-file", "key"]
    code, shown = type_into(real, words)
    assert code == Exit.WELL, shown
    assert "Reading 0 %" in shown and "600 statements" in shown


def test_a_new_passphrase_is_asked_for_twice(real: Path) -> None:
    code, shown = type_into(real, ["init", "other"], "first wording", "other wording")
    assert code == Exit.USAGE
    assert "wording" not in shown
    assert not (real / "other").exists()


def test_the_end_of_input_is_an_interrupt(real: Path) -> None:
    code, shown = type_into(real, ["log", "vault"], "\x03")
    assert code == Exit.INTERRUPTED, shown
    assert "Stopped" in shown and "Traceback" not in shown


def test_a_pipe_that_closes_is_no_error(real: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "--help"],
        cwd=real,
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == Exit.WELL


@pytest.mark.system
def test_a_read_only_disk_is_read_and_refuses_to_record(real: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not here")
    hold = "mount --bind vault vault && mount -o remount,bind,ro vault"
    if subprocess.run(["unshare", "-rm", "bash", "-c", hold], cwd=real, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    commands = f'{hold} && "$0" -m onggi.cli show vault "$1" --passphrase-file key'
    commands += ' ; "$0" -m onggi.cli record vault case.toml --passphrase-file key'
    done = subprocess.run(
        ["unshare", "-rm", "bash", "-c", commands, sys.executable, find_case(real)],
        cwd=real,
        env=surroundings(),
        capture_output=True,
        text=True,
    )
    assert "Title: INVENTED" in done.stdout
    assert done.returncode == Exit.CLOSED, done.stderr
    assert str(real) not in done.stderr


def find_case(folder: Path) -> str:
    """The code of the only case."""
    found = start(folder, "search", "vault", "INVENTED", "--passphrase-file", "key").stdout
    return found.split(" ")[0]
