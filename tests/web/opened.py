"""`onggi open` as a person runs it: a real process, a real vault, a real port; and what it leaves in memory.

A `Opened` knows the address that was printed and speaks HTTP over a socket of its own, to the letter, so that
it can send what no browser would. Its processes are those of its session.
"""

import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from onggi.vault.opened import Vault

Wire = (
    socket.socket
)  # taken before tests forbid it to whoever is not to reach any machine; this one reaches ours
PATIENCE = 120.0
"""Seconds that a machine has which is busy with other things."""


@dataclass(frozen=True)
class Heard:
    """An answer, as it came."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Opened:
    """A running `onggi open`."""

    process: subprocess.Popen[bytes]
    addresses: list[str] = field(default_factory=list)
    cookie: str = ""
    seal: str = ""

    @property
    def host(self) -> str:
        """Name and port."""
        return re.split(r"/+", self.addresses[-1])[1]

    @property
    def port(self) -> int:
        return int(self.host.rsplit(":", 1)[1])

    @property
    def token(self) -> str:
        return self.addresses[-1].rsplit("=", 1)[1]

    def wait_for_address(self) -> str:
        """The next line on its standard output."""
        assert self.process.stdout
        with selectors.DefaultSelector() as watched:
            watched.register(self.process.stdout, selectors.EVENT_READ)
            assert watched.select(PATIENCE), "no address was printed"
        line = self.process.stdout.readline().decode().strip()
        assert re.fullmatch(r"http://[0-9a-f]{32}\.localhost:\d+/open\?t=[0-9a-f]{64}", line), line
        self.addresses.append(line)
        return line

    def send(
        self, method: str, path: str, headers: Sequence[tuple[str, str]] = (), body: bytes = b""
    ) -> Heard:
        """A request to the letter; `Host` only where it is among the headers."""
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
        lines += ["Connection: close", *([f"Content-Length: {len(body)}"] if body else [])]
        with Wire(socket.AF_INET, socket.SOCK_STREAM) as wire:
            wire.settimeout(PATIENCE)
            wire.connect(("127.0.0.1", self.port))
            wire.sendall("\r\n".join([*lines, "", ""]).encode() + body)
            heard = b"".join(iter(lambda: wire.recv(65536), b""))
        head, _, rest = heard.partition(b"\r\n\r\n")
        first, *told = head.decode().split("\r\n")
        pairs = [line.partition(": ") for line in told]
        return Heard(
            int(first.split(" ")[1]), {name.lower(): value for name, _, value in pairs}, rest.decode()
        )

    def come_in(self) -> None:
        """Swap the token for a cookie, and read the seal off the first page."""
        answer = self.send("GET", f"/open?t={self.token}", [("Host", self.host)])
        assert answer.status == 303
        self.cookie = answer.headers["set-cookie"].split(";")[0]
        found = re.search(r'name="seal" value="([0-9a-f]{64})"', self.get("/jobs").body)
        assert found
        self.seal = found[1]

    def get(self, path: str) -> Heard:
        """A page, with the cookie."""
        return self.send("GET", path, [("Host", self.host), ("Cookie", self.cookie)])

    def post(self, path: str, fields: str = "") -> Heard:
        """A form, with cookie, origin and seal."""
        head = [
            ("Host", self.host),
            ("Cookie", self.cookie),
            ("Origin", f"http://{self.host}"),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ]
        return self.send("POST", path, head, f"seal={self.seal}&{fields}".encode())

    def wait_until_locked(self) -> None:
        """Until the parent answers and the child is gone."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError):
                if (
                    self.send("GET", "/", [("Host", self.host)]).status == 423
                    and len(self.list_holders()) == 0
                ):
                    return
            time.sleep(0.1)
        raise AssertionError("it did not lock")

    def list_processes(self) -> list[int]:
        """Every process of its session."""
        found = []
        for entry in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) == self.process.pid and fields[0] != "Z":
                    found.append(int(entry.name))
        return found

    def list_holders(self) -> list[int]:
        """The processes that may hold keys: those that were started anew to do so."""
        return [one for one in self.list_processes() if b"spawn_main" in _read(one, "cmdline")]

    def remember(self) -> bytes:
        """All that is in the memory of its processes. Needs to be allowed to look."""
        return b"\n".join(region for one in self.list_processes() for region in read_memory(one))


AS_IT_IS = ("-m", "onggi.cli")
IMPATIENT = (
    "import onggi.cli.open as face\nfrom onggi.cli.main import main\nwish = face.Wish\n"
    "face.Wish = lambda *given: wish(*given[:4], idle={idle}, longest={longest})\nmain()"
)
"""The same, which locks after seconds where a person gives minutes."""


@contextmanager
def open_pages(
    vault: Path, program: Sequence[str] = AS_IT_IS, browser: Mapping[str, str] | None = None
) -> Iterator[Opened]:
    """`onggi open` in a session of its own, ended as by Ctrl-C; `browser` names one in its surroundings."""
    process = subprocess.Popen(
        [sys.executable, *program, "open", str(vault)]
        + ["--passphrase-file", f"{vault}.passphrase", *([] if browser else ["--no-browser"])],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "ONGGI_LANG": "en", **(browser or {})},
        start_new_session=True,
    )
    opened = Opened(process)
    try:
        opened.wait_for_address()
        yield opened
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(PATIENCE)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            for stream in (process.stdout, process.stderr):
                if stream:
                    stream.close()


def read_memory(process: int) -> Iterator[bytes]:
    """Every region of a process's memory that can be read."""
    regions = re.findall(r"^([0-9a-f]+)-([0-9a-f]+) r", _read(process, "maps").decode(), re.MULTILINE)
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:
        for start, end in ((int(a, 16), int(b, 16)) for a, b in regions):
            with suppress(OSError, OverflowError, ValueError):
                memory.seek(start)
                yield memory.read(end - start)


def may_look() -> bool:
    """Whether this user may read the memory of processes that forbade it: on Linux, root."""
    return sys.platform == "linux" and os.geteuid() == 0


def list_keys(vault: Vault) -> dict[str, list[bytes]]:
    """Every key that an unlocked vault holds, by what it is."""
    found = {"vault key": vault.vaultkey, "desk": vault.device.desk, "mailbox": vault.device.mailbox}
    for one in vault.compartments:
        found |= {f"{one.id} {name}": key for name, key in one.keys.items()}
        for stratum, ring in one.rings.items():
            found |= {f"{one.id} {stratum} {unit}": key for unit, key in ring.units.items()}
    return {what: [key] for what, key in found.items()}


def _read(process: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""
