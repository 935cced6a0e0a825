"""The way over the network: what is sent, and every kind of answer that is not a reply."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.evidence.authority import SEEN, Authority, serve
from tests.evidence.timestamp.conftest import NEEDS_OPENSSL, TEXT

from onggi.errors import Exit, OnggiError
from onggi.evidence.timestamp import send
from onggi.evidence.timestamp.check import check_token
from onggi.evidence.timestamp.reply import MOST
from onggi.evidence.timestamp.request import is_request
from onggi.evidence.timestamp.send import fetch_paper, read_host, stamp_text

pytestmark = [pytest.mark.system, NEEDS_OPENSSL, pytest.mark.enable_socket]


@contextmanager
def speak(*pieces: bytes, wait: float = 0) -> Iterator[str]:
    """A server that says these bytes whatever it is asked, with pauses, and goes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        gone = threading.Event()

        def run() -> None:
            talking, _ = server.accept()
            with talking:
                talking.recv(65_536)
                for piece in pieces:
                    try:
                        talking.sendall(piece)
                    except OSError:
                        return
                    if gone.wait(wait):
                        return

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        gone.set()
        thread.join()


def test_a_request_goes_out_and_nothing_else(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serve(authority) as url:
        answer = stamp_text(TEXT, url, lambda size: b"\x07" * size)
        ((headers, body),) = SEEN[url]
    assert is_request(body)
    assert set(headers) == {"Host", "Accept-Encoding", "Content-Length", "Content-Type"}
    assert headers["Content-Type"] == "application/timestamp-query"
    assert check_token(answer.reply, TEXT, chain=authority.root_pem, nonce=answer.nonce).valid


def test_a_reply_is_given_back_as_it_came(authority: Authority) -> None:
    with serve(authority, b"whatever this is") as url:
        assert stamp_text(TEXT, url, bytes).reply == b"whatever this is"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (301, "timestamp.moved"),
        (307, "timestamp.moved"),
        (500, "timestamp.answer"),
        (403, "timestamp.answer"),
    ],
)
def test_other_answers_are_refused(authority: Authority, status: int, code: str) -> None:
    with serve(authority, b"", status) as url, pytest.raises(OnggiError, match=code):
        stamp_text(TEXT, url, bytes)
    assert len(SEEN[url]) == 1


def test_a_long_answer_is_not_read_to_the_end(authority: Authority) -> None:
    with serve(authority, bytes(10_000_000)) as url, pytest.raises(OnggiError, match=r"timestamp\.large"):
        stamp_text(TEXT, url, bytes)
    assert MOST < 10_000_000


@pytest.mark.parametrize(
    "pieces",
    [
        (b"",),
        (b"SSH-2.0-other\r\n",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 1000,),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",),
    ],
    ids=range(5),
)
def test_what_does_not_speak_http_is_said(pieces: tuple[bytes, ...]) -> None:
    with speak(*pieces) as url, pytest.raises(OnggiError, match=r"timestamp\.unreachable"):
        stamp_text(TEXT, url, bytes)


def test_surroundings_that_want_the_keys_of_a_line_get_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    with speak(b"no TLS") as url, pytest.raises(OnggiError, match=r"timestamp\.unreachable"):
        stamp_text(TEXT, url.replace("http:", "https:"), bytes)
    assert list(tmp_path.iterdir()) == []


def test_silence_and_slowness_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "_SILENCE", 0.2)
    with speak(wait=5) as url, pytest.raises(OnggiError, match=r"timestamp\.unreachable"):
        stamp_text(TEXT, url, bytes)
    monkeypatch.setattr(send, "_SILENCE", 20)
    monkeypatch.setattr(send, "_PATIENCE", 0.5)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    slow = speak(head, *[b"a"] * 1000, wait=0.05)
    with slow as url, pytest.raises(OnggiError, match=r"timestamp\.unreachable"):
        stamp_text(TEXT, url, bytes)


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(OnggiError, match=r"timestamp\.unreachable"):
        stamp_text(TEXT, f"http://127.0.0.1:{port}/", bytes)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "tsa.example",
        "ftp://tsa.example/",
        "file:///etc/passwd",
        "http://",
        "https://name:word@tsa.example/",
        "http://tsa.example/#part",
        "http://tsa.example/a b",
        "http://tsa.example/\r\nX: y",
        "http://tsa.example:99999/",
        "http://tsa.example:0/",
        "http://[::1",
        "http://tsa.exämple/",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(OnggiError, match=r"timestamp\.url") as caught:
        read_host(url)
    assert caught.value.exit_code is Exit.USAGE


def test_what_a_certificate_names_does_not_lead_inside(authority: Authority) -> None:
    """A reply could otherwise make this machine ask others of its own network."""
    with serve(authority) as url:
        base = url.removesuffix("/tsa")
        assert fetch_paper(f"{base}/crl", url).startswith(b"-----BEGIN X509 CRL")
        with pytest.raises(OnggiError, match=r"timestamp\.url"):
            fetch_paper(f"{base}/crl", "https://tsa.example/")
        assert [path for _, path in SEEN[url]] == [b"/crl"]
