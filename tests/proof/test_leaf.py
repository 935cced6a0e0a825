"""Five slots, sealed, shown and withheld, as the vectors have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.vectors import read_vectors

from onggi.proof.leaf import SLOT_NAMES, Disclosed, Reason, Withheld, disclose_slots, find_leaf, seal_slots

STATEMENTS = read_vectors("proof")["statements"]


@pytest.mark.parametrize("vector", STATEMENTS)
def test_seal(vector: dict[str, dict[str, str] | str]) -> None:
    slots = vector["slots"]
    assert isinstance(slots, dict)
    sealed = seal_slots([slots[name].encode() for name in SLOT_NAMES], bytes.fromhex(str(vector["salts"])))
    assert b"".join(sealed.digests).hex() == vector["digests"]
    assert sealed.leaf.hex() == vector["leaf"]


@given(
    st.lists(st.binary(max_size=20), min_size=5, max_size=5),
    st.binary(min_size=80, max_size=80),
    st.dictionaries(st.sampled_from(SLOT_NAMES), st.sampled_from(Reason)),
)
def test_withholding_keeps_the_leaf(slots: list[bytes], salts: bytes, withheld: dict[str, Reason]) -> None:
    shown = disclose_slots(slots, salts, withheld)
    assert find_leaf(shown) == seal_slots(slots, salts).leaf
    for name, part in zip(SLOT_NAMES, shown, strict=True):
        assert isinstance(part, Withheld if name in withheld else Disclosed)


def test_equal_slots_look_different() -> None:
    sealed = seal_slots([b"null"] * 5, bytes(range(80)))
    assert len(set(sealed.digests)) == 5
    assert len(set(seal_slots([b"null"] * 5, bytes(80)).digests)) == 5  # the position counts, too


def test_wrong_use_is_refused() -> None:
    with pytest.raises(ValueError, match="five"):
        seal_slots([b"null"] * 4, bytes(80))
    with pytest.raises(ValueError, match="five"):
        seal_slots([b"null"] * 5, bytes(79))
    with pytest.raises(ValueError, match="withheld"):
        disclose_slots([b"null"] * 5, bytes(80), {"name": Reason.IDENTITY})
