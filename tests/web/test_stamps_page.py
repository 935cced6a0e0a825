"""Time stamps by hand: what each request tells whom stands before it; renewals; OpenTimestamps, an extra."""

import shutil
import time
from pathlib import Path

import pytest
from tests.evidence.authority import build_authority
from tests.web.visiting import Visitor

from onggi.evidence.calendar.question import is_question
from onggi.evidence.calendar.trail import PENDING
from onggi.evidence.timestamp.gather import attach_replies
from onggi.evidence.timestamp.request import is_request, make_request
from onggi.vault.anchoring import cover_all
from onggi.words import LANGUAGES, say

_YEAR = 366 * 86_400
_ADDRESS = b"https://calendar.example"


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_what_a_request_reveals_stands_before_its_button(visitor: Visitor, tongue: str) -> None:
    page = visitor.get("/stamps", accept_language=tongue).text
    for kind in ("new", "renew", "ots"):
        told = say(f"web_stamps.kind.{kind}.reveals", tongue)
        assert page.index(told[:30]) < page.index(say("web_stamps.request.go", tongue))


def test_a_request_for_calendars_and_what_is_put_behind_it(visitor: Visitor, tmp_path: Path) -> None:
    out = tmp_path / "asked.ots"
    answer = visitor.post("/stamps/request", {"kind": "ots", "file": str(out)})
    assert answer.headers["location"] == "/stamps?done=carried" and is_question(out.read_bytes())
    short = visitor.post("/stamps/reply", {"reply": str(out)})
    assert short.status == 422 and '<a href="#reply">' in short.text, "the request alone attests nothing"
    whole = tmp_path / "answered.ots"
    payload = bytes([len(_ADDRESS)]) + _ADDRESS
    whole.write_bytes(out.read_bytes() + b"\0" + PENDING + bytes([len(payload)]) + payload)
    assert visitor.post("/stamps/reply", {"reply": str(whole)}).headers["location"] == "/stamps?done=trail"
    page = visitor.get("/stamps").text
    assert "Promised by https://calendar.example: proves nothing yet" in page
    assert "OpenTimestamps counts as no authority" in page and "No time stamp yet." in page


def test_nothing_is_written_where_nothing_ends_or_nobody_knows_what_for(
    visitor: Visitor, tmp_path: Path
) -> None:
    out = tmp_path / "asked.tsq"
    for kind in ("renew", "else"):
        answer = visitor.post("/stamps/request", {"kind": kind, "file": str(out)})
        assert answer.status == 422 and '<a href="#kind">' in answer.text and not out.exists()


@pytest.mark.system
@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_a_stamp_that_ends_is_renewed(visitor: Visitor, tmp_path: Path) -> None:
    ledger, now = visitor.house.ledger, int(time.time())
    vault, authority = ledger.vault, build_authority(tmp_path / "authority")
    text = cover_all(vault, vault.compartment()).text
    reply = authority.reply(make_request(text, "sha256", bytes).raw)
    assert attach_replies(vault, vault.compartments, [reply], now * 1000, authority.chain_pem).gained
    ledger.clock = lambda: (now + 50 * _YEAR) * 1000
    out = tmp_path / "again.tsq"
    answer = visitor.post("/stamps/request", {"kind": "renew", "file": str(out)})
    assert answer.headers["location"] == "/stamps?done=written"
    assert is_request(out.read_bytes()) and len(out.read_bytes()) > len(
        make_request(text, "sha256", bytes).raw
    )
