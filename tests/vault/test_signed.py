"""Signed bytes: hashed and verified as they were stored, and one purpose is none other."""

import pytest
from msgspec import Struct
from tests.vault.people import ANNA, BORA

from onggi.errors import OnggiError
from onggi.vault.signed import check_signed, decode_json, hash_signed, heed_newer, read_body, sign_body


class Said(Struct, frozen=True):
    """Something signed."""

    b: int
    a: str


RAW = sign_body(ANNA.device.signer, "entry", Said(1, "글"))


def test_the_form_of_signed_bytes() -> None:
    body = '{"a":"글","b":1}'.encode()
    assert RAW[: 4 + len(body)] == len(body).to_bytes(4, "big") + body
    assert len(RAW) == 4 + len(body) + 64 + 2420
    assert read_body(RAW, Said) == Said(1, "글")
    check_signed(ANNA.card.public, "entry", RAW)


def test_fields_of_a_later_program_survive() -> None:
    body = b'{"a":"x","b":1,"later":true}'
    raw = len(body).to_bytes(4, "big") + body + ANNA.device.signer.sign("entry", body)
    check_signed(ANNA.card.public, "entry", raw)
    assert read_body(raw, Said) == Said(1, "x")


@pytest.mark.parametrize("body", [b'{"a":"x","b":1,"v":2}', b'{"a":"x","b":1,"type":"later"}'])
def test_what_a_later_version_wrote_is_not_read(body: bytes) -> None:
    raw = len(body).to_bytes(4, "big") + body + ANNA.device.signer.sign("entry", body)
    with pytest.raises(OnggiError, match="vault.newer") as refused:
        read_body(raw, Said)
    with pytest.raises(OnggiError, match="vault.newer"):
        heed_newer(refused.value, "entry", raw, [BORA.card.public, ANNA.card.public])
    heed_newer(refused.value, "entry", raw, [BORA.card.public])
    heed_newer(refused.value, "commit", raw, [ANNA.card.public])


@pytest.mark.parametrize("data", [b'{"a":"\xed\xa0\x80"}', b'{"later":' + b"[" * 5000, b"9" * 5000, b""])
def test_what_is_stored_is_of_its_form_or_refused(data: bytes) -> None:
    with pytest.raises(OnggiError, match="vault.signed.broken"):
        decode_json(data, Said)


def test_another_signer_purpose_or_byte() -> None:
    for public, label, raw in (
        (BORA.card.public, "entry", RAW),
        (ANNA.card.public, "commit", RAW),
        (ANNA.card.public, "entry", RAW.replace(b'"b":1', b'"b":2')),
        (ANNA.card.public, "entry", RAW[:-1] + bytes([RAW[-1] ^ 1])),
        (ANNA.card.public, "entry", RAW[:-2420] + bytes([RAW[-2420] ^ 1]) + RAW[-2419:]),
        (ANNA.card.public, "entry", RAW[:-2484] + bytes([RAW[-2484] ^ 1]) + RAW[-2483:]),
    ):
        with pytest.raises(OnggiError, match="proof.signature"):
            check_signed(public, label, raw)


@pytest.mark.parametrize("raw", [b"", b"\x00", RAW[:-1], RAW + b"\x00", b"\xff" * 3000], ids=len)
def test_other_forms(raw: bytes) -> None:
    with pytest.raises(OnggiError, match="vault.signed.broken"):
        read_body(raw, Said)


def test_a_hash_is_one_for_its_purpose() -> None:
    hashes = {hash_signed(label, raw) for label in ("entry", "commit", "genesis") for raw in (RAW, RAW[:-1])}
    assert len(hashes) == 6
