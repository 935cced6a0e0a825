"""The membership log: who works with this vault, and which files must exist (vault-format.md, §8).

Pure: signed bytes in, state and findings out. Refused: an entry whose signer might not sign it, as far as the
entries before it tell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from onggi.errors import Finding, OnggiError
from onggi.proof.signature import PublicKey
from onggi.vault.causal import accept_entries
from onggi.vault.keys import can_wrap
from onggi.vault.signed import Hash, Hex, Id, check_signed, hash_signed, heed_newer, read_body

ADMIN = "admin"
MEMBER = "member"
_FORMAT = 1

Role: TypeAlias = Annotated[str, Meta(pattern=r"^(admin|member)\Z")]


class Card(Struct, frozen=True):
    """A device as others know it: ids, role, public keys and the names of its cells, all in hex."""

    id: Id
    member: Id
    slot: Annotated[int, Meta(ge=1, lt=1000)]
    role: Role
    ed25519: Hash
    mldsa44: Annotated[str, Meta(pattern=r"^[0-9a-f]{2624}\Z")]
    xwing: Annotated[str, Meta(pattern=r"^[0-9a-f]{2432}\Z")]
    heads: Id
    desk: Id

    @property
    def public(self) -> PublicKey:
        return PublicKey(bytes.fromhex(self.ed25519), bytes.fromhex(self.mldsa44))


class Genesis(Struct, frozen=True, tag="genesis"):
    """The first entry: the vault's id is its hash."""

    v: int
    by: str
    prev: tuple[str, ...]
    format: int
    nonce: str
    device: Card


class Enrolment(Struct, frozen=True, tag="device"):
    """A further device, and the copy of the vault it was made in (empty for the first folder)."""

    v: int
    by: str
    prev: tuple[str, ...]
    device: Card
    folder: str = ""


class Mailbox(Struct, frozen=True, tag="mailbox"):
    """The mailbox key of a device, wrapped to admins (device id → HPKE output), so that they can grant."""

    v: int
    by: str
    prev: tuple[str, ...]
    device: str
    boxes: dict[str, Hex]


class Cells(Struct, frozen=True, tag="cells"):
    """Cells that must exist from now on; `keys` is the number of keyslots."""

    v: int
    by: str
    prev: tuple[str, ...]
    keys: Annotated[int, Meta(ge=0, lt=1000)]
    heads: tuple[Id, ...] = ()
    desks: tuple[Id, ...] = ()
    rings: tuple[Id, ...] = ()


class Publication(Struct, frozen=True, tag="publication"):
    """The key that signs what is shown outside."""

    v: int
    by: str
    prev: tuple[str, ...]
    ed25519: Hash
    mldsa44: Annotated[str, Meta(pattern=r"^[0-9a-f]{2624}\Z")]


class Copy(Struct, frozen=True, tag="copy"):
    """That a full copy was made, and when; `date` is an ISO day."""

    v: int
    by: str
    prev: tuple[str, ...]
    id: str
    date: str


Entry: TypeAlias = Genesis | Enrolment | Mailbox | Cells | Publication | Copy


@dataclass
class Members:
    """The membership log, read: devices by id, cells that must exist, publication key, copies made."""

    devices: dict[str, Card] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    mailboxes: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: int = 0
    heads: set[str] = field(default_factory=set)
    desks: set[str] = field(default_factory=set)
    rings: dict[str, list[str]] = field(default_factory=dict)
    publication: PublicKey | None = None
    copies: list[Copy] = field(default_factory=list)
    tips: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    @property
    def publics(self) -> list[PublicKey]:
        """The keys of all devices."""
        return [card.public for card in self.devices.values()]

    def admin(self, device: str) -> bool:
        """Whether this device may sign what only an admin may."""
        card = self.devices.get(device)
        return card is not None and card.role == ADMIN

    def member_of(self, device: str) -> str | None:
        """The member whose device this is."""
        card = self.devices.get(device)
        return card.member if card else None

    def slots(self) -> dict[int, Card]:
        """The device that holds each keyslot; where a copy enrolled another in its place, the later one."""
        return {card.slot: card for card in self.devices.values()}

    @property
    def ring_names(self) -> set[str]:
        return {name for names in self.rings.values() for name in names}

    @property
    def cells(self) -> set[str]:
        """The files of cells that must exist."""
        files = {f"keys/{number:02d}" for number in range(1, self.keys + 1)}
        for place, names in (("heads", self.heads), ("rings", self.ring_names)):
            files |= {f"{place}/{name}.{copy}" for name in names for copy in (0, 1)}
        return files | {f"desks/{name}" for name in self.desks}


def read_members(vault: str, entries: Iterable[bytes]) -> Members:
    """Fold the membership log of a vault.

    Raises:
        OnggiError: `vault.members.genesis` if its first entry is not there, `vault.newer` for another format.
    """
    waiting: dict[str, tuple[Entry, bytes]] = {}
    state = Members()
    genesis: Genesis | None = None
    strange: list[tuple[OnggiError, bytes]] = []
    for raw in entries:
        if hash_signed("genesis", raw) == vault:
            genesis = read_body(raw, Genesis)
            if genesis.format != _FORMAT:
                raise OnggiError("vault.newer")
            waiting[vault] = (genesis, raw)
        else:
            try:
                waiting[hash_signed("entry", raw)] = (_read_entry(raw), raw)
            except OnggiError as error:
                strange.append((error, raw))
    if genesis is None:
        raise OnggiError("vault.members.genesis")
    _accept(state, waiting)
    for why, raw in strange:
        heed_newer(why, "entry", raw, state.publics)
        state.findings.append(Finding("vault.members.entry", "members"))
    return state


def _read_entry(raw: bytes) -> Entry:
    entry: Entry = read_body(raw, Entry)  # type: ignore[arg-type]  # a union of tagged structs
    return entry


def _accept(state: Members, waiting: Mapping[str, tuple[Entry, bytes]]) -> None:
    """Apply entries in causal order, each judged by the state its predecessors left."""

    def take(entry: Entry, raw: bytes) -> bool:
        allowed = _allowed(state, entry, raw)
        if allowed:
            _apply(state, entry)
        return allowed

    order = accept_entries(waiting, take)
    state.findings += [Finding("vault.members.entry", "members")] * order.refused
    state.findings += [Finding("vault.members.gap", "members")] * order.left
    state.tips = order.tips


def _allowed(state: Members, entry: Entry, raw: bytes) -> bool:
    first = isinstance(entry, Genesis)
    if first and state.devices:
        return False
    card = entry.device if isinstance(entry, Genesis) else state.devices.get(entry.by)
    if card is None or card.id != entry.by:
        return False
    try:
        check_signed(card.public, "genesis" if first else "entry", raw)
    except OnggiError:
        return False
    if isinstance(entry, Enrolment):
        return _enrollable(state, card, entry.device)
    if isinstance(entry, Mailbox) and card.role != ADMIN:
        return state.member_of(entry.device) == card.member
    if isinstance(entry, Cells) and card.role != ADMIN:
        # She may need cells for her device in a copy; keyslots and keyrings are an admin's.
        return entry.keys <= state.keys and not entry.rings
    if isinstance(entry, Copy):
        return _is_day(entry.date)
    return isinstance(entry, Mailbox) or card.role == ADMIN


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _enrollable(state: Members, by: Card, new: Card) -> bool:
    # A key to which nothing can be wrapped would stop whoever renews a keyring, and so erasure.
    if not can_wrap(bytes.fromhex(new.xwing)):
        return False
    if any(new.heads == one.heads or new.desk == one.desk for one in state.devices.values()):
        return False
    if by.role == ADMIN:
        return True
    # A member may bring a further device of her own in her own slot, never with more rights than she has.
    held = state.slots().get(new.slot)
    own = held is not None and held.member == by.member
    return own and new.member == by.member and new.role == by.role


def _apply(state: Members, entry: Entry) -> None:
    match entry:
        case Genesis(device=card) | Enrolment(device=card):
            state.devices.setdefault(card.id, card)
            state.folders.setdefault(card.id, entry.folder if isinstance(entry, Enrolment) else "")
        case Mailbox():
            state.mailboxes.setdefault(entry.device, {}).update(entry.boxes)
        case Cells():
            state.keys = max(state.keys, entry.keys)
            state.heads.update(entry.heads)
            state.desks.update(entry.desks)
            state.rings.setdefault(entry.by, []).extend(entry.rings)
        case Publication():
            state.publication = PublicKey(bytes.fromhex(entry.ed25519), bytes.fromhex(entry.mldsa44))
        case Copy():
            state.copies.append(entry)
