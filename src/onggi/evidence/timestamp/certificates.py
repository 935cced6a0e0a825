"""Who vouches for a token: certificates, the chain they make, lists of withdrawn ones (timestamps.md, §5).

Pure: bytes in, values out. Nobody is trusted here; what is said is where a chain leads.
"""

import re
import warnings
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import AuthorityInformationAccessOID

from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.timestamp.reply import Token

MOST = 16 * 1024 * 1024
"""No more than this of certificates and lists is read."""

BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    OverflowError,
    UnsupportedAlgorithm,
    InvalidSignature,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the library raises for bytes that are not what they should be."""

_MOST_CERTIFICATES = 32
_MOST_BESIDE = 16
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----\s[^-]*-----END \1-----[ \t]*\r?\n?")
_KINDS: dict[bytes, Callable[[bytes], x509.Certificate | x509.CertificateRevocationList]] = {
    b"CERTIFICATE": x509.load_pem_x509_certificate,
    b"X509 CRL": x509.load_pem_x509_crl,
}
# RFC 3161, §4.1: with one of these the key itself was in nobody else's hands.
_HARMLESS = {
    x509.ReasonFlags.unspecified,
    x509.ReasonFlags.affiliation_changed,
    x509.ReasonFlags.superseded,
    x509.ReasonFlags.cessation_of_operation,
}
# NIST SP 800-57 part 1 rev. 5, table 4: 112 bits of strength to the end of 2030; NIST IR 8547 (draft): no RSA
# and no elliptic curve after 2035.
_END_OF_112 = int(datetime(2031, 1, 1, tzinfo=UTC).timestamp())
_END_OF_CLASSIC = int(datetime(2036, 1, 1, tzinfo=UTC).timestamp())


Paper = TypeVar("Paper")


@dataclass(frozen=True, slots=True)
class Papers:
    """Certificates and lists, as they were given."""

    certificates: tuple[x509.Certificate, ...] = ()
    lists: tuple[x509.CertificateRevocationList, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """From the certificate that signed upwards.

    `rooted` if the last one signs itself, `pinned` if it is one of those that the reader has fixed.
    """

    certificates: tuple[x509.Certificate, ...]
    rooted: bool
    pinned: bool

    @property
    def ends(self) -> bool:
        """Whether it leads to where trust can begin."""
        return self.rooted or self.pinned

    @property
    def top_pem(self) -> bytes:
        return write_pem(self.certificates[-1:])

    @property
    def rest_pem(self) -> bytes:
        return write_pem(self.certificates[:-1])


@contextmanager
def quietly() -> Iterator[None]:
    """Without the warnings by which the library says that it will one day refuse what it was given.

    What a stranger sent is judged; nothing of it is to appear beside our own words.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        yield


@quietly()
def read_papers(data: bytes) -> Papers:
    """The certificates and lists in PEM text, or the one list or certificate in DER.

    Raises:
        OnggiError: `timestamp.pem` for anything else.
    """
    found: list[x509.Certificate | x509.CertificateRevocationList] = []
    try:
        if len(data) > MOST:
            raise ValueError
        for block in _PEM.finditer(data):
            found.append(_read_through(_KINDS[block[1]](block[0])))
        if not found and data:
            found.append(_read_through(_read_der(data)))
    except BROKEN:
        raise OnggiError("timestamp.pem", exit_code=Exit.USAGE) from None
    return Papers(
        tuple(one for one in found if isinstance(one, x509.Certificate)),
        tuple(one for one in found if isinstance(one, x509.CertificateRevocationList)),
    )


@quietly()
def are_papers(data: bytes) -> bool:
    """Whether bytes are meant as certificates or lists: PEM text, or one of them in DER."""
    try:
        return b"-----BEGIN " in data or bool(_read_der(data))
    except BROKEN:
        return False


def is_spelled(data: bytes, kind: bytes) -> bool:
    """Whether a file of a bag is PEM of one kind, 1 to 16 blocks in their one spelling, and nothing else.

    What the blocks hold is not looked at here: no two readers would draw that line in the same place.
    """
    first, *blocks = data.split(b"-----BEGIN %b-----\n" % kind)
    end = b"-----END %b-----\n" % kind
    return (
        not first
        and 1 <= len(blocks) <= _MOST_BESIDE
        and all(one.endswith(end) and _is_base64(one.removesuffix(end)) for one in blocks)
    )


def is_linked(certificates: Sequence[x509.Certificate]) -> bool:
    """Whether each is signed by the next, and the last by itself: so that no byte of them can be another."""
    return all(map(_has_issued, certificates[1:], certificates)) and _signs_itself(certificates[-1])


def write_pem(papers: Iterable[x509.Certificate | x509.CertificateRevocationList]) -> bytes:
    """PEM text, each once."""
    return b"".join(dict.fromkeys(one.public_bytes(Encoding.PEM) for one in papers))


def find_signer(token: Token, others: Iterable[x509.Certificate]) -> x509.Certificate | None:
    """The certificate that the token names, out of those that it carries, or of others."""
    for one in (*_embedded(token), *others):
        if (one.issuer.public_bytes(), one.serial_number) == (token.issuer, token.number):
            return one
    return None


@quietly()
def build_chain(
    token: Token, others: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]
) -> Chain | None:
    """The chain of a token by its own certificates and others; to one of `roots` where that can be."""
    signer = find_signer(token, others)
    if signer is None:
        return None
    known = list(dict.fromkeys((*roots, *_embedded(token), *others)))[:_MOST_CERTIFICATES]
    # To a root of the reader's, else to one that signs itself, by the shortest way; else as far as it goes.
    chains = _climb(signer, known, roots)
    for chain in chains:
        if chain[-1] in roots:
            return Chain(tuple(chain), _signs_itself(chain[-1]), True)
    for chain in chains:
        if _signs_itself(chain[-1]):
            return Chain(tuple(chain), True, False)
    return Chain(tuple(chains[-1]), False, False)


def judge_lists(
    chain: Chain, lists: Sequence[x509.CertificateRevocationList], moment: int, where: str
) -> tuple[list[Finding], tuple[x509.CertificateRevocationList, ...]]:
    """What lists say of a chain at a moment; and those that are there for the certificate that signed."""
    findings: list[Finding] = []
    pairs = list(zip(chain.certificates, chain.certificates[1:], strict=False))
    usable = [[one for one in lists if _is_usable(one, issuer, moment)] for _, issuer in pairs]
    for (certificate, _), found in zip(pairs, usable, strict=True):
        for one in found:
            gone = one.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if gone is not None and _is_harmless(gone, moment):
                findings.append(Finding("timestamp.withdrawn", where, grave=False))
            elif gone is not None:
                findings.append(Finding("timestamp.revoked", where))
    for_signer = tuple(usable[0]) if usable else ()
    if not for_signer:
        findings.append(Finding("timestamp.lists", where, grave=False))
    return findings, for_signer


def is_cleared(chain: Chain, lists: Sequence[x509.CertificateRevocationList]) -> bool:
    """Whether lists are there of who issued the certificate that signed, and it stands on none of them.

    The rule of a bag, which asks for no time: a list of any day counts, and so does being on it.
    """
    signer, own = chain.certificates[0], lists_of(chain, lists)
    return bool(own) and all(
        one.get_revoked_certificate_by_serial_number(signer.serial_number) is None for one in own
    )


def lists_of(
    chain: Chain, lists: Sequence[x509.CertificateRevocationList]
) -> list[x509.CertificateRevocationList]:
    """The lists of who issued the certificate that signed, each once, the oldest first."""
    issuer = chain.certificates[:2][-1]
    own = {one.public_bytes(Encoding.DER): one for one in lists if _is_issued_by(one, issuer)}
    return sorted(own.values(), key=lambda one: one.last_update_utc)


def covers_moment(found: x509.CertificateRevocationList, moment: int) -> bool:
    """Whether a moment lies between a list's own time and its next: openssl takes it then only."""
    following = found.next_update_utc
    return found.last_update_utc.timestamp() <= moment and (
        following is None or moment <= following.timestamp()
    )


def list_addresses(certificate: x509.Certificate) -> tuple[list[str], list[str]]:
    """Where a certificate says that its issuer and its issuer's list can be had."""
    issuers: list[str] = []
    lists: list[str] = []
    try:
        for one in certificate.extensions:
            if isinstance(one.value, x509.AuthorityInformationAccess):
                wanted = AuthorityInformationAccessOID.CA_ISSUERS
                issuers += _urls(
                    access.access_location for access in one.value if access.access_method == wanted
                )
            elif isinstance(one.value, x509.CRLDistributionPoints):
                lists += _urls(name for point in one.value for name in point.full_name or ())
    except BROKEN:  # an extension that cannot be read names nothing
        pass
    return issuers, lists


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of a certificate, as people compare it."""
    return sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def say_name(certificate: x509.Certificate) -> str:
    """Whose certificate it is, as it says: RFC 4514, with what cannot be shown as question marks."""
    name = certificate.subject.rfc4514_string()
    return "".join(letter if letter.isprintable() else "?" for letter in name) or "?"


def say_key(certificate: x509.Certificate) -> str:
    """The kind and size of a certificate's key."""
    try:
        key = certificate.public_key()
    except BROKEN:
        return "?"
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}"
    return f"EC {key.curve.name}" if isinstance(key, ec.EllipticCurvePublicKey) else type(key).__name__


def renew_before(chain: Chain) -> int:
    """The moment by which a token of this chain should be renewed (timestamps.md, §6)."""
    ends = [int(one.not_valid_after_utc.timestamp()) for one in chain.certificates]
    return min([*ends, *map(_key_end, chain.certificates)])


def _is_base64(lines: bytes) -> bool:
    """Whether this is what base64 makes of some bytes, in lines of 64."""
    try:
        plain = b64encode(b64decode(lines.replace(b"\n", b""), validate=True))
    except ValueError:
        return False
    return lines == b"".join(plain[at : at + 64] + b"\n" for at in range(0, len(plain), 64))


def _key_end(certificate: x509.Certificate) -> int:
    try:
        key = certificate.public_key()
    except BROKEN:
        return _END_OF_CLASSIC
    if isinstance(key, rsa.RSAPublicKey):
        return _END_OF_112 if key.key_size < 3072 else _END_OF_CLASSIC
    if isinstance(key, ec.EllipticCurvePublicKey):
        return _END_OF_112 if key.key_size < 256 else _END_OF_CLASSIC
    return _END_OF_CLASSIC


def _read_through(paper: Paper) -> Paper:
    """The same, once all that is asked for could be read: the library looks only when it is asked."""
    if isinstance(paper, x509.Certificate):
        _ = (paper.issuer, paper.subject, paper.serial_number, paper.not_valid_after_utc, paper.extensions)
    elif isinstance(paper, x509.CertificateRevocationList):
        _ = (paper.issuer, paper.last_update_utc, paper.next_update_utc, len(paper), paper.extensions)
    return paper


def _read_der(data: bytes) -> x509.Certificate | x509.CertificateRevocationList:
    try:
        return x509.load_der_x509_certificate(data)
    except BROKEN:
        return x509.load_der_x509_crl(data)


def _embedded(token: Token) -> tuple[x509.Certificate, ...]:
    found = []
    for raw in token.certificates:
        try:
            found.append(_read_through(x509.load_der_x509_certificate(raw)))
        except BROKEN:  # it vouches for nothing that we can read
            continue
    return tuple(found)


def _climb(
    signer: x509.Certificate, known: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]
) -> list[list[x509.Certificate]]:
    """The shortest chain from one to each that it leads to, the shortest of them first.

    Whoever made the certificates may have had all sign each other: no chain but the shortest is followed.
    """
    chains = [[signer]]
    left = [one for one in known if one != signer]
    for chain in chains:
        if chain[-1] in roots or _signs_itself(chain[-1]):
            continue
        above = [one for one in left if _has_issued(one, chain[-1])]
        left = [one for one in left if one not in above]
        chains += [[*chain, one] for one in above]
    return chains


def _has_issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except BROKEN:
        return False
    return True


def _signs_itself(certificate: x509.Certificate) -> bool:
    return certificate.subject == certificate.issuer and _has_issued(certificate, certificate)


def _is_usable(found: x509.CertificateRevocationList, issuer: x509.Certificate, moment: int) -> bool:
    """Whether a list is the issuer's, and one of the token's day or later."""
    following = found.next_update_utc
    return (following is None or following.timestamp() >= moment) and _is_issued_by(found, issuer)


def _is_issued_by(found: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    try:
        return found.issuer == issuer.subject and found.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except BROKEN:
        return False


def _is_harmless(gone: x509.RevokedCertificate, moment: int) -> bool:
    """Whether it was withdrawn after the moment, and its key was in nobody else's hands."""
    try:
        reason = gone.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, *BROKEN):
        return False
    return gone.revocation_date_utc.timestamp() > moment and reason in _HARMLESS


def _urls(names: Iterable[x509.GeneralName]) -> list[str]:
    return [name.value for name in names if isinstance(name, x509.UniformResourceIdentifier)]
