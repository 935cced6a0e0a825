"""An RFC 3161 timestamp over an anchor file, as a stranger checks it (proof.md §5).

Pure: the reply, the chain and the revocation lists are bytes that lie beside the anchor. The chain is tried
at the time that the token names, so that certificates which expired since do not matter. Whether the
authority is one to be trusted is not for us to say: `Stamp` tells who it says it is. Refused: a reply that is
not granted, a token over anything else, a root that is not the last of the chain.

openssl is the other implementation (`verify.sh`); this one is rfc3161-client with the crypto library.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from onggi.errors import OnggiError

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_SHA256 = "2.16.840.1.101.3.4.2.1"
_GRANTED = 0
_MOST_CERTIFICATES = 16
_PEM = re.compile(
    rb"-----BEGIN (?P<kind>CERTIFICATE|X509 CRL)-----\n(?:[0-9A-Za-z+/=]{1,64}\n)+-----END (?P=kind)-----\n"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A timestamp that is right.

    The time in UTC, the authority's name as its certificate has it, and the SHA-256 of that certificate and
    of the root it was tried with, as hex.
    """

    time: str
    authority: str
    certificate: str
    root: str


def check_token(reply: bytes, stamped: bytes, chain: bytes, crl: bytes = b"") -> Stamp:
    """Check that `reply` holds a token over the SHA-256 of `stamped`, right at its own time.

    Raises:
        OnggiError: `proof.token.form`, `proof.token.imprint`, `proof.token.signature` or
            `proof.token.revocation`.
    """
    response = _parse_reply(reply)
    certificates = _parse_chain(chain)
    info = response.tst_info
    imprint = info.message_imprint
    if imprint.hash_algorithm.dotted_string != _SHA256 or imprint.message != sha256(stamped).digest():
        raise OnggiError("proof.token.imprint")
    embedded = _list_embedded(response)
    signer = _find_signer(response, [*embedded, *certificates])
    _check_signature(response, sha256(stamped).digest(), signer, certificates)
    if crl:
        _check_revocation(signer, [*embedded, *certificates], crl)
    with _refusing("proof.token.signature"):
        name = signer.subject.rfc4514_string()
        return Stamp(
            info.gen_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "".join(letter if letter.isprintable() else "?" for letter in name),
            signer.fingerprint(SHA256()).hex(),
            certificates[-1].fingerprint(SHA256()).hex(),
        )


def _parse_reply(reply: bytes) -> "TimeStampResponse":
    # Loaded where it is needed: a bag without timestamps, and all else that starts, goes without it.
    from rfc3161_client import decode_timestamp_response

    with _refusing("proof.token.form"):
        response = decode_timestamp_response(_sort_sets(reply))
        status, _ = response.status, response.tst_info.gen_time
    if status != _GRANTED:
        raise OnggiError("proof.token.form")
    return response


def _parse_chain(chain: bytes) -> list[x509.Certificate]:
    """The certificates of a chain file, the root last; at least one, and nothing beside them."""
    blocks = _split_pem(chain, b"CERTIFICATE")
    with _refusing("proof.token.form"):
        certificates = [x509.load_pem_x509_certificate(block) for block in blocks]
        spelled = b"".join(one.public_bytes(Encoding.PEM) for one in certificates)
    if not certificates or spelled != chain:
        raise OnggiError("proof.token.form")
    return certificates


def _split_pem(text: bytes, kind: bytes) -> list[bytes]:
    found = list(_PEM.finditer(text))
    if len(found) > _MOST_CERTIFICATES or b"".join(one[0] for one in found) != text:
        raise OnggiError("proof.token.form")
    if any(one["kind"] != kind for one in found):
        raise OnggiError("proof.token.form")
    return [one[0] for one in found]


def _list_embedded(response: "TimeStampResponse") -> list[x509.Certificate]:
    """The certificates within a token, which no signature of it covers."""
    with _refusing("proof.token.signature"):
        return [x509.load_der_x509_certificate(one) for one in response.signed_data.certificates]


def _find_signer(response: "TimeStampResponse", certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    """The certificate that the token says signed it."""
    with _refusing("proof.token.signature"):
        (signer,) = response.signed_data.signer_infos
        named = signer.issuer, signer.serial_number
        found = [one for one in certificates if (one.issuer, one.serial_number) == named]
    if not found:
        raise OnggiError("proof.token.signature")
    return found[0]


def _check_signature(
    response: "TimeStampResponse",
    imprint: bytes,
    signer: x509.Certificate,
    certificates: Sequence[x509.Certificate],
) -> None:
    from rfc3161_client import VerifierBuilder

    # The library trusts every certificate that it is given, and ends at any that signed itself. So it is
    # given none of these but the root: what is said of the root has to be true of the one it was tried with.
    *between, root = certificates
    with _refusing("proof.token.signature"):
        between = [one for one in between if one.issuer != one.subject]
        if signer.issuer == signer.subject and signer != root:
            raise OnggiError("proof.token.signature")
        VerifierBuilder(tsa_certificate=signer, intermediates=between, roots=[root]).build().verify(
            response, imprint
        )


def _check_revocation(signer: x509.Certificate, certificates: Sequence[x509.Certificate], crl: bytes) -> None:
    """Whether a list of the signer's issuer, rightly signed, lies there, and none names the signer."""
    with _refusing("proof.token.revocation"):
        blocks = _split_pem(crl, b"X509 CRL")
        lists = [x509.load_pem_x509_crl(block) for block in blocks]
        keys = [one.public_key() for one in certificates if _has_issued(one, signer)]
        own = [
            one
            for one in lists
            if one.issuer == signer.issuer and any(map(one.is_signature_valid, keys))  # type: ignore[arg-type]
        ]
        revoked = [one.get_revoked_certificate_by_serial_number(signer.serial_number) for one in own]
        spelled = b"".join(one.public_bytes(Encoding.PEM) for one in lists)
    if not own or any(one is not None for one in revoked) or spelled != crl:
        raise OnggiError("proof.token.revocation")


def _has_issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether the key of `issuer` signed `certificate`: a name alone can be anybody's."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except Exception:  # noqa: BLE001 - of another name, another kind, or not signed by it: all the same here
        return False
    return True


@contextmanager
def _refusing(code: str) -> Iterator[None]:
    """Whatever a library raises over bytes that somebody sent is one refusal."""
    try:
        yield
    except Exception:  # noqa: BLE001 - its parsers raise a dozen kinds, and tell none of ours
        raise OnggiError(code) from None


def _sort_sets(reply: bytes) -> bytes:
    """The reply with its certificates and lists in the order of DER, which openssl 3.0 does not write.

    No signature covers that order, and rfc3161-client refuses any other.
    """
    try:
        status = _read_header(reply, _read_header(reply, 0).start)
        token = _read_header(reply, status.end)
        kind = _read_header(reply, token.start)
        signed = _read_header(reply, _read_header(reply, kind.end).start)
        at = signed.start
        while at < signed.end:
            field = _read_header(reply, at)
            if field.tag in (0xA0, 0xA1):
                members = []
                inner = field.start
                while inner < field.end:
                    member = _read_header(reply, inner)
                    members.append(reply[inner : member.end])
                    inner = member.end
                reply = reply[: field.start] + b"".join(sorted(members)) + reply[field.end :]
            at = field.end
    except IndexError:
        pass  # what is no reply is for the parser to refuse
    return reply


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the content of a DER value begins and ends."""

    tag: int
    start: int
    end: int


def _read_header(data: bytes, at: int) -> _Header:
    tag, length, start = data[at], data[at + 1], at + 2
    if length >= 0x80:
        octets = length & 0x7F
        length = int.from_bytes(data[start : start + octets])
        start += octets
    if start + length > len(data):
        raise IndexError
    return _Header(tag, start, start + length)
