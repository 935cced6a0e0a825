"""A vault's folder in which some files are other than they lie there, and what must be readable all the same.

`Changed` serves damage without a disk. `Whereabouts` knows of an intact vault which bytes each statement
rests on: its body, its leaves, its commit, and every signed entry that lets its reader in and its author
write.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeAlias

import msgspec

from onggi.errors import OnggiError
from onggi.vault.cells import PLACES
from onggi.vault.folder import Folder
from onggi.vault.opened import Compartment, Vault
from onggi.vault.packs import OPENING, Domain, Part, group_parts
from onggi.vault.seal import frame, unseal
from onggi.vault.signed import hash_signed

ALL_PLACES = (*PLACES, "packs")

Span: TypeAlias = tuple[str, int, int]
"""Bytes of a file: its name, where they begin, where they end."""

Key: TypeAlias = tuple[str, str, str, int, int]
"""Something to read: compartment, stratum or kind, log, number of its commit, index of its leaf."""


class Changed(Folder):
    """A folder in which some files are other than on the disk, are missing (None), or lie there as well."""

    def __init__(self, folder: Folder, files: Mapping[str, bytes | None]) -> None:
        super().__init__(folder.root, folder._randomness)
        self.files = files

    def names(self, place: str) -> list[str]:
        lying = set(super().names(place))
        for name, data in self.files.items():
            if name.startswith(f"{place}/") and place != "packs":
                (lying.discard if data is None else lying.add)(name)
        return sorted(lying)

    def read(self, name: str) -> bytes:
        data = self._changed(name)
        return super().read(name) if data is None else data

    def read_part(self, name: str, offset: int, length: int) -> bytes:
        data = self._changed(name)
        return super().read_part(name, offset, length) if data is None else data[offset : offset + length]

    def size(self, name: str) -> int:
        data = self._changed(name)
        return super().size(name) if data is None else len(data)

    def _changed(self, name: str) -> bytes | None:
        data = self.files.get(name)
        if data is None and name in self.files:
            raise FileNotFoundError(name)
        return data


def read_keys(vault: Vault) -> set[Key]:
    """All that can be read: statements, items, the bytes of these to the last, and anchors."""
    found: set[Key] = set()
    for compartment in vault.compartments:
        for step in compartment.history.steps():
            commit = step.commit
            for stratum in compartment.strata:
                content = vault.content(compartment, step, stratum)
                where = (commit.log, commit.seq)
                found |= {(compartment.id, stratum, *where, kept.index) for kept in content.kept}
                for item in content.items:
                    found.add((compartment.id, stratum, *where, item.index))
                    try:
                        whole = b"".join(vault.read_item(compartment, stratum, item))
                    except OnggiError:
                        continue
                    if sha256(whole).digest() == item.sha256:
                        found.add((compartment.id, "bytes", *where, item.index))
        texts = [sha256(one.text).hexdigest() for one in vault.anchors(compartment)]
        found |= {(compartment.id, "anchor", text, 0, 0) for text in texts}
    return found


@dataclass(frozen=True)
class _Entry:
    """A signed entry: what it says, and the bytes it rests on, its own and those of all it builds on."""

    said: dict[str, Any]
    spans: frozenset[Span]


class Whereabouts:
    """For one reader of an intact vault: which bytes keep what readable."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        members = self._entries(vault.vault_domain)
        self._enrolled = {
            one.said["device"]["id"]: one.spans
            for one in members
            if one.said["type"] in ("genesis", "device")
        }
        self.opening = self._enrolled[vault.device.id]
        """Without these bytes the vault does not open for this reader."""
        self.keys: dict[Key, frozenset[Span]] = {}
        for compartment in vault.compartments:
            self._place(compartment)

    def left_without(self, name: str, start: int = 0, end: int = 2**63) -> set[Key] | None:
        """What can be read if these bytes of a file are other than they were; None if the vault is closed."""
        if _hit(self.opening, name, start, end):
            return None
        return {key for key, spans in self.keys.items() if not _hit(spans, name, start, end)}

    def matters(self) -> list[Span]:
        """All bytes that anything rests on."""
        return sorted({span for spans in self.keys.values() for span in spans})

    def _place(self, compartment: Compartment) -> None:
        vault, shelf = self._vault, self._vault.shelf
        grants = self._entries(compartment.log_domain)
        wraps = [one for one in self._entries(vault.mailbox_domain) if one.said["type"] == "wraps"]
        allowed = {one.said["device"]: one.spans for one in grants if one.said["type"] == "grant"}
        sent = next(one for one in wraps if one.said["compartment"] == compartment.id)
        reader = allowed[vault.device.id] | sent.spans | self._enrolled[sent.said["by"]]
        domain = compartment.log_domain
        commits = {(part.log, part.seq): part for part in shelf.parts(domain, "commit")}
        for object_id, group in _objects(shelf.parts(domain, "anchor")):
            text = vault.anchors(compartment)
            assert len(text) == 1, "which anchor is which object is not told"
            key = (compartment.id, "anchor", sha256(text[0].text).hexdigest(), 0, 0)
            self.keys[key] = reader | self._spans(domain, group)
            assert object_id
        for step in compartment.history.steps():
            commit = step.commit
            by = allowed[commit.device] | self._enrolled[commit.device]
            seen = reader | by | self._spans(domain, [commits[commit.log, commit.seq]])
            for stratum in compartment.strata:
                inner = compartment.domain(stratum)
                parts = [
                    part
                    for kind in ("leaves", "body", "itemleaf", "item")
                    for part in shelf.parts(inner, kind)
                    if (part.log, part.seq) == (commit.log, commit.seq)
                ]
                listed = seen | self._spans(inner, [part for part in parts if part.kind == "leaves"])
                content = vault.content(compartment, step, stratum)
                where = (commit.log, commit.seq)
                for kept in content.kept:
                    body = [part for part in parts if (part.kind, part.unit) == ("body", kept.unit)]
                    assert len({part.object for part in body}) == 1, "a unit's body is one object here"
                    self.keys[compartment.id, stratum, *where, kept.index] = listed | self._spans(inner, body)
                for item in content.items:
                    leaf = [part for part in parts if (part.kind, part.object) == ("itemleaf", item.object)]
                    data = [part for part in parts if (part.kind, part.object) == ("item", item.object)]
                    rests = listed | self._spans(inner, leaf)
                    self.keys[compartment.id, stratum, *where, item.index] = rests
                    self.keys[compartment.id, "bytes", *where, item.index] = rests | self._spans(inner, data)

    def _entries(self, domain: Domain) -> list[_Entry]:
        own: dict[str, tuple[dict[str, Any], frozenset[Span]]] = {}
        for _, group in _objects(self._vault.shelf.parts(domain, "entry")):
            raw = self._vault.shelf.read_object(domain, group)
            said = msgspec.json.decode(raw[4 : 4 + int.from_bytes(raw[:4], "big")])
            id = hash_signed("genesis" if said["type"] == "genesis" else "entry", raw)
            own[id] = said, self._spans(domain, group)

        def gather(id: str) -> frozenset[Span]:
            said, spans = own[id]
            return spans.union(*map(gather, said["prev"]))

        return [_Entry(said, gather(id)) for id, (said, _) in own.items()]

    def _spans(self, domain: Domain, parts: Iterable[Part]) -> frozenset[Span]:
        """The bytes of these parts, and those of the openings and indexes that lead to them."""
        found = set[Span]()
        for part in parts:
            vault, folder = self._vault.id, self._vault.folder
            context = frame("opening", bytes.fromhex(vault), domain.label)
            head = unseal(domain.pack_key, context, folder.read_part(part.pack, 0, OPENING))
            at, length = int.from_bytes(head[1:5], "big"), int.from_bytes(head[5:9], "big")
            found |= {(part.pack, 0, OPENING), (part.pack, at, at + length)}
            found.add((part.pack, part.offset, part.offset + part.length))
        return frozenset(found)


def _objects(parts: Iterable[Part]) -> list[tuple[str, list[Part]]]:
    return [(object_id, group) for (_, object_id), group in group_parts(parts).items()]


def _hit(spans: Iterable[Span], name: str, start: int, end: int) -> bool:
    return any(name == file and start < last and first < end for file, first, last in spans)
