"""Packs: immutable files of sealed objects, named by their hash, in three sizes (vault-format.md, §7).

`Shelf` finds and opens what the keys at hand can open; `packing` makes packs. A pack that no key opens stays
a name. Refused: a part in another place, order, unit or object than the one it was sealed for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Protocol, TypeAlias

import msgspec

from onggi.errors import OnggiError
from onggi.vault.folder import Folder
from onggi.vault.seal import (
    COMMITMENT,
    HEAD,
    SALT,
    Randomness,
    commitment,
    derive,
    extend,
    frame,
    seal,
    sealed_length,
    unseal,
    unseal_padded,
)
from onggi.vault.signed import decode_json

CLASSES = (64 * 1024, 1024 * 1024, 16 * 1024 * 1024)
OPENING_PLAIN = 64
OPENING = sealed_length(OPENING_PLAIN)

_VERSION = 1

_Number: TypeAlias = Annotated[int, msgspec.Meta(ge=0, lt=2**32)]
_Place: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=CLASSES[-1])]
Row: TypeAlias = tuple[str, str, str, _Number, _Number, _Place, _Place, str, _Number]


class Index(msgspec.Struct, frozen=True):
    """What stands at the end of a pack: a row for each part that lies in it."""

    objects: list[Row]


class Readable(Protocol):
    """What a file is read from: once, from its start to its end, into memory that is there already."""

    def readinto(self, buffer: memoryview, /) -> int | None: ...


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
    data: bytes | Readable
    length: int
    unit: str = ""
    unit_key: bytes | None = field(default=None, repr=False)
    log: str = ""
    seq: int = 0


class Part(msgspec.Struct, frozen=True, gc=False):
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


@dataclass(frozen=True, slots=True)
class Scope:
    """What all parts of one kind and one unit share: their key, and how what they are bound to begins."""

    key: bytes = field(repr=False)
    start: bytes

    def context(self, object_id: str, number: int, last: bool) -> bytes:
        """What one part is bound to."""
        return extend(self.start, bytes.fromhex(object_id), number.to_bytes(4, "big"), bytes([last]))


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
        self._last: tuple[object, Scope] | None = None
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
                except OnggiError:  # to `verify` it is a finding; here it is a pack that does not open
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
        try:
            scope = self._find_scope(domain, part, unit_key)
            context = scope.context(part.object, part.number, part.last)
        except ValueError:  # a row that names no id
            raise OnggiError("vault.seal.broken") from None
        try:
            sealed = self._folder.read_part(part.pack, part.offset, part.length)
        except FileNotFoundError:
            raise OnggiError("vault.packs.missing") from None
        return unseal_padded(scope.key, context, sealed)

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

    def _find_scope(self, domain: Domain, part: Part, unit_key: bytes | None) -> Scope:
        # A thousand files of one unit are read one after the other; more than the last key need not lie here.
        place = (domain.label, part.kind, part.unit, unit_key)
        if self._last is None or self._last[0] != place:
            self._last = (place, make_scope(self._vault, domain, part.kind, part.unit, unit_key))
        return self._last[1]

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
            if length > CLASSES[-1]:
                raise OnggiError("vault.seal.broken")
            sealed = self._folder.read_part(name, offset, length)
            index = unseal_padded(domain.pack_key, index_context(self._vault, domain), sealed)
            rows = decode_json(index, Index).objects
        except FileNotFoundError:  # cleared up behind a crash, between the listing and now
            del self._opened[name]
            return
        except OnggiError as error:
            if error.id == "vault.newer":
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


def _opening_context(vault: str, domain: Domain) -> bytes:
    return frame("opening", bytes.fromhex(vault), domain.label)


def index_context(vault: str, domain: Domain) -> bytes:
    """What the index of a pack is bound to."""
    return frame("index", bytes.fromhex(vault), domain.label)


def make_scope(vault: str, domain: Domain, kind: str, unit: str, unit_key: bytes | None) -> Scope:
    """The scope of a kind and a unit; what belongs to no unit is sealed under the domain's own key."""
    start = frame("object", bytes.fromhex(vault), domain.label, kind, bytes.fromhex(unit))
    return Scope(derive(unit_key, "object") if unit_key else domain.object_key, start)
