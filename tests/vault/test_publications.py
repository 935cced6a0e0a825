"""What is kept of a publication comes back as it was, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.errors import OnggiError
from onggi.vault.publications import Prepared, read_publication, write_publication


@given(
    st.binary(min_size=32, max_size=32).map(bytes.hex),
    st.binary(min_size=32, max_size=32),
    st.integers(0, 2**53 - 1),
    st.binary(max_size=300),
)
def test_a_publication_comes_back(plan: str, seed: bytes, moment: int, anchor: bytes) -> None:
    prepared = Prepared(plan, seed, moment, anchor)
    assert read_publication(write_publication(prepared)) == prepared


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"\0\0\0\0{}",
        b"\0\0\0\0[]",
        write_publication(Prepared("0" * 64, bytes(32), 0, b"anchor"))[:-1],
        write_publication(Prepared("0" * 63, bytes(32), 0, b"anchor")),
        write_publication(Prepared("0" * 64, bytes(31), 0, b"anchor")),
        write_publication(Prepared("0" * 64, bytes(32), -1, b"anchor")),
    ],
)
def test_anything_else_is_refused(stored: bytes) -> None:
    with pytest.raises(OnggiError) as caught:
        read_publication(stored)
    assert caught.value.id == "vault.publications.broken"
