"""A file on its way from the browser into the vault, piece by piece: few of them are in memory at once, and
nothing of it lies on a disk before it is sealed.

A form with a file is `multipart/form-data`; its fields stand first, its one file last. How long the file is
follows from the length of the whole, and whether that was so is seen at the end. Refused: a form without a
length, a file in any other place, an end that is not there; what was begun is then recorded nowhere.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from queue import Empty, Full, Queue

from onggi.errors import OnggiError
from onggi.web.body import LARGEST

FORM = "multipart/form-data"
_BOUNDARY = re.compile(
    r'multipart/form-data\s*;\s*boundary="?([A-Za-z0-9\'()+_,./:=?-]{1,70})"?', re.IGNORECASE
)
_PART = re.compile(r'form-data; name="([^"\r\n]*)"(?:; filename="([^"\r\n]*)")?', re.IGNORECASE)
_WAITING = 2  # pieces that were sent and not sealed yet
_PATIENCE = 0.25
_MOST = 1 << 62


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands before the bytes of the file: the fields, what the file is called, and where it begins."""

    fields: Mapping[str, tuple[str, ...]]
    name: str
    at: int


class Upload:
    """A file while it comes in. One thread feeds it, another reads; `taken` says whether anybody will."""

    def __init__(self, name: str, length: int) -> None:
        self.name = name
        self.length = length
        self.taken = False
        self._pieces: Queue[bytes] = Queue(_WAITING)
        self._piece = memoryview(b"")
        self._over: Callable[[], bool] = lambda: False
        self._broken = False
        self._closed = False

    def take(self, over: Callable[[], bool]) -> None:
        """Promise to read it; `over` tells whether whoever promised has ended."""
        self.taken, self._over = True, over

    def feed(self, data: bytes) -> bool:
        """Hand on what came in, when there is room; returns whether anybody still reads."""
        while not (self._closed or self._over()):
            try:
                self._pieces.put(data, timeout=_PATIENCE)
            except Full:
                continue
            return True
        return False

    def break_off(self) -> None:
        """Tell who reads that no more comes, and that what came is not all."""
        self._broken = True

    def readinto(self, buffer: memoryview, /) -> int:
        """The next bytes. Raises `web_item.broken` where the browser broke off."""
        while not self._piece:
            if self._broken:
                raise OnggiError("web_item.broken")
            try:
                self._piece = memoryview(self._pieces.get(timeout=_PATIENCE))
            except Empty:
                if self._closed:
                    raise OnggiError("web_item.broken") from None
        size = min(len(buffer), len(self._piece))
        buffer[:size] = self._piece[:size]
        self._piece = self._piece[size:]
        return size

    def close(self) -> None:
        """Read no more."""
        self._closed = True


def read_boundary(media: str | None) -> bytes | None:
    """What stands between the parts of a form; None where it is no such form."""
    found = _BOUNDARY.fullmatch((media or "").strip())
    return found[1].encode("ascii") if found else None


def read_opening(data: bytes, boundary: bytes) -> Opening | bool:
    """The fields and the beginning of the file; True while more is needed, False for no form of ours."""
    between = b"--" + boundary
    fields: dict[str, tuple[str, ...]] = {}
    at = 0
    while True:
        if not data.startswith(between + b"\r\n", at):
            return len(data) < at + len(between) + 2
        begun = at + len(between) + 2
        head = data.find(b"\r\n\r\n", begun)
        if head < 0:
            return len(data) - begun < LARGEST
        named = _read_head(data[begun:head])
        if named is None:
            return False
        name, file = named
        if file is not None:
            return Opening(fields, file, head + 4)
        end = data.find(b"\r\n" + between, head + 4)
        if end < 0:
            return True
        try:
            typed = data[head + 4 : end].decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError:
            return False
        fields[name] = (*fields.get(name, ()), typed)
        at = end + 2


def measure_file(length: str | None, opening: Opening, boundary: bytes) -> int | None:
    """How many bytes the file has, if it is the last part of a form of this length."""
    if length is None or not length.isascii() or not length.isdecimal() or len(length) > len(str(_MOST)):
        return None
    rest = int(length) - opening.at - len(closing(boundary))
    return rest if rest >= 0 else None


def closing(boundary: bytes) -> bytes:
    """What stands behind the last part."""
    return b"\r\n--" + boundary + b"--\r\n"


def _read_head(head: bytes) -> tuple[str, str | None] | None:
    """The name of a part, and what its file is called if it is one."""
    for line in head.split(b"\r\n"):
        key, _, value = line.partition(b":")
        if key.strip().lower() == b"content-disposition":
            try:
                found = _PART.fullmatch(value.decode("utf-8").strip())
            except UnicodeDecodeError:
                return None
            if found is not None:
                return found[1], found[2]
    return None
