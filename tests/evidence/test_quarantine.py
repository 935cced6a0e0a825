"""Whatever a file does to its reader, the reader is another process, with nothing in it and few rights."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from tests.evidence.invented import (
    MAKER,
    make_heif,
    make_hostile,
    make_pdf,
    make_photo,
    make_picture,
    make_zip,
)

from onggi.errors import OnggiError
from onggi.evidence import quarantine
from onggi.evidence.quarantine import LARGEST, Quarantine
from onggi.evidence.quarantined import look_into, write_anew

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
        ("open('written', 'w').write('x' * 9999)", 1),
        ("bytearray(4 << 30)", 1),
        ("print('well')", 0),
    ],
)
def test_a_confined_process_may_do_little(deed: str, ending: int, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CONFINED + deed], cwd=tmp_path, capture_output=True)
    assert done.returncode == ending, done.stderr
    assert list(tmp_path.iterdir()) == []


def list_forms() -> dict[str, bytes]:
    """A file of each form, and texts in each of the characters they come in."""
    forms = {form: make_picture(form) for form in ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF")}
    forms |= {"photo": make_photo(), "pdf": make_pdf(make_photo()), "heif": make_heif()}
    for coding, head in (("gb18030", b"ASCII\0\0\0"), ("utf-16", b"UNICODE\0")):
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0x9286] = head + "村里的照片".encode(coding)
        out = io.BytesIO()
        Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
        forms[coding] = out.getvalue()
    name = "마을.txt".encode().decode("cp437")
    return {**forms, "zip": make_zip({"word/document.xml": "<a/>", name: "plain"})}


@pytest.mark.parametrize("form", sorted(list_forms()))
def test_behind_all_walls_a_file_is_read_as_before_them(form: str) -> None:
    """Whatever a decoder wants of the disk must be there before: what is missing would be *broken*."""
    data = list_forms()[form]
    with Quarantine() as apart:
        assert apart.look(data) == look_into(data)
        if form not in {"heif", "zip"}:
            assert apart.copy(data) == write_anew(data)


ATTEMPTS = """
import errno, json, os, socket, subprocess, sys
def say(what):
    try:
        what()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "well"
def connect(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as one:
        one.settimeout(5)
        one.connect(address)
deeds = {
    "network": lambda: connect(socket.AF_INET, ("127.0.0.1", 1)),
    "beside": lambda: connect(socket.AF_UNIX, os.path.join(os.getcwd(), "nobody")),
    "program": lambda: os.execv(sys.executable, [sys.executable, "-c", "print('{}')"]),
    "file": lambda: open("there", "rb").close(),
}
"""


def attempt(before: str, deeds: str, folder: Path) -> dict[str, str]:
    (folder / "there").write_text("what its user may read")
    script = f"{ATTEMPTS}{before}\nprint(json.dumps({{one: say(deeds[one]) for one in {deeds.split()!r}}}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such limits")
def test_a_confined_process_opens_no_file(tmp_path: Path) -> None:
    assert attempt("", "file", tmp_path) == {"file": "well"}
    found = attempt(CONFINED, "file", tmp_path)
    assert found["file"] in {"EMFILE", "EPERM"}


@pytest.mark.skipif(sys.platform != "linux", reason="this system has no such wall")
def test_behind_the_wall_is_no_network_and_no_program(tmp_path: Path) -> None:
    # Nobody listens at either place; what refuses shows who refused.
    without = {"network": "ECONNREFUSED", "beside": "ENOENT"}
    assert attempt("", "network beside", tmp_path) == without
    wall = "from onggi.evidence.wall import raise_wall\nif raise_wall() != 'calls': deeds = {}\n"
    try:
        found = attempt(wall, "network beside program file", tmp_path)
    except subprocess.CalledProcessError:
        pytest.skip("this kernel, or the container around us, has no such wall")
    assert found == dict.fromkeys(("network", "beside", "program", "file"), "EPERM")


@pytest.mark.skipif(sys.platform != "linux", reason="this system has no such wall")
def test_where_calls_cannot_be_refused_the_network_is_an_empty_one(tmp_path: Path) -> None:
    wall = (
        "from onggi.evidence import wall\nwall._CALLS = {}\nif wall.raise_wall() != 'network': deeds = {}\n"
    )
    try:
        found = attempt(wall, "network file", tmp_path)
    except subprocess.CalledProcessError:
        pytest.skip("this kernel, or the container around us, gives nobody a network of her own")
    assert found == {"network": "ENETUNREACH", "file": "well"}


@pytest.mark.skipif(sys.platform != "linux", reason="this system has no such wall")
def test_a_reader_stands_behind_the_wall_before_it_reads() -> None:
    with Quarantine() as apart:
        apart.look(make_photo())
        assert apart._process is not None
        status = Path(f"/proc/{apart._process.pid}/status").read_text()
    stands = subprocess.run(
        [sys.executable, "-c", "from onggi.evidence.wall import raise_wall\nprint(raise_wall())"],
        capture_output=True,
        text=True,
        check=True,
    )
    if stands.stdout.strip() != "calls":
        pytest.skip("this kernel, or the container around us, has no such wall")
    ours = count_filters(Path("/proc/self/status").read_text())
    assert count_filters(status) == ours + 1


def count_filters(status: str) -> int:
    """How many programs of the kernel stand between a process and its calls; a container has one already."""
    found = re.search(r"^Seccomp_filters:\t(\d+)$", status, re.MULTILINE)
    return int(found[1]) if found else pytest.skip("this kernel does not count them")


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
