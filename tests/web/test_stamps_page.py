"""Time stamps by hand: what each request tells whom stands before it; renewals; OpenTimestamps, an extra."""

import shutil
import time
from pathlib import Path

import pytest
from tests.evidence.authority import build_authority
from tests.web.test_upload import BOUNDARY, wait, write_files
from tests.web.visiting import Visitor

from onggi.errors import Finding
from onggi.evidence.calendar.question import is_question
from onggi.evidence.calendar.trail import PENDING
from onggi.evidence.timestamp.gather import attach_replies
from onggi.evidence.timestamp.request import is_request, make_request
from onggi.vault.anchoring import cover_all
from onggi.web.jobs import Job
from onggi.web.rendering import say_finding
from onggi.words import LANGUAGES, catalogue, known, say

_YEAR = 366 * 86_400
_ADDRESS = b"https://calendar.example"
_ELSEWHERE = ("timestamp.root", "timestamp.fetch")
"""Findings of what these pages do not do."""


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_what_a_request_reveals_stands_before_its_button(visitor: Visitor, tongue: str) -> None:
    page = visitor.get("/stamps", accept_language=tongue).text
    for kind in ("new", "renew", "ots"):
        told = say(f"web_stamps.kind.{kind}.reveals", tongue)
        assert page.index(told[:30]) < page.index(f">{say('web_stamps.request.go', tongue)}<")


def bring_back(visitor: Visitor, content: bytes) -> Job:
    """Send a file in, and wait for what becomes of it."""
    body = write_files({"seal": visitor.house.session.seal}, [("INVENTED.tsr", content)])
    media = f"multipart/form-data; boundary={BOUNDARY}"
    lines = visitor.head("POST", content_type=media, content_length=str(len(body)))
    return wait(visitor, visitor.house.ask("POST", "/stamps/reply", lines, body))


def test_a_request_for_calendars_and_what_is_put_behind_it(visitor: Visitor) -> None:
    asked = visitor.post("/stamps/request", {"kind": "ots"}).body
    assert is_question(asked)
    short = bring_back(visitor, asked)
    assert short.state == "failed" and short.error is not None, "the request alone attests nothing"
    payload = bytes([len(_ADDRESS)]) + _ADDRESS
    whole = bring_back(visitor, asked + b"\0" + PENDING + bytes([len(payload)]) + payload)
    assert (whole.state, whole.path) == ("done", "/stamps?done=trail")
    page = visitor.get("/stamps").text
    assert "Promised by https://calendar.example: proves nothing yet" in page
    assert "OpenTimestamps counts as no authority" in page and "No time stamp yet." in page


@pytest.mark.parametrize("content", [b"", b"\0" * 3_000_000, b"<script>"], ids=["none", "long", "foreign"])
def test_what_is_no_reply_is_kept_nowhere(visitor: Visitor, content: bytes) -> None:
    before = visitor.get("/stamps").body
    job = bring_back(visitor, content)
    assert job.state == "failed" and job.error is not None
    told = visitor.get(f"/jobs/{job.id}").text
    assert 'class="notice wrong"' in told and "INVENTED" not in told, "what a file is called is told nobody"
    assert visitor.get("/stamps").body == before


def test_nothing_is_handed_out_where_nothing_ends_or_nobody_knows_what_for(visitor: Visitor) -> None:
    for kind in ("renew", "else"):
        answer = visitor.post("/stamps/request", {"kind": kind})
        assert answer.status == 422 and '<a href="#kind">' in answer.text


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_no_finding_of_stamps_names_a_command(tongue: str) -> None:
    for name in ("timestamp", "calendar"):
        for id in (f"{name}.{key}" for key in catalogue(name) if known(f"{name}.{key}")):
            values: dict[str, str | int] = dict.fromkeys(
                ("count", "day", "reader", "block", "status", "behind", "limit"), 1
            )
            try:
                told = say_finding(Finding(id, "", values), tongue)
            except KeyError:  # a sentence of the terminal alone has other values
                continue
            plain = "onggi " not in "".join(told) and "--" not in "".join(told)
            assert plain or id in _ELSEWHERE, id


@pytest.mark.system
@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_a_stamp_that_ends_is_renewed(visitor: Visitor, tmp_path: Path) -> None:
    ledger, now = visitor.house.ledger, int(time.time())
    vault, authority = ledger.vault, build_authority(tmp_path / "authority")
    text = cover_all(vault, vault.compartment()).text
    reply = authority.reply(make_request(text, "sha256", bytes).raw)
    assert attach_replies(vault, vault.compartments, [reply], now * 1000, authority.chain_pem).gained
    ledger.clock = lambda: (now + 50 * _YEAR) * 1000
    answer = visitor.post("/stamps/request", {"kind": "renew"})
    assert is_request(answer.body) and len(answer.body) > len(make_request(text, "sha256", bytes).raw)
