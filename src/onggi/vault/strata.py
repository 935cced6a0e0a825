"""What one commit put into one stratum: leaves, bodies, items; whether they fit its root (§7, §9).

`cut_bodies` and `read_content` are each other's inverse. Statements are opaque here: five slots and their
salts. Refused: a body whose leaf is not in the list, a list whose root is not the commit's.
"""

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from msgspec import Struct

from onggi.errors import Finding, OnggiError
from onggi.proof.digest import HASH_SIZE, SALT_SIZE, SLOT_COUNT, hash_item, hash_slots, hash_statement
from onggi.proof.merkle import merkle_root
from onggi.vault.packs import Domain, Part, Shelf, Stored, group_parts
from onggi.vault.seal import Randomness, derive, frame, seal, sealed_length, unseal

Slots: TypeAlias = tuple[bytes, bytes, bytes, bytes, bytes]

SALTS = SLOT_COUNT * SALT_SIZE

# Bodies of one unit are cut near here, so that reading one statement never opens a whole case.
_CUT = 256 * 1024 - 8
_BOX = 8 + HASH_SIZE
# Before each slot of a body: its length and its salt.
_SLOT_HEAD = struct.Struct(f">I{SALT_SIZE}s")


class Entry(Struct, frozen=True, gc=False):
    """A statement to be kept: its slots, and the unit it is erased with."""

    unit: str
    slots: Slots


class Kept(Struct, frozen=True, gc=False):
    """A statement that is kept: its place among what was written together, that of its leaf, its content."""

    unit: str
    place: int
    index: int
    salts: bytes
    slots: Slots


class Item(Struct, frozen=True, gc=False):
    """A file that is kept: its object, hash, length, and where its leaf stands."""

    unit: str
    object: str
    index: int
    salt: bytes
    sha256: bytes
    length: int


@dataclass
class Content:
    """One stratum of one commit, as far as it can be read; what is kept, in the order it was written down."""

    kept: list[Kept] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    leaves: tuple[bytes, ...] = ()
    real: int = 0
    erased: int = 0
    damaged: int = 0
    findings: list[Finding] = field(default_factory=list)


def cut_bodies(kept: Iterable[Kept], keys: Mapping[str, bytes], randomness: Randomness) -> Iterator[Stored]:
    """Bodies to be stored: the statements of each unit, behind each other, in the order they were given."""
    bodies: dict[str, bytearray] = defaultdict(bytearray)

    def store(unit: str) -> Stored:
        data = bytes(bodies.pop(unit))
        return Stored("body", randomness(16).hex(), data, len(data), unit, keys[unit])

    for one in kept:
        piece = _write_body(one)
        if bodies[one.unit] and len(bodies[one.unit]) + len(piece) > _CUT:
            yield store(one.unit)
        bodies[one.unit] += piece
    for unit in list(bodies):
        yield store(unit)


def write_item(item: Item) -> bytes:
    """The stored form of an item's leaf."""
    return item.index.to_bytes(4, "big") + item.salt + item.sha256 + item.length.to_bytes(8, "big")


def seal_box(
    key: bytes,
    place: tuple[str, str, str, str, int],
    real: int,
    leaves: Sequence[bytes],
    randomness: Randomness,
) -> bytes:
    """How much a commit put into a stratum; `place` = vault, compartment, stratum, log, seq."""
    only = leaves[0] if len(leaves) == 1 else bytes(HASH_SIZE)
    plain = real.to_bytes(4, "big") + len(leaves).to_bytes(4, "big") + only
    return seal(derive(key, "box"), _box_context(place), plain, randomness)


def blind_box(randomness: Randomness) -> bytes:
    """A box for a stratum that the device does not hold; it looks like any other."""
    return randomness(sealed_length(_BOX))


def read_content(
    shelf: Shelf,
    domain: Domain,
    parts: Sequence[Part],
    place: tuple[str, str, str, str, int],
    root: bytes,
    box: bytes,
    units: Mapping[str, bytes],
    erased: frozenset[str],
) -> Content:
    """Read and verify one stratum of one commit from the parts that belong to it."""
    content = Content()
    where = f"{place[3]}:{place[4]}:{place[2]}"
    try:
        plain = unseal(derive(domain.key, "box"), _box_context(place), box)
    except OnggiError:
        # Written by a device without this stratum: a random box and a random root, and nothing of ours in it.
        if parts:
            content.findings.append(Finding("vault.strata.box", where))
        return content
    if len(plain) != _BOX:
        content.findings.append(Finding("vault.strata.box", where))
        return content
    content.real, size = int.from_bytes(plain[:4], "big"), int.from_bytes(plain[4:8], "big")
    content.leaves = (plain[8:],) if size == 1 else _read_leaves(shelf, domain, parts)
    if len(content.leaves) != size or not size or merkle_root(content.leaves) != root:
        content.damaged = content.real
        content.findings.append(Finding("vault.strata.leaves", where))
        return content
    broken = _read_bodies(shelf, domain, parts, units, erased, content, where)
    missing = content.real - len(content.kept) - len(content.items)
    gone = any(part.unit in erased for part in parts)
    if missing > 0 and (broken or not gone):
        content.damaged = missing
        content.findings.append(Finding("vault.strata.damaged", where, {"count": missing}))
    elif missing > 0:
        content.erased = missing
    return content


def _read_bodies(
    shelf: Shelf,
    domain: Domain,
    parts: Sequence[Part],
    units: Mapping[str, bytes],
    erased: frozenset[str],
    content: Content,
    where: str,
) -> bool:
    """Fill `content` with what opens and fits its leaf; whether anything that should open did not."""
    broken = False
    seen: set[int] = set()
    for kind in ("body", "itemleaf"):
        groups = group_parts(part for part in parts if part.kind == kind)
        for (unit, object_id), group in groups.items():
            if unit in erased:
                continue
            key = units.get(unit)
            try:
                if key is None:
                    raise OnggiError("vault.strata.key")
                data = shelf.read_object(domain, group, key)
                if kind == "itemleaf":
                    item = _read_item(unit, object_id, data)
                    _check_leaf(
                        content.leaves, item.index, hash_item(item.salt, item.sha256, item.length), seen
                    )
                    content.items.append(item)
                else:
                    for one in _read_body(unit, data):
                        leaf = hash_statement(hash_slots(one.slots, one.salts))
                        _check_leaf(content.leaves, one.index, leaf, seen)
                        content.kept.append(one)
            except OnggiError as error:
                broken = True
                content.findings.append(Finding(error.id, where))
    # Units lie apart; what was written down between two statements of one may be of another.
    content.kept.sort(key=lambda one: (one.place, one.index))
    return broken


def _check_leaf(leaves: Sequence[bytes], index: int, leaf: bytes, seen: set[int]) -> None:
    if index in seen or not index < len(leaves) or leaves[index] != leaf:
        raise OnggiError("vault.strata.leaf")
    seen.add(index)


def _read_leaves(shelf: Shelf, domain: Domain, parts: Sequence[Part]) -> tuple[bytes, ...]:
    try:
        data = shelf.read_object(domain, [part for part in parts if part.kind == "leaves"])
    except OnggiError:
        return ()
    return tuple(data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE))


def _write_body(one: Kept) -> bytes:
    salts = one.salts
    parts = [one.place.to_bytes(4, "big"), one.index.to_bytes(4, "big")]
    for at, slot in zip(range(0, SALTS, SALT_SIZE), one.slots, strict=True):
        parts += (_SLOT_HEAD.pack(len(slot), salts[at : at + SALT_SIZE]), slot)
    return b"".join(parts)


def _read_body(unit: str, data: bytes) -> Iterator[Kept]:
    at = 0
    while at < len(data):
        place, index = int.from_bytes(data[at : at + 4], "big"), int.from_bytes(data[at + 4 : at + 8], "big")
        at += 8
        salts, slots = [], []
        for _ in range(SLOT_COUNT):
            if len(data) - at < _SLOT_HEAD.size:
                raise OnggiError("vault.strata.body")
            length, salt = _SLOT_HEAD.unpack_from(data, at)
            start = at + _SLOT_HEAD.size
            at = start + length
            salts.append(salt)
            slots.append(data[start:at])
        if at > len(data):
            raise OnggiError("vault.strata.body")
        yield Kept(unit, place, index, b"".join(salts), (slots[0], slots[1], slots[2], slots[3], slots[4]))


def _read_item(unit: str, object_id: str, data: bytes) -> Item:
    if len(data) != 4 + SALT_SIZE + HASH_SIZE + 8:
        raise OnggiError("vault.strata.body")
    return Item(
        unit,
        object_id,
        int.from_bytes(data[:4], "big"),
        data[4:20],
        data[20:52],
        int.from_bytes(data[52:], "big"),
    )


def _box_context(place: tuple[str, str, str, str, int]) -> bytes:
    vault, compartment, stratum, log, seq = place
    return frame("box", bytes.fromhex(vault), bytes.fromhex(compartment), stratum, bytes.fromhex(log), seq)
