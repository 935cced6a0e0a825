"""What a player asks for of sound in memory: the part that is named, or all."""

import pytest

from onggi.web.headers import ALWAYS
from onggi.web.replies import cut_range, send_file, send_page

SOUND = bytes(range(100))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-", 0, 99), ("bytes=10-19", 10, 19), ("bytes=99-", 99, 99), ("bytes=90-4000", 90, 99)],
)
def test_a_part_is_that_part(asked: str, first: int, last: int) -> None:
    reply = cut_range(send_file("shown", SOUND, "audio/wav"), asked)
    assert (reply.status, reply.body) == (206, SOUND[first : last + 1])
    assert reply.headers["Content-Range"] == f"bytes {first}-{last}/100"
    assert reply.headers.items() >= ALWAYS.items()


@pytest.mark.parametrize(
    "asked", [None, "", "bytes=-5", "bytes=1-2,4-5", "items=1-2", "bytes=x-", "bytes=٣-"]
)
def test_what_is_no_such_part_gets_all(asked: str | None) -> None:
    reply = cut_range(send_file("shown", SOUND, "audio/wav"), asked)
    assert (reply.status, reply.body, reply.headers["Accept-Ranges"]) == (200, SOUND, "bytes")


def test_beyond_the_end_there_is_nothing_and_of_other_answers_no_part_is_cut() -> None:
    assert cut_range(send_file("shown", SOUND, "audio/wav"), "bytes=100-").status == 416
    assert cut_range(send_file("shown", SOUND, "audio/wav"), "bytes=9-3").status == 416
    for reply in (send_file("shown", SOUND), send_page("INVENTED")):
        assert cut_range(reply, "bytes=1-2") is reply
