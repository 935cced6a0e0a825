"""A desk to run commands at: a folder to work in, a home and temporary folders, all of them watched.

Commands are real processes: `Desk.run` starts Onggi as a person would, `Launched.run` forks it from a process
in which it is loaded already (launcher.py), which is ten times as fast.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launcher.py")
COMMAND = (sys.executable, "-m", "onggi.cli")
# What Onggi and Python read of the surroundings, or programs like them write to.
FOLDERS: tuple[str, ...] = (
    "HOME",
    "TMPDIR",
    "TMP",
    "TEMP",
    "SQLITE_TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
)
FOLDERS += ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


@dataclass(frozen=True)
class Said:
    """What a command ended with and said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Desk:
    """Where commands are run: `root` is watched, the commands' working folder is `root/desk`."""

    root: Path
    more: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, root: Path, **more: str) -> "Desk":
        """The folders of a new desk; `more` is added to what commands see of their surroundings."""
        for name in ("desk", *FOLDERS):
            (root / name).mkdir(parents=True)
        return cls(root, more)

    @property
    def folder(self) -> Path:
        return self.root / "desk"

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of every command: nothing of ours but what Python needs."""
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        homes = {name: str(self.root / name) for name in FOLDERS}
        return {**kept, **homes, "ONGGI_LANG": "en", "PYTHONDONTWRITEBYTECODE": "1", **self.more}

    def start(self, words: Sequence[str], before: Sequence[str] = COMMAND) -> subprocess.Popen[bytes]:
        """Start a command in a session of its own, without a terminal."""
        return subprocess.Popen(
            [*before, *words],
            cwd=self.folder,
            env=self.surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, *words: str, before: Sequence[str] = COMMAND) -> Said:
        """Run a command to its end."""
        with self.start(words, before) as process:
            out, err = process.communicate()
        return Said(process.returncode, out.decode(), err.decode())

    def files(self) -> dict[str, Path]:
        """Every file under the desk, by its place."""
        return {str(path.relative_to(self.root)): path for path in self.root.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Launched:
    """A desk whose commands are forked from a process that stays."""

    desk: Desk
    process: subprocess.Popen[str]
    said: Path

    def run(
        self, *words: str, feed: Path = Path(os.devnull), meanwhile: Callable[[int], None] | None = None
    ) -> Said:
        """Run a command to its end; `meanwhile` is called with the number of its process."""
        assert self.process.stdin and self.process.stdout
        shutil.rmtree(self.said, ignore_errors=True)
        self.said.mkdir()
        out, err = self.said / "it.out", self.said / "it.err"
        for path in (out, err):
            path.touch()
        asked = {
            "words": words,
            "folder": str(self.desk.folder),
            "environment": self.desk.surroundings,
            "said": str(self.said / "it"),
            "fed": str(feed),
        }
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        assert child > 1  # a signal to process 0 would come back to us
        try:
            if meanwhile:
                meanwhile(child)
        finally:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
            code = int(self.process.stdout.readline())
        return Said(code, out.read_text("utf-8"), err.read_text("utf-8"))


@contextmanager
def launch(desk: Desk, dear: bool = False, before: Sequence[str] = ()) -> Iterator[Launched]:
    """Commands at a desk, forked; passphrases cost something only if they are to be `dear`."""
    with subprocess.Popen(
        [*before, sys.executable, str(LAUNCHER), *(["dear"] if dear else [])],
        env=desk.surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        yield Launched(desk, process, desk.root.with_name(f"{desk.root.name}-said"))
        process.stdin.close()


def stop_while_writing(vault: Path, number: signal.Signals) -> Callable[[int], None]:
    """Something that sends a signal to a process as soon as it has staged the first file of a write."""

    before = os.listdir(vault / "tmp")  # behind an earlier crash

    def stop(child: int) -> None:
        for _ in range(60_000):
            if set(os.listdir(vault / "tmp")) - set(before):
                return os.kill(child, number)
            time.sleep(0.0005)
        raise AssertionError("nothing was written")

    return stop


def rename_host(name: str) -> tuple[str, ...]:
    """What to put before a command so that its machine has another name; nothing where nobody may."""
    rename = ("sh", "-c", 'printf %s "$0" >/proc/sys/kernel/hostname && exec "$@"', name)
    for apart in (("unshare", "--uts"), ("unshare", "--uts", "--map-root-user")):
        with suppress(FileNotFoundError):
            if not subprocess.run([*apart, *rename, "true"], capture_output=True).returncode:
                return (*apart, *rename)
    return ()
