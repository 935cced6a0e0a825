"""A timestamp is over this anchor and right at its own time, or it is none."""

import base64
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.vectors import read_vectors

from onggi.errors import OnggiError
from onggi.proof.token import check_token

VECTORS = read_vectors("token")
STAMPED = VECTORS["stamped"].encode()
REPLY, BARE, OTHER = (base64.b64decode(VECTORS[name]) for name in ("reply", "bare reply", "sha512 reply"))
CHAIN, AUTHORITY, ROOT, LISTS, REVOKED = (
    VECTORS[name].encode() for name in ("chain", "authority", "root", "lists", "revoked")
)
FAMOUS = VECTORS["another root"].encode()
STAMP = check_token(REPLY, STAMPED, CHAIN, LISTS)


def refuse(
    code: str, reply: bytes = REPLY, stamped: bytes = STAMPED, chain: bytes = CHAIN, crl: bytes = b""
) -> None:
    """Check that a token is refused for this reason."""
    with pytest.raises(OnggiError) as caught:
        check_token(reply, stamped, chain, crl)
    assert caught.value.id == f"proof.token.{code}"


def test_what_it_says() -> None:
    assert STAMP.authority == "CN=EXAMPLE authority"
    assert STAMP.time.startswith("20")
    assert len(STAMP.time) == len("2026-01-01T00:00:00Z")
    assert {len(STAMP.certificate), len(STAMP.root)} == {64}
    assert STAMP.certificate != STAMP.root


@pytest.mark.parametrize(
    ("reply", "chain"),
    [(REPLY, CHAIN), (BARE, AUTHORITY + CHAIN), (REPLY, ROOT), (REPLY, AUTHORITY + CHAIN)],
    ids=["embedded", "in the chain", "all embedded", "twice"],
)
def test_certificates_come_with_the_token_or_the_chain(reply: bytes, chain: bytes) -> None:
    stamp = check_token(reply, STAMPED, chain)
    assert (stamp.authority, stamp.certificate, stamp.root) == (
        *(STAMP.authority, STAMP.certificate),
        STAMP.root,
    )


def test_over_something_else() -> None:
    refuse("imprint", stamped=STAMPED + b"\n")
    refuse("imprint", stamped=b"")
    refuse("imprint", reply=OTHER)  # the format knows one hash


def test_a_chain_that_does_not_hold() -> None:
    refuse("signature", chain=CHAIN[: CHAIN.index(b"-----END") + 26])  # ends below the root
    refuse("signature", chain=AUTHORITY)
    refuse("signature", reply=BARE)  # whose certificate is nowhere


def test_only_the_last_of_a_chain_is_a_root() -> None:
    """A famous root laid behind one's own does not lend its name."""
    between = CHAIN[: CHAIN.index(b"-----END") + 26]
    refuse("signature", chain=ROOT + between)
    refuse("signature", chain=between + ROOT + FAMOUS)
    assert check_token(REPLY, STAMPED, FAMOUS + between + ROOT).root == STAMP.root


@pytest.mark.parametrize(
    "chain",
    [
        b"",
        b"\n" + CHAIN,
        CHAIN + b"\n",
        CHAIN[:-1],
        CHAIN.replace(b"\n", b"\r\n"),
        LISTS,
        CHAIN + LISTS,
        ROOT * 17,
    ],
)
def test_a_chain_is_certificates_and_nothing_else(chain: bytes) -> None:
    refuse("form", chain=chain)


def test_revoked() -> None:
    check_token(REPLY, STAMPED, CHAIN, LISTS)
    refuse("revocation", crl=REVOKED)
    refuse("revocation", crl=LISTS + REVOKED)
    refuse("revocation", crl=CHAIN)
    refuse("revocation", crl=b"\n")
    refuse("revocation", reply=BARE, chain=AUTHORITY + CHAIN, crl=REVOKED)


def test_every_byte_of_what_was_stamped_counts() -> None:
    """Bytes that no signature covers, such as the certificates embedded beside it, may be changed."""
    imprint = REPLY.index(sha256(STAMPED).digest())
    for at in range(imprint - 40, imprint + 60):
        changed = bytearray(REPLY)
        changed[at] ^= 1
        with pytest.raises(OnggiError):
            check_token(bytes(changed), STAMPED, CHAIN)


def test_every_cut_is_refused() -> None:
    for size in range(len(REPLY)):
        with pytest.raises(OnggiError):
            check_token(REPLY[:size], STAMPED, CHAIN)


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    refuse("form", reply=data)
    refuse("form", chain=data)
    if data:
        refuse("revocation", crl=data)


@given(st.lists(st.tuples(st.integers(0, len(REPLY) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_no_change_makes_another_time(changes: list[tuple[int, int]]) -> None:
    changed = bytearray(REPLY)
    for at, octet in changes:
        changed[at] = octet
    try:
        stamp = check_token(bytes(changed), STAMPED, CHAIN)
    except OnggiError:
        return
    assert stamp == STAMP
