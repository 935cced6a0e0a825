"""Files on their way from the browser into the vault, piece by piece: few pieces are in memory at once, and
nothing of them lies on a disk before it is sealed.

A form with files is `multipart/form-data`; its fields stand first, its files last, in the order in which
somebody chose them. How long a file is must be known before it is sealed: of a small one it is seen, since it
waits in memory for its end (`HELD`); of a larger one the form says so (`sizes`, which a script fills in), or
it is the last, and follows from the length of the whole. Refused: a form without a length, a field behind a
file, an end that is not there; a file of which that is so is recorded nowhere, and those before it stay.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from queue import Empty, Full, Queue

from onggi.errors import OnggiError
from onggi.web.body import LARGEST

FORM = "multipart/form-data"
_BOUNDARY = re.compile(
    r'multipart/form-data\s*;\s*boundary="?([A-Za-z0-9\'()+_,./:=?-]{1,70})"?', re.IGNORECASE
)
_PART = re.compile(r'form-data; name="([^"\r\n]*)"(?:; filename="([^"\r\n]*)")?', re.IGNORECASE)
_PIECE = 1 << 16
_WAITING = 2  # pieces that were sent and not sealed yet
_PATIENCE = 0.25
_DIGITS = 18
_MOST_SIZES = 100_000
HELD = 16 * 1024 * 1024
"""Bytes of a file that may wait in memory for its end."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands before the bytes of the first file: the fields, what it is called, where it begins, and the
    field it was chosen for.

    Without a name there is no file.
    """

    fields: Mapping[str, tuple[str, ...]]
    name: str
    at: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """A file begins at this byte of the form; `field` is the one it was chosen for."""

    name: str
    at: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """The next bytes of a file; never none."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Ended:
    """The file is whole: what stands behind it was read."""


@dataclass(frozen=True, slots=True)
class Over:
    """Nothing comes any more; `whole` where the form ended as it must."""

    whole: bool


Event = Begun | Piece | Ended | Over


class Splitter:
    """What comes behind the head of the first file, as events. Pure.

    A file has ended only once what follows is known to be another file, or the end of a form that is as long
    as it said. Until then its last byte is held back.
    """

    def __init__(self, boundary: bytes, at: int, length: int) -> None:
        self._mark = b"\r\n--" + boundary
        self._data = b""
        self._at = at
        self._length = length
        self._between = False
        self._nameless = False
        self._wrong = False

    def feed(self, data: bytes) -> Iterator[Event]:
        """What these bytes come to."""
        self._data += b"" if self._wrong else data
        while not self._wrong:
            if self._between:
                found = self._read_between()
                if found is None:
                    return
                yield from found
            elif (end := self._data.find(self._mark)) >= 0:
                yield from self._cut(end)
                self._skip(len(self._mark))
                self._between = True
            else:
                yield from self._cut(max(0, len(self._data) - len(self._mark)))
                return

    def finish(self) -> Iterator[Event]:
        """That nothing comes any more."""
        well = self._between and self._data == b"--\r\n" and self._at + len(self._data) == self._length
        if well and not self._wrong:
            if not self._nameless:
                yield Ended()
            yield Over(True)
        else:
            yield Over(False)

    def _read_between(self) -> list[Event] | None:
        """What stands between two files, which may be nothing that is told; None while more is needed."""
        if b"--\r\n".startswith(self._data) or self._data == b"\r":
            return None
        head = self._data.find(b"\r\n\r\n")
        if self._data.startswith(b"\r\n") and head < 0 and len(self._data) < LARGEST:
            return None
        named = _read_head(self._data[2:head]) if self._data.startswith(b"\r\n") and head > 0 else None
        if named is None or named[1] is None:
            self._wrong = True
            return [Over(False)]
        self._skip(head + 4)
        before: list[Event] = [] if self._nameless else [Ended()]
        self._between, self._nameless = False, not named[1]
        return before if self._nameless else [*before, Begun(named[1], self._at, named[0])]

    def _cut(self, size: int) -> Iterator[Event]:
        data = self._data[:size]
        self._skip(size)
        if data and self._nameless:
            self._wrong = True  # bytes of a file that nobody chose
            yield Over(False)
        elif data:
            yield Piece(data)

    def _skip(self, size: int) -> None:
        self._data = self._data[size:]
        self._at += size


class Upload:
    """One file while it comes in. One thread feeds it, another reads."""

    def __init__(self, name: str, length: int, field: str) -> None:
        self.name = name
        self.length = length
        self.field = field
        self._pieces: Queue[bytes] = Queue(_WAITING)
        self._piece = memoryview(b"")
        self._broken = ""
        self._closed = False

    def feed(self, data: bytes, over: Callable[[], bool]) -> None:
        """Hand on what came in, when there is room; nothing where nobody reads any more."""
        while not (self._closed or over()):
            try:
                self._pieces.put(data, timeout=_PATIENCE)
            except Full:
                continue
            return

    def break_off(self, why: str = "web_item.broken") -> None:
        """Tell who reads that no more comes, and that what came is not all."""
        self._broken = why

    def readinto(self, buffer: memoryview, /) -> int:
        """The next bytes. Raises `web_item.broken`, or why else it was broken off."""
        while not self._piece:
            try:
                self._piece = memoryview(self._pieces.get(timeout=0 if self._broken else _PATIENCE))
            except Empty:
                if self._closed or self._broken:
                    raise OnggiError(self._broken or "web_item.broken") from None
        size = min(len(buffer), len(self._piece))
        buffer[:size] = self._piece[:size]
        self._piece = self._piece[size:]
        return size

    def read(self, most: int) -> bytes:
        """All of it, or `most` bytes and one more, which tells that there are too many."""
        data, piece = bytearray(), memoryview(bytearray(_PIECE))
        while len(data) < min(self.length, most + 1):
            data += piece[: self.readinto(piece[: most + 1 - len(data)])]
        return bytes(data)

    def close(self) -> None:
        """Read no more."""
        self._closed = True


class Delivery:
    """The files of one form. One thread hears what comes, another takes file after file.

    `name` is that of the first, empty where none was chosen, `field` the one it was chosen for; `length` how
    many bytes there are, about.
    """

    def __init__(self, name: str, at: int, end: int, sizes: str = "", field: str = "") -> None:
        """`at` and `end` are where the first file begins and the last ends in the form; `sizes` what it says
        of their lengths, in their order."""
        self.name = name
        self.field = field
        self.length = end - at
        self.taken = False
        self.broken = False
        self._end_at = end
        self._sizes = [int(one) for one in sizes.split()[:_MOST_SIZES] if _is_number(one)]
        self._files: Queue[Upload | None] = Queue()
        self._over: Callable[[], bool] = lambda: False
        self._count = 0
        self._begin(Begun(name, at, field))

    def take(self, over: Callable[[], bool]) -> None:
        """Promise to read them; `over` tells whether whoever promised has ended."""
        self.taken, self._over = True, over

    def files(self, watch: Callable[[], None]) -> Iterator[Upload]:
        """File after file; `watch` is called while none is there. `broken` says whether all came."""
        while True:
            watch()
            try:
                one = self._files.get(timeout=_PATIENCE)
            except Empty:
                continue
            if one is None:
                return
            yield one
            one.close()

    def hear(self, events: Iterable[Event]) -> None:
        """Hand on what came, as soon as there is room."""
        for event in events:
            match event:
                case Begun():
                    self._begin(event)
                case Piece(data=data):
                    self._hold(data)
                case Ended():
                    self._end()
                case Over(whole=whole):
                    self._finish(whole)

    def _begin(self, begun: Begun) -> None:
        self._name, self._field = begun.name, begun.field
        self._held, self._size = list[bytes](), 0
        self._left = self._end_at - begun.at
        self._upload: Upload | None = None
        self._count += 1

    def _hold(self, data: bytes) -> None:
        self._held.append(data)
        self._size += len(data)
        if self._upload is None and self._size > HELD:
            self._announce(self._foretell())
        if self._upload is not None:
            self._pass_on(self._upload, 1)

    def _end(self) -> None:
        upload = self._upload or self._announce(self._size)
        if self._size == upload.length:
            self._pass_on(upload, 0)
        else:
            upload.break_off("web_item.unmeasured")

    def _finish(self, whole: bool) -> None:
        if not whole:
            self.broken = self._upload is None
            if self._upload is not None:
                self._upload.break_off()
        self._files.put(None)

    def _foretell(self) -> int:
        """How long a file will be: as the form says, or as long as there is no other behind it."""
        at = self._count - 1
        return self._sizes[at] if at < len(self._sizes) else self._left

    def _announce(self, length: int) -> Upload:
        self._upload = Upload(self._name, length, self._field)
        self._files.put(self._upload)
        return self._upload

    def _pass_on(self, upload: Upload, kept: int) -> None:
        """Hand on all but the last pieces. Too many bytes are none of the file that was foretold."""
        if self._size > upload.length:
            upload.break_off("web_item.unmeasured")
            self._held.clear()
        while len(self._held) > kept:
            upload.feed(self._held.pop(0), self._over)


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
        if file:
            return Opening(fields, file, head + 4, name)
        end = data.find(b"\r\n" + between, head + 4)
        if end < 0:
            return True
        at = end + 2
        if file is None:
            try:
                typed = data[head + 4 : end].decode("utf-8").replace("\r\n", "\n")
            except UnicodeDecodeError:
                return False
            fields[name] = (*fields.get(name, ()), typed)
        elif end > head + 4:
            return False  # bytes of a file that nobody chose
        elif data.startswith(b"--", at + len(between)):
            return Opening(fields, "", at)


def measure_files(length: str | None, opening: Opening, boundary: bytes) -> int | None:
    """Where the last file ends in a form of this length, which must say how long it is."""
    if length is None or not _is_number(length):
        return None
    end = int(length) - len(closing(boundary))
    return end if end >= opening.at or not opening.name else None


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


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS
