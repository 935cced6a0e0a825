"""A bag in a ZIP archive that somebody sent, read in memory without trusting it.

Pure, and meant for the process apart (`quarantine.Quarantine.unpack`). Nothing is unpacked onto a disk: an
entry is a file of a bag by its name alone, and of all others not a byte is read. Refused as a whole: what is
no archive, one whose directory would fill the memory, one that holds more than `MOST_UNPACKED`. Refused entry
by entry: links, what is sealed with a password, packed in a way that nobody needs, or damaged.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from msgspec import Struct

from onggi.errors import Finding, OnggiError
from onggi.evidence.arriving import Arriving
from onggi.evidence.content import Content, Stream, Weight
from onggi.evidence.folder import Contents

MOST_UNPACKED = 2**30
"""Bytes of all that is in an archive."""

_MOST_DIRECTORY = 4 * 2**20
_PIECE = 2**20
_FIRST = "bagit.txt"
_ENDS = b"PK\x05\x06"
_LARGER = b"PK\x06\x07"
_END, _LOCATOR = 22, 20  # bytes of the record that ends an archive, and of what points to a larger one
_SEALED = 0x1  # the flag of an entry with a password
_MEANS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Packed(Struct, frozen=True):
    """One file: what is read whole follows in order, `length` bytes of it; of what is carried, the hashes."""

    path: str
    length: int
    sha256: bytes = b""
    sha512: bytes = b""


class Unpacked(Struct, frozen=True):
    """What an archive held, in the order in which it was read; findings by their ids and places."""

    files: tuple[Packed, ...]
    findings: tuple[tuple[str, str], ...]


def unpack_archive(data: bytes) -> tuple[Unpacked, bytes]:
    """What an archive holds of a bag, and one behind the other the files that are read whole.

    Raises:
        OnggiError: `evidence.archive.form` for what is no archive of ours, `evidence.archive.large` for one
            of too much. Nothing can be said of a bag then.
    """
    arriving = Arriving()
    _read_archive(data, arriving)
    whole = [content for content in arriving.files.values() if isinstance(content, bytes)]
    files = tuple(_pack(path, content) for path, content in arriving.files.items())
    return Unpacked(files, tuple((one.code, one.where) for one in arriving.findings)), b"".join(whole)


def lay_out(unpacked: Unpacked, whole: bytes) -> Contents:
    """The same as `folder.read_folder` has it."""
    files, at = dict[str, Content](), 0
    for one in unpacked.files:
        if one.sha256:
            files[one.path] = Stream(Weight(one.length, one.sha256, one.sha512), tuple)
        else:
            files[one.path] = whole[at : at + one.length]
            at += one.length
    return Contents(files, tuple(Finding(code, where) for code, where in unpacked.findings))


def _pack(path: str, content: Content) -> Packed:
    if isinstance(content, bytes):
        return Packed(path, len(content))
    return Packed(path, content.weight.length, content.weight.sha256, content.weight.sha512)


def _read_archive(data: bytes, arriving: Arriving) -> None:
    """Hand every file of an archive to `arriving`."""
    _check_directory(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error):
        raise OnggiError("evidence.archive.form") from None
    names = [one.orig_filename for one in archive.infolist()]
    above, holding, room = _find_above(names), _find_holding(names), MOST_UNPACKED

    def unpack(entry: zipfile.ZipInfo) -> Iterator[bytes]:
        nonlocal room
        with archive.open(entry) as file:
            while piece := file.read(_PIECE):
                room -= len(piece)
                if room < 0:
                    raise OnggiError("evidence.archive.large")
                yield piece

    for name, entry in zip(names, archive.infolist(), strict=True):
        path = name.removeprefix(above)
        if name.endswith("/"):
            if name not in holding:
                arriving.leave(path, "evidence.bag.extra")  # no manifest speaks of an empty folder
        elif stat.S_ISLNK(entry.external_attr >> 16):
            arriving.leave(path, "evidence.bag.link")
        elif entry.flag_bits & _SEALED or entry.compress_type not in _MEANS:
            arriving.leave(path, "evidence.bag.unreadable")
        else:
            try:
                arriving.take(path, unpack(entry))
            except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
                arriving.leave(path, "evidence.bag.unreadable")


def _find_above(names: list[str]) -> str:
    """The folder that the bag lies in, where the archive holds it as one."""
    found = {name.removesuffix(_FIRST) for name in names if name == _FIRST or name.endswith(f"/{_FIRST}")}
    first = {one for one in found if one.count("/") <= 1}
    return first.pop() if len(first) == 1 else ""


def _find_holding(names: list[str]) -> set[str]:
    """The folders that hold anything."""
    return {name[:at] for name in names for at in range(1, len(name)) if name[at - 1] == "/"}


def _check_directory(data: bytes) -> None:
    """Refuse a directory of millions of entries before it is read; it is found as its reader finds it."""
    at = len(data) - _END
    if at >= 0 and (data[at : at + 4] != _ENDS or data[-2:] != b"\0\0"):
        at = data.rfind(_ENDS, max(0, at - 2**16))
    if at < 0 or len(data) - at < _END:
        raise OnggiError("evidence.archive.form")
    (size,) = struct.unpack_from("<L", data, at + 12)
    if size > _MOST_DIRECTORY or data[max(0, at - _LOCATOR) : at].startswith(_LARGER):
        raise OnggiError("evidence.archive.large")
