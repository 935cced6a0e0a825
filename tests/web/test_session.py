"""A token opens once; whoever comes in later is in alone; a lease ends in each of its ways."""

from itertools import count

import pytest

from onggi.web.lease import LONGEST, LONGEST_IDLE, SLEEP, Lease
from onggi.web.session import TOKEN_LIVES, Session

NAME, PLAIN = "x.localhost:1", "127.0.0.1:1"


class Clock:
    """Seconds that are set by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def make_session() -> tuple[Session, Clock]:
    """A session whose dice never show the same twice."""
    clock, numbers = Clock(), count(1)
    return Session((NAME, PLAIN), lambda n: next(numbers).to_bytes(n), clock, Lease(clock.now)), clock


def test_a_token_opens_once() -> None:
    session, _ = make_session()
    token = session.make_token()
    assert session.enter(token, NAME)
    assert not session.enter(token, NAME)


@pytest.mark.parametrize("given", ["", "0", "\udcff", "é", "00" * 32])
def test_another_token_opens_nothing_and_spoils_nothing(given: str) -> None:
    session, _ = make_session()
    assert not session.enter(given, NAME)
    token = session.make_token()
    assert not session.enter(given, NAME)
    assert not session.enter(token[:-1], NAME)
    assert session.cookie is None
    assert session.enter(token, NAME)


def test_a_new_token_ends_the_one_before() -> None:
    session, _ = make_session()
    first, second = session.make_token(), session.make_token()
    assert not session.enter(first, NAME)
    assert session.enter(second, NAME)


def test_a_token_that_is_too_old_opens_nothing_and_is_used_up() -> None:
    session, clock = make_session()
    token = session.make_token()
    clock.now += TOKEN_LIVES + 1
    assert not session.enter(token, NAME)
    clock.now -= TOKEN_LIVES
    assert not session.enter(token, NAME)


def test_whoever_comes_in_later_is_in_alone() -> None:
    session, _ = make_session()
    session.enter(session.make_token(), PLAIN)
    before = session.cookie, session.seal
    assert session.answers_to == (PLAIN,)
    session.enter(session.make_token(), NAME)
    assert session.answers_to == (NAME,)
    assert session.cookie != before[0] and session.seal != before[1]
    assert len({session.cookie, session.seal, *before}) == 4


def test_nothing_of_a_session_stands_in_its_name() -> None:
    session, _ = make_session()
    token = session.make_token()
    session.enter(token, NAME)
    assert not any(secret in repr(session) for secret in (token, session.cookie or "", session.seal))


def look(lease: Lease, start: float, end: float) -> str | None:
    """Ask every second from one moment to another; the first reason that it gives."""
    moments = range(int(start), int(end) + 1)
    return next((why for moment in moments if (why := lease.why_ended(moment)) is not None), None)


def test_it_ends_when_nobody_works() -> None:
    lease = Lease(0, idle=100)
    assert look(lease, 0, 99) is None
    lease.touch(99)
    assert look(lease, 100, 198) is None
    assert lease.why_ended(199) == "idle"


def test_it_ends_at_last_whatever_anybody_does() -> None:
    lease = Lease(0, idle=100, longest=1000)
    for moment in range(0, 1000, 10):
        lease.touch(moment)
        assert look(lease, moment, moment + 9) is None
    assert lease.why_ended(1000) == "longest"


def test_it_ends_when_the_machine_slept() -> None:
    lease = Lease(0)
    assert lease.why_ended(SLEEP - 1) is None
    assert lease.why_ended(2 * SLEEP - 1) == "asleep"


def test_work_in_the_past_prolongs_nothing() -> None:
    lease = Lease(0, idle=100)
    lease.touch(50)
    lease.touch(10)
    assert look(lease, 0, 149) is None
    assert lease.why_ended(150) == "idle"


def test_nobody_asks_for_more_than_is_allowed() -> None:
    lease = Lease(0, idle=10**9, longest=10**9)
    assert (lease.idle, lease.longest) == (LONGEST_IDLE, LONGEST)
