"""Requests to the app without a server, a socket or a loop: what a browser would send, and what comes back.

A `Visitor` came in as a browser does and sends what a browser sends; every part of that can be changed or
left out. What would wait is called at once, so the app answers before `ask` returns.
"""

from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote_plus, urlencode

from tests.promises.office import ANNA, enter_ledger

from onggi.ledger.ledger import Ledger
from onggi.web.app import App, Route
from onggi.web.desk import Desk
from onggi.web.guards import COOKIE
from onggi.web.lease import Lease
from onggi.web.pages import gather
from onggi.web.session import Session

T = TypeVar("T")

NAME = "0123456789abcdef0123456789abcdef.localhost:4711"
PLAIN = "127.0.0.1:4711"


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class Clock:
    """Seconds that are set by hand."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


class _Done(Awaitable[T]):
    """Something to wait for that is there already."""

    def __init__(self, value: T) -> None:
        self._value = value

    def __await__(self) -> Generator[None, None, T]:
        return self._value
        yield


@dataclass
class House:
    """An unlocked vault behind its guards, and what was told of locking."""

    ledger: Ledger
    routes: list[Route] = field(default_factory=gather)
    clock: Clock = field(default_factory=Clock)
    locked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        numbers = count(1)
        self.session = Session(
            (NAME, PLAIN), lambda n: next(numbers).to_bytes(n), self.clock, Lease(self.clock.now)
        )
        self.desk = Desk(self.ledger)
        self.app = App(self.session, self.desk, self.routes, lambda work: _Done(work()), self.locked.append)

    def ask(
        self,
        method: str,
        target: str,
        headers: list[tuple[str, str]] | None = None,
        body: bytes = b"",
    ) -> Answered:
        """One request, to the letter."""
        path, _, query = target.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode("utf-8", "surrogateescape"),
            "headers": [(name.lower().encode(), value.encode("utf-8")) for name, value in headers or []],
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        _drive(lambda: self.app(scope, receive, send))
        start, pieces = sent[0], sent[1:]
        told = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        return Answered(start["status"], told, b"".join(piece.get("body", b"") for piece in pieces))


@dataclass
class Visitor:
    """Somebody whose browser came in."""

    house: House
    host: str = NAME

    def __post_init__(self) -> None:
        assert self.house.session.enter(self.house.session.make_token(), self.host)

    def head(self, method: str, **changed: str | None) -> list[tuple[str, str]]:
        """The headers that her browser sends; each can be changed, or left out with None."""
        lines: dict[str, str | None] = {
            "host": self.host,
            "sec-fetch-site": "same-origin",
            "cookie": f"{COOKIE}={self.house.session.cookie}",
            "accept-language": "en",
        }
        if method not in ("GET", "HEAD"):
            lines["origin"] = f"http://{self.host}"
            lines["content-type"] = "application/x-www-form-urlencoded"
        lines |= {name.replace("_", "-"): value for name, value in changed.items()}
        return [(name, value) for name, value in lines.items() if value is not None]

    def get(self, target: str, **changed: str | None) -> Answered:
        """Look at a page."""
        return self.house.ask("GET", target, self.head("GET", **changed))

    def post(
        self,
        target: str,
        fields: Mapping[str, str | Sequence[str]] | None = None,
        *,
        seal: str | None = "",
        **changed: str | None,
    ) -> Answered:
        """Send a form; with its seal, another one, or (None) without."""
        sent: dict[str, str | Sequence[str]] = dict(fields or {})
        if seal is not None:
            sent = {"seal": seal or self.house.session.seal, **sent}
        return self.house.ask(
            "POST", target, self.head("POST", **changed), urlencode(sent, doseq=True).encode()
        )


def open_house(root: Path, routes: list[Route] | None = None) -> House:
    """A house of an office's vault, as its admin sees it."""
    ledger = enter_ledger(root, ANNA)
    return House(ledger) if routes is None else House(ledger, routes)


def quote(text: str) -> str:
    """Text as it stands in a path."""
    return quote_plus(text, safe="")


def _drive(start: Callable[[], Any]) -> None:
    """Run something that waits for nothing."""
    running = start()
    try:
        running.send(None)
    except StopIteration:
        return
    raise AssertionError("it waits for something")
