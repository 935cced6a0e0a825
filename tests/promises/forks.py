"""A server that does each work in a child of its own, which may be struck in the middle of it.

Run as a program, under strace where a call is to be struck. strace strikes the call of a number, the same for
every child: a child that is to be struck earlier spends the calls before on nothing. Its log, a file for each
child, tells which calls a work makes and at which of them it ended.
"""

import contextlib
import ctypes
import fcntl
import os
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from tests.promises.commands import COMMANDS
from tests.promises.sabotage import SABOTAGES
from tests.promises.works import WORKS, Bases, Scene, Work, cheapen

ROOT = Path(__file__).parents[2]
CALLS = (
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "unlink",
    "utimensat",
    "mkdir",
    "ftruncate",
    "flock",
)
_LONGEST = 64 * 1024
_NO_FILE = 9999  # a descriptor that nobody has

# What spends a call: it fails and changes nothing.
_SPEND: Mapping[str, Callable[[], object]] = {
    "write": lambda: os.write(_NO_FILE, b""),
    "pwrite64": lambda: os.pwrite(_NO_FILE, b"", 0),
    "fsync": lambda: os.fsync(_NO_FILE),
    "fdatasync": lambda: os.fdatasync(_NO_FILE),
    "rename": lambda: os.rename("", ""),
    "unlink": lambda: os.unlink(""),
    "utimensat": lambda: os.utime(""),
    "mkdir": lambda: os.mkdir(""),
    "ftruncate": lambda: os.ftruncate(_NO_FILE, 0),
    "flock": lambda: fcntl.flock(_NO_FILE, fcntl.LOCK_UN),
}
_LINE = re.compile(r"(?P<call>\w+)\((?P<rest>.*)")
_PLACE = re.compile(r"/(?P<place>keys|heads|rings|desks|packs|index|tmp|lock)(?=[/\">])")
_PATH = re.compile(r"[<\"](/[^>\"]*)[>\"]")

# ext4 stops at once and forgets what its journal has not written yet: include/uapi/linux/ext4.h.
_SHUTDOWN, _NO_LOG_FLUSH = 0x8004587D, 2


class Order(msgspec.Struct, frozen=True):
    """What the server is to do: a work in a folder, and what is to happen to whoever does it.

    A kind of call is spent some times before it begins; after a delay the process is killed or, if one is
    named, a mounted disk is cut off; it may be sabotaged, speak a language, or be held to what a folder
    allows even if it runs as root.
    """

    work: str
    tag: str
    root: str
    spend: str = ""
    times: int = 0
    delay: float = -1.0
    cut: str = ""
    sabotage: str = ""
    language: str = "en"
    meek: bool = False


class Answer(msgspec.Struct, frozen=True):
    """What came of it: how many steps were acknowledged, how the child ended, and what it raised."""

    pid: int
    answers: int
    signal: int
    raised: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Call:
    """One call that a work made: which, at what place of the vault, on which path, and whether it failed."""

    name: str
    place: str
    path: str
    failed: bool


class Server:
    """The server as the tests see it."""

    def __init__(self, ground: Path, strike: str = "") -> None:
        """Start it; with a `strike`, as strace's option --inject has it, for all kinds of call."""
        self._logs = Path(tempfile.mkdtemp(prefix="logs", dir=ground))
        command = [sys.executable, "-m", "tests.promises.forks", str(ground)]
        if strike:
            kinds = ",".join(f"?{call}" for call in CALLS)
            command = [
                *("strace", "-f", "-qq", "-y", "-s", "0", "-e", f"trace={kinds}", "-e", "signal=none"),
                *("-e", f"inject={kinds}:{strike}"),
                *("-ff", "-o", str(self._logs / "of")),
                *command,
            ]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )

    def do(self, order: Order) -> tuple[Answer, list[Call]]:
        """Have a work done; the calls it made are known under strace alone."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(msgspec.json.encode(order))
        answer = msgspec.json.decode(self._process.stdout.read(_LONGEST), type=Answer)
        return answer, self._read_calls(answer.pid, order)

    def close(self) -> None:
        """Let it end."""
        self._process.communicate()

    def _read_calls(self, pid: int, order: Order) -> list[Call]:
        log = self._logs / f"of.{pid}"
        if not log.exists():
            return []
        lines = log.read_text().splitlines()
        log.unlink()
        calls, spent = [], 0
        for match in filter(None, map(_LINE.match, lines)):
            if match["call"] == order.spend and spent < order.times:
                spent += 1
                continue
            given, _, result = match["rest"].rpartition(" = ")
            places, paths = _PLACE.findall(given), _PATH.findall(given)
            calls.append(
                Call(
                    match["call"],
                    places[-1] if places else "outside",
                    paths[-1] if paths else "",
                    result.startswith("-1"),
                )
            )
        return calls


@contextlib.contextmanager
def serving(ground: Path, strike: str = "") -> Iterator[Server]:
    """A server while this lasts."""
    server = Server(ground, strike)
    try:
        yield server
    finally:
        server.close()


def find_obstacle() -> str:
    """Why no call can be struck here; empty where one can."""
    if shutil.which("strace") is None:
        return "strace is not here"
    tried = subprocess.run(["strace", "-f", "-o", os.devnull, "true"], capture_output=True)
    return "" if tried.returncode == 0 else "strace may not trace here"


def _environment() -> dict[str, str]:
    paths = [str(ROOT), *(path for path in sys.path if path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"}


def serve(ground: Path) -> None:
    """Answer orders until there are no more."""
    cheapen(pytest.MonkeyPatch())
    bases = Bases(ground)
    while order := os.read(sys.stdin.fileno(), _LONGEST):
        _tell(sys.stdout.fileno(), msgspec.json.encode(_fork(bases, msgspec.json.decode(order, type=Order))))


def _tell(pipe: int, data: bytes) -> None:
    """Not by `write`: the server would be struck at it sooner or later, and a child perhaps has been."""
    os.writev(pipe, [data])


def _fork(bases: Bases, order: Order) -> Answer:
    work = {**WORKS, **COMMANDS}[order.work](order.tag)
    scene = bases.scene(work, Path(order.root), order.tag)
    answers, raised = os.pipe(), os.pipe()
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        _be_child(work, scene, order, answers[1], raised[1])
    os.close(answers[1])
    os.close(raised[1])
    if order.delay >= 0:
        # It ends by itself, or it is struck when the time is over.
        select.select([raised[0]], [], [], order.delay)
        _strike(pid, order.cut)
    told, error = _read_all(answers[0]), _read_all(raised[0])
    _, status = os.waitpid(pid, 0)
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    return Answer(pid, len(told), ended, error.decode(), time.monotonic() - started)


def _strike(pid: int, cut: str) -> None:
    if not cut:
        os.kill(pid, signal.SIGKILL)
        return
    disk = os.open(cut, os.O_RDONLY)
    fcntl.ioctl(disk, _SHUTDOWN, struct.pack("I", _NO_LOG_FLUSH))
    os.close(disk)


def _be_child(work: Work, scene: Scene, order: Order, answers: int, raised: int) -> None:
    try:
        os.environ["ONGGI_LANG"] = order.language
        if order.meek:
            _give_up_powers()
        if order.sabotage:
            SABOTAGES[order.sabotage][-1](pytest.MonkeyPatch())
        for _ in range(order.times):
            with contextlib.suppress(OSError):
                _SPEND[order.spend]()
        for step in work.steps:
            step.do(scene)
            _tell(answers, b".")
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent is told
        _tell(raised, f"{type(error).__name__}: {error}".encode())
    finally:
        os._exit(0)


def _give_up_powers() -> None:
    """Let root be held to what files and folders allow: capset of Linux with empty sets."""
    header, nothing = struct.pack("Ii", 0x20080522, 0), bytes(24)
    if ctypes.CDLL(None, use_errno=True).capset(header, nothing):
        raise OSError(ctypes.get_errno(), "capset")


def _read_all(pipe: int) -> bytes:
    found = b""
    while piece := os.read(pipe, _LONGEST):
        found += piece
    os.close(pipe)
    return found


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
