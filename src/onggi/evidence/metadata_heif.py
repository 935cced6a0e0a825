"""What a HEIC picture says of itself, as telephones write them: its EXIF and its XMP.

Pure. The picture is not decoded and not drawn anew here: only the boxes around it are read (ISO/IEC 14496-12
and 23008-12), as far as they lead to what it says. Refused: boxes that lead nowhere.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from PIL import Image

from onggi.errors import OnggiError
from onggi.evidence.look import Look, cut_entries
from onggi.evidence.metadata_image import DAMAGE, describe_exif, work_quietly
from onggi.evidence.metadata_xmp import list_xmp

_MOST_BOXES = 10_000
_MOST_ITEMS = 1_000
_LARGEST = 1024 * 1024
_FULL = 4  # bytes of version and flags in front of what a full box holds
_XMP_TYPE = b"application/rdf+xml"


class _Box(NamedTuple):
    """A box: its four letters, and from where to where what it holds stands in the file."""

    kind: bytes
    start: int
    end: int


@work_quietly()
def look_at_heif(data: bytes) -> Look:
    """What a HEIC picture says of itself. Raises `evidence.broken` where its boxes cannot be followed."""
    try:
        return _look(data)
    except IndexError:  # behind the end
        raise OnggiError("evidence.broken") from None


def _look(data: bytes) -> Look:
    meta = _find(data, b"meta", 0, len(data))
    if meta is None:
        raise OnggiError("evidence.broken")
    inside = (meta.start + _FULL, meta.end)
    names = _find(data, b"iinf", *inside)
    places = _find(data, b"iloc", *inside)
    own = _find(data, b"idat", *inside)
    if names is None or places is None:
        return Look("read")
    wanted = dict(_list_items(data, names))
    exif, packets = Image.Exif(), []
    for number, content in _read_items(data, places, own, wanted.keys()):
        if wanted[number] == b"Exif" and len(content) > 4:
            # What it holds begins with how far behind the EXIF begins.
            at = 4 + int.from_bytes(content[:4], "big")
            _load_exif(exif, content[at:])
        else:
            packets.append(content)
    found = describe_exif(exif)
    xmp = [entry for packet in packets for entry in list_xmp(packet)]
    return Look("read", cut_entries([*found.entries, *xmp]), found.taken_on, found.taken_at)


def _load_exif(exif: Image.Exif, tiff: bytes) -> None:
    try:
        exif.load(b"Exif\0\0" + tiff)
    except DAMAGE:
        raise OnggiError("evidence.broken") from None


def _walk(data: bytes, at: int, end: int) -> Iterator[_Box]:
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        length, kind, start = _number(data, at, 4), data[at + 4 : at + 8], at + 8
        if length == 1:
            length, start = _number(data, at + 8, 8), at + 16
        stop = end if length == 0 else at + length
        if not start <= stop <= end:
            raise OnggiError("evidence.broken")
        yield _Box(kind, start, stop)
        at = stop


def _find(data: bytes, kind: bytes, at: int, end: int) -> _Box | None:
    return next((box for box in _walk(data, at, end) if box.kind == kind), None)


def _list_items(data: bytes, names: _Box) -> Iterator[tuple[int, bytes]]:
    """The numbers of the items that say something, each with what it is."""
    wide = data[names.start] > 0
    for box in _walk(data, names.start + _FULL + (4 if wide else 2), names.end):
        version = data[box.start] if box.kind == b"infe" else 0
        if version < 2:
            continue
        size = 2 if version == 2 else 4
        at = box.start + _FULL + size
        number, kind = _number(data, at - size, size), data[at + 2 : at + 6]
        if kind == b"Exif":
            yield number, kind
        elif kind == b"mime" and _XMP_TYPE in data[at + 6 : box.end]:
            yield number, _XMP_TYPE


def _read_items(
    data: bytes, places: _Box, own: _Box | None, wanted: Collection[int]
) -> Iterator[tuple[int, bytes]]:
    """What the wanted items hold, from wherever in the file their pieces stand."""
    reader = _Reader(data, places.start)
    version = reader.take(1)
    reader.take(3)
    sizes = reader.take(2)
    offset, length, base, index = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    count = reader.take(2 if version < 2 else 4)
    for _ in range(min(count, _MOST_ITEMS)):
        number = reader.take(2 if version < 2 else 4)
        method = reader.take(2) & 15 if version else 0
        reader.take(2)
        begin = reader.take(base)
        pieces = []
        for _ in range(min(reader.take(2), _MOST_ITEMS)):
            reader.take(index if version else 0)
            at, size = begin + reader.take(offset), reader.take(length)
            if method == 1 and own is not None:
                at += own.start
            if number in wanted:
                pieces.append(data[at : at + min(size, _LARGEST)])
        if pieces:
            yield number, b"".join(pieces)


class _Reader:
    """Numbers of given widths, one after the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at

    def take(self, size: int) -> int:
        """The next number. Raises `evidence.broken` behind the end."""
        if self._at + size > len(self._data):
            raise OnggiError("evidence.broken")
        value = _number(self._data, self._at, size)
        self._at += size
        return value


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")
