"""A vault that a member has unlocked: what she may read, and nothing else (vault-format.md).

`open_vault` is the way in; `writing` adds to it, `enrol` lets people in, `erasing` takes out, `checking`
verifies all of it. Reading needs no lock and writes nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from onggi.errors import Exit, Finding, OnggiError
from onggi.proof.signature import Signer, self_test
from onggi.vault.anchors import Anchoring, read_anchor
from onggi.vault.cells import check_cell, open_cell, read_copies
from onggi.vault.commits import History, Step, read_history
from onggi.vault.fillers import common_fillers, own_fillers
from onggi.vault.folder import Folder
from onggi.vault.grants import LOG, PUBLICATION, STRATA, Grants, Wraps, read_grants
from onggi.vault.heads import Heads, heads_key, read_heads
from onggi.vault.keyring import Keyring, accept_tombstone, read_keyring, ring_key
from onggi.vault.keys import Device, try_constructions
from onggi.vault.keyslot import open_keyslot, slot_name
from onggi.vault.members import Card, Members, read_members
from onggi.vault.packs import Domain, Part, Shelf, group_parts
from onggi.vault.publications import Prepared, read_publication
from onggi.vault.seal import Randomness, frame
from onggi.vault.signed import check_signed, heed_newer, read_body
from onggi.vault.strata import Content, Item, read_content
from onggi.vault.tokens import Kept, read_token
from onggi.vault.trails import KeptTrail, read_trail

T = TypeVar("T")
Progress = Callable[[int, int, str], None]

# So often a folder is read that somebody is writing to; a write takes longer than to read what it changes.
_TRIES = 5


@dataclass
class Compartment:
    """A compartment of which something was granted: its keys, its logs, and the keyrings of the strata held.

    `stale` names the strata whose keyring must be written again: set back, or not the same in both copies.
    """

    grants: Grants
    keys: Mapping[str, bytes] = field(repr=False)
    history: History
    rings: dict[str, Keyring] = field(default_factory=dict, repr=False)
    findings: list[Finding] = field(default_factory=list)
    stale: set[str] = field(default_factory=set)
    parts: dict[str, dict[tuple[str, int], list[Part]]] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        return self.grants.id

    @property
    def name(self) -> str:
        return self.grants.start.name

    @property
    def strata(self) -> tuple[str, ...]:
        """The strata held, in the order of the format."""
        return tuple(stratum for stratum in STRATA if stratum in self.keys)

    @property
    def log_domain(self) -> Domain:
        return Domain(LOG, self.id, self.keys[LOG])

    def domain(self, stratum: str) -> Domain:
        """The packs of one stratum."""
        return Domain(stratum, self.id, self.keys[stratum])


class Vault:
    """An unlocked vault.

    Everything it returns was verified against signatures; what fails is in the findings.
    """

    def __init__(self, folder: Folder, device: Device, passphrase: str, randomness: Randomness) -> None:
        self.folder = folder
        self.device = device
        self.randomness = randomness
        self.passphrase = passphrase
        self.vaultkey = bytes.fromhex(device.secret.vaultkey)
        self.id = device.secret.vault
        self.findings: list[Finding] = []
        self.load()

    def load(self) -> None:
        """Read the logs again from the folder, as of one moment even while somebody writes."""
        for _ in range(_TRIES):
            self._stamp = self.folder.stamp("heads")
            self._read()
            if not self.changed():
                break

    def changed(self) -> bool:
        """Whether anybody has begun or ended a write since this was read: each replaces heads."""
        return self.folder.stamp("heads") != self._stamp

    def _read(self) -> None:
        self.shelf = Shelf(self.folder, self.id)
        self.shelf.add([self.vault_domain, self.mailbox_domain, self.own_fillers, self.common_fillers])
        self.findings = []
        self.members: Members = read_members(self.id, self._entries(self.vault_domain))
        self.findings += self.members.findings
        card = self.members.devices.get(self.device.id)
        if card is None:
            raise OnggiError("vault.members.unknown")
        self.card: Card = card
        self.publication: Signer | None = None
        self.publication_seeds = b""
        self.compartments: list[Compartment] = []
        self._open_compartments(self._read_wraps())
        self.heads = self.read_heads()
        for compartment in self.compartments:
            self._open_rings(compartment)

    def grants_of(self, device: str) -> dict[str, list[str]]:
        """What a device may read, by the names of the compartments that this one may read some of."""
        return {
            one.name: [stratum for stratum in STRATA if stratum in one.grants.strata[device]]
            for one in self.compartments
            if device in one.grants.strata
        }

    @property
    def vault_domain(self) -> Domain:
        return Domain("vault", self.id, self.vaultkey)

    @property
    def mailbox_domain(self) -> Domain:
        return Domain("mailbox", self.device.id, self.device.mailbox)

    @property
    def own_fillers(self) -> Domain:
        return own_fillers(self.device.id, self.device.desk)

    @property
    def common_fillers(self) -> Domain:
        return common_fillers(self.id, self.vaultkey)

    @property
    def own_heads(self) -> Heads:
        """What this device has acknowledged. Raises `vault.heads.lost` if neither copy of it can be read."""
        if self.device.id not in self.heads:
            raise OnggiError("vault.heads.lost")
        return self.heads[self.device.id]

    def compartment(self, name: str | None = None) -> Compartment:
        """The compartment of this name or id, or the only one. Refuses to choose between several."""
        found = [one for one in self.compartments if name is None or name in (one.name, one.id)]
        if not found:
            raise OnggiError("vault.compartment", exit_code=Exit.USAGE)
        if len(found) > 1:
            raise OnggiError("vault.compartments", exit_code=Exit.USAGE, count=len(found))
        return found[0]

    def content(self, compartment: Compartment, step: Step, stratum: str) -> Content:
        """What one commit put into one stratum that is held."""
        domain = compartment.domain(stratum)
        if stratum not in compartment.parts:
            by_step: dict[tuple[str, int], list[Part]] = {}
            for kind in ("leaves", "body", "itemleaf", "item"):
                for part in self.shelf.parts(domain, kind):
                    by_step.setdefault((part.log, part.seq), []).append(part)
            compartment.parts[stratum] = by_step
        commit = step.commit
        ring = compartment.rings.get(stratum)
        return read_content(
            self.shelf,
            domain,
            compartment.parts[stratum].get((commit.log, commit.seq), []),
            (self.id, compartment.id, stratum, commit.log, commit.seq),
            bytes.fromhex(commit.roots[stratum]),
            bytes.fromhex(commit.boxes[stratum]),
            ring.units if ring else {},
            ring.erased if ring else frozenset(),
        )

    def read_item(self, compartment: Compartment, stratum: str, item: Item) -> Iterator[bytes]:
        """The bytes of a file that is kept, part by part."""
        domain = compartment.domain(stratum)
        key = compartment.rings[stratum].units.get(item.unit)
        if key is None:
            raise OnggiError("vault.strata.erased", exit_code=Exit.REFUSED)
        return self.shelf.stream_object(domain, self.shelf.parts_of(domain, "item", item.object), key)

    def anchors(self, compartment: Compartment) -> list[Anchoring]:
        """The anchors made of this compartment's commits."""
        return self._read_all(compartment, "anchor", read_anchor)

    def tokens(self, compartment: Compartment) -> list[Kept]:
        """The time stamps kept over anchors, as they were put there one after another."""
        found = self._read_all(compartment, "token", read_token)
        return sorted(found, key=lambda kept: (kept.when, kept.reply))

    def trails(self, compartment: Compartment) -> list[KeptTrail]:
        """The trails of OpenTimestamps kept over anchors, as they were put there one after another."""
        found = self._read_all(compartment, "trail", read_trail)
        return sorted(found, key=lambda kept: (kept.when, kept.raw))

    def publications(self, compartment: Compartment) -> list[Prepared]:
        """What was prepared to be handed over from this compartment."""
        return self._read_all(compartment, "publication", read_publication)

    def _read_all(self, compartment: Compartment, kind: str, read: Callable[[bytes], T]) -> list[T]:
        """All objects of a kind in a compartment's log domain; what cannot be read is a finding."""
        found = []
        for raw in self._objects(compartment.log_domain, kind):
            try:
                found.append(read(raw))
            except OnggiError as error:
                self._find(error.id, compartment.id)
        return found

    def _entries(self, domain: Domain) -> list[bytes]:
        return self._objects(domain, "entry")

    def _objects(self, domain: Domain, kind: str) -> list[bytes]:
        found = []
        for group in group_parts(self.shelf.parts(domain, kind)).values():
            try:
                found.append(self.shelf.read_object(domain, group))
            except OnggiError as error:
                self._find(error.id, group[0].pack)
        return found

    def _find(self, code: str, where: str, grave: bool = True) -> None:
        """Note a finding once, however often what it is about is read."""
        finding = Finding(code, where, grave=grave)
        if finding not in self.findings:
            self.findings.append(finding)

    def _read_wraps(self) -> dict[str, dict[str, bytes]]:
        """The keys in this device's mailbox by compartment and purpose, not yet held against a grant log."""
        keys: dict[str, dict[str, bytes]] = {}
        for raw in self._entries(self.mailbox_domain):
            try:
                wraps = read_body(raw, Wraps)
                sender = self.members.devices.get(wraps.by)
                if sender is None:
                    raise OnggiError("vault.grants.entry")
                check_signed(sender.public, "entry", raw)
                for one in wraps.keys:
                    info = wrap_info(self.id, wraps.compartment, one.what, one.epoch, self.device.id)
                    keys.setdefault(wraps.compartment, {})[one.what] = self.device.unwrap(
                        bytes.fromhex(one.box), info
                    )
            except OnggiError as error:
                heed_newer(error, "entry", raw, self.members.publics)
                self._find(error.id, "mailbox")
        return keys

    def _open_compartments(self, wraps: Mapping[str, Mapping[str, bytes]]) -> None:
        publication = wraps.get("", {}).get(PUBLICATION)
        if publication is not None:
            # The same rule as for every key: it is accepted only if a signed entry names it.
            signer = Signer(publication[:32], publication[32:]) if len(publication) == 64 else None
            if signer is not None and self.members.publication == signer.public:
                self.publication, self.publication_seeds = signer, publication
            else:
                self._find("vault.grants.key", "mailbox")
        self.shelf.add(Domain(LOG, id, keys[LOG]) for id, keys in wraps.items() if LOG in keys)
        for id, keys in sorted(wraps.items()):
            if LOG in keys:
                try:
                    self._open_compartment(id, keys)
                except OnggiError as error:
                    _stop_if_newer(error)
                    self._find(error.id, "grants")

    def _open_compartment(self, id: str, keys: Mapping[str, bytes]) -> None:
        log_domain = Domain(LOG, id, keys[LOG])
        grants = read_grants(self.members, self._entries(log_domain))
        accepted = {what: key for what, key in keys.items() if grants.names_key(what, key)}
        if len(accepted) < len(keys) or grants.id != id:
            self._find("vault.grants.key", "mailbox")
        granted = grants.strata.get(self.device.id)
        if LOG not in accepted or granted is None:
            return
        history = read_history(self.members, grants, self._objects(log_domain, "commit"))
        # Keys are sent before the grant that gives them is written.
        held = {what: key for what, key in accepted.items() if what in (LOG, *granted)}
        compartment = Compartment(grants, held, history, findings=[*grants.findings, *history.findings])
        self.shelf.add(compartment.domain(stratum) for stratum in compartment.strata)
        self.compartments.append(compartment)

    def read_heads(self) -> dict[str, Heads]:
        """What each device has acknowledged, as it stands in the folder now."""
        log_keys = {compartment.id: compartment.keys[LOG] for compartment in self.compartments}
        found = {}
        for card in self.members.devices.values():
            readable = []
            copies = read_copies(self.folder, "heads", card.heads)
            for cell in copies:
                try:
                    data = open_cell(heads_key(self.vaultkey), self.id, "heads", card.heads, cell)
                    readable.append(read_heads(data, card, log_keys, self._desk_of(card)))
                except OnggiError as error:
                    _stop_if_newer(error)
                    self._find("vault.heads.broken", f"heads/{card.heads}")
            if readable:
                # Only the device itself reads the counts; for others the first copy, written first, is the
                # newer.
                found[card.id] = max(readable, key=lambda heads: heads.count)
            else:
                self._find("vault.heads.missing", f"heads/{card.heads}")
            if len(readable) == 2 and copies[0] != copies[1]:
                # Both are whole, and one is older: a write that was cut short, or somebody put it back.
                self._find("vault.heads.uneven", f"heads/{card.heads}", grave=False)
        return found

    def _desk_of(self, card: Card) -> bytes | None:
        return self.device.desk if card.id == self.device.id else None

    def _open_rings(self, compartment: Compartment) -> None:
        for stratum in compartment.strata:
            name = compartment.grants.start.rings[stratum]
            readable = []
            for cell in read_copies(self.folder, "rings", name):
                try:
                    readable.append(self._read_ring(compartment, stratum, name, cell))
                except OnggiError as error:
                    _stop_if_newer(error)
                    compartment.findings.append(Finding("vault.keyring.broken", f"rings/{name}"))
            if not readable:
                compartment.findings.append(Finding("vault.keyring.missing", f"rings/{name}"))
                continue
            marks = self.tombstones(compartment, stratum)
            problem = _judge_rings(readable, marks, compartment.grants.holding(stratum))
            if problem:
                grave = problem != "vault.keyring.uneven"
                compartment.findings.append(Finding(problem, f"rings/{name}", grave=grave))
            if problem and problem != "vault.keyring.ahead":  # what is gone then, no new keyring brings back
                compartment.stale.add(stratum)
            compartment.rings[stratum] = max(readable, key=lambda one: one.count).without(marks)

    def _read_ring(self, compartment: Compartment, stratum: str, name: str, cell: bytes) -> Keyring:
        key = ring_key(compartment.keys[stratum], compartment.id, stratum)
        data = open_cell(key, self.id, "rings", name, cell)
        return read_keyring(data, compartment.id, stratum, self.device)

    def tombstones(self, compartment: Compartment, stratum: str) -> frozenset[str]:
        """The units named by tombstones in the packs of a stratum, each signed by a device of this vault."""
        raws = self._objects(compartment.domain(stratum), "tombstone")
        marks = (accept_tombstone(self.members, compartment.id, stratum, raw) for raw in raws)
        return frozenset(mark.unit for mark in marks if mark is not None)


def open_vault(root: Path, slot: int, passphrase: str, randomness: Randomness) -> Vault:
    """Unlock a vault.

    Raises:
        OnggiError: `vault.absent` where none lies, `vault.keyslot.closed` for a wrong passphrase, and
        whatever keeps the
            membership log from being read.
    """
    self_test()
    try_constructions()
    folder = Folder(root, randomness)
    if not folder.exists():
        raise OnggiError("vault.absent", exit_code=Exit.ABSENT)
    device = Device.of(open_keyslot(folder, slot, passphrase))
    vault = Vault(folder, device, passphrase, randomness)
    cell = folder.read(slot_name(slot))
    if not check_cell(vault.vaultkey, "keys", f"{slot:02d}", cell):
        vault.findings.append(Finding("vault.cells.tag", slot_name(slot)))
    return vault


def _stop_if_newer(error: OnggiError) -> None:
    """Damage is a finding and the rest is read on; what a newer program wrote is not to be read in part."""
    if error.id == "vault.newer":
        raise error


def _judge_rings(copies: Sequence[Keyring], marks: frozenset[str], holding: set[str]) -> str | None:
    """What is wrong with a keyring, by its copies, the units its tombstones name and who was granted it."""
    ring = max(copies, key=lambda one: one.count)
    if not marks <= ring.erased:
        return "vault.keyring.behind"
    if not ring.erased <= marks:
        # The tombstone is durable before the key goes: where it is missing, packs were taken away.
        return "vault.keyring.ahead"
    if not holding <= ring.wraps.keys():
        # Who grants writes the keyring first: one that shuts somebody out is older than her grant.
        return "vault.keyring.shut"
    if len({one.count for one in copies}) > 1 or len(copies) < 2:
        # A write that was cut short; the older copy may still hold the key of an erased unit.
        return "vault.keyring.uneven"
    return None


def wrap_info(vault: str, compartment: str, what: str, epoch: str, device: str) -> bytes:
    """What an HPKE wrap is bound to."""
    return frame(
        "wrap",
        bytes.fromhex(vault),
        bytes.fromhex(compartment),
        what,
        bytes.fromhex(epoch),
        bytes.fromhex(device),
    )
