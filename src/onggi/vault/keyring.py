"""Keyrings: the only place where unit keys stand, and so where erasing happens (§6, §12).

Pure: a keyring is a value; `cells` writes it. It remembers which units are erased; the signed tombstones lie
in the packs and always win: a keyring that was set back is cleaned by those that are there.
"""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from onggi.errors import OnggiError
from onggi.proof.signature import Signer
from onggi.vault.keys import Device, wrap
from onggi.vault.members import Members
from onggi.vault.seal import Randomness, derive, frame, seal, unseal
from onggi.vault.signed import VERSION, Hash, Id, check_signed, decode_json, heed_newer, read_body, sign_body


class Tombstone(Struct, frozen=True):
    """That a unit is erased, signed by the device that did it."""

    v: int
    unit: Id
    compartment: Id
    stratum: str
    by: Id


class _Outer(Struct, frozen=True):
    v: int
    count: Annotated[int, Meta(ge=0, lt=2**53)]
    wraps: dict[str, str]
    box: str


class _Inner(Struct, frozen=True):
    units: dict[Id, Hash]
    erased: tuple[Id, ...]
    index: Hash


@dataclass(frozen=True)
class Keyring:
    """Unit keys of one compartment and stratum, the units erased, and the key of the projection."""

    compartment: str
    stratum: str
    count: int
    ring_key: bytes = field(repr=False)
    index_key: bytes = field(repr=False)
    units: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    erased: frozenset[str] = frozenset()
    wraps: Mapping[str, str] = field(default_factory=dict, repr=False)

    def with_unit(self, unit: str, key: bytes) -> "Keyring":
        """This keyring and one more unit."""
        return replace(self, units={**self.units, unit: key})

    def without(self, erased: Iterable[str]) -> "Keyring":
        """This keyring after these units were erased: their keys are gone from the value."""
        gone = self.erased | frozenset(erased)
        units = {unit: key for unit, key in self.units.items() if unit not in gone}
        return replace(self, units=units, erased=gone)

    def renewed(self, devices: Mapping[str, str], vault: str, randomness: Randomness) -> "Keyring":
        """The same under a fresh ring key and projection key, wrapped to these devices (id → X-Wing)."""
        fresh = replace(self, ring_key=randomness(32), index_key=randomness(32), wraps={})
        return fresh.shared(devices, vault)

    def shared(self, devices: Mapping[str, str], vault: str) -> "Keyring":
        """The same keyring, wrapped to these devices too."""
        wraps = dict(self.wraps)
        for device, public in devices.items():
            if device not in wraps:
                info = _ring_info(vault, self.compartment, self.stratum, device)
                wraps[device] = base64.b64encode(wrap(self.ring_key, bytes.fromhex(public), info)).decode()
        return replace(self, wraps=wraps)


def make_keyring(compartment: str, stratum: str, randomness: Randomness) -> Keyring:
    """An empty keyring."""
    return Keyring(compartment, stratum, 0, randomness(32), randomness(32))


def write_keyring(ring: Keyring, vault: str, randomness: Randomness) -> bytes:
    """What the cell of a keyring holds; its count is one more than the ring's."""
    inner = _Inner(
        {unit: key.hex() for unit, key in ring.units.items()},
        tuple(sorted(ring.erased)),
        ring.index_key.hex(),
    )
    plain = msgspec.json.encode(inner, order="sorted")
    box = seal(ring.ring_key, _box_context(vault, ring.compartment, ring.stratum), plain, randomness)
    outer = _Outer(1, ring.count + 1, dict(ring.wraps), base64.b64encode(box).decode())
    return msgspec.json.encode(outer, order="sorted")


def read_keyring(data: bytes, compartment: str, stratum: str, device: Device) -> Keyring:
    """The keyring in a cell, opened by a device it is wrapped to."""
    vault = device.secret.vault
    outer = decode_json(data, _Outer)
    if outer.v != VERSION:
        raise OnggiError("vault.newer")
    try:
        wrapped = outer.wraps.get(device.id)
        if wrapped is None:
            raise OnggiError("vault.keyring.closed")
        info = _ring_info(vault, compartment, stratum, device.id)
        ring_key = device.unwrap(base64.b64decode(wrapped), info)
        plain = unseal(ring_key, _box_context(vault, compartment, stratum), base64.b64decode(outer.box))
    except ValueError:  # what is no base64
        raise OnggiError("vault.seal.broken") from None
    inner = decode_json(plain, _Inner)
    return Keyring(
        compartment,
        stratum,
        outer.count,
        ring_key,
        bytes.fromhex(inner.index),
        {unit: bytes.fromhex(key) for unit, key in inner.units.items()},
        frozenset(inner.erased),
        outer.wraps,
    )


def ring_key(stratum_key: bytes, compartment: str, stratum: str) -> bytes:
    """The key of the cell around a keyring."""
    return derive(stratum_key, "ring", bytes.fromhex(compartment), stratum)


def sign_tombstone(signer: Signer, tombstone: Tombstone) -> bytes:
    """The signed bytes of a tombstone."""
    return sign_body(signer, "tombstone", tombstone)


def accept_tombstone(members: Members, compartment: str, stratum: str, raw: bytes) -> Tombstone | None:
    """The tombstone in these bytes, if a device of this vault signed it for this place."""
    try:
        mark = read_body(raw, Tombstone)
        card = members.devices.get(mark.by)
        if card is None or (mark.compartment, mark.stratum) != (compartment, stratum):
            return None
        check_signed(card.public, "tombstone", raw)
    except OnggiError as error:
        heed_newer(error, "tombstone", raw, members.publics)
        return None
    return mark


def _ring_info(vault: str, compartment: str, stratum: str, device: str) -> bytes:
    return frame("ring", bytes.fromhex(vault), bytes.fromhex(compartment), stratum, bytes.fromhex(device))


def _box_context(vault: str, compartment: str, stratum: str) -> bytes:
    return frame("keyring", bytes.fromhex(vault), bytes.fromhex(compartment), stratum)
