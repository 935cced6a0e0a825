"""Packs: immutable files of sealed objects, named by their hash, in three sizes (vault-format.md, §7).

`PackWriter` cuts objects into parts, seals them into one reused buffer and stages whole packs; `Shelf` finds
and opens what the keys at hand can open. A pack that none of them opens stays a name. Refused: a part in
another place, order, unit or object than the one it was sealed for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeAlias

import msgspec

from onggi.errors import OnggiError
from onggi.vault.folder import Folder
from onggi.vault.seal import (
    COMMITMENT,
    HEAD,
    SALT,
    Bytes,
    Randomness,
    capacity,
    commitment,
    derive,
    frame,
    pad,
    padded_length,
    seal,
    seal_into,
    sealed_length,
    unpad,
    unseal,
)

CLASSES = (64 * 1024, 1024 * 1024, 16 * 1024 * 1024)
OPENING_PLAIN = 64
OPENING = sealed_length(OPENING_PLAIN)

# What one write puts into a domain lies in packs of 1 MiB up to here, in packs of 16 MiB above.
_MIDDLE = 8 * 1024 * 1024
_VERSION = 1
_INDEX_LIMIT = 8 * 1024 * 1024

Row: TypeAlias = tuple[str, str, str, int, int, int, int, str, int]


class _Index(msgspec.Struct, frozen=True):
    objects: list[Row]


class Readable(Protocol):
    """What a file is read from: once, from its start to its end."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Domain:
    """Who can open a pack: one key, the name of what it is for, and whose it is."""

    what: str
    owner: str
    key: bytes = field(repr=False)

    @property
    def label(self) -> str:
        return f"{self.what} {self.owner}"

    @cached_property
    def pack_key(self) -> bytes:
        return derive(self.key, "pack")

    @cached_property
    def object_key(self) -> bytes:
        return derive(self.key, "object")


@dataclass(frozen=True, slots=True)
class Stored:
    """One object to be stored: bytes, or a stream of a known length.

    Bodies and items bring their unit's key.
    """

    kind: str
    object: str
    data: Bytes | Readable
    length: int
    unit: str = ""
    unit_key: bytes | None = field(default=None, repr=False)
    log: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Where one part of an object lies."""

    pack: str
    kind: str
    unit: str
    object: str
    number: int
    last: bool
    offset: int
    length: int
    log: str
    seq: int


class PackWriter:
    """Seals what one write puts into one domain.

    `write` returns what was staged, to be settled by the caller.
    """

    def __init__(self, folder: Folder, vault: str, domain: Domain, randomness: Randomness) -> None:
        self._folder = folder
        self._vault = vault
        self._domain = domain
        self._randomness = randomness
        self._staged: list[tuple[Path, str]] = []
        self._rows: list[Row] = []
        self._index_length = 0
        self._size = 0
        self._at = OPENING
        self._buffer = bytearray()

    def write(self, objects: Sequence[Stored]) -> list[tuple[Path, str]]:
        """Stage packs that hold all of `objects`; returns the staged files with their names."""
        self._size = _choose_class(objects)
        self._buffer = bytearray(self._size)
        for stored in objects:
            for number, (last, plaintext) in enumerate(self._cut(stored)):
                self._put(stored, number, last, plaintext)
        if self._rows:
            self._finish()
        return self._staged

    def _cut(self, stored: Stored) -> Iterator[tuple[bool, bytes]]:
        """Padded parts of an object, each cut to what the pack has room for at that moment."""
        full = self._room(empty=True)
        rest = stored.length
        offset = 0
        while True:
            room = self._room()
            size = padded_length(rest, full)
            if size > room:
                floor = 1 << (room.bit_length() - 1) if room > 0 else 0
                # A small remainder is not worth a part of its own, and a pack of 64 KiB is never shared that
                # way.
                if self._rows and floor < self._size // 64:
                    self._finish()
                    continue
                size = floor if self._rows else full
            taken = min(rest, size - 8)
            yield rest == taken, pad(_take(stored.data, offset, taken), size)
            rest -= taken
            offset += taken
            if rest == 0:
                return

    def _room(self, empty: bool = False) -> int:
        used = OPENING if empty else self._at
        rows = _ROW_LENGTH if empty else self._index_length + _ROW_LENGTH
        return max(capacity(self._size - used - _index_size(rows)), 0)

    def _put(self, stored: Stored, number: int, last: bool, plaintext: bytes) -> None:
        key = derive(stored.unit_key, "object") if stored.unit_key else self._domain.object_key
        context = _object_context(
            self._vault, self._domain, stored.kind, stored.unit, stored.object, number, last
        )
        end = self._at + sealed_length(len(plaintext))
        out = memoryview(self._buffer)[self._at : end]
        seal_into(key, context, plaintext, out, self._randomness)
        row = (
            stored.kind,
            stored.unit,
            stored.object,
            number,
            int(last),
            self._at,
            end - self._at,
            stored.log,
            stored.seq,
        )
        self._rows.append(row)
        self._index_length += len(msgspec.json.encode(row)) + 1
        self._at = end

    def _finish(self) -> None:
        domain, size = self._domain, self._size
        encoded = msgspec.json.encode(_Index(self._rows), order="sorted")
        index = pad(encoded, padded_length(len(encoded), _INDEX_LIMIT))
        sealed = seal(domain.pack_key, _index_context(self._vault, domain), index, self._randomness)
        start = size - len(sealed)
        self._buffer[start:] = sealed
        self._buffer[self._at : start] = self._randomness(start - self._at)
        self._buffer[:OPENING] = seal_opening(self._vault, domain, start, len(sealed), self._randomness)
        self._staged.append(stage_pack(self._folder, self._buffer))
        self._rows, self._index_length, self._at = [], 0, OPENING


class Shelf:
    """The packs of a folder as far as the keys at hand open them."""

    def __init__(self, folder: Folder, vault: str) -> None:
        self._folder = folder
        self._vault = vault
        self._closed = {name: b"" for name in folder.names("packs")}
        self._parts: dict[str, list[Part]] = {}
        self._by_object: dict[tuple[str, str], dict[str, list[Part]]] = {}
        self._sizes: dict[str, int] = {}
        self._domains: dict[str, Domain] = {}
        self._opened: dict[str, str] = {}
        self.broken: list[str] = []

    @property
    def closed(self) -> list[str]:
        """Names of packs that no key at hand opens."""
        return list(self._closed)

    @property
    def names(self) -> set[str]:
        """Names of all packs that lie there."""
        return self._closed.keys() | self._opened.keys()

    def names_of(self, domain: Domain) -> set[str]:
        """Names of the packs that were found to belong to a domain."""
        return {name for name, label in self._opened.items() if label == domain.label}

    def sizes(self, names: Iterable[str]) -> dict[int, list[str]]:
        """These packs by size class, sorted; a pack of another size is in none."""
        found: dict[int, list[str]] = {size: [] for size in CLASSES}
        for name in sorted(names):
            if name not in self._sizes:
                self._sizes[name] = self._folder.size(name)
            found.get(self._sizes[name], []).append(name)
        return found

    def add(self, domains: Iterable[Domain]) -> None:
        """Open whatever these domains can open of the packs that are still closed."""
        fresh = [domain for domain in domains if domain.label not in self._domains]
        for domain in fresh:
            self._domains[domain.label] = domain
            self._parts.setdefault(domain.label, [])
        for name, opening in list(self._closed.items()):
            if not opening:
                try:
                    opening = self._closed[name] = self._folder.read_part(name, 0, OPENING)
                except FileNotFoundError:  # another member's write has just consumed it
                    del self._closed[name]
                    continue
            for domain in fresh:
                if self._belongs(domain, opening):
                    self._open(domain, name, opening)
                    break

    def take_in(self, names: Iterable[str]) -> None:
        """Know packs that have come since."""
        for name in names:
            if name not in self._opened:
                self._closed.setdefault(name, b"")
        known, self._domains = self._domains, {}
        self.add(known.values())

    def drop(self, names: Iterable[str]) -> None:
        """Forget packs that are gone."""
        for name in names:
            self._closed.pop(name, None)
            label = self._opened.pop(name, None)
            if label is not None:
                self._parts[label] = [part for part in self._parts[label] if part.pack != name]
                self._by_object.clear()

    def parts(self, domain: Domain, kind: str) -> list[Part]:
        """All parts of one kind that a domain holds."""
        return [part for part in self._parts.get(domain.label, ()) if part.kind == kind]

    def parts_of(self, domain: Domain, kind: str, object_id: str) -> list[Part]:
        """All parts of one object."""
        place = (domain.label, kind)
        if place not in self._by_object:
            objects: dict[str, list[Part]] = {}
            for part in self.parts(domain, kind):
                objects.setdefault(part.object, []).append(part)
            self._by_object[place] = objects
        return self._by_object[place].get(object_id, [])

    def all_parts(self) -> Iterator[Part]:
        """All parts of all domains that are open."""
        for parts in self._parts.values():
            yield from parts

    def read_part(self, domain: Domain, part: Part, unit_key: bytes | None = None) -> bytes:
        """The content of one part. Raises `vault.seal.broken` if it is not what was stored there."""
        key = derive(unit_key, "object") if unit_key else domain.object_key
        context = _object_context(
            self._vault, domain, part.kind, part.unit, part.object, part.number, part.last
        )
        try:
            sealed = self._folder.read_part(part.pack, part.offset, part.length)
        except FileNotFoundError:
            raise OnggiError("vault.packs.missing") from None
        return unpad(unseal(key, context, sealed))

    def read_object(self, domain: Domain, parts: Sequence[Part], unit_key: bytes | None = None) -> bytes:
        """All parts of one object, joined. Raises `vault.packs.missing` if one is not there."""
        return b"".join(self.stream_object(domain, parts, unit_key))

    def stream_object(
        self, domain: Domain, parts: Sequence[Part], unit_key: bytes | None = None
    ) -> Iterator[bytes]:
        """The parts of one object in order; raises `vault.packs.missing` first if any is not there."""
        numbers: dict[int, list[Part]] = {}
        for part in parts:
            numbers.setdefault(part.number, []).append(part)
        if (
            not numbers
            or sorted(numbers) != list(range(len(numbers)))
            or not numbers[len(numbers) - 1][0].last
        ):
            raise OnggiError("vault.packs.missing")
        for number in range(len(numbers)):
            yield self._read_any(domain, numbers[number], unit_key)

    def _read_any(self, domain: Domain, parts: Sequence[Part], unit_key: bytes | None) -> bytes:
        """One of parts that should be the same: a damaged double of a pack must not hide the whole one."""
        for part in parts[:-1]:
            try:
                return self.read_part(domain, part, unit_key)
            except OnggiError:
                continue
        return self.read_part(domain, parts[-1], unit_key)

    def _belongs(self, domain: Domain, opening: bytes) -> bool:
        salt, committed = opening[:SALT], opening[SALT:HEAD]
        if len(opening) != OPENING or len(committed) != COMMITMENT:
            return False
        return commitment(domain.pack_key, _opening_context(self._vault, domain), salt) == committed

    def _open(self, domain: Domain, name: str, opening: bytes) -> None:
        del self._closed[name]
        self._opened[name] = domain.label
        try:
            head = unseal(domain.pack_key, _opening_context(self._vault, domain), opening)
            if head[0] != _VERSION:
                raise OnggiError("vault.newer")
            offset, length = int.from_bytes(head[1:5], "big"), int.from_bytes(head[5:9], "big")
            if length == 0:
                return
            sealed = self._folder.read_part(name, offset, length)
            index = unpad(unseal(domain.pack_key, _index_context(self._vault, domain), sealed))
            rows = msgspec.json.decode(index, type=_Index).objects
        except FileNotFoundError:  # cleared up behind a crash, between the listing and now
            del self._opened[name]
            return
        except (OnggiError, msgspec.MsgspecError) as error:
            if isinstance(error, OnggiError) and error.id == "vault.newer":
                raise
            self.broken.append(name)
            return
        self._by_object.clear()
        parts = self._parts[domain.label]
        for kind, unit, object_id, number, last, at, size, log, seq in rows:
            parts.append(Part(name, kind, unit, object_id, number, bool(last), at, size, log, seq))


def seal_opening(vault: str, domain: Domain, offset: int, length: int, randomness: Randomness) -> bytes:
    """The first bytes of a pack: its routing tag, and where its index lies (nowhere, in a filler)."""
    plain = bytes([_VERSION]) + offset.to_bytes(4, "big") + length.to_bytes(4, "big")
    padded = plain + bytes(OPENING_PLAIN - len(plain))
    return seal(domain.pack_key, _opening_context(vault, domain), padded, randomness)


def stage_pack(folder: Folder, data: Bytes) -> tuple[Path, str]:
    """Stage a whole pack under the name its bytes give it."""
    digest = sha256(data).hexdigest()
    return folder.stage(data), pack_name(digest)


def pack_name(digest: str) -> str:
    """Where the pack of this hash lies."""
    return f"packs/{digest[0]}/{digest[1:]}"


def pack_hash(name: str) -> str:
    """The hash that a pack's name gives."""
    return name[6] + name[8:]


def group_parts(parts: Iterable[Part]) -> dict[tuple[str, str], list[Part]]:
    """Parts by unit and object."""
    groups: dict[tuple[str, str], list[Part]] = {}
    for part in parts:
        groups.setdefault((part.unit, part.object), []).append(part)
    return groups


# A row holds a kind, two ids, a log id and numbers: never longer than this once it is written down.
_ROW_LENGTH = 200


def _index_size(rows_length: int) -> int:
    return sealed_length(padded_length(rows_length + 32, _INDEX_LIMIT))


def _choose_class(objects: Sequence[Stored]) -> int:
    sealed = sum(sealed_length(padded_length(stored.length, CLASSES[2])) for stored in objects)
    if OPENING + sealed + _index_size(_ROW_LENGTH * len(objects)) <= CLASSES[0]:
        return CLASSES[0]
    return CLASSES[1] if sealed <= _MIDDLE else CLASSES[2]


def _take(data: Bytes | Readable, offset: int, length: int) -> Bytes:
    if isinstance(data, (bytes, bytearray, memoryview)):
        return memoryview(data)[offset : offset + length]
    piece = data.read(length)
    if len(piece) != length:
        raise OnggiError("vault.packs.changed")
    return piece


def _opening_context(vault: str, domain: Domain) -> bytes:
    return frame("opening", bytes.fromhex(vault), domain.label)


def _index_context(vault: str, domain: Domain) -> bytes:
    return frame("index", bytes.fromhex(vault), domain.label)


def _object_context(
    vault: str, domain: Domain, kind: str, unit: str, object_id: str, number: int, last: bool
) -> bytes:
    return frame(
        "object",
        bytes.fromhex(vault),
        domain.label,
        kind,
        bytes.fromhex(unit),
        bytes.fromhex(object_id),
        number.to_bytes(4, "big"),
        bytes([last]),
    )
