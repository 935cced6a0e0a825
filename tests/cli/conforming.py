"""Holds a JSON answer to its published contract."""

from types import NoneType, UnionType
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict


def find_deviations(shape: Any, value: Any, place: str = "answer") -> list[str]:
    """Where a value is not what the contract says: a missing or unknown field, or another type."""
    origin, arguments = get_origin(shape), get_args(shape)
    if is_typeddict(shape):
        return _compare_fields(shape, value, place)
    if origin is list:
        if not isinstance(value, list):
            return [f"{place} is no list"]
        places = ((f"{place}[{at}]", item) for at, item in enumerate(value))
        return [one for where, item in places for one in find_deviations(arguments[0], item, where)]
    if origin is dict:
        if not isinstance(value, dict):
            return [f"{place} is no object"]
        return [one for key in value for one in find_deviations(arguments[1], value[key], f"{place}.{key}")]
    if origin in (Union, UnionType):
        tried = [find_deviations(one, value, place) for one in arguments]
        return [] if [] in tried else tried[0]
    # Exactly: True is an int to isinstance.
    return [] if type(value) is shape or (shape is NoneType and value is None) else [f"{place} is no {shape}"]


def _compare_fields(shape: Any, value: Any, place: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{place} is no object"]
    hints = get_type_hints(shape, include_extras=True)
    found = [f"{place}.{name} is in no contract" for name in value if name not in hints]
    for name, hint in hints.items():
        optional = get_origin(hint) is NotRequired
        kind = get_args(get_args(hint)[0] if optional else hint)[0]
        if name in value:
            found += find_deviations(kind, value[name], f"{place}.{name}")
        elif not optional:
            found.append(f"{place}.{name} is missing")
    return found
