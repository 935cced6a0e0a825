"""Consent in a form: a yes that says everything, a no that says nothing, a withdrawal that always works."""

import re

import pytest
from tests.web.visiting import Answered, Visitor

from onggi.web.pages import consent

CASE = "C-7Q2WZ5C"
PAGE, FORM = f"/case/{CASE}/consent", f"/case/{CASE}/consent/new"
SILENT, WOMAN = "P-VN7E3A1", "P-8F3KT2H"
READER = "United Nations Special Procedures: one communication to several mandates"
CHECKS = {f"checks.{name}": "yes" for name in ("risks", "no_loss", "said_back", "able", "safe", "alone")}
YES = {
    "person": SILENT,
    "decision": "given",
    "purpose": "research",
    "recipient": "UN-SP",
    "covers": ["facts", "words"],
    "shown": "pseudonym",
    "likeness": "left_out",
    "given_by": "self",
    "lang": "ko",
    "form": "voice",
    **CHECKS,
    "checks.pressed": "no",
}


def follow(visitor: Visitor, answer: Answered) -> str:
    assert answer.status == 303, re.sub(r"<[^>]+>", " ", answer.text)[-800:]
    return visitor.get(answer.headers["location"].partition("#")[0]).text


def section(page: str, code: str) -> str:
    """What a page says of one person."""
    start = page.index(f">{code}<")
    return page[start : page.find("</section>", start)]


def test_a_yes_is_recorded_field_by_field_and_holds(visitor: Visitor) -> None:
    page = follow(visitor, visitor.post(FORM, YES))
    told = section(page, SILENT)
    assert f"Given · Research · {READER} · Facts · Words · Under a code" in told
    assert "Holds; days left: 90." in told and "Withdraw this now" in told


def test_everything_a_yes_lacks_is_told_at_its_field(visitor: Visitor) -> None:
    answer = visitor.post(FORM, {"person": SILENT, "decision": "given"})
    assert answer.status == 422
    wrong = re.findall(r'<li><a href="#([^"]+)">', answer.text)
    assert {"purpose", "recipient", "covers", "form", "lang", "checks.risks", "checks.pressed"} <= set(wrong)
    ids = set(re.findall(r' id="([^"]+)"', answer.text))
    assert set(wrong) <= ids, "an error leads to its field"
    assert f'value="{SILENT}" selected' in answer.text, "nobody types it twice"


def test_a_no_needs_nothing_else(visitor: Visitor) -> None:
    page = follow(visitor, visitor.post(FORM, {"person": SILENT, "decision": "refused"}))
    assert "Refused · every purpose · every recipient" in section(page, SILENT)


def test_a_withdrawal_needs_one_press_and_holds_from_then_on(visitor: Visitor) -> None:
    page = visitor.get(PAGE).text
    told = section(page, WOMAN)
    id = re.search(r'name="what" value="([0-9a-f]{32})"', told)
    assert id is not None
    page = follow(visitor, visitor.post(f"{PAGE}/withdraw", {"what": id[1]}))
    assert "Withdrawn. From now on it is a no" in page
    assert f"Withdrawn · Evidence · {READER}" in section(page, WOMAN)


def test_a_name_in_the_reason_is_left_out_and_stops_nothing(visitor: Visitor) -> None:
    answer = visitor.post(f"{PAGE}/withdraw", {"what": WOMAN, "because": "리영희 wishes it"})
    page = follow(visitor, answer)
    assert "The reason was left out" in page and "리영희" not in page
    assert "Withdrawn · every purpose · every recipient" in section(page, WOMAN)


def test_a_name_in_a_form_is_refused_and_nothing_recorded(visitor: Visitor) -> None:
    before = visitor.get(PAGE).text
    others = {"given_by": "proxy", "because": "리영희 says so", "interest": "her children"}
    answer = visitor.post(FORM, {**YES, **others})
    assert answer.status == 422
    assert visitor.get(PAGE).text == before


def test_who_decides_for_another_waits_for_a_second_member(visitor: Visitor, colleague: Visitor) -> None:
    others = {"given_by": "proxy", "because": "INVENTED: out of reach", "interest": "INVENTED: she wished it"}
    page = follow(visitor, visitor.post(FORM, {**YES, **others}))
    assert "it waits for a second member" in page
    assert "allows nothing now" in section(page, SILENT)
    waiting = colleague.get("/waiting").text
    assert "INVENTED: out of reach" in waiting
    id = re.search(r'id="w-([0-9a-f]{32})"(?:(?!id="w-).)*INVENTED: out of reach', waiting, re.DOTALL)
    assert id is not None
    assert colleague.post("/waiting", {"what": id[1], "reason": ""}).status == 422
    named = colleague.post("/waiting", {"what": id[1], "reason": "리영희 told me"})
    assert named.status == 422
    signed = colleague.post("/waiting", {"what": id[1], "reason": "INVENTED: I know her wish"})
    assert signed.headers["location"] == "/waiting?done=signed"
    assert "holds" in section(visitor.get(PAGE).text, SILENT)


def test_the_author_cannot_sign_as_the_second(visitor: Visitor) -> None:
    page = visitor.get("/waiting").text
    id = re.search(r'id="w-([0-9a-f]{32})"', page)
    assert id is not None and "You recorded it; another member must sign." in page
    assert visitor.post("/waiting", {"what": id[1], "reason": "INVENTED"}).status == 403


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202egnp", "x" * 10_000, "{{ 7*7 }}"])
def test_whatever_is_typed_stays_text(visitor: Visitor, text: str) -> None:
    answer = visitor.post(FORM, {**YES, "recipient": "ARCHIVE", "organisation": text})
    page = follow(visitor, answer) if answer.status == 303 else answer.text
    assert "<script>alert" not in page and ">49<" not in page


def test_a_long_list_is_paged_and_leads_back_to_the_person(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = set(re.findall(r"new\?person=(P-\w+)", visitor.get(PAGE).text))
    monkeypatch.setattr(consent, "PAGE", 1)
    pages = [visitor.get(f"{PAGE}?page={at + 1}").text for at in range(len(codes))]
    found = [set(re.findall(r"new\?person=(P-\w+)", page)) for page in pages]
    assert len(codes) > 1 and set.union(*found) == codes and all(len(one) == 1 for one in found)
    answer = visitor.post(FORM, {"person": SILENT, "decision": "refused"})
    assert "Refused · every purpose" in section(follow(visitor, answer), SILENT)
