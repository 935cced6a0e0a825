"""The one place of the house that listens: on this machine only, for one browser.

Two processes share one socket. The child holds the keys: `hold` answers with pages until the vault locks, and
ends. The parent holds none: `Locked` answers whatever is asked, while there is no child, with one page. Only
one of the two accepts at a time. Refused: any address but this machine's own, and every line of a log.
"""

import asyncio
import logging
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Thread
from typing import Any, TypeVar

import uvicorn

from onggi.ledger.ledger import Ledger
from onggi.web import door, guards
from onggi.web.app import App, Message, Receive, Send, send_reply
from onggi.web.desk import Desk
from onggi.web.lease import Lease
from onggi.web.pages import gather
from onggi.web.session import Dice, Session

T = TypeVar("T")

HOME = "127.0.0.1"
_TICK = 0.5
TURN = 0.0005
"""Seconds after which a job beside the pages leaves its turn: a page asks for it at each of its queries, and
with Python's 0.005 it waited for most of its time."""
_GRACE = 2.0
"""Seconds that a write has to end by itself when it locks; one that is cut short was none."""


def listen() -> socket.socket:
    """A socket on this machine, at a port that was free."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let another program take the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOME, 0))
    listener.listen(128)
    return listener


def name_hosts(listener: socket.socket, dice: Dice) -> tuple[str, str]:
    """A name that nobody else has, and the plain address for a browser that knows no such names."""
    port = listener.getsockname()[1]
    return f"{dice(16).hex()}.localhost:{port}", f"{HOME}:{port}"


def read_seconds() -> float:
    """Seconds that only go forward, and go on while the machine sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; elsewhere the plain one counts sleep already
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class Held:
    """The unlocked vault, being served. Made in the child, in its main thread."""

    def __init__(self, ledger: Ledger, hosts: Sequence[str], dice: Dice, idle: float, longest: float) -> None:
        self._ended = Event()
        self._reason = ""
        sys.setswitchinterval(TURN)
        self._owner = ThreadPoolExecutor(1, "ledger")
        self._waiters = ThreadPoolExecutor(4, "upload")
        lease = Lease(read_seconds(), idle, longest)
        self.session = Session(tuple(hosts), dice, read_seconds, lease)
        self._desk = self._owner.submit(Desk, ledger).result()
        self._owner.submit(ledger.view).result()  # what is not indexed yet is now, while a terminal watches
        self._app = App(self.session, self._desk, gather(), self._ask, self.lock, self._wait)

    def lock(self, reason: str) -> None:
        """End, soon. From any thread; the first reason counts."""
        self._reason = self._reason or reason
        self._ended.set()

    def serve(self, listener: socket.socket) -> str:
        """Answer until it locks; returns why. The caller ends the process next, and so the keys."""
        server = uvicorn.Server(_configure(self._app))
        Thread(target=self._watch, args=(server,), daemon=True).start()
        try:
            server.run(sockets=[listener])
        finally:
            self.lock("told")
            self._desk.jobs.stop_all()
            self._waiters.shutdown(wait=False, cancel_futures=True)
            # Nothing new begins; what is being written may end.
            with suppress(TimeoutError):
                self._owner.submit(int).result(_GRACE)
        return self._reason

    def _watch(self, server: uvicorn.Server) -> None:
        while not self._ended.wait(_TICK):
            reason = self.session.lease.why_ended(read_seconds())
            if reason is not None:
                self.lock(reason)
        server.should_exit = True

    def _wait(self, work: Callable[[], T]) -> Awaitable[T]:
        return asyncio.wrap_future(self._waiters.submit(work))

    def _ask(self, work: Callable[[], T]) -> Awaitable[T]:
        return asyncio.wrap_future(self._owner.submit(self._answer, work))

    def _answer(self, work: Callable[[], T]) -> T:
        with self._desk.jobs.hold_still():
            return work()


class Locked:
    """What the parent answers while there is no child: one page, whatever is asked for."""

    def __init__(self, listener: socket.socket, hosts: Sequence[str]) -> None:
        self._listener = listener
        self._hosts = tuple(hosts)
        self._server: uvicorn.Server | None = None
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to answer, in a thread."""
        if self._server is None:
            self._server = uvicorn.Server(_configure(self._app))
            arguments = {"sockets": [self._listener.dup()]}
            self._thread = Thread(target=self._server.run, kwargs=arguments, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Leave the socket to a child. What comes meanwhile waits for it."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()
        self._server = self._thread = None

    async def _app(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = guards.check_host(scope["headers"], self._hosts)
        if refusal is not None:
            reply = door.refuse(refusal)
        elif scope["path"] == door.STYLE_PATH:
            reply = door.send_style()
        else:
            reply = door.send_locked()
        await send_reply(reply, scope["method"], send)


def _configure(app: Any) -> uvicorn.Config:
    """HTTP with h11 and nothing else: no log, no name, no trust in what a proxy would say."""
    # A log would hold paths, and of a fault the lines of what was being written.
    logging.disable(logging.CRITICAL)
    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        interface="asgi3",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=64,
        h11_max_incomplete_event_size=16 * 1024,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=1,
    )
