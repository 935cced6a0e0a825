"""Passphrases, device secrets and wraps against published vectors; costs out of bounds refused unworked."""

import unicodedata
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.vectors import read_vectors
from tests.vault.invented import Dice

from onggi.errors import Exit, OnggiError
from onggi.vault import keys
from onggi.vault.keys import CEILING, FLOOR, Cost, Device, key_name, make_secret, stretch, wrap, wrap_public

OURS = read_vectors("vault")

# RFC 9106 §5.3.
ARGON2ID_TAG = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"

# draft-connolly-cfrg-xwing-kem, first vector: seed, the beginning of its public key, SHA-256 of all of it.
XWING_SEED = "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26"
XWING_PUBLIC = "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5"
XWING_DIGEST = "2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb"


def make_device(seed: str) -> Device:
    """A device with fresh keys."""
    return Device.of(make_secret("00" * 32, bytes(32), "11" * 16, 1, Dice(seed)))


def test_argon2id_is_that_of_the_rfc() -> None:
    derived = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    ).derive(b"\x01" * 32)
    assert derived.hex() == ARGON2ID_TAG


def test_public_key_of_a_seed_is_that_of_the_draft() -> None:
    public = wrap_public(bytes.fromhex(XWING_SEED))
    assert len(public) == 1216
    assert public.hex().startswith(XWING_PUBLIC)
    assert sha256(public).hexdigest() == XWING_DIGEST


def test_a_construction_that_answers_wrongly_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    keys.try_constructions()
    for name, constant in (("Argon2id", "_TEST_ARGON2ID"), ("X-Wing", "_TEST_XWING_DIGEST")):
        with monkeypatch.context() as patch, pytest.raises(OnggiError, match="proof.primitive") as raised:
            patch.setattr(keys, constant, "")
            keys.try_constructions()
        assert raised.value.values == {"name": name}


def test_a_wrap_opens_for_its_device_and_purpose_alone() -> None:
    device, other = make_device("one"), make_device("two")
    box = wrap(b"k" * 32, wrap_public(bytes.fromhex(device.secret.xwing)), b"info")
    assert device.unwrap(box, b"info") == b"k" * 32
    for holder, said in ((other, b"info"), (device, b"other info"), (device, b"")):
        with pytest.raises(OnggiError, match="vault.keys.wrap"):
            holder.unwrap(box, said)


def test_no_changed_or_shortened_wrap_opens() -> None:
    device = make_device("one")
    box = wrap(b"k" * 32, wrap_public(bytes.fromhex(device.secret.xwing)), b"info")
    bent = [box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :] for at in range(0, len(box), 97)]
    for wrong in (*bent, box[:-1], box[:100], b"", box + b"\x00"):
        with pytest.raises(OnggiError, match="vault.keys.wrap"):
            device.unwrap(wrong, b"info")


def test_key_names_of_the_vectors() -> None:
    key = bytes.fromhex(OURS["vaultkey"])
    assert key_name("record", key) == OURS["key_name"]["name"]
    assert key_name("identity", key) != key_name("record", key)


OUTSIDE = [
    Cost(FLOOR.memory - 1, FLOOR.passes, 1),
    Cost(FLOOR.memory, FLOOR.passes - 1, 1),
    Cost(FLOOR.memory, FLOOR.passes, 0),
    Cost(CEILING.memory + 1, FLOOR.passes, 1),
    Cost(FLOOR.memory, CEILING.passes + 1, 1),
    Cost(FLOOR.memory, FLOOR.passes, CEILING.lanes + 1),
]


@pytest.mark.parametrize("cost", OUTSIDE)
def test_a_cost_outside_the_limits_is_refused_before_any_work(
    cost: Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "Argon2id", None)
    with pytest.raises(OnggiError, match="vault.keys.cost") as raised:
        stretch("passphrase", bytes(16), cost, 1)
    assert raised.value.exit_code is Exit.LOCKED


class FirstLanes:
    """Argon2id's arguments, kept instead of worked on."""

    def __init__(self, **arguments: object) -> None:
        self.arguments = arguments

    def derive(self, secret: bytes) -> bytes:
        return repr((sorted(self.arguments.items()), secret)).encode()


@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_one_passphrase_however_a_keyboard_composes_it(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "Argon2id", FirstLanes)
        composed, decomposed = (
            stretch(unicodedata.normalize(form, text), bytes(16), FLOOR, 1) for form in ("NFC", "NFD")
        )
        assert composed == decomposed
        assert stretch(text, bytes(16), FLOOR, 2) != composed


def test_nothing_secret_stands_in_a_representation() -> None:
    device = make_device("shown")
    shown = repr(device)
    assert device.secret.device in shown
    secrets = ("ed25519", "mldsa44", "xwing", "mailbox", "desk", "vaultkey")
    assert [name for name in secrets if getattr(device.secret, name) in shown] == []


def test_an_interrupt_is_not_taken_for_a_wrong_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the library does it: what breaks into its work comes out as a tag that is not right."""
    device = make_device("interrupted")
    box = wrap(b"k" * 32, wrap_public(bytes.fromhex(device.secret.xwing)), b"purpose")
    answers: list[Exception | bytes] = [b"k" * 32, InvalidTag()]

    class Interrupted:
        def decrypt(self, *_: object) -> bytes:
            answer = answers.pop()
            if isinstance(answer, Exception):
                raise answer
            return answer

    monkeypatch.setattr(keys, "_SUITE", Interrupted())
    with pytest.raises(KeyboardInterrupt):
        device.unwrap(box, b"purpose")
