"""Passphrases, device secrets and wraps: what turns a person into keys (vault-format.md, §4–5).

Pure but for time spent; randomness is passed in. Refused: an Argon2id cost under the floor or over the
ceiling, before any work is done on it; a wrap that does not open.
"""

import unicodedata
from dataclasses import dataclass, field
from hashlib import sha256, shake_256

import msgspec
from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from onggi.errors import Exit, OnggiError
from onggi.proof.signature import Signer
from onggi.vault.seal import Randomness, frame
from onggi.vault.signed import Hash, Id

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MLKEM_PUBLIC = 1184

# RFC 9106 §5.3; and the first vector of draft-connolly-cfrg-xwing-kem, its public key as SHA-256.
_TEST_ARGON2ID = bytes.fromhex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")
_TEST_XWING_SEED = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
_TEST_XWING_DIGEST = "2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs: memory in KiB, passes over it, lanes."""

    memory: int
    passes: int
    lanes: int

    def check(self) -> None:
        """Refuse a cost that gives a passphrase away, or that would stall the machine of whoever reads it."""
        if not (
            FLOOR.memory <= self.memory <= CEILING.memory
            and FLOOR.passes <= self.passes <= CEILING.passes
            and FLOOR.lanes <= self.lanes <= CEILING.lanes
        ):
            raise OnggiError("vault.keys.cost", exit_code=Exit.LOCKED)


FLOOR = Cost(256 * 1024, 3, 1)
CEILING = Cost(2 * 1024 * 1024, 64, 16)

# What a new slot costs at the least: the floor's memory and passes, on as many lanes as an old machine has.
LEAST = Cost(FLOOR.memory, FLOOR.passes, 4)


def stretch(passphrase: str, salt: bytes, cost: Cost, slot: int) -> bytes:
    """The key that seals a keyslot: Argon2id over the passphrase in its NFC form (RFC 9106)."""
    cost.check()
    # Two keyboards may compose one Hangul syllable differently; NFC makes them the same passphrase.
    secret = unicodedata.normalize("NFC", passphrase).encode()
    return Argon2id(
        salt=salt,
        length=32,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory,
        ad=frame("keyslot", slot),
    ).derive(secret)


class Secret(msgspec.Struct, frozen=True):
    """What a keyslot holds: ids in hex, then seeds and keys of 32 bytes in hex."""

    v: int
    vault: Hash
    device: Id
    member: Id
    slot: int
    ed25519: Hash
    mldsa44: Hash
    xwing: Hash
    mailbox: Hash
    desk: Hash
    vaultkey: Hash

    def __repr__(self) -> str:
        # A traceback may show values; these must not be among them.
        return f"Secret(device={self.device!r})"

    def __rich_repr__(self) -> list[tuple[str, str]]:
        return [("device", self.device)]


@dataclass(frozen=True, slots=True)
class Device:
    """A device whose secret is open: it signs, opens wraps, and knows its own symmetric keys."""

    secret: Secret
    signer: Signer = field(repr=False)
    mailbox: bytes = field(repr=False)
    desk: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: Secret) -> "Device":
        """The device that a keyslot's secret makes."""
        signer = Signer(bytes.fromhex(secret.ed25519), bytes.fromhex(secret.mldsa44))
        return cls(secret, signer, bytes.fromhex(secret.mailbox), bytes.fromhex(secret.desk))

    @property
    def id(self) -> str:
        return self.secret.device

    def unwrap(self, box: bytes, info: bytes) -> bytes:
        """The key that was wrapped to this device for exactly this purpose."""
        try:
            return _decrypt(box, bytes.fromhex(self.secret.xwing), info)
        except (InvalidTag, ValueError):
            raise OnggiError("vault.keys.wrap") from None


def try_constructions() -> None:
    """Make sure at the start that stretching and wrapping are there and answer as published.

    Raises:
        OnggiError: `proof.primitive`, with the name of the construction.
    """
    try:
        stretched = Argon2id(
            salt=b"\x02" * 16,
            length=32,
            iterations=3,
            lanes=4,
            memory_cost=32,
            ad=b"\x04" * 12,
            secret=b"\x03" * 8,
        ).derive(b"\x01" * 32)
    except UnsupportedAlgorithm:
        raise OnggiError("proof.primitive", name="Argon2id") from None
    if stretched != _TEST_ARGON2ID:
        raise OnggiError("proof.primitive", name="Argon2id")
    try:
        public = wrap_public(_TEST_XWING_SEED)
        opened = _decrypt(wrap(b"key", public, b""), _TEST_XWING_SEED, b"")
    except (UnsupportedAlgorithm, InvalidTag, ValueError):
        raise OnggiError("proof.primitive", name="X-Wing") from None
    if opened != b"key" or sha256(public).hexdigest() != _TEST_XWING_DIGEST:
        raise OnggiError("proof.primitive", name="X-Wing")


def make_secret(vault: str, vaultkey: bytes, member: str, slot: int, randomness: Randomness) -> Secret:
    """Fresh keys for a device."""
    return Secret(
        v=1,
        vault=vault,
        device=randomness(16).hex(),
        member=member,
        slot=slot,
        ed25519=randomness(32).hex(),
        mldsa44=randomness(32).hex(),
        xwing=randomness(32).hex(),
        mailbox=randomness(32).hex(),
        desk=randomness(32).hex(),
        vaultkey=vaultkey.hex(),
    )


def wrap(key: bytes, public: bytes, info: bytes) -> bytes:
    """`key` for the holder of an X-Wing key pair.

    It stands only inside sealed objects: it names no sender.
    """
    kem, exchange = public[:_MLKEM_PUBLIC], public[_MLKEM_PUBLIC:]
    recipient = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(kem), X25519PublicKey.from_public_bytes(exchange)
    )
    return _SUITE.encrypt(key, recipient, info)


def can_wrap(public: bytes) -> bool:
    """Whether anything can be wrapped to these public bytes."""
    try:
        wrap(b"", public, b"")
    except ValueError:
        return False
    return True


def wrap_public(seed: bytes) -> bytes:
    """The 1,216 public bytes of an X-Wing seed."""
    kem, exchange = _halves(seed)
    raw = exchange.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return kem.public_key().public_bytes_raw() + raw


def key_name(what: str, key: bytes) -> str:
    """What a grant log says of a key before anybody accepts it."""
    return sha256(frame("key", what) + key).hexdigest()


def _decrypt(box: bytes, seed: bytes, info: bytes) -> bytes:
    """What HPKE opens. Raises InvalidTag or ValueError for another key or purpose."""
    key = _private_key(seed)
    try:
        return _SUITE.decrypt(box, key, info)
    except InvalidTag:
        # The library says so of an interrupt in the middle, too: then the same box opens now.
        _SUITE.decrypt(box, key, info)
    raise KeyboardInterrupt


def _private_key(seed: bytes) -> MLKEM768X25519PrivateKey:
    return MLKEM768X25519PrivateKey(*_halves(seed))


def _halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    # draft-connolly-cfrg-xwing-kem, expandDecapsulationKey: SHAKE256(seed, 96) = d ‖ z ‖ X25519 secret.
    expanded = shake_256(seed).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(
        expanded[64:]
    )
