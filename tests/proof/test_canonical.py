"""Canonical bytes: the published examples, the refusals, and that decoding undoes encoding."""

import json
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.vectors import read_vectors

from onggi.errors import OnggiError
from onggi.proof.canonical import MAX_DEPTH, decode_canonical, encode_canonical

VECTORS = read_vectors("canonical")

texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(max_codepoint=0x7F))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


class Coloured(StrEnum):
    RED = "red"


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["name"])
def test_encode_published(vector: dict[str, str]) -> None:
    assert encode_canonical(json.loads(vector["json"])).hex() == vector["bytes"]
    assert decode_canonical(bytes.fromhex(vector["bytes"])) == json.loads(vector["json"])


@pytest.mark.parametrize("vector", VECTORS["refused values"], ids=lambda vector: vector["name"])
def test_encode_refuses(vector: dict[str, str]) -> None:
    with pytest.raises(OnggiError, match=r"proof\.value"):
        encode_canonical(json.loads(vector["json"]))
    with pytest.raises(OnggiError, match="noncanonical"):
        decode_canonical(vector["json"].encode())


@pytest.mark.parametrize("vector", VECTORS["refused bytes"], ids=lambda vector: vector["name"])
def test_decode_refuses(vector: dict[str, str]) -> None:
    with pytest.raises(OnggiError, match="noncanonical"):
        decode_canonical(bytes.fromhex(vector["bytes"]))


@pytest.mark.parametrize(
    ("value", "id"),
    [
        (0.5, "kind"),
        (b"bytes", "kind"),
        ({1, 2}, "kind"),
        (Coloured.RED, "kind"),
        ([object()], "kind"),
        ({"a": 2**53}, "integer"),
        ({1: "a"}, "key"),
        ({"é": 1}, "key"),
        ("\ud800", "surrogate"),
    ],
)
def test_encode_names_the_reason(value: object, id: str) -> None:
    with pytest.raises(OnggiError) as caught:
        encode_canonical(value)
    assert caught.value.id == f"proof.value.{id}"


def test_a_refusal_carries_no_text() -> None:
    with pytest.raises(OnggiError) as caught:
        encode_canonical("a name \ud800")
    assert caught.value.__suppress_context__
    assert "a name" not in f"{caught.value} {caught.value.values}"


def test_depth_has_a_bound() -> None:
    value: Any = []
    for _ in range(MAX_DEPTH - 1):
        value = [value]
    assert decode_canonical(encode_canonical(value)) == value
    with pytest.raises(OnggiError, match="depth"):
        encode_canonical([value])
    with pytest.raises(OnggiError, match="noncanonical"):
        decode_canonical(b"[" * 100_000)


@given(values)
def test_decode_undoes_encode(value: object) -> None:
    encoded = encode_canonical(value)
    assert decode_canonical(encoded) == value
    # The standard library, told to sort and to leave no space, is a second encoder of what is allowed here.
    assert encoded.decode() == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@given(st.binary(max_size=40))
def test_decode_takes_only_what_encode_writes(data: bytes) -> None:
    try:
        value = decode_canonical(data)
    except OnggiError:
        return
    assert encode_canonical(value) == data
