"""Time stamps by hand: what each request tells whom stands before it; renewals; OpenTimestamps, an extra."""

import hashlib
import shutil
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.evidence.authority import build_authority
from tests.evidence.calendar.invented import HEIGHT, MOMENT
from tests.vectors.make_calendar import append, block, mine
from tests.web.test_upload import BOUNDARY, wait, write_files
from tests.web.visiting import Visitor

from onggi.errors import Finding
from onggi.evidence.calendar import header
from onggi.evidence.calendar.question import is_question
from onggi.evidence.calendar.trail import PENDING
from onggi.evidence.timestamp.certificates import fingerprint
from onggi.evidence.timestamp.gather import attach_replies
from onggi.evidence.timestamp.request import is_request, make_request
from onggi.vault.anchoring import cover_all
from onggi.web.jobs import Job
from onggi.web.rendering import say_finding
from onggi.words import LANGUAGES, catalogue, known, say
from onggi.words.digits import group_digits

_YEAR = 366 * 86_400
_ADDRESS = b"https://calendar.example"
_ELSEWHERE = ("timestamp.fetch",)
"""Findings of what these pages do not do."""
_BROKEN = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_what_a_request_reveals_stands_before_its_button(visitor: Visitor, tongue: str) -> None:
    page = visitor.get("/stamps", accept_language=tongue).text
    for kind in ("new", "renew", "ots"):
        told = say(f"web_stamps.kind.{kind}.reveals", tongue)
        assert page.index(told[:30]) < page.index(f">{say('web_stamps.request.go', tongue)}<")


def bring_back(visitor: Visitor, *contents: bytes) -> Job:
    """Send files in, and wait for what becomes of them."""
    files = [("INVENTED.tsr", content) for content in contents]
    body = write_files({"seal": visitor.house.session.seal}, files)
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


@pytest.mark.parametrize(
    "contents",
    [[b""], [b"\0" * 3_000_000], [b"<script>"], [b"one", b"another"], [_BROKEN], [b"\0" * (1 << 23)] * 3],
    ids=["none", "long", "foreign", "two", "broken", "more"],
)
def test_what_is_no_reply_is_kept_nowhere(visitor: Visitor, contents: list[bytes]) -> None:
    before = visitor.get("/stamps").body
    job = bring_back(visitor, *contents)
    assert job.state == "failed" and job.error is not None
    told = visitor.get(f"/jobs/{job.id}").text
    assert 'class="notice wrong"' in told and "INVENTED" not in told, "what a file is called is told nobody"
    assert visitor.get("/stamps").body == before


def test_a_header_that_is_typed_shows_the_block_and_stays_nowhere(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(header, "LEAST_WORK", 1)
    asked = visitor.post("/stamps/request", {"kind": "ots"}).body
    whole = asked + append(b"the rest") + b"\x08" + block(HEIGHT)
    assert bring_back(visitor, whole).state == "done"
    root = hashlib.sha256(asked[-32:] + b"the rest").digest()
    right, other = (f"{HEIGHT} {mine(one, MOMENT).hex()}" for one in (root, bytes(32)))
    unchecked = visitor.get("/stamps").text
    assert "Not checked" in unchecked and "hold it against below" in unchecked
    held = visitor.post("/stamps/against", {"headers": f"# INVENTED\r\n{right}\r\n"})
    assert held.status == 303 and right not in held.headers["location"]
    page = visitor.get(held.headers["location"]).text
    assert f"In block {HEIGHT} of 2026-11-30T00:53:20Z" in page and "Not checked" not in page
    wrong = visitor.post("/stamps/against", {"headers": other}).headers["location"]
    assert f"Does not lead into block {HEIGHT}" in visitor.get(wrong).text
    assert visitor.get("/stamps").text == unchecked
    gone = visitor.get(f"/stamps/against/{'0' * 32}")
    assert (gone.status, gone.headers["location"]) == (303, "/stamps")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("headers", ""),
        ("headers", "900001 00"),
        ("headers", "<script>\0" * 9),
        ("headers", f"900001 {'00' * 80}"),
        ("roots", "INVENTED"),
        ("roots", _BROKEN.decode()),
        ("roots", "-----BEGIN X509 CRL-----"),
    ],
)
def test_what_cannot_be_held_against_leads_to_its_field(visitor: Visitor, name: str, typed: str) -> None:
    answer = visitor.post("/stamps/against", {name: typed})
    assert answer.status == 422 and f'<a href="#{name}">' in answer.text
    assert "<script>" not in answer.text and f'aria-describedby="{name}-hint {name}-error"' in answer.text


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


@pytest.mark.system
@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_certificates_come_with_a_reply_or_later_and_roots_are_held_against(
    visitor: Visitor, tmp_path: Path
) -> None:
    """What lacks them is told to bring them here, in whichever form an authority has them."""
    one, other = (build_authority(tmp_path / name, name) for name in ("one", "other"))
    request = visitor.post("/stamps/request", {"kind": "new"}).body
    short, whole = one.reply(request), other.reply(request)
    assert bring_back(visitor, short).path == "/stamps?done=kept"
    assert bring_back(visitor, other.crl_pem, whole, other.root_pem).path == "/stamps?done=kept"
    page = visitor.get("/stamps").text
    assert page.count(say("timestamp.chain")) == page.count(say("timestamp.lists")) == 1
    assert "bring them below" in page and group_digits(fingerprint(one.tsa)) in page
    assert bring_back(visitor, one.crl_pem, one.root.public_bytes(Encoding.DER)).path == "/stamps?done=papers"
    page = visitor.get("/stamps?done=papers").text
    assert say("timestamp.chain") not in page and say("timestamp.lists") not in page
    again = bring_back(visitor, one.crl_pem)
    assert again.state == "failed" and again.error is not None and again.error.id == "timestamp.papers"
    led = visitor.post("/stamps/against", {"roots": one.root_pem.decode()}).headers["location"]
    trusted = visitor.get(led).text
    bad = f">{say('web_stamps.tag.bad')}<"
    assert (trusted.count(bad), page.count(bad)) == (1, 0)
    assert "--root" not in trusted and say("web.instead.timestamp.root") in trusted
