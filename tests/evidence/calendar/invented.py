"""A calendar server named nothing, on this machine: it promises, and later says into which block it came.

The blocks are of a chain of our own that costs nothing, so that a test must lower what a header has to cost.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from tests.vectors.make_calendar import append, block, mine, pending, prepend

VECTORS = json.loads((Path(__file__).parents[2] / "vectors/calendar.json").read_text("utf-8"))
HEIGHT = 900_001
MOMENT = 1_796_000_000


def part(name: str) -> bytes:
    """A part of the vectors."""
    return bytes.fromhex(VECTORS[name])


class Calendar:
    """What one has been given and asked; `ready` once its promises are in a block."""

    def __init__(self) -> None:
        self.url = ""
        self.ready = False
        self.seen: list[tuple[str, dict[str, str], bytes]] = []
        self.answer: bytes | None = None
        self.header = b""

    @property
    def line(self) -> bytes:
        """The header of the block, as a reader brings it."""
        return f"{HEIGHT} {self.header.hex()}\n".encode()

    def promise(self, message: bytes) -> bytes:
        return prepend(b"time") + append(b"its mark") + pending(self.url.encode())

    def keep(self, message: bytes) -> bytes:
        root = hashlib.sha256(message + b"the rest of the block").digest()
        self.header = mine(root, MOMENT)
        return append(b"the rest of the block") + b"\x08" + block(HEIGHT)


@contextmanager
def serve_calendar() -> Iterator[Calendar]:
    """A calendar while it answers."""
    calendar = Calendar()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            calendar.seen.append((self.path, dict(self.headers), body))
            self._say(calendar.promise(body))

        def do_GET(self) -> None:
            calendar.seen.append((self.path, dict(self.headers), b""))
            self._say(
                calendar.keep(bytes.fromhex(self.path.rpartition("/")[2])), 200 if calendar.ready else 404
            )

        def _say(self, body: bytes, status: int = 200) -> None:
            body = body if calendar.answer is None else calendar.answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    calendar.url = f"http://127.0.0.1:{server.server_port}/calendar"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield calendar
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
