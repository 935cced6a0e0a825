"""One seed gives the same bytes again, however they are asked for, and others under another label."""

from hypothesis import given
from hypothesis import strategies as st

from onggi.dossier.seed import SEED, Stream

SEEDS = st.binary(min_size=SEED, max_size=SEED)


def test_the_first_block_is_the_counter_the_label_and_a_zero() -> None:
    # printf '\\x00\\x00\\x00\\x01a\\x00' | openssl dgst -sha256 -mac HMAC -macopt hexkey:00…00 (32 bytes)
    computed = "96e6e7049d27256f60efc7c220ab9fcb22da4f7a950873167e5847e195c7584e"
    assert Stream(bytes(32), "a")(32).hex() == computed


@given(SEEDS, st.lists(st.integers(0, 200)))
def test_pieces_are_the_whole(seed: bytes, lengths: list[int]) -> None:
    pieces, whole = Stream(seed, "a"), Stream(seed, "a")
    assert b"".join(map(pieces, lengths)) == whole(sum(lengths))


@given(SEEDS, SEEDS)
def test_seeds_and_labels_share_nothing(one: bytes, other: bytes) -> None:
    assert Stream(one, "a")(64) != Stream(one, "b")(64)
    assert one == other or Stream(one, "a")(64) != Stream(other, "a")(64)
