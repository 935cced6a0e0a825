"""Two signatures, always both; keys as others read them; published and independent vectors."""

import base64
from hashlib import sha256

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key, load_ssh_public_key
from tests.proof.vectors import read_vectors

from onggi.errors import OnggiError
from onggi.proof import signature
from onggi.proof.signature import (
    SIGNATURE_SIZE,
    PublicKey,
    Signer,
    parse_pems,
    self_test,
    split_key,
    verify_signature,
)

VECTORS = read_vectors("proof")
SIGNER = Signer(bytes.fromhex(VECTORS["ed25519 seed"]), bytes.fromhex(VECTORS["mldsa seed"]))


def test_self_test_passes() -> None:
    self_test()


def test_self_test_is_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    class Absent:
        @staticmethod
        def from_seed_bytes(seed: bytes) -> None:
            raise UnsupportedAlgorithm("no ML-DSA here")

    monkeypatch.setattr(signature, "MLDSA44PrivateKey", Absent)
    with pytest.raises(OnggiError, match=r"proof\.primitive"):
        self_test()


@pytest.mark.parametrize("name", ["_TEST_MLDSA_KEY_DIGEST", "_TEST_ED25519_SIGNATURE"])
def test_self_test_compares(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(signature, name, "another")
    with pytest.raises(OnggiError, match=r"proof\.primitive"):
        self_test()


def test_keys_as_in_the_vectors() -> None:
    assert SIGNER.public.mldsa.hex() == VECTORS["mldsa public"]
    assert SIGNER.public.principal == VECTORS["principal"]
    assert SIGNER.public.fingerprint == VECTORS["fingerprint"]
    assert split_key(SIGNER.public.raw) == SIGNER.public


def test_an_independent_mldsa_signature_verifies() -> None:
    message, made = bytes.fromhex(VECTORS["mldsa message"]), bytes.fromhex(VECTORS["mldsa signature"])
    assert SIGNER.public.verify_mldsa(message, made)
    assert not SIGNER.public.verify_mldsa(message + b"\x00", made)


def test_the_published_signed_note_verifies() -> None:
    vector = read_vectors("signed-note")
    name, key_id, typed_key = vector["vkey"].split("+")
    key = base64.b64decode(typed_key)
    text, _, line = vector["note"].partition("\n\n")
    made = base64.b64decode(line.split(" ")[-1])
    assert made[:4].hex() == key_id == sha256(name.encode() + b"\n" + key).hexdigest()[:8]
    public = PublicKey(key[1:], SIGNER.public.mldsa)
    assert public.verify_ed25519(text.encode() + b"\n", made[4:])
    assert not public.verify_ed25519(text.encode(), made[4:])


def test_keys_as_others_read_them() -> None:
    public = SIGNER.public
    read = load_pem_public_key(public.ed25519_pem)
    assert isinstance(read, Ed25519PublicKey)
    assert read.public_bytes_raw() == public.ed25519
    assert load_pem_public_key(public.mldsa_pem) is not None
    principal, line = public.ssh_line.split(b" ", 1)
    assert principal.decode() == public.principal
    assert load_ssh_public_key(line) == read
    assert parse_pems(public.ed25519_pem, public.mldsa_pem) == public


def test_sign_and_verify() -> None:
    made = SIGNER.sign("commit", b"message")
    assert len(made) == SIGNATURE_SIZE
    verify_signature(SIGNER.public, "commit", b"message", made)


@pytest.mark.parametrize(
    ("label", "message", "at"),
    [
        ("commits", b"message", None),
        ("commit", b"massage", None),
        ("commit", b"message", 0),
        ("commit", b"message", 63),
        ("commit", b"message", 64),
        ("commit", b"message", SIGNATURE_SIZE - 1),
    ],
)
def test_either_signature_alone_is_none(label: str, message: bytes, at: int | None) -> None:
    made = bytearray(SIGNER.sign("commit", b"message"))
    if at is not None:
        made[at] ^= 1
    with pytest.raises(OnggiError, match=r"proof\.signature"):
        verify_signature(SIGNER.public, label, message, bytes(made))


@pytest.mark.parametrize("made", [b"", bytes(64), bytes(SIGNATURE_SIZE), bytes(SIGNATURE_SIZE + 1)])
def test_what_is_no_signature_is_refused(made: bytes) -> None:
    with pytest.raises(OnggiError, match=r"proof\.signature"):
        verify_signature(SIGNER.public, "commit", b"", made)


def test_a_key_that_is_no_point_verifies_nothing() -> None:
    public = PublicKey(b"\xff" * 32, bytes(1312))
    assert not public.verify_ed25519(b"", bytes(64))
    assert not public.verify_mldsa(b"", bytes(2420))


def test_a_library_without_mldsa_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Absent:
        @staticmethod
        def from_public_bytes(key: bytes) -> None:
            raise UnsupportedAlgorithm("no ML-DSA here")

    monkeypatch.setattr(signature, "MLDSA44PublicKey", Absent)
    with pytest.raises(OnggiError, match=r"proof\.primitive"):
        SIGNER.public.verify_mldsa(b"", bytes(2420))


def test_labels_are_plain() -> None:
    for label in ("commit\x00", "commit\n", "기록"):
        with pytest.raises(ValueError, match="printable ASCII"):
            SIGNER.sign(label, b"")


def test_a_signer_shows_nothing() -> None:
    assert VECTORS["ed25519 seed"] not in repr(SIGNER)
    assert not hasattr(SIGNER, "__dict__")


@pytest.mark.parametrize("raw", [b"", bytes(1343), bytes(1345)])
def test_raw_keys_of_another_length_are_refused(raw: bytes) -> None:
    with pytest.raises(OnggiError, match=r"proof\.key"):
        split_key(raw)
    with pytest.raises(ValueError, match="32 and 1312"):
        PublicKey(raw, b"")


def test_pems_have_one_spelling() -> None:
    ed25519, mldsa = SIGNER.public.ed25519_pem, SIGNER.public.mldsa_pem
    for wrong in (
        b"",
        ed25519[:-1],
        ed25519 + b"\n",
        b"\n" + ed25519,
        ed25519.replace(b"\n", b"\r\n"),
        ed25519.replace(b"MCow", b"MCo w"),
        ed25519.replace(b"MCow", b"MCox"),
        ed25519.replace(b"=\n", b"\n"),
        b"not ascii \xff" + ed25519,
        mldsa,
    ):
        if wrong != ed25519:
            with pytest.raises(OnggiError, match=r"proof\.key"):
                parse_pems(wrong, mldsa)
    with pytest.raises(OnggiError, match=r"proof\.key"):
        parse_pems(ed25519, ed25519)
