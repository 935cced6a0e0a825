"""Trails in a vault: asked for, carried, completed, kept; and never counted as an authority."""

import hashlib
from pathlib import Path

import pytest
from tests.evidence.calendar.invented import HEIGHT, MOMENT, Calendar
from tests.vault.invented import ADMIN, ALPHA, MEMBER, codes, make_entries, open_as, write
from tests.vectors.make_calendar import append, block, pending

from onggi.errors import Finding
from onggi.evidence.calendar.check import State
from onggi.evidence.calendar.gather import (
    Gathered,
    ask_calendars,
    attach_trails,
    carry_question,
    complete_trails,
)
from onggi.evidence.calendar.header import read_headers
from onggi.evidence.calendar.trail import HEAD, MAGIC, begin_trail, read_digest
from onggi.evidence.timestamp.health import check_tokens, read_health
from onggi.vault.anchoring import cover_all, find_cover, keep_trail
from onggi.vault.checking import check_vault
from onggi.vault.opened import Vault
from onggi.vault.publications import Prepared, write_publication
from onggi.vault.session import write_session
from onggi.vault.trails import KeptTrail
from onggi.vault.writing import Change, store_entry, write_objects


def anchor(vault: Vault) -> bytes:
    return cover_all(vault, vault.compartment("main")).text


def attach(vault: Vault, *files: bytes, now: int = 1, headers: bytes = b"") -> Gathered:
    return attach_trails(vault, vault.compartments, files, now, read_headers(headers))


def states(vault: Vault, headers: bytes = b"") -> list[list[str]]:
    """What the health of the first compartment says of each trail."""
    found = read_health(vault, vault.compartment("main"), 1, headers=read_headers(headers))
    return [
        [one.state.value for one in held.checked.attested] for each in found.anchors for held in each.trails
    ]


def grave(findings: list[Finding]) -> list[str]:
    return [one.code for one in findings if one.grave]


@pytest.mark.enable_socket
def test_a_calendar_is_asked_and_later_keeps_its_promise(root: Path, calendar: Calendar, cheap: None) -> None:
    vault = open_as(root, ADMIN)
    main, text = vault.compartment("main"), anchor(vault)
    gained = ask_calendars(vault, main, text, [calendar.url, calendar.url + "/"], 5)
    assert gained.well and [one.kept.when for one in gained.held] == [5, 5]
    messages = {body for _, _, body in calendar.seen}
    # 32 bytes, under another nonce each, and nothing of the anchor's own hash.
    assert len(messages) == 2 and all(len(one) == 32 for one in messages)
    assert hashlib.sha256(text).digest() not in messages
    assert {path for path, _, _ in calendar.seen} == {"/calendar/digest"}
    assert all(
        set(headers) == {"Host", "Accept-Encoding", "Content-Length", "Accept"}
        for _, headers, _ in calendar.seen
    )
    assert states(open_as(root, ADMIN)) == [["pending"], ["pending"]]
    # Not yet.
    early = complete_trails(vault, main, [calendar.url], 6, {})
    assert not early.well and early.held == [] and early.wanted == 2
    assert {one.code for one in early.findings} == {"calendar.early"} and grave(early.findings) == []
    assert {path for path, _, _ in calendar.seen[2:]} == {
        f"/calendar/timestamp/{(b'time' + one + b'its mark').hex()}" for one in messages
    }
    # Now; and what was complete is not asked about again.
    calendar.ready = True
    late = complete_trails(vault, main, [calendar.url], 7, {})
    assert late.well and late.wanted == 2 and grave(late.findings) == []
    assert states(vault) == [["unchecked", "pending"]] * 2
    assert len(vault.trails(main)) == 4  # nothing is taken away
    asked = len(calendar.seen)
    assert complete_trails(vault, main, [calendar.url], 8, {}) == Gathered() and len(calendar.seen) == asked
    # The last one asked about is in the block whose header the calendar made last.
    found = read_health(vault, main, 1, headers=read_headers(calendar.line))
    seen = [one for each in found.anchors for held in each.trails for one in held.checked.attested]
    shown = [one for one in seen if one.state is State.CHECKED]
    assert [(one.height, one.header and one.header.moment) for one in shown] == [(HEIGHT, MOMENT)]


@pytest.mark.enable_socket
def test_only_the_calendar_that_is_given_is_asked(root: Path, calendar: Calendar) -> None:
    """An address that stands in a file leads nowhere."""
    vault = open_as(root, ADMIN)
    main, text = vault.compartment("main"), anchor(vault)
    begin = begin_trail(hashlib.sha256(text).digest())
    long = append(bytes(60)) + pending(calendar.url.encode())
    attach(vault, begin + pending(calendar.url.encode()) + b"", begin + long)
    assert complete_trails(vault, main, ["http://127.0.0.1:9"], 2, {}) == Gathered()
    assert complete_trails(vault, main, [calendar.url.replace("/calendar", "/other")], 2, {}) == Gathered()
    assert calendar.seen == []
    calendar.ready = True
    # Of the two, one message is longer than any that a calendar has.
    assert complete_trails(vault, main, [calendar.url], 2, {}).wanted == 1 and len(calendar.seen) == 1


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"<html>", "calendar.form"),
        (b"", "calendar.form"),
        (bytes(20_000), "timestamp.large"),
        (append(bytes(4090)) + block(1), "calendar.form"),
    ],
)
def test_what_is_no_answer_is_not_kept(root: Path, calendar: Calendar, answer: bytes, code: str) -> None:
    vault = open_as(root, ADMIN)
    main, text = vault.compartment("main"), anchor(vault)
    calendar.answer = answer
    got = ask_calendars(vault, main, text, [calendar.url], 1)
    assert not got.well and [(one.code, one.where) for one in got.findings] == [(code, "calendar 1")]
    assert vault.trails(main) == []
    calendar.answer = None
    ask_calendars(vault, main, text, [calendar.url], 1)
    calendar.answer, calendar.ready = answer, True
    got = complete_trails(vault, main, [calendar.url], 2, {})
    assert not got.well and grave(got.findings) == [code] and len(vault.trails(main)) == 1


@pytest.mark.enable_socket
def test_nobody_there_is_said_and_the_others_are_asked(root: Path, calendar: Calendar) -> None:
    vault = open_as(root, ADMIN)
    got = ask_calendars(
        vault, vault.compartment("main"), anchor(vault), ["http://127.0.0.1:9/", calendar.url], 1
    )
    assert grave(got.findings) == ["timestamp.unreachable"] and len(got.held) == 1 and not got.well


def test_a_question_is_carried_and_brought_back_by_anyone(root: Path) -> None:
    text = anchor(open_as(root, ADMIN))
    main = open_as(root, ADMIN).compartment("main")
    carried = carry_question(main, text)
    assert len(carried) == 65 and carried == carry_question(open_as(root, MEMBER).compartment("main"), text)
    answer = pending(b"https://calendar.example")
    member = open_as(root, MEMBER)
    got = attach(member, carried + answer)
    (held,) = got.held
    assert got.well and read_digest(held.kept.raw) == hashlib.sha256(text).digest()
    # Kept as any program reads it over the anchor file, and every byte of the answer as it came.
    assert held.kept.raw.endswith(answer) and held.checked.attested[0].message == carried[-32:].hex()
    # One made elsewhere over the anchor file itself is kept as it is.
    own = begin_trail(hashlib.sha256(text).digest()) + block(5)
    (held,) = attach(member, own, now=2).held
    assert held.kept.raw == own
    assert states(open_as(root, ADMIN)) == [["pending"], ["unchecked"]]


def test_what_is_over_nothing_here_is_not_kept(root: Path) -> None:
    vault = open_as(root, ADMIN)
    text = anchor(vault)
    digest = hashlib.sha256(text).digest()
    got = attach(vault, begin_trail(bytes(32)) + block(1), MAGIC, HEAD + digest[:9], begin_trail(digest))
    assert [one.code for one in got.findings] == [
        "calendar.nothing",
        "calendar.form",
        "calendar.form",
        "calendar.form",
    ]
    assert got.held == [] and not got.well and vault.trails(vault.compartment("main")) == []
    # What a page of the way there left behind the question is no answer.
    got = attach(vault, carry_question(vault.compartment("main"), text) + b"<html>")
    assert [one.code for one in got.findings] == ["calendar.form"] and got.held == []
    # A step that is not known yet may be known to others.
    strange = begin_trail(digest) + b"\x08\x42whatever stands behind it"
    got = attach(vault, strange)
    assert [one.kept.raw for one in got.held] == [strange] and got.well
    assert [one.code for one in got.findings] == ["calendar.step"]


def test_the_same_is_kept_once_and_the_fuller_one_is_shown(root: Path) -> None:
    vault = open_as(root, ADMIN)
    begin = begin_trail(hashlib.sha256(anchor(vault)).digest())
    promise, kept = pending(b"https://a.example"), block(9)
    for now in (1, 2):
        attach(vault, begin + promise, now=now)
    assert [one.when for one in vault.trails(vault.compartment("main"))] == [1]
    attach(vault, begin + b"\xff" + promise + kept, now=3)
    assert states(vault) == [["pending", "unchecked"]]
    assert len(vault.trails(vault.compartment("main"))) == 2


def test_it_counts_as_no_authority(root: Path, cheap: None) -> None:
    """Blocks enough for everybody, and still nobody outside has signed."""
    vault = open_as(root, ADMIN)
    main, text = vault.compartment("main"), anchor(vault)
    calendar = Calendar()
    digest = hashlib.sha256(text).digest()
    for rest in (b"one", b"two"):
        begin = begin_trail(digest) + append(rest) + b"\x08"
        attach(vault, begin + calendar.keep(hashlib.sha256(digest + rest).digest()))
    found = read_health(vault, main, 1, headers=read_headers(calendar.line))
    assert any(held.checked.proven for each in found.anchors for held in each.trails)
    assert found.stamped == 0 and all(not each.authorities for each in found.anchors)
    assert "timestamp.alone" in {one.code for one in found.findings}


def test_verify_says_what_it_did_not_check(root: Path) -> None:
    vault = open_as(root, ADMIN)
    main, text = vault.compartment("main"), anchor(vault)
    digest = hashlib.sha256(text).digest()
    attach(vault, begin_trail(digest) + block(7))
    found, unchecked = check_tokens(vault, main)
    assert [(one.code, one.grave) for one in found] == [("calendar.unchecked", False)] and unchecked == 1
    assert check_vault(vault).counts["trails"] == 1 and not codes(check_vault(vault))
    # One that lies beside another anchor than it is over is wrong, whoever put it there.
    keep_trail(vault, main, KeptTrail(hashlib.sha256(text).hexdigest(), begin_trail(bytes(32)) + block(7)))
    found, _ = check_tokens(vault, main)
    assert [one.code for one in found if one.grave] == ["calendar.imprint"]


def test_an_anchor_that_was_begun_is_gone_on_with(root: Path) -> None:
    """Of two that cover all, the one with a trail is asked about again; and a new commit makes a new one."""
    vault = open_as(root, ADMIN)
    main, text = vault.compartment("main"), anchor(vault)
    attach(vault, begin_trail(hashlib.sha256(text).digest()) + block(7))
    found = find_cover(vault, main)
    assert found is not None and found.text == text
    write(vault, {"record": Change(make_entries(ALPHA, 1))})
    assert anchor(vault) != text and "timestamp.open" not in {
        one.code for one in read_health(vault, vault.compartment("main"), 1).findings
    }


def test_a_publication_s_own_anchor_is_covered_too(root: Path) -> None:
    vault = open_as(root, ADMIN)
    own = anchor(vault) + b"\n"
    stored = store_entry(vault, write_publication(Prepared("0" * 64, bytes(32), 1, own)), "publication")
    with write_session(vault):
        write_objects(vault, {vault.compartment("main").log_domain: [stored]})
    vault = open_as(root, ADMIN)
    carried = carry_question(vault.compartment("main"), own)
    assert attach(vault, carried + block(3)).well and states(vault) == [["unchecked"]]
