"""A request holds a hash and a nonce, in the one form that two other programs read as we do."""

import hashlib
import subprocess

import pytest
import rfc3161_client._rust as rust
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.timestamp.conftest import NEEDS_OPENSSL, TEXT

from onggi.evidence.timestamp.request import is_request, make_request


@given(st.binary(max_size=100), st.sampled_from(["sha256", "sha512"]), st.binary(min_size=8, max_size=8))
def test_the_library_reads_it(stamped: bytes, algorithm: str, nonce: bytes) -> None:
    made = make_request(stamped, algorithm, lambda size: nonce[:size])
    read = rust.parse_timestamp_request(made.raw)
    assert read.message_imprint.message == hashlib.new(algorithm, stamped).digest()
    assert (read.nonce, read.cert_req, read.policy) == (made.nonce, True, None)
    assert read.as_bytes() == made.raw
    assert is_request(made.raw)


@given(st.binary(max_size=100))
def test_other_bytes_are_no_request(data: bytes) -> None:
    assert not is_request(data)


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_no_byte_more_and_no_bit_else(algorithm: str) -> None:
    raw = make_request(TEXT, algorithm, bytes).raw
    assert not is_request(raw + b"\x00")
    head = raw.index(hashlib.new(algorithm, TEXT).digest())
    for at in range(head):
        assert not is_request(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]), at


@pytest.mark.system
@NEEDS_OPENSSL
def test_openssl_makes_the_same() -> None:
    raw = make_request(TEXT, "sha256", lambda size: bytes(range(1, size + 1))).raw
    words = ["openssl", "ts", "-query", "-sha256", "-digest", hashlib.sha256(TEXT).hexdigest(), "-cert"]
    done = subprocess.run([*words, "-no_nonce"], capture_output=True, check=True)
    nonce = bytes.fromhex("0208") + bytes(range(1, 9))
    assert nonce in raw
    bare = raw.replace(nonce, b"")
    assert bare[2:] == done.stdout[2:]
