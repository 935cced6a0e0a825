"""Signed bytes: a canonical JSON body with two signatures behind it (vault-format.md, §3).

Pure. What was stored is hashed and verified as it is, never encoded again; so a later program's fields
survive.
"""

from hashlib import sha256
from typing import Annotated, TypeAlias, TypeVar

import msgspec
from msgspec import Meta

from onggi.errors import OnggiError
from onggi.proof.signature import SIGNATURE_SIZE, PublicKey, Signer, verify_signature
from onggi.vault.seal import frame

T = TypeVar("T")

# What stands in a body as hex is checked while it is read, so that nothing behind it can stumble over it.
Id: TypeAlias = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Hash: TypeAlias = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Hex: TypeAlias = Annotated[str, Meta(pattern=r"^([0-9a-f]{2})*\Z")]

_encoder = msgspec.json.Encoder(order="sorted")


def sign_body(signer: Signer, label: str, body: msgspec.Struct) -> bytes:
    """The signed bytes of `body` for the purpose `label`."""
    encoded = _encoder.encode(body)
    return len(encoded).to_bytes(4, "big") + encoded + signer.sign(label, encoded)


def read_body(raw: bytes, kind: type[T]) -> T:
    """The body of signed bytes, not verified.

    Raises `vault.signed.broken` where the bytes have another form.
    """
    try:
        return msgspec.json.decode(_split(raw)[0], type=kind)
    except msgspec.MsgspecError:
        raise OnggiError("vault.signed.broken") from None


def check_signed(public: PublicKey, label: str, raw: bytes) -> None:
    """Raise `proof.signature` unless both signatures over these bytes are `public`'s for this purpose."""
    verify_signature(public, label, *_split(raw))


def hash_signed(label: str, raw: bytes) -> str:
    """The id of signed bytes: what the next step of a log points back to."""
    return sha256(frame(label) + raw).hexdigest()


def _split(raw: bytes) -> tuple[bytes, bytes]:
    length = int.from_bytes(raw[:4], "big")
    if len(raw) != 4 + length + SIGNATURE_SIZE:
        raise OnggiError("vault.signed.broken")
    return raw[4 : 4 + length], raw[4 + length :]
