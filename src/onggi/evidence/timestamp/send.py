"""The way over the network: a request out, a reply in, and what a certificate says can be fetched.

The only module of this room that opens a connection, and only when its caller was asked to. No proxy, no
redirection, no header that names us, no more bytes and seconds than are said here. Refused: an address within
a local network, unless the person gave it herself.
"""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from socket import SHUT_RDWR
from urllib.parse import SplitResult, urlsplit

from onggi.errors import Exit, OnggiError
from onggi.evidence.calendar.trail import MOST_ANSWERED
from onggi.evidence.timestamp.reply import MOST
from onggi.evidence.timestamp.request import make_request

_SILENCE = 30
_PATIENCE = 90
_QUERY: Mapping[str, str] = {"Content-Type": "application/timestamp-query"}
_CALENDAR: Mapping[str, str] = {"Accept": "application/vnd.opentimestamps.v1"}
# A list of a large authority is some megabytes long.
_MOST_FETCHED = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What an authority sent, as it came, and the nonce that it should name."""

    reply: bytes
    nonce: int


def stamp_text(stamped: bytes, url: str, random: Callable[[int], bytes], algorithm: str = "sha256") -> Answer:
    """Ask the authority at `url` to stamp these bytes; only their hash is sent, and nothing is checked here.

    Raises:
        OnggiError: `timestamp.url`, `timestamp.unreachable`, `timestamp.moved`, `timestamp.answer` or
            `timestamp.large`.
    """
    request = make_request(stamped, algorithm, random)
    return Answer(_ask(url, url, MOST, request.raw, _QUERY), request.nonce)


def fetch_paper(url: str, asked: str) -> bytes:
    """What lies at an address that a certificate names; `asked` is the one that the person gave.

    Raises:
        OnggiError: the same, and `timestamp.url` for a place within a local network.
    """
    return _ask(url, asked, _MOST_FETCHED)


def ask_calendar(url: str, message: bytes) -> bytes:
    """Give a message of 32 bytes to the calendar at `url`, and what it answers; nothing is checked here.

    Raises:
        OnggiError: the same as `stamp_text`.
    """
    return _ask(url.rstrip("/") + "/digest", url, MOST_ANSWERED, message, _CALENDAR)


def ask_later(url: str, message: bytes) -> bytes:
    """What the calendar at `url` knows by now of a message that it has.

    Raises:
        OnggiError: the same; `timestamp.answer` with status 404 where it is in no block yet.
    """
    return _ask(f"{url.rstrip('/')}/timestamp/{message.hex()}", url, MOST_ANSWERED, headers=_CALENDAR)


def read_host(url: str) -> str:
    """The host that would be asked. Raises `timestamp.url` where the address is none that is used here."""
    return str(_split(url).hostname)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
        good = good and parts.port != 0 and not parts.fragment and url.isascii() and url.isprintable()
    except ValueError:
        good = False
    if not good or " " in url:
        raise OnggiError("timestamp.url", exit_code=Exit.USAGE)
    return parts


def _ask(
    url: str, asked: str, most: int, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> bytes:
    """What comes from `url`, to a POST where there is a body; `asked` is what the person gave."""
    parts = _split(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    method = "GET" if body is None else "POST"
    try:
        with _connect(parts, _split(asked)) as connection:
            connection.request(method, target, body, headers or {})
            response = connection.getresponse()
            if 300 <= response.status < 400:
                raise OnggiError("timestamp.moved", host=str(parts.hostname))
            if response.status != 200:
                raise OnggiError("timestamp.answer", host=str(parts.hostname), status=response.status)
            data = response.read(most + 1)
            if response.length and len(data) <= most:  # it was cut short, and the library says nothing
                raise HTTPException
    except (OSError, HTTPException, ValueError):
        raise OnggiError("timestamp.unreachable", host=str(parts.hostname)) from None
    if len(data) > most:
        raise OnggiError("timestamp.large")
    return data


@contextmanager
def _connect(parts: SplitResult, asked: SplitResult) -> Iterator[HTTPConnection]:
    """A connection that ends by itself when it takes too long."""
    host, port = str(parts.hostname), parts.port
    context = _make_context() if parts.scheme == "https" else None
    connection = (
        HTTPSConnection(host, port, timeout=_SILENCE, context=context)
        if context
        else HTTPConnection(host, port, timeout=_SILENCE)
    )
    HTTPConnection.connect(connection)  # no TLS yet: a place nearby is left without a byte
    try:
        if (host, port) != (asked.hostname, asked.port) and _is_near(connection):
            raise OnggiError("timestamp.url", exit_code=Exit.USAGE)
        clock = threading.Timer(_PATIENCE, _cut, [connection])
        clock.daemon = True
        clock.start()
        try:
            if context:
                _secure(connection, host, context)
            yield connection
        finally:
            clock.cancel()
    finally:
        connection.close()


def _make_context() -> ssl.SSLContext:
    # Not the one that is made where none is given: it writes keys to a file if the surroundings say so.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    return context


def _secure(connection: HTTPConnection, host: str, context: ssl.SSLContext) -> None:
    # Handed over before the handshake, so that the clock can cut that too.
    wrapped = context.wrap_socket(connection.sock, server_hostname=host, do_handshake_on_connect=False)
    connection.sock = wrapped
    wrapped.do_handshake()


def _is_near(connection: HTTPConnection) -> bool:
    """Whether the other end lies within a network of this place."""
    return not ip_address(connection.sock.getpeername()[0].partition("%")[0]).is_global


def _cut(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(SHUT_RDWR)
