"""Whatever a file does to its reader, the reader is another process, with nothing in it and few rights."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.evidence.invented import MAKER, make_hostile, make_photo, make_picture

from onggi.errors import OnggiError
from onggi.evidence import quarantine
from onggi.evidence.quarantine import LARGEST, Quarantine

CONFINED = "from onggi.evidence.quarantined import confine, limit_time\nconfine()\n"
# Seconds for one file on a machine that is busy; the limits of the process itself are far below.
PATIENCE = 40


@pytest.mark.parametrize("name", sorted(make_hostile()))
def test_a_hostile_file_is_answered_in_time(name: str) -> None:
    data, outcome = make_hostile()[name]
    began = time.monotonic()
    with Quarantine() as apart:
        assert apart.look(data).outcome == outcome
        try:
            copy = apart.copy(data)
        except OnggiError as error:
            assert error.id in {"evidence.copy.form", "evidence.broken", "evidence.limits"}
        else:
            assert copy.media_type in {"image/jpeg", "image/png", "application/pdf"}
        assert apart.look(make_photo()).outcome == "read", "the next file is none the worse for it"
    assert time.monotonic() - began < PATIENCE


def test_one_process_answers_for_all_and_ends() -> None:
    with Quarantine() as apart:
        apart.look(make_photo())
        first = apart._process
        apart.look(make_picture("PNG"))
        assert apart._process is first and first is not None
    assert first.returncode is not None


def test_nothing_is_started_for_what_is_no_kind_of_ours() -> None:
    with Quarantine() as apart:
        assert apart.look(b"just text").outcome == "other_form"
        assert apart._process is None


def test_a_reader_that_dies_is_an_answer_and_the_next_one_is_alive() -> None:
    with Quarantine() as apart:
        apart.look(make_photo())
        assert apart._process is not None
        apart._process.kill()
        apart._process.wait()
        look = apart.look(make_photo())
        assert (look.outcome, look.found) == ("stopped", ("evidence.look.stopped",))
        assert ("EXIF Make", MAKER) in apart.look(make_photo()).entries


def test_a_reader_that_never_answers_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "_PATIENCE", 0.5)
    with Quarantine() as apart:
        apart._process = subprocess.Popen(
            [sys.executable, "-c", "import sys, time; sys.stdin.buffer.read(9); time.sleep(60)"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        with pytest.raises(OnggiError, match="evidence.copy.stopped"):
            apart.copy(make_photo())


def test_a_reader_that_lies_is_not_believed() -> None:
    lies = b"\0" * 7 + b"\xff" + b"\0" * 8  # it says that 255 bytes follow, and none does
    with Quarantine() as apart:
        apart._process = subprocess.Popen(
            [sys.executable, "-c", f"import sys; sys.stdout.buffer.write({lies!r})"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert apart.look(make_photo()).outcome == "stopped"


@pytest.mark.skipif(sys.platform != "linux", reason="this system tells nobody that its parent died")
def test_a_reader_does_not_outlive_who_asked() -> None:
    ask = (
        "import os, signal\nfrom onggi.evidence.quarantine import Quarantine\n"
        f"apart = Quarantine()\napart.look({make_photo()!r})\n"
        "print(apart._process.pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL
    reader = Path("/proc") / done.stdout.strip()
    for _ in range(100):
        if not reader.exists() or "State:\tZ" in (reader / "status").read_text():
            return
        time.sleep(0.05)
    raise AssertionError("it is still there")


def test_more_than_is_opened_is_not_opened() -> None:
    large = make_photo() + bytes(LARGEST)
    with Quarantine() as apart:
        assert apart.look(large).outcome == "too_large"
        with pytest.raises(OnggiError, match="evidence.copy.large"):
            apart.copy(large)
        assert apart._process is None


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such limits")
@pytest.mark.parametrize(
    ("deed", "ending"),
    [
        ("limit_time(0)\nwhile True: pass", -signal.SIGXCPU),
        ("open('written', 'w').write('x' * 9999)", -signal.SIGXFSZ),
        ("bytearray(4 << 30)", 1),
        ("print('well')", 0),
    ],
)
def test_a_confined_process_may_do_little(deed: str, ending: int, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CONFINED + deed], cwd=tmp_path, capture_output=True)
    # Python ignores the signal of a file that grows too large, and says the error.
    assert done.returncode in ({ending, 1} if ending == -signal.SIGXFSZ else {ending}), done.stderr
    assert [path.stat().st_size for path in tmp_path.iterdir()] in ([], [0])


def test_it_is_started_with_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONGGI_SECRET", "what is in our surroundings")
    started = []
    popen = subprocess.Popen

    def watch(*words: object, **how: object) -> "subprocess.Popen[bytes]":
        started.append((words, how))
        return popen(*words, **how)  # type: ignore[call-overload,no-any-return]  # as it was called

    monkeypatch.setattr(subprocess, "Popen", watch)
    with Quarantine() as apart:
        apart.look(make_photo())
    ((words, how),) = started
    assert words == ([sys.executable, "-s", "-P", "-m", "onggi.evidence.quarantined", str(os.getpid())],)
    surroundings = how["env"]
    assert isinstance(surroundings, dict) and "ONGGI_SECRET" not in surroundings
    assert how["cwd"] == "/" and not how.get("shell")
