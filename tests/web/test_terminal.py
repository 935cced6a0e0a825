"""`onggi open` at a terminal: the passphrase is asked unseen; Enter gives a new address, or unlocks again."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.web.opened import PATIENCE, Opened

from onggi.errors import Exit
from onggi.vault.opened import open_vault

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are listed through /proc"),
]


class Terminal:
    """A terminal at which somebody sits, and what stands on it."""

    def __init__(self, vault: Path) -> None:
        self.shown = ""
        pid, self._master = pty.fork()
        if pid == 0:
            os.environ["ONGGI_LANG"] = "en"
            words = [sys.executable, "-m", "onggi.cli", "open", str(vault), "--no-browser"]
            os.execv(sys.executable, words)  # noqa: S606 - our own command, as a person starts it
        self.pid = pid

    def wait_for(self, pattern: str) -> str:
        """What comes next that looks so; everything up to it is taken off."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if hit := re.search(pattern, self.shown):
                self.shown = self.shown[hit.end() :]
                return hit[0]
            if select.select([self._master], [], [], 0.5)[0]:
                self.shown += os.read(self._master, 65536).decode("utf-8", "replace")
        raise AssertionError(f"never came: {pattern}; there was: {self.shown}")

    def type(self, text: str) -> None:
        """Type, as a person does."""
        os.write(self._master, text.encode())

    def end(self) -> int:
        """Ctrl-C; its exit code."""
        self.type("\x03")
        return self.leave()

    def leave(self) -> int:
        """The exit code with which it ends by itself."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if select.select([self._master], [], [], 0.2)[0]:
                try:
                    self.shown += os.read(self._master, 65536).decode("utf-8", "replace")
                except OSError:
                    break
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """The example vault."""
    vault = tmp_path / "vault"
    subprocess.run([sys.executable, "-m", "onggi.cli", "demo", str(vault)], check=True, capture_output=True)
    return vault


@pytest.fixture
def terminal(vault: Path) -> Iterator[Terminal]:
    """A terminal with `onggi open` in it."""
    terminal = Terminal(vault)
    yield terminal
    try:
        os.kill(terminal.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


ADDRESS = r"http://[0-9a-f]{32}\.localhost:\d+/open\?t=[0-9a-f]{64}"


def test_a_person_opens_locks_opens_again_and_closes(terminal: Terminal, vault: Path) -> None:
    passphrase = Path(f"{vault}.passphrase").read_text("utf-8").splitlines()[0]
    terminal.wait_for("Passphrase")
    terminal.type(f"{passphrase}\n")
    first = terminal.wait_for(ADDRESS)
    opened = Opened(terminal, [first])  # type: ignore[arg-type]
    terminal.wait_for("Enter: a new address")
    terminal.type("\n")
    opened.addresses.append(terminal.wait_for(ADDRESS))
    old = opened.send("GET", f"/open?t={first.rsplit('=', 1)[1]}", [("Host", opened.host)])
    assert old.status == 403
    opened.come_in()
    opened.post("/lock")
    terminal.wait_for("Locked, as you asked")
    assert opened.get("/jobs").status == 423
    terminal.type("\n")
    terminal.wait_for("Passphrase")
    assert opened.get("/jobs").status == 423  # until it is unlocked
    terminal.type("wrong\n")
    terminal.wait_for("did not open")
    terminal.type("\n")
    terminal.wait_for("Passphrase")
    terminal.type(f"{passphrase}\n")
    again = terminal.wait_for(ADDRESS)
    assert again.split("/open")[0] == first.split("/open")[0]
    assert opened.get("/jobs").status == 401  # the cookie of before the lock
    opened.addresses.append(again)
    opened.come_in()
    assert opened.get("/jobs").status == 200
    assert passphrase not in terminal.shown
    assert terminal.end() == 0
    assert "Closed." in terminal.shown


PASSPHRASE = "seven words that nobody else would say"


@pytest.fixture
def nowhere(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal with `onggi open` in it, of a place where nothing lies."""
    terminal = Terminal(tmp_path / "none")
    yield terminal
    with suppress(ProcessLookupError):
        os.kill(terminal.pid, signal.SIGKILL)


def test_where_none_lies_a_new_vault_is_made_and_opened(nowhere: Terminal, tmp_path: Path) -> None:
    nowhere.wait_for("1, 2 or Enter:")
    assert not (tmp_path / "none").exists()
    nowhere.type("1\n")
    for asked in ("New passphrase|passphrase", "again|Again|once more"):
        nowhere.wait_for(asked)
        time.sleep(0.3)
        nowhere.type(f"{PASSPHRASE}\n")
    nowhere.wait_for("The vault is made")
    nowhere.wait_for("Passphrase")
    nowhere.type(f"{PASSPHRASE}\n")
    opened = Opened(nowhere, [nowhere.wait_for(ADDRESS)])  # type: ignore[arg-type]
    opened.come_in()
    assert opened.get("/members").status == 200
    assert PASSPHRASE not in nowhere.shown
    assert nowhere.end() == 0
    assert open_vault(tmp_path / "none", 1, PASSPHRASE, os.urandom).card.role == "admin"


def test_where_none_lies_the_example_is_made_and_opened(nowhere: Terminal, tmp_path: Path) -> None:
    nowhere.wait_for("1, 2 or Enter:")
    nowhere.type("2\n")
    nowhere.wait_for("The example vault is made")
    opened = Opened(nowhere, [nowhere.wait_for(ADDRESS)])  # type: ignore[arg-type]
    opened.come_in()
    assert opened.get("/members").status == 200
    assert nowhere.end() == 0
    assert (tmp_path / "none.passphrase").exists()


def test_where_none_is_wanted_it_is_refused(nowhere: Terminal, tmp_path: Path) -> None:
    nowhere.wait_for("1, 2 or Enter:")
    nowhere.type("\n")
    nowhere.wait_for("onggi: ")
    assert nowhere.leave() == Exit.ABSENT
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_offered_where_something_else_lies_or_nobody_sits(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").write_bytes(b"")
    terminal = Terminal(tmp_path / "full")
    terminal.wait_for("onggi: ")
    assert terminal.leave() == Exit.ABSENT
    command = [sys.executable, "-m", "onggi.cli", "open", str(tmp_path / "none")]
    said = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert said.returncode == Exit.ABSENT
    assert "none" not in said.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full"]
