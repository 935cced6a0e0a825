"""Originals: files that become items, streamed into the vault as they are.

Floor 5; reads the files it is given, once, and writes nothing outside the vault. What leads to a person (file
name, type, hash, length) is identity; the record learns only that the case has an item with a code. Refused:
a folder, a pipe, a device, a link that leads nowhere, a file that changes or fails while it is read.
"""

import mimetypes
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.model.entity import Randomness, make_code, new_id
from onggi.model.statement import About, Statement, What
from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Number, Term, Text, Value
from onggi.vault.opened import Compartment
from onggi.vault.strata import Item
from onggi.vault.writing import File

# To open a pipe waits for whoever writes to it; on systems without pipes in folders there is no such wait.
_CAUTION = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Original:
    """A file that was taken in: the item's id and code, its SHA-256 in hex and its length in bytes."""

    item: str
    code: str
    sha256: str
    length: int


def take_in(
    ledger: Ledger,
    compartment: Compartment,
    case: str,
    paths: Sequence[Path],
    person: str | None,
    randomness: Randomness,
) -> list[Original]:
    """Keep files as items of a case, with the unit of the person who brought them if one is named.

    Raises:
        OnggiError: `intake.original.unreadable` for a file that cannot be read, `intake.original.case` where
            `case` is no case; nothing is kept then.
    """
    view = ledger.view(strata=compartment.strata, compartment=compartment)
    matter = view.find(case)
    if view.kind_of(matter) != "case":
        raise OnggiError("intake.original.case", exit_code=Exit.USAGE)
    bringer = view.find(person) if person else ""
    if bringer and view.kind_of(bringer) != "person":
        raise OnggiError("intake.original.person", exit_code=Exit.USAGE)
    names = {new_id(randomness): path for path in paths}
    lengths = {id: _measure(path) for id, path in names.items()}
    streams = {id: _Late(path, lengths[id]) for id, path in names.items()}
    files = [File(id, "", stream, lengths[id]) for id, stream in streams.items()]
    codes = {id: make_code("item", randomness) for id in names}

    def say(subject: str, name: str, value: Value) -> Statement:
        return Statement(What(name, value), About(new_id(randomness), subject, matter, ""))

    def describe(item: Item) -> list[Statement]:
        id, path = item.object, names[item.object]
        said: list[tuple[str, Value]] = [
            ("file_name", Text(_printable(path.name), "und")),
            ("media_type", Text(_guess_type(path.name), "und")),
            ("sha256", Text(item.sha256.hex(), "und")),
            ("length", Number(str(item.length), "bytes")),
        ]
        if bringer:
            said.append(("brought_by", Entity(bringer)))
        return [say(id, name, value) for name, value in said]

    placed = [
        (Stratum.RECORD, say(id, name, value))
        for id in names
        for name, value in (("kind", Term("entity_kinds", "item")), ("code", Text(codes[id], "und")))
    ]
    try:
        receipt = ledger.append(compartment, placed, files, bringer, describe)
    finally:
        for stream in streams.values():
            stream.close()
    kept = {item.object: item for item in receipt.items["identity"]}
    return [Original(id, codes[id], kept[id].sha256.hex(), kept[id].length) for id in names]


class _Late:
    """A file that is opened when it is first read: twenty thousand of them are never open at once."""

    def __init__(self, path: Path, length: int) -> None:
        self._path = path
        self._left = length
        self._file: FileIO | None = None

    def readinto(self, buffer: memoryview, /) -> int:
        if self._file is None:
            self._file = _open(self._path)
        try:
            taken = self._file.readinto(buffer)
            self._left -= taken
            grown = self._left <= 0 and bool(self._file.read(1))
        except OSError:
            raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE) from None
        if self._left <= 0:
            self.close()
        if grown:
            raise OnggiError("vault.packs.changed")
        return taken

    def close(self) -> None:
        """Give the file back, also where it was not read to its end."""
        if self._file is not None:
            self._file.close()


def _open(path: Path) -> FileIO:
    """A plain file, open. What took its place since it was measured neither holds us up nor is read."""
    try:
        number = os.open(path, os.O_RDONLY | _CAUTION)
    except OSError:
        raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE) from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE)
    return open(number, "rb", buffering=0)


def _measure(path: Path) -> int:
    """The length of a file. Refuses whatever is no file or cannot be read, before anything is kept."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE) from None
    if not stat.S_ISREG(found.st_mode) or not os.access(path, os.R_OK):
        raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE)
    return found.st_size


def _guess_type(name: str) -> str:
    """What the end of a name says; a folder before it keeps `data:…` from being taken for an address."""
    return mimetypes.guess_type(f"./{name}")[0] or "application/octet-stream"


def _printable(name: str) -> str:
    """A file name that can be written down: what is no character becomes a mark; it holds no folder."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return text if text.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in text)
