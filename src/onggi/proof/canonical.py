"""A value as the only bytes it has: RFC 8785, without the parts in which encoders differ (proof.md §1).

Refused: floating-point numbers, integers that some reader would round, keys that are not ASCII, text that has
no UTF-8 form, nesting beyond `MAX_DEPTH`; and, when decoding, every byte string that the encoder would not
have written. Text is kept as given: normalising it would change what a witness wrote.
"""

from typing import TypeAlias

import msgspec

from onggi.errors import OnggiError

Value: TypeAlias = "None | bool | int | str | list[Value] | dict[str, Value]"

INTEGER_BOUND = 2**53
"""Integers lie strictly between minus this and this: every JSON reader keeps them exact."""

MAX_DEPTH = 64
"""Containers within containers. Without a bound the stack of whoever reads would decide."""

# Sorting by code point equals RFC 8785's sorting by UTF-16 code unit here, since keys are ASCII.
_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder()


def encode_canonical(value: object) -> bytes:
    """The canonical bytes of `value`, which is made of dict, list, tuple, str, int, bool and None.

    Raises:
        OnggiError: `proof.value.…`, where the value has no canonical form.
    """
    _check_value(value, MAX_DEPTH)
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:
        # Checking each text would cost more than encoding it, so the encoder is asked. The cause is
        # cut off: a UnicodeEncodeError carries the text.
        raise OnggiError("proof.value.surrogate") from None


def decode_canonical(data: bytes) -> Value:
    """The value whose canonical bytes are `data`.

    Raises:
        OnggiError: `proof.noncanonical`, where no value has these canonical bytes.
    """
    try:
        value: Value = _decoder.decode(data)
        if encode_canonical(value) == data:
            return value
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OnggiError):
        pass
    raise OnggiError("proof.noncanonical")


def _check_value(value: object, depth: int) -> None:
    # Exact types, no subclasses: how an enum or a named tuple is written is the library's choice, not ours.
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -INTEGER_BOUND < value < INTEGER_BOUND:  # type: ignore[operator]
            raise OnggiError("proof.value.integer")
    elif kind is dict:
        if not depth:
            raise OnggiError("proof.value.depth")
        for key, member in value.items():  # type: ignore[attr-defined]
            if type(key) is not str or not key.isascii():
                raise OnggiError("proof.value.key")
            if type(member) is not str:  # most members are text: a call saved each time
                _check_value(member, depth - 1)
    elif kind is list or kind is tuple:
        if not depth:
            raise OnggiError("proof.value.depth")
        for member in value:  # type: ignore[attr-defined]
            if type(member) is not str:
                _check_value(member, depth - 1)
    else:
        raise OnggiError("proof.value.kind")
