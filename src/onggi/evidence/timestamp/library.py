"""The other of two readers: rfc3161-client, within our process."""

from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from onggi.evidence.timestamp.certificates import BROKEN, Chain
from onggi.evidence.timestamp.openssl import Answer


def can_read(reply: bytes) -> bool:
    """Whether the library reads this form at all."""
    try:
        decode_timestamp_response(reply)
    except BROKEN:
        return False
    return True


def ask_library(reply: bytes, digest: bytes, chain: Chain) -> Answer:
    """What the library says of a reply over a digest, if it trusts the end of this chain.

    It knows no trust in what does not sign itself.
    """
    signer, *others = chain.certificates
    builder = VerifierBuilder(
        tsa_certificate=signer, intermediates=others[:-1], roots=[chain.certificates[-1]]
    )
    try:
        builder.build().verify(decode_timestamp_response(reply), digest)
    except VerificationError:
        return Answer.WRONG
    except BROKEN:
        return Answer.UNABLE
    return Answer.RIGHT
