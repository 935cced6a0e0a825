"""The verdict: a promise is nothing, a block without its header is not checked, another root is wrong."""

import hashlib
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.calendar.invented import VECTORS, part
from tests.vectors.make_calendar import ADDRESS, append, block, mine, pending, unknown

from onggi.evidence.calendar import header
from onggi.evidence.calendar.check import State, check_trail
from onggi.evidence.calendar.header import Header, read_headers
from onggi.evidence.calendar.trail import HEAD, MOST

TEXT = part("text")
DIGEST = hashlib.sha256(TEXT).digest()


@pytest.fixture
def headers(monkeypatch: pytest.MonkeyPatch) -> Mapping[int, Header]:
    """The header that the vectors lead to; it costs nothing here."""
    monkeypatch.setattr(header, "LEAST_WORK", 1)
    return read_headers(f"900000 {VECTORS['header']}\n".encode())


def codes(raw: bytes, headers: Mapping[int, Header] | None = None, *, grave: bool | None = None) -> list[str]:
    found = check_trail(raw, TEXT, headers).findings
    return [one.code for one in found if grave is None or one.grave is grave]


def test_a_promise_proves_nothing() -> None:
    checked = check_trail(part("trail"), TEXT)
    assert [one.state for one in checked.attested] == [State.PENDING]
    assert (checked.attested[0].address, checked.attested[0].message) == (
        ADDRESS.decode(),
        VECTORS["promised"],
    )
    assert (
        codes(part("trail"), grave=False) == ["calendar.pending"] and codes(part("trail"), grave=True) == []
    )
    assert checked.worth and not checked.proven and checked.unchecked == 0


def test_a_block_without_its_header_is_not_checked(headers: Mapping[int, Header]) -> None:
    for given_headers in (None, {}, {900_001: headers[900_000]}):
        checked = check_trail(part("complete"), TEXT, given_headers, where="here")
        assert [one.state for one in checked.attested] == [State.UNCHECKED, State.PENDING]
        assert [(one.code, one.where, one.values, one.grave) for one in checked.findings] == [
            ("calendar.unchecked", "here", {"block": 900_000}, False)
        ]
        assert checked.worth and not checked.proven and checked.unchecked == 1


def test_a_block_with_its_header_is_shown(headers: Mapping[int, Header]) -> None:
    checked = check_trail(part("complete"), TEXT, headers)
    assert checked.findings == () and checked.proven and checked.unchecked == 0
    one = checked.attested[0]
    assert one.state is State.CHECKED and one.header is not None
    assert (one.header.hash, one.header.moment) == (VECTORS["hash"], 1_772_366_400)


def test_another_root_is_wrong(headers: Mapping[int, Header]) -> None:
    raw = part("complete")
    forged = raw.replace(b"\xbb" * 32, b"\xbc" * 32)
    assert codes(forged) == ["calendar.unchecked"]  # nobody can see it yet
    assert codes(forged, headers, grave=True) == ["calendar.block"]
    assert not check_trail(forged, TEXT, headers).proven
    # One good way does not wash another that is wrong.
    both = HEAD + DIGEST + b"\xff" + append(bytes(16)) + b"\x08" + block(900_000) + raw[len(HEAD) + 32 :]
    checked = check_trail(both, TEXT, headers)
    assert {one.state for one in checked.attested} >= {State.WRONG, State.CHECKED} and not checked.proven


def test_what_is_not_32_bytes_is_in_no_block() -> None:
    assert codes(HEAD + DIGEST + append(b"x") + block(5), grave=True) == ["calendar.block"]


def test_what_is_not_read_is_told() -> None:
    checked = check_trail(part("shapes"), TEXT)
    assert [one.state for one in checked.attested].count(State.OTHER) == 2
    assert codes(part("shapes"), grave=True) == [] and "calendar.other" in codes(part("shapes"))
    assert codes(HEAD + DIGEST + unknown()) == ["calendar.other"]
    assert not check_trail(HEAD + DIGEST + unknown(), TEXT).proven


def test_a_step_that_nobody_knows_is_kept_and_says_nothing() -> None:
    checked = check_trail(HEAD + DIGEST + b"\x08\x01" + block(5), TEXT)
    assert [(one.code, one.grave) for one in checked.findings] == [("calendar.step", False)]
    assert checked.worth and not checked.attested and not checked.proven


@pytest.mark.parametrize("name", VECTORS["refused"])
def test_what_is_no_trail_is_not_worth_keeping(name: str) -> None:
    checked = check_trail(bytes.fromhex(VECTORS["refused"][name]), TEXT)
    assert not checked.worth and not checked.proven and all(one.grave for one in checked.findings)


def test_another_anchor_and_other_bytes() -> None:
    assert [one.code for one in check_trail(part("trail"), b"another").findings] == ["calendar.imprint"]
    assert codes(part("carried")) == ["calendar.imprint"]
    assert codes(b"") == codes(b"\x30\x03\x02\x01\x00") == ["calendar.form"]
    assert codes(part("trail") + bytes(MOST)) == ["calendar.large"]


def test_no_byte_can_be_changed_unseen(headers: Mapping[int, Header]) -> None:
    """Whatever is changed: never still proven, but where the byte only names who promised or how."""
    raw = part("complete")
    promise = raw.index(pending(ADDRESS))
    for at in range(promise):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        assert not check_trail(changed, TEXT, headers).proven, at


@given(st.binary(max_size=300), st.integers(0, 400))
def test_it_never_raises(data: bytes, at: int) -> None:
    raw = part("complete")
    for one in (data, HEAD + DIGEST + data, raw[: at % len(raw)] + data):
        check_trail(one, TEXT, {900_000: Header(900_000, mine(bytes(32), 1)[36:68], "", 0)})
