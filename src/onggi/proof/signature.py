"""Ed25519 and ML-DSA-44, always both: a signature stands while either of the two is unbroken (proof.md §4).

Keys come as seeds of 32 bytes, which is how the vault keeps them, and nothing here writes them down. Whatever
is signed within a vault carries a label, so that a signature for one purpose is none for another; an anchor
is signed by `anchor` in the forms that C2SP prescribes, which begin differently from every labelled message.
"""

import base64
import textwrap
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from onggi.errors import OnggiError

SEED_SIZE = 32
ED25519_KEY_SIZE = 32
ED25519_SIGNATURE_SIZE = 64
MLDSA_KEY_SIZE = 1312
MLDSA_SIGNATURE_SIZE = 2420
SIGNATURE_SIZE = ED25519_SIGNATURE_SIZE + MLDSA_SIGNATURE_SIZE

# A SubjectPublicKeyInfo of either algorithm is these bytes and then the raw key (RFC 8410 §4, RFC 9881 §4).
_ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")
_MLDSA_SPKI = bytes.fromhex("30820532300b06096086480165030403110382052100")

# RFC 8032 §7.1 test 1; and SHA-256 of the ML-DSA-44 public key of the seed 00…1f, which two independent
# implementations agree on (tests/vectors/README.md).
_TEST_ED25519_SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
_TEST_ED25519_SIGNATURE = bytes.fromhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
    "d25bf5f0595bbe24655141438e7a100b"
)
_TEST_MLDSA_KEY_DIGEST = "9f107644c1084526af3bc8098680b05499a2325a644e388fb4f970e058d19d46"

_PEM_HEAD = "-----BEGIN PUBLIC KEY-----"
_PEM_FOOT = "-----END PUBLIC KEY-----"
_SSH_KIND = b"ssh-ed25519"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The raw public keys of one signer, 32 and 1312 bytes."""

    ed25519: bytes
    mldsa: bytes

    def __post_init__(self) -> None:
        if len(self.ed25519) != ED25519_KEY_SIZE or len(self.mldsa) != MLDSA_KEY_SIZE:
            raise ValueError("a public key has 32 and 1312 bytes")

    @property
    def raw(self) -> bytes:
        """Both keys, one after the other."""
        return self.ed25519 + self.mldsa

    @property
    def principal(self) -> str:
        """The name of this key, with which the origins of its anchors begin. It leads nowhere on purpose."""
        return "onggi.invalid/" + sha256(_ED25519_SPKI + self.ed25519).hexdigest()[:16]

    @property
    def fingerprint(self) -> str:
        """What two people compare, 64 hex digits. It covers both keys, so neither can be exchanged alone."""
        return sha256(_ED25519_SPKI + self.ed25519 + _MLDSA_SPKI + self.mldsa).hexdigest()

    @property
    def ed25519_pem(self) -> bytes:
        """The Ed25519 key as openssl reads it."""
        return _render_pem(_ED25519_SPKI + self.ed25519)

    @property
    def mldsa_pem(self) -> bytes:
        """The ML-DSA-44 key as openssl 3.5 and later reads it."""
        return _render_pem(_MLDSA_SPKI + self.mldsa)

    @property
    def ssh_line(self) -> bytes:
        """The Ed25519 key as a line of `allowed_signers` (ssh-keygen(1)), our name for it as principal."""
        blob = b"".join(len(part).to_bytes(4) + part for part in (_SSH_KIND, self.ed25519))
        return b"%s %s %s\n" % (self.principal.encode(), _SSH_KIND, base64.b64encode(blob))

    def verify_ed25519(self, message: bytes, signature: bytes) -> bool:
        """Whether the Ed25519 key signed exactly `message`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.ed25519).verify(signature, message)
        except (InvalidSignature, ValueError):  # ValueError: bytes that are no point of the curve
            return False
        return True

    def verify_mldsa(self, message: bytes, signature: bytes) -> bool:
        """Whether the ML-DSA-44 key signed exactly `message`, with an empty context.

        Raises:
            OnggiError: `proof.primitive`, where the crypto library was built without ML-DSA.
        """
        try:
            MLDSA44PublicKey.from_public_bytes(self.mldsa).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        except UnsupportedAlgorithm:
            raise OnggiError("proof.primitive", name="ML-DSA-44") from None
        return True


class Signer:
    """Both private keys of one signer. It has no repr and no bytes, so that nothing can print it."""

    __slots__ = ("_ed25519", "_mldsa", "public")

    def __init__(self, ed25519_seed: bytes, mldsa_seed: bytes) -> None:
        self._ed25519 = Ed25519PrivateKey.from_private_bytes(ed25519_seed)
        self._mldsa = MLDSA44PrivateKey.from_seed_bytes(mldsa_seed)
        self.public = PublicKey(
            self._ed25519.public_key().public_bytes_raw(), self._mldsa.public_key().public_bytes_raw()
        )

    def sign(self, label: str, message: bytes) -> bytes:
        """Sign `message` for the purpose `label`: Ed25519 (64 bytes), then ML-DSA-44 (2420 bytes)."""
        labelled = _label_message(label, message)
        return self.sign_ed25519(labelled) + self.sign_mldsa(labelled)

    def sign_ed25519(self, message: bytes) -> bytes:
        """Sign exactly `message`. Only `anchor` needs this; everything else signs under a label."""
        return self._ed25519.sign(message)

    def sign_mldsa(self, message: bytes) -> bytes:
        """Sign exactly `message` with an empty context. Hedged, as FIPS 204 advises: no two are equal."""
        return self._mldsa.sign(message)


def verify_signature(public: PublicKey, label: str, message: bytes, signature: bytes) -> None:
    """Check that `public` signed `message` for the purpose `label`, with both keys.

    Raises:
        OnggiError: `proof.signature`, where either signature is not right.
    """
    labelled = _label_message(label, message)
    ed25519, mldsa = signature[:ED25519_SIGNATURE_SIZE], signature[ED25519_SIGNATURE_SIZE:]
    if not (public.verify_ed25519(labelled, ed25519) and public.verify_mldsa(labelled, mldsa)):
        raise OnggiError("proof.signature")


def split_key(raw: bytes) -> PublicKey:
    """The public key whose `raw` bytes these are.

    Raises:
        OnggiError: `proof.key`, where the length is another.
    """
    if len(raw) != ED25519_KEY_SIZE + MLDSA_KEY_SIZE:
        raise OnggiError("proof.key")
    return PublicKey(raw[:ED25519_KEY_SIZE], raw[ED25519_KEY_SIZE:])


def parse_pems(ed25519_pem: bytes, mldsa_pem: bytes) -> PublicKey:
    """The public key whose two PEM files these are, byte for byte.

    Raises:
        OnggiError: `proof.key`, where a file is not exactly what `PublicKey` would write.
    """
    public = PublicKey(
        _parse_pem(ed25519_pem, _ED25519_SPKI, ED25519_KEY_SIZE),
        _parse_pem(mldsa_pem, _MLDSA_SPKI, MLDSA_KEY_SIZE),
    )
    # Base64 has several spellings of the same bytes; a proof has one.
    if (public.ed25519_pem, public.mldsa_pem) != (ed25519_pem, mldsa_pem):
        raise OnggiError("proof.key")
    return public


def self_test() -> None:
    """Make sure at the start that both algorithms are there and answer as published.

    Raises:
        OnggiError: `proof.primitive`, with the name of the algorithm.
    """
    try:
        signer = Signer(_TEST_ED25519_SEED, bytes(range(SEED_SIZE)))
        signature = signer.sign("self-test", b"")
        verify_signature(signer.public, "self-test", b"", signature)
        wrong = signer.public.verify_mldsa(b"another message", signature[ED25519_SIGNATURE_SIZE:])
    except (UnsupportedAlgorithm, OnggiError):
        raise OnggiError("proof.primitive", name="Ed25519, ML-DSA-44") from None
    if signer.sign_ed25519(b"") != _TEST_ED25519_SIGNATURE:
        raise OnggiError("proof.primitive", name="Ed25519")
    if wrong or sha256(signer.public.mldsa).hexdigest() != _TEST_MLDSA_KEY_DIGEST:
        raise OnggiError("proof.primitive", name="ML-DSA-44")


def _label_message(label: str, message: bytes) -> bytes:
    # The zero byte ends the label, so that no label with its message reads as another's.
    if not label.isascii() or not label.isprintable():
        raise ValueError("a label is printable ASCII")
    return b"onggi/1 " + label.encode() + b"\x00" + message


def _render_pem(spki: bytes) -> bytes:
    body = textwrap.wrap(base64.b64encode(spki).decode(), 64)
    return "\n".join([_PEM_HEAD, *body, _PEM_FOOT, ""]).encode()


def _parse_pem(pem: bytes, prefix: bytes, key_size: int) -> bytes:
    body = pem.removeprefix(_PEM_HEAD.encode()).removesuffix(_PEM_FOOT.encode() + b"\n")
    try:
        spki = base64.b64decode(body)
    except ValueError:
        raise OnggiError("proof.key") from None
    if len(spki) != len(prefix) + key_size or not spki.startswith(prefix):
        raise OnggiError("proof.key")
    return spki[len(prefix) :]
