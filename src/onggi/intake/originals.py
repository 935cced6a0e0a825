"""Originals: files that become items, streamed into the vault as they are.

Floor 5; reads the files it is given, once, and writes nothing outside the vault. What leads to a person (file
name, type, hash, length) is identity; the record learns only that the case has an item with a code. Refused:
a folder, a link that leads nowhere, a file that changes while it is read.
"""

import mimetypes
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.model.entity import Randomness, make_code, new_id
from onggi.model.statement import About, Statement, What
from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Number, Term, Text, Value
from onggi.vault.opened import Compartment
from onggi.vault.strata import Item
from onggi.vault.writing import File


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
    files = [File(id, "", _Late(path, lengths[id]), lengths[id]) for id, path in names.items()]
    codes = {id: make_code("item", randomness) for id in names}

    def say(subject: str, name: str, value: Value) -> Statement:
        return Statement(What(name, value), About(new_id(randomness), subject, matter, ""))

    def describe(item: Item) -> list[Statement]:
        id, path = item.object, names[item.object]
        said: list[tuple[str, Value]] = [
            ("file_name", Text(_printable(path.name), "und")),
            ("media_type", Text(mimetypes.guess_type(path.name)[0] or "application/octet-stream", "und")),
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
    receipt = ledger.append(compartment, placed, files, bringer, describe)
    kept = {item.object: item for item in receipt.items["identity"]}
    return [Original(id, codes[id], kept[id].sha256.hex(), kept[id].length) for id in names]


class _Late:
    """A file that is opened when it is first read: twenty thousand of them are never open at once."""

    def __init__(self, path: Path, length: int) -> None:
        self._path = path
        self._left = length
        self._file: BinaryIO | None = None

    def read(self, size: int = -1) -> bytes:
        if self._file is None:
            self._file = self._path.open("rb")
        data = self._file.read(size)
        self._left -= len(data)
        if self._left <= 0:
            grown = self._file.read(1)
            self._file.close()
            if grown:
                raise OnggiError("vault.packs.changed")
        return data


def _measure(path: Path) -> int:
    """The length of a file. Refuses whatever is no file or cannot be read, before anything is kept."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE) from None
    if not stat.S_ISREG(found.st_mode) or not os.access(path, os.R_OK):
        raise OnggiError("intake.original.unreadable", exit_code=Exit.USAGE)
    return found.st_size


def _printable(name: str) -> str:
    """A file name that can be written down: what is no character becomes a mark; it holds no folder."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(one if one.isprintable() else "\ufffd" for one in text)
