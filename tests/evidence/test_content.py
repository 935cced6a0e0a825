"""A content is weighed in pieces, and the weight of a stream is what it was when it was made."""

import hashlib
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from onggi.evidence.content import Weight, cut_pieces, make_stream, weigh


@given(st.lists(st.binary(max_size=50)))
def test_pieces_weigh_what_the_whole_does(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    expected = Weight(len(whole), hashlib.sha256(whole).digest(), hashlib.sha512(whole).digest())
    assert weigh(whole) == weigh(make_stream(lambda: pieces)) == expected
    assert b"".join(cut_pieces(make_stream(lambda: pieces))) == b"".join(cut_pieces(whole)) == whole


def test_a_stream_begins_anew_and_is_never_held() -> None:
    begun = 0

    def pieces() -> Iterator[bytes]:
        nonlocal begun
        begun += 1
        yield from [b"a", b"b"]

    stream = make_stream(pieces)
    assert [*cut_pieces(stream)] == [*cut_pieces(stream)] == [b"a", b"b"]
    assert begun == 3
    assert weigh(stream) == weigh(b"ab")
    assert begun == 3
