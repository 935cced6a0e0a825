"""Signed bytes: a canonical JSON body with two signatures behind it (vault-format.md, §3).

Pure. What was stored is hashed and verified as it is, never encoded again; so a later program's fields
survive. What another version of the format wrote is not read as if it were this one's.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated, Any, TypeAlias, TypeVar, get_args

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
Moment: TypeAlias = Annotated[int, Meta(ge=0, lt=2**53)]
"""Milliseconds."""

VERSION = 1

_encoder = msgspec.json.Encoder(order="sorted")


class _Kind(msgspec.Struct):
    """What every body says first of itself; an entry of a log says its type, too."""

    v: int = VERSION
    type: str | None = None


def sign_body(signer: Signer, label: str, body: msgspec.Struct) -> bytes:
    """The signed bytes of `body` for the purpose `label`."""
    encoded = _encoder.encode(body)
    return len(encoded).to_bytes(4, "big") + encoded + signer.sign(label, encoded)


def read_body(raw: bytes, kind: type[T]) -> T:
    """The body of signed bytes, not verified.

    Raises:
        OnggiError: `vault.newer` for another version, and for a type of entry that nobody knows yet;
            `vault.signed.broken` where the bytes have another form.
    """
    body, _ = _split(raw)
    said = decode_json(body, _Kind)
    if said.v != VERSION or said.type not in {None, *_list_types(kind)}:
        raise OnggiError("vault.newer")
    return decode_json(body, kind)


def decode_json(data: bytes, kind: type[T]) -> T:
    """A document of one form. Raises `vault.signed.broken` for whatever else was stored."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise OnggiError("vault.signed.broken") from None


def heed_newer(error: OnggiError, label: str, raw: bytes, publics: Iterable[PublicKey]) -> None:
    """Raise `error` again if it says that bytes are newer, and one of these keys has signed them.

    A number alone, which anybody who holds a symmetric key could write there, stops nobody.
    """
    if error.id == "vault.newer" and any(_is_signed(public, label, raw) for public in publics):
        raise error


def check_signed(public: PublicKey, label: str, raw: bytes) -> None:
    """Raise `proof.signature` unless both signatures over these bytes are `public`'s for this purpose."""
    verify_signature(public, label, *_split(raw))


def _is_signed(public: PublicKey, label: str, raw: bytes) -> bool:
    try:
        check_signed(public, label, raw)
    except OnggiError:
        return False
    return True


def _list_types(kind: Any) -> set[str]:
    """The types of entries among which `kind` lets choose."""
    return {one.__struct_config__.tag for one in get_args(kind) or (kind,)} - {None}


def hash_signed(label: str, raw: bytes) -> str:
    """The id of signed bytes: what the next step of a log points back to."""
    return sha256(frame(label) + raw).hexdigest()


def _split(raw: bytes) -> tuple[bytes, bytes]:
    length = int.from_bytes(raw[:4], "big")
    if len(raw) != 4 + length + SIGNATURE_SIZE:
        raise OnggiError("vault.signed.broken")
    return raw[4 : 4 + length], raw[4 + length :]
