"""Letting people in: a new vault, a further member, a compartment, a grant, a device for a copy (§8, §11).

Runs under the folder's lock. Refused: an admin's work to anybody else; granting a key one does not hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, structs

from onggi.errors import Exit, OnggiError
from onggi.proof.signature import Signer, self_test
from onggi.vault.cells import build_cell, is_spare, spare_cell, write_copies
from onggi.vault.fillers import round_count
from onggi.vault.folder import Folder
from onggi.vault.grants import LOG, PUBLICATION, STRATA, Compartment, Epoch, Grant, Wrap, Wraps
from onggi.vault.heads import Heads, heads_key, write_heads
from onggi.vault.keyring import make_keyring, ring_key, write_keyring
from onggi.vault.keys import Cost, Device, Secret, key_name, make_secret, try_constructions, wrap, wrap_public
from onggi.vault.keyslot import (
    build_keyslot,
    is_spare_slot,
    open_keyslot,
    read_cost,
    slot_name,
    spare_keyslot,
)
from onggi.vault.members import ADMIN, MEMBER, Card, Cells, Copy, Enrolment, Genesis, Mailbox, Publication
from onggi.vault.opened import Compartment as Opened
from onggi.vault.opened import Vault, wrap_info
from onggi.vault.packing import PackWriter
from onggi.vault.packs import Domain, Stored, pack_hash
from onggi.vault.seal import Randomness, frame
from onggi.vault.signed import hash_signed, sign_body
from onggi.vault.writing import recover, save_ring, store_entry, write_objects

_CELLS = 4
_NO_EPOCH = bytes(16).hex()


def create_vault(root: Path, passphrase: str, name: str, cost: Cost, randomness: Randomness) -> Vault:
    """A new vault with one admin in slot 1, who holds every grant of its first compartment, called `name`.

    Raises:
        OnggiError: `vault.folder.taken` where anything lies at `root` already.
    """
    self_test()
    try_constructions()
    folder = Folder(root, randomness)
    folder.make()
    with folder.locked():
        return _fill_folder(folder, passphrase, name, cost, randomness)


def add_member(vault: Vault, passphrase: str, role: str, cost: Cost | None = None) -> int:
    """A further member with a device and a passphrase of her own, who is granted nothing yet.

    Her passphrase costs what one's own does, unless another cost is given: it would be seen not to be that of
    the spare slots, and members could be counted. Returns her slot.
    """
    _require_admin(vault)
    cost = cost or read_cost(vault.folder, vault.card.slot)
    if role not in (ADMIN, MEMBER):
        raise ValueError("a member is an admin or a member")
    slot = _free_slot(vault, cost)
    secret = make_secret(vault.id, vault.vaultkey, vault.randomness(16).hex(), slot, vault.randomness)
    card = _make_card(secret, role, *_free_cells(vault))
    additions = _Additions(vault)
    additions.enter(Enrolment, device=card, folder=folder_id(vault))
    _share_mailboxes(vault, additions, secret, card)
    # The log is last: it names nobody whose cells are not there, and a crash before it leaves cells that
    # nobody names.
    _start_device(vault.folder, secret, card, frozenset(), None, vault.randomness)
    vault.folder.replace(slot_name(slot), build_keyslot(secret, passphrase, cost, vault.randomness))
    write_objects(vault, additions.objects)
    vault.load()
    return slot


def add_compartment(vault: Vault, name: str) -> None:
    """A new compartment, of which the device that makes it holds everything."""
    _require_admin(vault)
    if any(one.name == name for one in vault.compartments):
        raise OnggiError("vault.enrol.compartment", exit_code=Exit.USAGE)
    randomness = vault.randomness
    rings = _free_rings(vault)
    keys = {what: randomness(32) for what in (LOG, *STRATA)}
    id = randomness(16).hex()
    epochs = {what: Epoch(randomness(16).hex(), (), key_name(what, key)) for what, key in keys.items()}
    for stratum, ring in rings.items():
        empty = make_keyring(id, stratum, randomness).shared({vault.device.id: vault.card.xwing}, vault.id)
        data = write_keyring(empty, vault.id, randomness)
        cell = build_cell(
            vault.vaultkey, ring_key(keys[stratum], id, stratum), vault.id, "rings", ring, data, randomness
        )
        write_copies(vault.folder, "rings", ring, cell)
    additions = _Additions(vault)
    start = additions.sign(Compartment, (), compartment=id, name=name, rings=rings, epochs=epochs)
    own = additions.sign(
        Grant, (hash_signed("entry", start),), device=vault.device.id, strata=STRATA, release=True
    )
    log = Domain(LOG, id, keys[LOG])
    additions.store(log, start)
    additions.store(log, own)
    additions.mail(id, epochs, keys, vault.card, vault.device.mailbox)
    write_objects(vault, additions.objects)
    vault.load()


def grant_strata(vault: Vault, compartment: Opened, card: Card, strata: Sequence[str], release: bool) -> None:
    """Let a device read strata of a compartment, and show things outside if `release`.

    Raises:
        OnggiError: `vault.enrol.held` for a stratum one does not hold oneself, `vault.enrol.admin` to anybody
        but an admin.
    """
    _require_admin(vault)
    if not set(strata) <= set(compartment.strata) or (release and vault.publication is None):
        raise OnggiError("vault.enrol.held", exit_code=Exit.REFUSED)
    additions = _Additions(vault)
    _give(vault, additions, compartment, card, strata, release, mailbox_key(vault, card))
    write_objects(vault, additions.objects)
    vault.load()


def folder_id(vault: Vault) -> str:
    """Which copy of the vault this folder is: the latest that any heads here are marked with."""
    marked = {heads.copied for heads in vault.heads.values()}
    return next((one.id for one in reversed(vault.members.copies) if one.id in marked), "")


def settle_in(vault: Vault) -> bool:
    """In a copy, go on as a new device of the same member: a log is never continued in two places.

    Returns whether anything was done. The old device stays what it is in the folder that was copied.
    """
    here = folder_id(vault)
    if vault.members.folders[vault.device.id] == here:
        return False
    now = Device.of(open_keyslot(vault.folder, vault.card.slot, vault.passphrase))
    if now.id != vault.device.id:
        # Another process of this member was faster. Only that device can finish what a crash left of it.
        vault.device = now
        vault.load()
        return settle_in(vault)
    recover(vault)
    old, old_card = vault.device, vault.card
    secret = make_secret(vault.id, vault.vaultkey, old_card.member, old_card.slot, vault.randomness)
    card = _make_card(secret, old_card.role, *_free_cells(vault))
    additions = _Additions(vault)
    additions.enter(Enrolment, device=card, folder=here)
    _share_mailboxes(vault, additions, secret, card)
    device = Device.of(secret)
    for compartment in vault.compartments:
        release = old.id in compartment.grants.release
        _give(vault, additions, compartment, card, compartment.strata, release, device.mailbox)
    _start_device(vault.folder, secret, card, frozenset(), None, vault.randomness)
    # The old device writes, whose heads everybody reads: what a crash leaves of this is announced, and it
    # finds it when it begins again, with another new device. Until the keyslot is replaced it goes on here.
    write_objects(vault, additions.objects)
    cost = read_cost(vault.folder, card.slot)
    keyslot = build_keyslot(secret, vault.passphrase, cost, vault.randomness)
    vault.folder.replace(slot_name(card.slot), keyslot)
    vault.device, vault.card = device, card
    vault.load()
    return True


def record_copy(vault: Vault, date: str) -> str:
    """Remember in the membership log that a copy was made on an ISO day; returns the copy's id."""
    id = vault.randomness(16).hex()
    additions = _Additions(vault)
    additions.enter(Copy, id=id, date=date)
    write_objects(vault, additions.objects)
    vault.load()
    return id


def mailbox_key(vault: Vault, card: Card) -> bytes:
    """The key of what is addressed to a device.

    Raises `vault.enrol.mailbox` if it was never shared with this one.
    """
    if card.id == vault.device.id:
        return vault.device.mailbox
    box = vault.members.mailboxes.get(card.id, {}).get(vault.device.id)
    if box is None:
        raise OnggiError("vault.enrol.mailbox", exit_code=Exit.REFUSED)
    return vault.device.unwrap(bytes.fromhex(box), _mailbox_info(vault.id, card.id, vault.device.id))


def _fill_folder(folder: Folder, passphrase: str, name: str, cost: Cost, randomness: Randomness) -> Vault:
    vaultkey = randomness(32)
    heads, desks = _new_names(_CELLS, randomness), _new_names(_CELLS, randomness)
    draft = make_secret("", vaultkey, randomness(16).hex(), 1, randomness)
    card = _make_card(draft, ADMIN, heads[0], desks[0])
    signer = Device.of(draft).signer
    genesis = sign_body(signer, "genesis", Genesis(1, card.id, (), 1, randomness(32).hex(), card))
    secret = structs.replace(draft, vault=hash_signed("genesis", genesis))
    cells = Cells(1, card.id, (secret.vault,), _CELLS, heads, desks)
    entries = [genesis, sign_body(signer, "entry", cells)]
    domain = Domain("vault", secret.vault, vaultkey)
    objects = [Stored("entry", randomness(16).hex(), raw, len(raw)) for raw in entries]
    folder.settle(PackWriter(folder, secret.vault, domain, randomness).write(objects))
    for number in range(2, _CELLS + 1):
        folder.replace(slot_name(number), spare_keyslot(vaultkey, number, cost, randomness))
    _write_spares(folder, secret, heads, desks, randomness)
    # The first packs are acknowledged before the device has any heads to acknowledge them with.
    first = frozenset(pack_hash(name) for name in folder.names("packs"))
    _start_device(folder, secret, card, first, None, randomness)
    vault = Vault(folder, Device.of(secret), passphrase, randomness)
    _add_publication(vault)
    add_compartment(vault, name)
    # The keyslot is last: until it is there, nobody can take what lies here for a whole vault.
    folder.replace(slot_name(1), build_keyslot(secret, passphrase, cost, randomness))
    return vault


class _Additions:
    """Entries signed by this device, gathered for one write; each points back to the ones before it."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._signer = vault.device.signer
        self._by = vault.device.id
        self._tips = vault.members.tips
        self.objects: dict[Domain, list[Stored]] = {}

    def sign(self, kind: type[Struct], prev: tuple[str, ...], **fields: object) -> bytes:
        """Signed bytes of one entry."""
        return sign_body(self._signer, "entry", kind(v=1, by=self._by, prev=prev, **fields))

    def store(self, domain: Domain, raw: bytes) -> None:
        """Gather signed bytes for a domain."""
        self.objects.setdefault(domain, []).append(store_entry(self._vault, raw))

    def enter(self, kind: type[Struct], **fields: object) -> None:
        """One more entry of the membership log."""
        raw = self.sign(kind, self._tips, **fields)
        self._tips = (hash_signed("entry", raw),)
        self.store(self._vault.vault_domain, raw)

    def mail(
        self,
        compartment: str,
        epochs: Mapping[str, Epoch],
        keys: Mapping[str, bytes],
        card: Card,
        mailbox: bytes,
    ) -> None:
        """Keys for one device, in its mailbox."""
        wraps = []
        for what, key in keys.items():
            epoch = epochs[what].id if what in epochs else _NO_EPOCH
            info = wrap_info(self._vault.id, compartment, what, epoch, card.id)
            wraps.append(Wrap(what, epoch, wrap(key, bytes.fromhex(card.xwing), info).hex()))
        raw = self.sign(Wraps, (), compartment=compartment, keys=tuple(wraps))
        self.store(Domain("mailbox", card.id, mailbox), raw)


def _give(
    vault: Vault,
    additions: _Additions,
    compartment: Opened,
    card: Card,
    strata: Sequence[str],
    release: bool,
    mailbox: bytes,
) -> None:
    grants = compartment.grants
    keys = {what: compartment.keys[what] for what in (LOG, *strata)}
    additions.mail(compartment.id, grants.start.epochs, keys, card, mailbox)
    if release and vault.publication is not None:
        additions.mail("", {}, {PUBLICATION: vault.publication_seeds}, card, mailbox)
    # The grant is last: whoever is granted something has the keys for it.
    raw = additions.sign(Grant, grants.tips, device=card.id, strata=tuple(strata), release=release)
    additions.store(compartment.log_domain, raw)
    for stratum in strata:
        save_ring(vault, compartment, compartment.rings[stratum].shared({card.id: card.xwing}, vault.id))


def _share_mailboxes(vault: Vault, additions: _Additions, secret: Secret, card: Card) -> None:
    """The new device's mailbox key to every admin; to a new admin, every mailbox key that is at hand."""
    admins = [one for one in vault.members.devices.values() if one.role == ADMIN]
    new = bytes.fromhex(secret.mailbox)
    boxes = {admin.id: _wrap_mailbox(vault.id, new, card.id, admin) for admin in admins}
    additions.enter(Mailbox, device=card.id, boxes=boxes)
    if card.role != ADMIN:
        return
    for other in vault.members.devices.values():
        try:
            key = mailbox_key(vault, other)
        except OnggiError:
            continue
        additions.enter(
            Mailbox, device=other.id, boxes={card.id: _wrap_mailbox(vault.id, key, other.id, card)}
        )


def _wrap_mailbox(vault: str, key: bytes, device: str, admin: Card) -> str:
    return wrap(key, bytes.fromhex(admin.xwing), _mailbox_info(vault, device, admin.id)).hex()


def _mailbox_info(vault: str, device: str, admin: str) -> bytes:
    return frame("mailbox", bytes.fromhex(vault), bytes.fromhex(device), bytes.fromhex(admin))


def _add_publication(vault: Vault) -> None:
    seeds = vault.randomness(64)
    public = Signer(seeds[:32], seeds[32:]).public
    additions = _Additions(vault)
    additions.enter(Publication, ed25519=public.ed25519.hex(), mldsa44=public.mldsa.hex())
    additions.mail("", {}, {PUBLICATION: seeds}, vault.card, vault.device.mailbox)
    write_objects(vault, additions.objects)
    vault.load()


def _free_slot(vault: Vault, cost: Cost) -> int:
    """The number of a keyslot nobody holds; where there is none, their number is doubled first."""
    keys = vault.members.keys
    for number in range(1, keys + 1):
        if is_spare_slot(vault.folder, vault.vaultkey, number):
            return number
    for number in range(keys + 1, 2 * keys + 1):
        spare = spare_keyslot(vault.vaultkey, number, cost, vault.randomness)
        vault.folder.replace(slot_name(number), spare)
    additions = _Additions(vault)
    additions.enter(Cells, keys=2 * keys)
    write_objects(vault, additions.objects)
    vault.load()
    return keys + 1


def _free_cells(vault: Vault) -> tuple[str, str]:
    """The names of a spare heads cell and desk; where there is none, their number is doubled."""
    members, folder = vault.members, vault.folder
    key, id = vault.vaultkey, vault.id
    heads = next((n for n in sorted(members.heads) if is_spare(folder, key, id, "heads", f"{n}.0")), None)
    desk = next((n for n in sorted(members.desks) if is_spare(folder, key, id, "desks", n)), None)
    if heads is not None and desk is not None:
        return heads, desk
    more_heads = _new_names(len(members.heads), vault.randomness)
    more_desks = _new_names(len(members.desks), vault.randomness)
    _write_spares(folder, vault.device.secret, more_heads, more_desks, vault.randomness)
    additions = _Additions(vault)
    additions.enter(Cells, keys=members.keys, heads=more_heads, desks=more_desks)
    write_objects(vault, additions.objects)
    vault.load()
    return more_heads[0], more_desks[0]


def _free_rings(vault: Vault) -> dict[str, str]:
    """Names for three keyrings among the spare cells this device has added; adds some if need be.

    Only one's own spare cells are taken: of another's, nobody can tell which are in use in compartments
    unseen.
    """
    device = vault.device
    own = vault.members.rings.get(device.id, ())
    free = [name for name in own if is_spare(vault.folder, device.desk, vault.id, "rings", f"{name}.0")]
    if len(free) < len(STRATA):
        total = len(vault.members.ring_names)
        width = round_count(total + len(STRATA), _CELLS)
        fresh = _new_names(width - total, vault.randomness)
        for name in fresh:
            cell = spare_cell(vault.vaultkey, device.desk, vault.id, "rings", name, vault.randomness)
            write_copies(vault.folder, "rings", name, cell)
        additions = _Additions(vault)
        additions.enter(Cells, keys=vault.members.keys, rings=fresh)
        write_objects(vault, additions.objects)
        vault.load()
        free += fresh
    return dict(zip(STRATA, free, strict=False))


def _make_card(secret: Secret, role: str, heads: str, desk: str) -> Card:
    public = Device.of(secret).signer.public
    return Card(
        secret.device,
        secret.member,
        secret.slot,
        role,
        public.ed25519.hex(),
        public.mldsa.hex(),
        wrap_public(bytes.fromhex(secret.xwing)).hex(),
        heads,
        desk,
    )


def _start_device(
    folder: Folder,
    secret: Secret,
    card: Card,
    packs: frozenset[str],
    copied: str | None,
    randomness: Randomness,
) -> None:
    """The first heads and the empty desk of a device."""
    device, vaultkey = Device.of(secret), bytes.fromhex(secret.vaultkey)
    heads = write_heads(
        Heads(card.id, packs=packs, copied=copied), device.signer, device.desk, {}, randomness
    )
    cell = build_cell(vaultkey, heads_key(vaultkey), secret.vault, "heads", card.heads, heads, randomness)
    write_copies(folder, "heads", card.heads, cell)
    desk = build_cell(vaultkey, device.desk, secret.vault, "desks", card.desk, b"{}", randomness)
    folder.replace(f"desks/{card.desk}", desk)


def _write_spares(
    folder: Folder, secret: Secret, heads: Iterable[str], desks: Iterable[str], randomness: Randomness
) -> None:
    vaultkey = bytes.fromhex(secret.vaultkey)
    for name in heads:
        cell = spare_cell(vaultkey, vaultkey, secret.vault, "heads", name, randomness)
        write_copies(folder, "heads", name, cell)
    for name in desks:
        cell = spare_cell(vaultkey, vaultkey, secret.vault, "desks", name, randomness)
        folder.replace(f"desks/{name}", cell)


def _new_names(count: int, randomness: Randomness) -> tuple[str, ...]:
    return tuple(randomness(16).hex() for _ in range(count))


def _require_admin(vault: Vault) -> None:
    if not vault.members.admin(vault.device.id):
        raise OnggiError("vault.enrol.admin", exit_code=Exit.REFUSED)
