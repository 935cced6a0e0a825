"""P11 and the way in, of the real program: what it answers to whom, and what is left when it has locked."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from tests.web.opened import IMPATIENT, Heard, Opened, list_keys, may_look, open_pages

import onggi.words
from onggi.cli.opening import randomness, read_clock
from onggi.ledger.ledger import Ledger, open_ledger
from onggi.model.value import Text
from onggi.web.headers import ALWAYS
from onggi.words import say

pytestmark = [
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are listed through /proc"),
]

WORDS = Path(onggi.words.__file__).parent
PROPERTIES = ("title", "note", "name", "alias", "address", "phone", "risk_note")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example vault, made as a person makes it; nobody writes there."""
    vault = tmp_path_factory.mktemp("example") / "vault"
    subprocess.run([sys.executable, "-m", "onggi.cli", "demo", str(vault)], check=True, capture_output=True)
    return vault


@pytest.fixture(scope="module")
def opened(example: Path) -> Iterator[Opened]:
    """Its pages. Tests of this module come in again and again, and do not lock."""
    with open_pages(example) as opened:
        opened.come_in()
        yield opened


def is_locked(answer: Heard) -> bool:
    """Whether it is the page of a locked vault, with every header, and the browser told to forget."""
    guarded = {name: answer.headers.get(name.lower()) for name in ALWAYS} == ALWAYS
    forget = answer.headers.get("clear-site-data") == '"cache", "cookies", "storage"'
    said = all(say("web_door.locked", tongue) in answer.body for tongue in ("en", "ko", "zh"))
    return (answer.status, guarded, forget, said) == (423, True, True, True)


def test_it_listens_on_this_machine_only(opened: Opened) -> None:
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            address, port = line.split()[1].split(":")
            if int(port, 16) == opened.port and line.split()[3] == "0A":
                assert address == "0100007F"  # 127.0.0.1, as the kernel writes it


def test_a_name_that_leads_here_is_not_answered(opened: Opened) -> None:
    """DNS rebinding: the browser believes it speaks with evil.test."""
    for host in ("evil.test", f"evil.test:{opened.port}", f"localhost:{opened.port}"):
        answer = opened.send("GET", "/", [("Host", host), ("Cookie", opened.cookie)])
        assert (answer.status, "seal" in answer.body) == (421, False)


def test_the_token_is_used_up(opened: Opened) -> None:
    answer = opened.send("GET", f"/open?t={opened.token}", [("Host", opened.host)])
    assert (answer.status, "set-cookie" in answer.headers) == (403, False)


def test_a_page_of_another_port_gets_nothing(opened: Opened) -> None:
    """Under the plain address it would have the cookie; here it has the name and still nothing."""
    base = [("Host", opened.host), ("Cookie", opened.cookie)]
    assert opened.send("GET", "/jobs", [*base, ("Sec-Fetch-Site", "same-site")]).status == 403
    form = [*base, ("Origin", "http://127.0.0.1:8080"), ("Content-Type", "application/x-www-form-urlencoded")]
    assert opened.send("POST", "/lock", form, f"seal={opened.seal}".encode()).status == 403
    assert opened.get("/jobs").status == 200


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET http://evil.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /open HTTP/1.1\r\nHost: HOST\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: HOST\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: HOST\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_what_no_browser_sends_gets_nothing_and_ends_nothing(opened: Opened, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", opened.port), timeout=30) as wire:
        wire.sendall(raw.replace(b"HOST", opened.host.encode()))
        wire.shutdown(socket.SHUT_WR)
        try:
            heard = b"".join(iter(lambda: wire.recv(65536), b""))
        except ConnectionResetError:
            heard = b""
    assert heard[:12] in (b"", *(f"HTTP/1.1 {status}".encode() for status in (400, 401, 403, 404, 421, 431)))
    assert b"seal" not in heard and b"uvicorn" not in heard.lower()
    assert opened.get("/jobs").status == 200


def test_nothing_says_what_answers(opened: Opened) -> None:
    for answer in (opened.get("/jobs"), opened.get("/no"), opened.send("GET", "/", [("Host", "x")])):
        assert answer.headers.keys().isdisjoint({"server", "date", "x-powered-by", "via"})


def test_other_programs_of_the_user_may_not_look_into_it(opened: Opened) -> None:
    """The process that holds the keys is not dumpable: its files in /proc belong to root."""
    for holder in opened.list_holders():
        limits = Path(f"/proc/{holder}/limits").read_text()
        assert any(line.split()[:5] == ["Max", "core", "file", "size", "0"] for line in limits.splitlines())


def test_it_reaches_for_no_other_machine(opened: Opened) -> None:
    """Every socket of its processes listens, or leads to this machine."""
    opened.get("/jobs")
    inodes = set()
    for process in opened.list_processes():
        for link in Path(f"/proc/{process}/fd").iterdir():
            target = os.readlink(link)
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    for table in ("tcp", "tcp6", "udp", "udp6", "raw"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes:
                assert fields[1].split(":")[0] == "0100007F"
                assert fields[2].split(":")[0] in ("0100007F", "00000000")


def test_after_a_lock_nothing_is_open_and_nothing_is_left(example: Path) -> None:
    """Every request is answered alike, the process that held keys is gone, and in the memory of what is left
    there is no key, no passphrase, and nothing of what was recorded."""
    if not may_look():
        pytest.skip("only root may read the memory of a process that forbids it")
    passphrase = Path(f"{example}.passphrase").read_text("utf-8").splitlines()[0]
    ledger = open_ledger(example, 1, passphrase, randomness, read_clock)
    secrets = {**list_keys(ledger.vault), "passphrase": [passphrase.encode()], **list_texts(ledger)}
    with open_pages(example) as opened:
        opened.come_in()
        for path in ("/", "/cases", *re.findall(r'href="(/case/[^"]+)"', opened.get("/cases").body)):
            assert opened.get(path).status == 200
        before = find_secrets(secrets, opened.remember())
        # The control: while it is open, it is found where it is looked for.
        assert {"vault key", "passphrase"} <= before
        assert len(before) > 50
        assert is_locked(opened.post("/lock"))
        opened.wait_until_locked()
        for answer in (opened.get("/"), opened.get("/jobs"), opened.post("/lock"), opened.post("/search")):
            assert is_locked(answer)
        after = opened.remember()
    assert len(after) > 1_000_000
    assert find_secrets(secrets, after) == set()


def list_texts(ledger: Ledger) -> dict[str, list[bytes]]:
    """What is recorded in any stratum, as Python keeps text; not what a sentence of ours says, too."""
    strata = [ledger.view(strata=(stratum,)) for stratum in ("record", "identity", "care")]
    said = [held.statement for view in strata for held in view.of_property(*PROPERTIES)]
    texts = {one.value.text for one in said if isinstance(one.value, Text) and len(one.value.text) >= 8}
    ours = "".join(page.read_text("utf-8") for page in WORDS.glob("*.toml"))
    texts = {text for text in texts if text not in ours}
    assert len(texts) > 20
    return {text: [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-32-le")] for text in texts}


def find_secrets(secrets: Mapping[str, Sequence[bytes]], memory: bytes) -> set[str]:
    """Which of them stand in some memory, in any form."""
    return {what for what, forms in secrets.items() if any(form in memory for form in forms)}


def test_it_locks_when_nobody_works(example: Path) -> None:
    """A page that looks whether it is still open does not keep it so."""
    program = ("-c", IMPATIENT.format(idle=6, longest=600))
    with open_pages(example, program) as opened:
        opened.come_in()
        for _ in range(100):
            answer = opened.get("/alive")
            if answer.status == 423:
                break
            assert answer.status == 204
            time.sleep(0.3)
        opened.wait_until_locked()
        assert is_locked(opened.get("/jobs"))


def test_it_locks_at_last_whatever_anybody_does(example: Path) -> None:
    program = ("-c", IMPATIENT.format(idle=600, longest=10))
    with open_pages(example, program) as opened:
        opened.come_in()
        statuses = set()
        for _ in range(200):
            statuses.add(opened.get("/jobs").status)
            if 423 in statuses:
                break
            time.sleep(0.2)
        assert statuses == {200, 423}
        opened.wait_until_locked()


def test_the_browser_is_given_a_file_that_nobody_else_reads(example: Path, tmp_path: Path) -> None:
    """No list of processes shows the token; the file is gone once it was used."""
    told, place, script = tmp_path / "told", tmp_path / "runtime", tmp_path / "browser"
    place.mkdir()
    script.write_text(f'#!/bin/sh\nprintf %s "$1" > {told}.new && mv {told}.new {told}\n')
    script.chmod(0o700)
    around = {"BROWSER": str(script), "XDG_RUNTIME_DIR": str(place)}
    with open_pages(example, browser=around) as opened:
        until = time.monotonic() + 60
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.1)
        address = told.read_text()
        (entry,) = place.iterdir()
        assert address == entry.as_uri()
        assert opened.token not in address
        assert entry.stat().st_mode & 0o777 == 0o600
        assert opened.token in entry.read_text("utf-8")
        opened.come_in()
        while list(place.iterdir()) and time.monotonic() < until:
            time.sleep(0.1)
        assert list(place.iterdir()) == []


def test_when_the_parent_is_killed_the_child_goes(example: Path) -> None:
    """However the process goes that listens, the one with the keys does not outlive it."""
    with open_pages(example) as opened:
        opened.come_in()
        assert len(opened.list_holders()) == 1
        os.kill(opened.process.pid, signal.SIGKILL)
        opened.process.wait()
        until = time.monotonic() + 60
        while opened.list_holders() and time.monotonic() < until:
            time.sleep(0.1)
        assert opened.list_holders() == []


def test_when_the_child_is_killed_it_is_locked(example: Path) -> None:
    with open_pages(example) as opened:
        opened.come_in()
        (holder,) = opened.list_holders()
        os.kill(holder, signal.SIGKILL)
        opened.wait_until_locked()
        assert is_locked(opened.get("/jobs"))


def test_a_wrong_passphrase_gives_no_address(example: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "passphrase"
    wrong.write_text("wrong\n")
    words = ["open", str(example), "--no-browser", "--passphrase-file", str(wrong)]
    done = subprocess.run([sys.executable, "-m", "onggi.cli", *words], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (10, "")
