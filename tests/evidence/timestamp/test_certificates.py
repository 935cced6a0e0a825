"""Who vouches: the shortest chain is found, also among certificates that were made to keep us busy."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID

from onggi.evidence.timestamp import certificates
from onggi.evidence.timestamp.certificates import build_chain, is_linked, is_spelled, read_papers, write_pem
from onggi.evidence.timestamp.reply import Token

NOW = datetime(2026, 3, 1, tzinfo=UTC)
KEYS = {name: ec.derive_private_key(number, ec.SECP256R1()) for number, name in enumerate("ABCDR", start=7)}


def name_of(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"EXAMPLE {name}")])


def sign(name: str, issuer: str, number: int = 1) -> x509.Certificate:
    made = x509.CertificateBuilder(name_of(issuer), name_of(name), KEYS[name].public_key(), number)
    made = made.not_valid_before(NOW).not_valid_after(NOW + timedelta(days=9))
    return made.sign(KEYS[issuer], hashes.SHA256(), ecdsa_deterministic=True)


def token_of(signer: x509.Certificate) -> Token:
    return Token("1.2", "1.2", b"", 0, None, (), signer.issuer.public_bytes(), signer.serial_number)


def test_the_shortest_way_to_a_root_is_taken() -> None:
    signer, long, short, root = sign("A", "B"), sign("B", "C"), sign("B", "R", 2), sign("R", "R")
    known = [signer, long, sign("C", "R"), short, root]
    chain = build_chain(token_of(signer), known, ())
    assert chain is not None and chain.certificates == (signer, short, root)
    assert (chain.rooted, chain.pinned) == (True, False)
    fixed = build_chain(token_of(signer), known, [long])
    assert fixed is not None and fixed.certificates == (signer, long)
    assert (fixed.rooted, fixed.pinned, fixed.ends) == (False, True, True)


def test_without_an_end_it_goes_as_far_as_it_can() -> None:
    signer, between, above = sign("A", "B"), sign("B", "C"), sign("C", "D")
    chain = build_chain(token_of(signer), [above, signer, between], ())
    assert chain is not None and chain.certificates == (signer, between, above)
    assert not chain.ends


def test_certificates_that_all_sign_each_other_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are more ways among these than could be tried in a year."""
    signer = sign("A", "B", 1)
    mesh = [sign(*pair, number) for number in range(2, 17) for pair in (("A", "B"), ("B", "A"))]
    asked: list[x509.Certificate] = []
    was = certificates._has_issued

    def count(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
        asked.append(issuer)
        return was(issuer, certificate)

    monkeypatch.setattr(certificates, "_has_issued", count)
    chain = build_chain(token_of(signer), [signer, *mesh], ())
    assert chain is not None and not chain.ends
    assert len(asked) <= 32 * 32


def test_pem_that_never_ends_takes_no_time() -> None:
    assert read_papers(b"-----BEGIN CERTIFICATE-----\n" * 100_000 + write_pem([sign("R", "R")])).certificates


def test_what_the_library_warns_of_is_not_shown() -> None:
    """A serial number of nought, of which it warns."""
    raw = sign("A", "R", 1).public_bytes(Encoding.DER)
    at = raw.index(b"\xa0\x03\x02\x01\x02\x02\x01\x01") + 7
    odd = raw[:at] + b"\0" + raw[at + 1 :]
    with pytest.warns(CryptographyDeprecationWarning):
        x509.load_der_x509_certificate(odd)
    assert read_papers(odd).certificates


def test_one_spelling() -> None:
    papers = write_pem([sign("A", "R"), sign("R", "R")])
    assert is_spelled(papers, b"CERTIFICATE")
    loose = papers[:-30].rstrip(b"=\n-") + b"\n" + papers[-26:]
    others = (b"", b"\n" + papers, papers + b"\n", papers[:-1], papers * 9, papers.replace(b"\n", b"\r\n"))
    for other in (*others, loose, papers.replace(b"M", b"\nM", 1)):
        assert not is_spelled(other, b"CERTIFICATE")
    assert not is_spelled(papers, b"X509 CRL")


def test_a_chain_is_linked_to_its_end() -> None:
    signer, between, root = sign("A", "B"), sign("B", "R"), sign("R", "R")
    assert is_linked([signer, between, root]) and is_linked([between, root]) and is_linked([root])
    for broken in ([signer, root], [signer, between], [root, between], [sign("A", "R"), between, root]):
        assert not is_linked(broken)
