"""The first page: texts that wait to be screened, and how the time stamps stand."""

import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tests.evidence.authority import build_authority
from tests.web.visiting import Visitor

from onggi.errors import Finding
from onggi.evidence.timestamp.gather import attach_replies
from onggi.evidence.timestamp.health import Health, read_health
from onggi.evidence.timestamp.request import make_request
from onggi.ledger.screening import screen_waiting
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.vault.anchoring import cover_all
from onggi.web.attention import Proof, judge_proof

_YEAR = 366 * 86_400


def test_texts_that_nobody_screened_are_told_until_somebody_has(visitor: Visitor) -> None:
    ledger = visitor.house.ledger
    assert "/screening" not in visitor.get("/").text
    case = ledger.view().cases()[0].case
    said = ledger.make_statement(case, case, "note", Text("INVENTED: she wept", "en"))
    ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, said)])
    page = visitor.get("/").text
    assert "1 waiting" in page and '<a href="/screening">' in page and "she wept" not in page
    screen_waiting(ledger, None)
    assert "/screening" not in visitor.get("/").text


def test_that_nothing_was_stamped_is_told_and_leads_to_the_stamps(visitor: Visitor) -> None:
    page = visitor.get("/").text
    assert '<a href="/stamps">No time stamp stands over the main compartment</a>' in page


@pytest.mark.system
@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_a_stamp_is_told_once_it_should_be_renewed_and_where_it_does_not_hold(
    visitor: Visitor, tmp_path: Path
) -> None:
    vault, attention = visitor.house.ledger.vault, visitor.house.desk.attention
    now = int(time.time())
    assert [one.state for one in attention.list_proofs(vault, now)] == ["none"]
    authority = build_authority(tmp_path / "authority")
    text = cover_all(vault, vault.compartment()).text
    reply = authority.reply(make_request(text, "sha256", bytes).raw)
    assert attach_replies(vault, vault.compartments, [reply], now * 1000, authority.chain_pem).gained
    vault.load()
    assert attention.list_proofs(vault, now) == [], "it holds, for years"
    (due,) = attention.list_proofs(vault, now + 50 * _YEAR)
    assert due.state == "due" and due.day
    (anchor, *_) = read_health(vault, vault.compartment(), now).anchors
    (token,) = anchor.tokens
    wrong = replace(token, checked=replace(token.checked, findings=(Finding("timestamp.hash", "token"),)))
    health = Health("main", 2, 2, 0, (replace(anchor, tokens=(wrong, token)),), (), 0)
    later = now + 50 * _YEAR
    assert judge_proof(health, later) == Proof("main", "bad"), "before what is due"
