"""Compartments and what their grant logs say: who may read what (vault-format.md, §8).

Pure: signed bytes and wraps in, state and keys out. Refused: a key that the grant log does not name, a grant
that its signer might not give. A member learns of a compartment only if she was granted some of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from onggi.errors import Finding, OnggiError
from onggi.vault.causal import accept_entries
from onggi.vault.keys import key_name
from onggi.vault.members import Members
from onggi.vault.signed import Hash, Hex, Id, check_signed, hash_signed, heed_newer, read_body

LOG = "log"
STRATA = ("record", "identity", "care")
PUBLICATION = "publication"


class Epoch(Struct, frozen=True):
    """A generation of one key: a random id, those it follows, and the hash its key must have."""

    id: Id
    parents: tuple[Id, ...]
    name: Hash


class Compartment(Struct, frozen=True, tag="compartment"):
    """The first entry of a grant log: the compartment, its keyring cells and its first epochs."""

    v: int
    by: str
    prev: tuple[str, ...]
    compartment: Id
    name: str
    rings: dict[str, Id]
    epochs: dict[str, Epoch]


class Grant(Struct, frozen=True, tag="grant"):
    """What a device may open; the keys themselves travel in its mailbox."""

    v: int
    by: str
    prev: tuple[str, ...]
    device: Id
    strata: tuple[str, ...]
    release: bool = False


class Wrap(Struct, frozen=True):
    """One key for one device: HPKE output in hex."""

    what: str
    epoch: Id
    box: Hex


class Wraps(Struct, frozen=True, tag="wraps"):
    """An entry of a mailbox: keys of one compartment, or the publication key (compartment empty)."""

    v: int
    by: str
    prev: tuple[str, ...]
    compartment: Annotated[str, Meta(pattern=r"^([0-9a-f]{32})?\Z")]
    keys: tuple[Wrap, ...]


Entry: TypeAlias = Compartment | Grant


@dataclass
class Grants:
    """A grant log, read: its first entry and, for each device, its strata and whether it may release."""

    start: Compartment
    strata: dict[str, frozenset[str]] = field(default_factory=dict)
    release: set[str] = field(default_factory=set)
    tips: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.start.compartment

    def holding(self, stratum: str) -> set[str]:
        """The devices that were granted a stratum."""
        return {device for device, strata in self.strata.items() if stratum in strata}

    def names_key(self, what: str, key: bytes) -> bool:
        """Whether this key is the one the grant log names for `what`."""
        epoch = self.start.epochs.get(what)
        return epoch is not None and epoch.name == key_name(what, key)


def read_grants(members: Members, entries: Iterable[bytes]) -> Grants:
    """Fold the grant log of a compartment. Raises `vault.grants.start` if its first entry is not there."""
    waiting: dict[str, tuple[Entry, bytes]] = {}
    findings = []
    for raw in entries:
        try:
            entry: Entry = read_body(raw, Entry)  # type: ignore[arg-type]  # a union of tagged structs
        except OnggiError as error:
            heed_newer(error, "entry", raw, members.publics)
            findings.append(Finding("vault.grants.entry", "grants"))
            continue
        waiting[hash_signed("entry", raw)] = (entry, raw)
    starts = [
        id
        for id, (entry, raw) in waiting.items()
        if isinstance(entry, Compartment) and _is_whole(entry) and _signed(members, entry, raw)
    ]
    if len(starts) != 1:
        raise OnggiError("vault.grants.start")
    start, _ = waiting.pop(starts[0])
    assert isinstance(start, Compartment)  # noqa: S101 - said to the type checker; nothing else is in `starts`
    state = Grants(start, findings=findings)
    _accept(state, members, waiting, starts[0])
    return state


def _accept(state: Grants, members: Members, waiting: Mapping[str, tuple[Entry, bytes]], first: str) -> None:
    """Apply grants in causal order behind the start, each judged by the state its predecessors left."""

    def take(entry: Entry, raw: bytes) -> bool:
        if not (isinstance(entry, Grant) and _signed(members, entry, raw) and _may(state, members, entry)):
            return False
        state.strata[entry.device] = state.strata.get(entry.device, frozenset()) | set(entry.strata)
        if entry.release:
            state.release.add(entry.device)
        return True

    order = accept_entries(waiting, take, first)
    state.findings += [Finding("vault.grants.entry", "grants")] * order.refused
    state.findings += [Finding("vault.grants.gap", "grants")] * order.left
    state.tips = order.tips


def _is_whole(start: Compartment) -> bool:
    return {*STRATA} <= start.rings.keys() and {LOG, *STRATA} <= start.epochs.keys()


def _signed(members: Members, entry: Entry, raw: bytes) -> bool:
    card = members.devices.get(entry.by)
    if card is None or isinstance(entry, Compartment) and not members.admin(entry.by):
        return False
    try:
        check_signed(card.public, "entry", raw)
    except OnggiError:
        return False
    return True


def _may(state: Grants, members: Members, grant: Grant) -> bool:
    if not set(grant.strata) <= set(STRATA) or grant.device not in members.devices:
        return False
    if members.admin(grant.by):
        return True
    # A member may hand what she has to a further device of her own.
    own = members.member_of(grant.by) == members.member_of(grant.device)
    held = state.strata.get(grant.by, frozenset())
    return own and set(grant.strata) <= held and (not grant.release or grant.by in state.release)
