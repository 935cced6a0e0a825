"""Devices and signed entries of an invented vault, without any folder: for the logs, which are pure."""

from dataclasses import dataclass

from msgspec import Struct
from tests.vault.invented import Dice

from onggi.vault.commits import Commit, log_id
from onggi.vault.grants import STRATA, Compartment, Epoch, Grant
from onggi.vault.keys import Device, key_name, make_secret, wrap_public
from onggi.vault.members import Card, Cells, Enrolment, Genesis, Members, read_members
from onggi.vault.signed import hash_signed, sign_body

VAULT_KEY = b"v" * 32
COMPARTMENT = "c0" * 16
LOG_KEY, STRATUM_KEYS = b"l" * 32, {stratum: stratum[0].encode() * 32 for stratum in STRATA}


@dataclass(frozen=True)
class Person:
    """A device and its card."""

    device: Device
    card: Card

    @property
    def id(self) -> str:
        return self.card.id

    def sign(self, entry: Struct, label: str = "entry") -> bytes:
        """Signed bytes by this device."""
        return sign_body(self.device.signer, label, entry)


def make_person(name: str, role: str, slot: int, member: str | None = None) -> Person:
    """A device of somebody, with ids that follow from the name."""
    dice = Dice(name)
    secret = make_secret("", VAULT_KEY, member or dice(16).hex(), slot, dice)
    device = Device.of(secret)
    public = device.signer.public
    card = Card(
        secret.device,
        secret.member,
        slot,
        role,
        public.ed25519.hex(),
        public.mldsa.hex(),
        wrap_public(bytes.fromhex(secret.xwing)).hex(),
        dice(16).hex(),
        dice(16).hex(),
    )
    return Person(device, card)


ANNA = make_person("anna", "admin", 1)
BORA = make_person("bora", "member", 2)
CHEN = make_person("chen", "member", 3)
DARA = make_person("dara", "admin", 4)

GENESIS = ANNA.sign(Genesis(1, ANNA.id, (), 1, "00" * 32, ANNA.card), "genesis")
VAULT = hash_signed("genesis", GENESIS)


def enrol(by: Person, new: Person, *prev: str) -> bytes:
    """An entry that lets a device in."""
    return by.sign(Enrolment(1, by.id, prev or (VAULT,), new.card))


CELLS = ANNA.sign(Cells(1, ANNA.id, (VAULT,), 4, ("0a" * 16,), ("0b" * 16,), ("0c" * 16,)))
# Signing twice gives two signatures, and so two entries: what others build on stands here once.
ENROLMENTS = {person.id: enrol(ANNA, person) for person in (BORA, CHEN, DARA)}
ENTRIES = [GENESIS, CELLS, *ENROLMENTS.values()]


def fold(*more: bytes) -> Members:
    """The membership log of all four, and further entries."""
    return read_members(VAULT, [*ENTRIES, *more])


EPOCHS = {
    what: Epoch(Dice(what)(16).hex(), (), key_name(what, key))
    for what, key in {"log": LOG_KEY, **STRATUM_KEYS}.items()
}
START = ANNA.sign(
    Compartment(1, ANNA.id, (), COMPARTMENT, "main", {stratum: "0c" * 16 for stratum in STRATA}, EPOCHS)
)
STARTED = hash_signed("entry", START)


def grant(by: Person, to: Person, *strata: str, release: bool = False, prev: str = STARTED) -> bytes:
    """An entry that lets a device read strata."""
    return by.sign(Grant(1, by.id, (prev,), to.id, strata, release))


def commit(
    by: Person,
    seq: int,
    previous: bytes | None = None,
    clock: int | None = None,
    seen: dict[str, tuple[int, str]] | None = None,
    log: str | None = None,
    mark: int = 0,
) -> bytes:
    """A commit of a device behind another; `mark` makes it differ."""
    body = Commit(
        1,
        COMPARTMENT,
        log or log_id(COMPARTMENT, by.id),
        by.id,
        seq,
        hash_signed("commit", previous) if previous else "",
        dict.fromkeys(STRATA, ""),
        {stratum: f"{mark:064x}" for stratum in STRATA},
        dict.fromkeys(STRATA, "00"),
        seen or {},
        (1000 * (seq + 1) if clock is None else clock, 0),
    )
    return by.sign(body, "commit")
