"""A timestamp in a bag is over its anchor and right at its own time, or it is none."""

import base64
import subprocess
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.proof.vectors import read_vectors

from onggi.evidence.timestamp import check
from onggi.evidence.timestamp.beside import check_beside, lay_beside
from onggi.evidence.timestamp.check import Checked, Stamp
from onggi.evidence.timestamp.openssl import Answer

VECTORS = read_vectors("token")
STAMPED = VECTORS["stamped"].encode()
REPLY, BARE, OTHER = (base64.b64decode(VECTORS[name]) for name in ("reply", "bare reply", "sha512 reply"))
CHAIN, AUTHORITY, ROOT, LISTS, REVOKED = (
    VECTORS[name].encode() for name in ("chain", "authority", "root", "lists", "revoked")
)
BETWEEN = CHAIN.removesuffix(ROOT)
FAMOUS = VECTORS["another root"].encode()
PLACE = "data/anchors/1-1.tsr"
alone = pytest.mark.usefixtures("without_openssl")
quickly = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def without_openssl(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without it: one reader judges, and thousands of times at no cost."""
    monkeypatch.setenv("PATH", "")


def ask(reply: bytes = REPLY, stamped: bytes = STAMPED, chain: bytes = CHAIN, lists: bytes = b"") -> Checked:
    checked = check_beside(reply, stamped, chain, lists, PLACE)
    assert len(checked.findings) == (not checked.valid)
    return checked


def accept(reply: bytes = REPLY, chain: bytes = CHAIN, lists: bytes = b"") -> Stamp:
    """The stamp of a token that is good."""
    checked = ask(reply, chain=chain, lists=lists)
    assert checked.valid and checked.stamp is not None
    return checked.stamp


def refuse(
    fault: str, reply: bytes = REPLY, stamped: bytes = STAMPED, chain: bytes = CHAIN, lists: bytes = b""
) -> None:
    """Check that a token is refused for this reason."""
    checked = ask(reply, stamped, chain, lists)
    assert [(one.code, one.where) for one in checked.findings] == [(f"evidence.token.{fault}", PLACE)]


def test_what_it_says() -> None:
    stamp = accept(lists=LISTS)
    signer, root = (x509.load_pem_x509_certificate(one) for one in (AUTHORITY, ROOT))
    assert (stamp.authority, stamp.root) == ("CN=EXAMPLE authority", "CN=EXAMPLE root")
    assert stamp.time.startswith("20") and len(stamp.time) == len("2026-01-01T00:00:00Z")
    assert stamp.fingerprint == sha256(signer.public_bytes(Encoding.DER)).hexdigest()
    assert stamp.root_fingerprint == sha256(root.public_bytes(Encoding.DER)).hexdigest()
    assert stamp.pinned and stamp.complete


@pytest.mark.parametrize(
    ("reply", "chain"),
    [(REPLY, CHAIN), (BARE, AUTHORITY + CHAIN), (REPLY, ROOT), (REPLY, AUTHORITY + CHAIN)],
    ids=["embedded", "in the chain", "all embedded", "twice"],
)
def test_certificates_come_with_the_token_or_the_chain(reply: bytes, chain: bytes) -> None:
    stamp = accept(reply, chain)
    assert stamp.authority == "CN=EXAMPLE authority"
    assert (stamp.fingerprint, stamp.root_fingerprint) == (accept().fingerprint, accept().root_fingerprint)


def test_over_something_else() -> None:
    refuse("imprint", stamped=STAMPED + b"\n")
    refuse("imprint", stamped=b"")
    refuse("imprint", reply=OTHER)  # the format knows one hash


def test_a_chain_that_does_not_hold() -> None:
    refuse("signature", chain=BETWEEN)  # ends below the root
    refuse("signature", chain=AUTHORITY)
    refuse("signature", reply=BARE)  # whose certificate is nowhere


def test_only_the_last_of_a_chain_is_a_root() -> None:
    """A famous root laid behind one's own does not lend its name."""
    refuse("signature", chain=ROOT + BETWEEN)
    refuse("signature", chain=BETWEEN + ROOT + FAMOUS)
    refuse("signature", chain=FAMOUS + BETWEEN + ROOT)  # which has signed nothing of it


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
        LISTS + CHAIN,
        ROOT * 17,
    ],
)
def test_a_chain_is_certificates_and_nothing_else(chain: bytes) -> None:
    refuse("form", chain=chain)


def test_a_reply_is_granted_and_nothing_else() -> None:
    refuse("form", reply=REPLY + b"\0")
    at = REPLY.index(b"\x30\x03\x02\x01\x00") + 4  # its status
    refuse("form", reply=REPLY[:at] + b"\1" + REPLY[at + 1 :])  # granted with modifications
    refuse("form", reply=REPLY[:at] + b"\2" + REPLY[at + 1 :])


def test_revoked() -> None:
    accept(lists=LISTS)
    refuse("revocation", lists=REVOKED)
    refuse("revocation", lists=LISTS + REVOKED)
    refuse("revocation", lists=CHAIN)
    refuse("revocation", lists=LISTS + CHAIN)
    refuse("revocation", lists=b"\n")
    refuse("revocation", reply=BARE, chain=AUTHORITY + CHAIN, lists=REVOKED)


@alone
def test_without_openssl_nothing_is_started_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(subprocess, "run", start)
    checked = ask(lists=LISTS)
    assert checked.valid and checked.not_checked == ("timestamp.unchecked.openssl",)


@pytest.mark.parametrize(
    ("library", "program", "valid", "unchecked"),
    [
        (Answer.RIGHT, Answer.RIGHT, True, ()),
        (Answer.RIGHT, Answer.UNABLE, True, ("timestamp.unchecked.reader",)),
        (Answer.UNABLE, Answer.RIGHT, True, ("timestamp.unchecked.reader",)),
        (Answer.RIGHT, Answer.ABSENT, True, ("timestamp.unchecked.openssl",)),
        (Answer.RIGHT, Answer.WRONG, False, ()),
        (Answer.WRONG, Answer.RIGHT, False, ()),
        (Answer.UNABLE, Answer.ABSENT, False, ("timestamp.unchecked.openssl",)),
    ],
)
def test_what_one_reader_calls_wrong_is_refused(
    monkeypatch: pytest.MonkeyPatch, library: Answer, program: Answer, valid: bool, unchecked: tuple[str, ...]
) -> None:
    monkeypatch.setattr(check, "ask_library", lambda *_: library)
    monkeypatch.setattr(check, "ask_openssl", lambda *_, **__: program)
    checked = ask()
    assert (checked.valid, checked.not_checked) == (valid, unchecked)
    if not valid:
        refuse("signature")


@alone
def test_every_byte_of_what_was_stamped_counts() -> None:
    """Bytes that no signature covers, such as the certificates embedded beside it, may be changed."""
    imprint = REPLY.index(sha256(STAMPED).digest())
    for at in range(imprint - 40, imprint + 60):
        changed = bytearray(REPLY)
        changed[at] ^= 1
        assert not ask(bytes(changed)).valid, at


@alone
def test_every_byte_of_a_chain_counts() -> None:
    """Those of a certificate, too, that nothing needs because the token carries the same."""
    chain = AUTHORITY + CHAIN
    for at in range(0, len(chain), 5):
        changed = bytearray(chain)
        changed[at] ^= 1 << at % 8
        assert not ask(chain=bytes(changed)).valid, at


@alone
def test_every_cut_is_refused() -> None:
    for size in range(len(REPLY)):
        refuse("form", REPLY[:size])


@alone
@quickly
@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    block = b"-----BEGIN CERTIFICATE-----\n%b-----END CERTIFICATE-----\n"
    refuse("signature", chain=block % base64.encodebytes(data[:48]) + CHAIN)
    refuse("form", reply=data)
    refuse("form", chain=data)
    if data:
        refuse("revocation", lists=data)


@alone
@quickly
@given(st.lists(st.tuples(st.integers(0, len(REPLY) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_no_change_makes_another_time(changes: list[tuple[int, int]]) -> None:
    changed = bytearray(REPLY)
    for at, octet in changes:
        changed[at] = octet
    checked = ask(bytes(changed))
    if checked.valid:
        assert checked.stamp == ask().stamp


def test_what_lies_beside_is_picked_out_of_all_that_is_known() -> None:
    """The token's own chain, its root last, and its issuer's lists; whatever else was brought stays out."""
    for papers in (
        CHAIN + LISTS,
        FAMOUS + LISTS + ROOT + BETWEEN + CHAIN + LISTS,
        LISTS + ROOT + CHAIN + FAMOUS,
    ):
        laid = lay_beside(REPLY, papers)
        assert laid is not None and laid[0].endswith(ROOT) and FAMOUS not in laid[0]
        assert laid[1]
        accept(chain=laid[0], lists=laid[1])
    laid = lay_beside(REPLY, CHAIN)
    assert laid is not None and laid[1] == b""
    accept(chain=laid[0])


def test_what_has_no_place_in_a_bag_is_not_laid_there() -> None:
    assert lay_beside(REPLY, CHAIN + REVOKED) is None  # it is withdrawn
    assert lay_beside(REPLY, CHAIN + LISTS + REVOKED) is None  # by one list of two
    assert lay_beside(BARE, BETWEEN) is None and lay_beside(BARE, b"") is None  # nobody knows where it ends
    assert lay_beside(b"junk", CHAIN) is None and lay_beside(REPLY, b"junk") is None
