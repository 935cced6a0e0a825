"""What an authority answered, as we read it: what it says, not whether that is right (timestamps.md, §3).

Pure. Refused with `timestamp.form`: everything that is not a reply by the letter of RFC 3161.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from onggi.errors import OnggiError
from onggi.evidence.timestamp.der import (
    INTEGER,
    OCTETS,
    OID,
    SEQUENCE,
    SET,
    TIME,
    Element,
    read_all,
    read_inside,
    read_number,
    read_oid,
    read_one,
    split,
)

MOST = 256 * 1024
"""No reply is longer, with all certificates that an authority may put into it."""

GRANTED = (0, 1)

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_INFO = "1.2.840.113549.1.9.16.1.4"
_EXPLICIT = 0xA0
_CERTIFICATES = 0xA0
_MOMENT = re.compile(rb"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d*[1-9])?Z")


@dataclass(frozen=True, slots=True)
class Token:
    """What was stamped, when and by whom, as the token says it.

    `moment` is in seconds since 1970, UTC; `issuer` (DER of a name) and `number` say whose certificate
    signed, `certificates` are DER, as they stand there.
    """

    policy: str
    algorithm: str
    digest: bytes
    moment: int
    nonce: int | None
    certificates: tuple[bytes, ...]
    issuer: bytes
    number: int


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: its status (0 granted, 1 granted with modifications) and its token, if there is one."""

    status: int
    token: Token | None
    behind: int
    """How many bytes stand behind its end, where none should be."""


def read_reply(raw: bytes) -> Reply:
    """Read a reply."""
    if len(raw) > MOST:
        raise OnggiError("timestamp.large")
    whole, behind = split(raw)
    if whole.tag != SEQUENCE:
        raise OnggiError("timestamp.form")
    status, *tokens = read_inside(whole, SEQUENCE)
    number = read_number(read_inside(status, INTEGER)[0])
    if len(tokens) > 1 or (number in GRANTED) != bool(tokens):
        raise OnggiError("timestamp.form")
    return Reply(number, _read_token(tokens[0]) if tokens else None, len(behind))


def sort_certificates(raw: bytes, token: Token) -> bytes:
    """The reply with its certificates in the order of DER; no signature covers where they stand."""
    return raw.replace(b"".join(token.certificates), b"".join(sorted(token.certificates)), 1)


def _read_token(element: Element) -> Token:
    kind, content = _pair(element, OID, _EXPLICIT)
    if read_oid(kind) != _SIGNED_DATA:
        raise OnggiError("timestamp.form")
    signed = read_inside(read_one(content.content, SEQUENCE), INTEGER, SET, SEQUENCE)
    if len(signed) < 4 or signed[-1].tag != SET:
        raise OnggiError("timestamp.form")
    kind, content = _pair(signed[2], OID, _EXPLICIT)
    if read_oid(kind) != _INFO:
        raise OnggiError("timestamp.form")
    certificates = next((one for one in signed[3:-1] if one.tag == _CERTIFICATES), None)
    signers = read_all(signed[-1].content)
    if len(signers) != 1:
        raise OnggiError("timestamp.form")
    who = read_inside(read_inside(signers[0], INTEGER, SEQUENCE)[1], SEQUENCE, INTEGER)
    info = read_one(read_one(content.content, OCTETS).content, SEQUENCE)
    return _read_info(
        info,
        tuple(one.raw for one in read_all(certificates.content)) if certificates else (),
        who[0].raw,
        read_number(who[1]),
    )


def _read_info(info: Element, certificates: tuple[bytes, ...], issuer: bytes, number: int) -> Token:
    version, policy, imprint, _, moment, *more = read_inside(info, INTEGER, OID, SEQUENCE, INTEGER, TIME)
    algorithm, digest = _pair(imprint, SEQUENCE, OCTETS)
    if read_number(version) != 1:
        raise OnggiError("timestamp.form")
    nonce = next((read_number(one) for one in more if one.tag == INTEGER), None)
    return Token(
        read_oid(policy),
        read_oid(read_inside(algorithm, OID)[0]),
        digest.content,
        _read_moment(moment.content),
        nonce,
        certificates,
        issuer,
        number,
    )


def _pair(element: Element, *tags: int) -> tuple[Element, Element]:
    first, second, *more = read_inside(element, *tags)
    if more:
        raise OnggiError("timestamp.form")
    return first, second


def _read_moment(content: bytes) -> int:
    found = _MOMENT.fullmatch(content)
    if found is None:
        raise OnggiError("timestamp.form")
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())
    except ValueError:  # no such day
        raise OnggiError("timestamp.form") from None
