"""What goes back to the browser: a status, headers, and bytes or a stream of them. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from onggi.web.headers import ALWAYS

HTML = "text/html; charset=utf-8"

_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]{0,500}")
_RANGE = re.compile(r"bytes=([0-9]{1,12})-([0-9]{0,12})")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; every header that guards it is added to `extra`, and none can be taken away."""

    status: int
    body: bytes | Iterator[bytes] = b""
    media: str = HTML
    extra: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """All of its headers."""
        kind = {"Content-Type": self.media} if self.status not in (204, 303) else {}
        return {**self.extra, **kind, **ALWAYS}


def send_page(text: str, status: int = 200) -> Reply:
    """A page of ours."""
    return Reply(status, text.encode("utf-8", "replace"))


def send_to(path: str) -> Reply:
    """The way to another page of ours; to the first one, where it would lead anywhere else."""
    return Reply(303, extra={"Location": path if is_own(path) else "/"})


def send_file(name: str, chunks: bytes | Iterator[bytes], media: str = "application/octet-stream") -> Reply:
    """A file that the browser stores and does not open; `name` is one of ours (a code), never a sender's."""
    called = name if _FILE.fullmatch(name) else "file"
    guard = {"Content-Disposition": f'attachment; filename="{called}"', "X-Download-Options": "noopen"}
    return Reply(200, chunks, media, guard)


def cut_range(reply: Reply, asked: str | None) -> Reply:
    """The part of a whole file in memory that a browser asks for, to find a place in it; else the reply.

    One range alone is understood, as `bytes=100-` or `bytes=100-199`; whatever else is asked gets all.
    """
    if reply.status != 200 or not isinstance(reply.body, bytes) or not reply.media.startswith("audio/"):
        return reply
    length, found = len(reply.body), _RANGE.fullmatch(asked or "")
    extra = {**reply.extra, "Accept-Ranges": "bytes"}
    if found is None:
        return replace(reply, extra=extra)
    first = int(found[1])
    last = min(int(found[2] or length), length - 1)
    if first > last:
        return Reply(416, b"", extra={"Content-Range": f"bytes */{length}"})
    extra["Content-Range"] = f"bytes {first}-{last}/{length}"
    return Reply(206, reply.body[first : last + 1], reply.media, extra)


def is_own(path: str) -> bool:
    """Whether a path leads to a page of ours, and cannot be read as another machine's."""
    return _PATH.fullmatch(path) is not None
