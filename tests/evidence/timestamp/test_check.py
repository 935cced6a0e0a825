"""The verdict on one token: good ones, and every way in which one is not, each with its own finding."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.authority import POLICY, Authority, build_authority
from tests.evidence.timestamp.conftest import NEEDS_OPENSSL, TEXT

from onggi.evidence.timestamp import check, openssl
from onggi.evidence.timestamp.check import Checked, check_token
from onggi.evidence.timestamp.der import SEQUENCE, write, write_number
from onggi.evidence.timestamp.library import can_read
from onggi.evidence.timestamp.openssl import Answer
from onggi.evidence.timestamp.reply import MOST, read_reply
from onggi.evidence.timestamp.request import Request, make_request

pytestmark = [pytest.mark.system, NEEDS_OPENSSL]

Earlier = Callable[[Authority, Request, datetime], bytes]
SPRING = datetime(2026, 3, 1, tzinfo=UTC)


def grave(checked: Checked) -> set[str]:
    return {finding.code for finding in checked.findings if finding.grave}


def told(checked: Checked) -> set[str]:
    return {finding.code for finding in checked.findings if not finding.grave}


def test_a_good_token_says_who_and_when(reply: bytes, authority: Authority, request_of: Request) -> None:
    checked = check_token(
        reply, TEXT, chain=authority.chain_pem, lists=authority.crl_pem, nonce=request_of.nonce, policy=POLICY
    )
    assert checked.findings == () and checked.valid and checked.worth and checked.not_checked == ()
    stamp = checked.stamp
    assert stamp is not None
    assert abs(stamp.moment - datetime.now(UTC).timestamp()) < 600
    assert "EXAMPLE Authority A" in stamp.authority and "CN=EXAMPLE Authority A Root" in stamp.root
    assert stamp.fingerprint == authority.tsa.fingerprint(hashes.SHA256()).hex()
    assert (stamp.complete, stamp.pinned, stamp.listed, stamp.algorithm) == (True, False, True, "sha256")
    assert stamp.renew_by == int(authority.tsa.not_valid_after_utc.timestamp())
    assert stamp.key == "EC secp256r1"


def test_a_reply_with_two_certificates_is_read_by_both(other: Authority, request_of: Request) -> None:
    raw = other.reply(request_of.raw)
    assert not can_read(raw)  # the library alone would have dropped it
    token = read_reply(raw).token
    assert token is not None and len(token.certificates) == 2
    checked = check_token(raw, TEXT, nonce=request_of.nonce)
    assert checked.valid and told(checked) == {"timestamp.order", "timestamp.lists"}


def test_a_renewal_is_stamped_with_another_hash(authority: Authority) -> None:
    raw = authority.reply(make_request(TEXT, "sha512", bytes).raw)
    assert check_token(raw, TEXT, algorithm="sha512", chain=authority.root_pem).valid
    assert grave(check_token(raw, TEXT, chain=authority.root_pem)) == {"timestamp.imprint"}


def test_wrong_things_are_told_apart(reply: bytes, authority: Authority, request_of: Request) -> None:
    chain = authority.chain_pem
    assert grave(check_token(reply, TEXT + b" ", chain=chain)) == {"timestamp.imprint"}
    assert grave(check_token(reply, TEXT, chain=chain, nonce=request_of.nonce + 1)) == {"timestamp.nonce"}
    assert grave(check_token(reply, TEXT, chain=chain, policy="1.2.3")) == {"timestamp.policy"}
    behind = check_token(reply + b"junk", TEXT, chain=chain)
    assert "timestamp.behind" in grave(behind) and not behind.worth


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "timestamp.form"),
        (b"<html>404</html>", "timestamp.form"),
        (os.urandom(10_000_000), "timestamp.large"),
        (b"\x30\x84\x00\x98\x96\x80" + bytes(MOST), "timestamp.large"),
        (write(SEQUENCE, write(SEQUENCE, write_number(2))), "timestamp.rejected"),
        (write(SEQUENCE, write(SEQUENCE, write_number(0))), "timestamp.form"),  # granted, and nothing there
    ],
    ids=range(6),
)
def test_what_is_no_token_is_said(raw: bytes, code: str) -> None:
    checked = check_token(raw, TEXT)
    assert grave(checked) == {code} and checked.stamp is None and not checked.worth and not checked.valid


def test_a_refusal_of_the_authority_is_said(tmp_path: Path) -> None:
    narrow = build_authority(tmp_path / "n", "EXAMPLE Authority N", digests="sha256")
    raw = narrow.reply(make_request(TEXT, "sha512", bytes).raw)
    assert grave(check_token(raw, TEXT, algorithm="sha512")) == {"timestamp.rejected"}


def test_without_a_certificate_it_waits_for_one(authority: Authority, request_of: Request) -> None:
    asked = request_of.raw[:-3]  # without the wish for a certificate
    asked = write(SEQUENCE, asked[2:])
    bare = authority.reply(asked)
    token = read_reply(bare).token
    assert token is not None and token.certificates == ()
    checked = check_token(bare, TEXT)
    assert grave(checked) == {"timestamp.certificate"} and checked.worth and not checked.valid
    full = check_token(bare, TEXT, chain=authority.chain_pem)
    assert full.valid and full.stamp is not None


def test_without_a_root_it_is_told(reply: bytes) -> None:
    checked = check_token(reply, TEXT)
    assert checked.valid and checked.stamp is not None and not checked.stamp.complete
    assert told(checked) == {"timestamp.chain", "timestamp.lists", "timestamp.unable"}


def test_where_the_reader_fixed_what_is_no_root_nobody_passes(reply: bytes) -> None:
    for roots in (b"no certificate", b"-----BEGIN X509 CRL-----\n-----END X509 CRL-----\n"):
        assert "timestamp.root" in {one.code for one in check_token(reply, TEXT, roots=roots).findings}


def test_a_root_that_the_reader_fixed(reply: bytes, authority: Authority, other: Authority) -> None:
    pinned = check_token(reply, TEXT, roots=authority.root_pem)
    assert pinned.valid and pinned.stamp is not None and pinned.stamp.pinned
    assert "timestamp.root" in grave(
        check_token(reply, TEXT, chain=authority.chain_pem, roots=other.root_pem)
    )
    # The certificate that signed may be fixed itself; only openssl can trust what does not sign itself.
    alone = check_token(reply, TEXT, roots=authority.tsa_pem)
    assert alone.stamp is not None and alone.stamp.pinned
    assert alone.valid


def test_another_authority_s_chain_vouches_for_nothing(reply: bytes, other: Authority) -> None:
    checked = check_token(reply, TEXT, chain=other.chain_pem)
    assert checked.stamp is not None and not checked.stamp.complete
    assert "Authority B" not in checked.stamp.root


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_changed_byte_passes(reply: bytes, authority: Authority, data: st.DataObject) -> None:
    """Except where no signature looks, and then what it says is the same."""
    at = data.draw(st.integers(0, len(reply) - 1))
    bit = data.draw(st.integers(0, 7))
    changed = reply[:at] + bytes([reply[at] ^ 1 << bit]) + reply[at + 1 :]
    checked = check_token(changed, TEXT, chain=authority.chain_pem)
    if checked.valid:
        whole = check_token(reply, TEXT, chain=authority.chain_pem)
        assert checked.stamp is not None and whole.stamp is not None
        assert (checked.stamp.moment, checked.stamp.fingerprint) == (
            whole.stamp.moment,
            whole.stamp.fingerprint,
        )


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_nothing_raises(data: bytes) -> None:
    assert not check_token(data, TEXT, chain=data, lists=data, roots=data).valid


def test_an_expired_certificate_takes_nothing_back(
    tmp_path: Path, request_of: Request, earlier: Earlier
) -> None:
    brief = build_authority(tmp_path / "e", "EXAMPLE Authority E", ends=datetime(2026, 6, 1, tzinfo=UTC))
    raw = earlier(brief, request_of, SPRING)
    lists = brief.make_list(SPRING - timedelta(days=1))
    checked = check_token(raw, TEXT, chain=brief.chain_pem, lists=lists)
    assert checked.findings == () and checked.stamp is not None
    assert checked.stamp.time.startswith("2026-03-01T00:00:")  # the clock that is set goes on
    # What it signs after its end is worth nothing, at its own time.
    late = earlier(brief, request_of, datetime(2026, 7, 1, tzinfo=UTC))
    after = check_token(late, TEXT, chain=brief.chain_pem)
    assert grave(after) == {"timestamp.signature"} and not after.worth


def test_in_2040_the_verdict_is_the_same(
    tmp_path: Path, authority: Authority, request_of: Request, earlier: Earlier
) -> None:
    raw = earlier(authority, request_of, SPRING)
    for name, data in (("r", raw), ("c", authority.chain_pem), ("l", authority.make_list(SPRING))):
        (tmp_path / name).write_bytes(data)
    script = (
        "from pathlib import Path; from onggi.evidence.timestamp.check import check_token; import time;"
        "r, c, l = (Path(n).read_bytes() for n in 'rcl');"
        f"x = check_token(r, {TEXT!r}, chain=c, lists=l); print(time.gmtime().tm_year, x.valid, x.findings)"
    )
    words = ["faketime", "2040-06-01 00:00:00", sys.executable, "-c", script]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(words, cwd=tmp_path, env=surroundings, capture_output=True, text=True)
    assert done.stdout == "2040 True ()\n", done.stderr


def test_lists_are_judged_at_the_token_s_time(
    authority: Authority, request_of: Request, earlier: Earlier
) -> None:
    raw = earlier(authority, request_of, SPRING)

    def judge(lists: bytes) -> Checked:
        return check_token(raw, TEXT, chain=authority.chain_pem, lists=lists)

    harmless, harmful = x509.ReasonFlags.superseded, x509.ReasonFlags.key_compromise
    day = timedelta(days=1)
    assert judge(authority.make_list(SPRING - day)).findings == ()
    assert judge(authority.make_list(SPRING + 30 * day)).findings == ()  # newer than the token: even better
    assert told(judge(authority.make_list(SPRING - 30 * day))) == {"timestamp.lists"}  # from long before
    later, before = SPRING + 20 * day, SPRING - 20 * day
    assert judge(authority.make_list(SPRING + 30 * day, later, harmless)).valid
    assert told(judge(authority.make_list(SPRING + 30 * day, later, harmless))) == {"timestamp.withdrawn"}
    for lists in (
        authority.make_list(SPRING + 30 * day, later, harmful),
        authority.make_list(SPRING + 30 * day, later),  # no reason given
        authority.make_list(SPRING + 30 * day, before, harmless),
        authority.make_list(SPRING - day, before),
    ):
        assert grave(judge(lists)) == {"timestamp.revoked"}


def test_a_list_by_somebody_else_is_none(authority: Authority, other: Authority, reply: bytes) -> None:
    strange = other.make_list(withdrawn=SPRING)
    checked = check_token(reply, TEXT, chain=authority.chain_pem, lists=strange)
    assert checked.valid and told(checked) == {"timestamp.lists"}
    forged = x509.CertificateRevocationListBuilder(issuer_name=authority.root.subject)
    now = datetime.now(UTC)
    gone = x509.RevokedCertificateBuilder(authority.tsa.serial_number, SPRING).build()
    made = forged.last_update(now).next_update(now + timedelta(days=9)).add_revoked_certificate(gone)
    signed = made.sign(other.root_key, hashes.SHA256()).public_bytes(Encoding.PEM)
    checked = check_token(reply, TEXT, chain=authority.chain_pem, lists=signed)
    assert checked.valid and told(checked) == {"timestamp.lists"}


def test_without_openssl_one_reader_judges_and_that_is_said(
    reply: bytes, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onggi.evidence.timestamp.openssl.shutil.which", lambda program: None)
    checked = check_token(reply, TEXT, chain=authority.chain_pem, lists=authority.crl_pem)
    assert checked.valid and checked.not_checked == ("timestamp.unchecked.openssl",)


@pytest.mark.parametrize(
    ("library", "program", "codes", "worth"),
    [
        (Answer.RIGHT, Answer.WRONG, {"timestamp.readers"}, True),
        (Answer.WRONG, Answer.RIGHT, {"timestamp.readers"}, True),
        (Answer.WRONG, Answer.WRONG, {"timestamp.signature"}, False),
        (Answer.WRONG, Answer.UNABLE, {"timestamp.signature"}, False),
        (Answer.UNABLE, Answer.ABSENT, {"timestamp.signature"}, True),
        (Answer.UNABLE, Answer.RIGHT, set(), True),
        (Answer.RIGHT, Answer.UNABLE, set(), True),
        (Answer.RIGHT, Answer.ABSENT, set(), True),
    ],
)
def test_what_follows_when_readers_differ(
    reply: bytes,
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
    library: Answer,
    program: Answer,
    codes: set[str],
    worth: bool,
) -> None:
    monkeypatch.setattr(check, "ask_library", lambda *_: library)
    monkeypatch.setattr(check, "ask_openssl", lambda *_, **__: program)
    checked = check_token(reply, TEXT, chain=authority.chain_pem, lists=authority.crl_pem)
    assert (grave(checked), checked.worth, checked.valid) == (codes, worth, not codes)


def test_the_surroundings_do_not_decide(
    reply: bytes, authority: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENSSL_CONF", str(tmp_path / "no such file"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "no such file"))
    assert check_token(reply, TEXT, chain=authority.chain_pem).valid


def test_an_openssl_of_this_very_folder_is_not_started(
    reply: bytes, authority: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    planted = tmp_path / "openssl"
    planted.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\necho Verification: OK\n")
    planted.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", ".:/nowhere")
    checked = check_token(reply, TEXT, chain=authority.chain_pem)
    assert checked.not_checked == ("timestamp.unchecked.openssl",)
    assert not (tmp_path / "started").exists()


def test_long_papers_do_not_block(reply: bytes, authority: Authority, other: Authority) -> None:
    """More than any pipe holds at once goes to openssl."""
    many = b"".join(other.chain_pem for _ in range(200))
    assert check_token(reply, TEXT, chain=many + authority.chain_pem).valid
    assert openssl.ask_openssl(
        reply, TEXT, authority.root_pem, many * 4, 1_795_971_030, partial=False, listed=False
    ) in (Answer.RIGHT, Answer.WRONG)
