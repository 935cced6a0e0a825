"""A dossier in the app: refused without consent; agreed to, looked at, signed by two, built, and verified."""

import re
from pathlib import Path

import pytest
from tests.dossier.cases import NAME, NEIGHBOUR, NOW, WOMAN, Invented
from tests.evidence.authority import build_authority
from tests.web.test_stamps_page import bring_back
from tests.web.visiting import House, Visitor

from onggi.evidence.timestamp.request import is_request
from onggi.evidence.verify import verify_bag
from onggi.ledger.ledger import open_ledger
from onggi.vault.enrol import add_member, grant_strata
from onggi.vault.keys import FLOOR
from onggi.vault.session import write_session

ASKED = {"recipient": "UN-SP", "purpose": "accountability", "languages": ["en"], "items": "yes"}


@pytest.fixture
def member(invented: Invented) -> Visitor:
    return Visitor(House(invented.open()))


@pytest.fixture
def second(invented: Invented) -> Visitor:
    return Visitor(House(invented.open(2)))


@pytest.fixture
def base(invented: Invented, member: Visitor) -> str:
    return f"/case/{member.house.ledger.view().call(invented.case)}/dossier"


def order(visitor: Visitor, base: str, **changed: str | list[str]) -> str:
    answer = visitor.post(base, {**ASKED, **changed})
    assert answer.status == 303, answer.text[-800:]
    return answer.headers["location"]


def finish(visitor: Visitor, path: str) -> str:
    """The path of the page that a job ends with."""
    jobs = visitor.house.desk.jobs
    job = jobs.find(path.rpartition("/")[2])
    assert job is not None
    jobs._thread.submit(int).result()
    assert job.state == "done", job
    return job.path


def build(visitor: Visitor, plan: str, folder: Path, accepts: list[str]) -> str:
    """Everything a person does on the page of a plan; returns what the last page says."""
    because = {"because": "INVENTED: they asked for it"} if accepts else {}
    answer = visitor.post(f"{plan}/build", {"folder": str(folder), "accepts": accepts, **because})
    assert answer.status == 303, answer.text[-1500:]
    assert str(folder) not in answer.headers["location"]
    return visitor.get(finish(visitor, answer.headers["location"])).text


def list_risks(page: str) -> list[str]:
    """What may be taken upon oneself, as the form has it."""
    return re.findall(r'name="accepts" value="([^"]+)"', page)


def test_without_consent_it_cannot_leave_whatever_is_sent(member: Visitor, base: str, tmp_path: Path) -> None:
    plan = order(member, base)
    page = member.get(plan).text
    assert "It cannot leave" in page and "must be mended" in page
    assert 'name="folder"' not in page
    assert page.count(f'href="{base.removesuffix("/dossier")}/consent"') > 1, "the way to where it is mended"
    said = build(member, plan, tmp_path / "out", ["consent.absent", "release.tokens"])
    assert "Nothing left the vault" in said
    assert not (tmp_path / "out").exists()


def test_with_consent_it_is_signed_by_two_built_and_verified(
    invented: Invented, member: Visitor, second: Visitor, base: str, tmp_path: Path
) -> None:
    for code in (WOMAN, NEIGHBOUR):
        invented.agree(code)
    plan, out = order(member, base), tmp_path / "out"
    page = member.get(plan).text
    assert "--" not in tell(page) and "`" not in tell(page), "pages speak of no command"
    risks = list_risks(page)
    assert "release.rare" in risks and "release.tokens" in risks
    assert "It waits for a second member" in build(member, plan, out, risks)
    assert not out.exists()
    assert list_risks(member.get(plan).text) == [], "what was signed is not asked for again"
    waiting = second.get("/waiting").text
    assert "What is shown of somebody fits few others" in waiting and "Fewer than two authorities" in waiting
    (id,) = re.findall(r'name="what" value="([0-9a-f]{32})"', waiting)
    assert second.post("/waiting", {"what": id, "reason": "INVENTED: I have read it"}).status == 303
    said = build(member, plan, out, [])
    assert "Handed over" in said and said.count(">right<") >= 4
    assert verify_bag(out).valid
    titles = [re.search("<title>(.*)</title>", text) for text in (page, said)]
    assert all(title and title[1].endswith("– Dossier – Onggi") for title in titles)
    left = member.get(base).text
    assert "Special Procedures" in left[left.index('id="left"') :] and "Given · Accountability body" in left
    again = member.post(f"{plan}/verify")
    assert finish(member, again.headers["location"]) == f"{plan}/done"
    (out / "VERIFY.md").write_text("changed")
    member.post(f"{plan}/verify")
    member.house.desk.jobs._thread.submit(int).result()
    assert "do not hand this on" in member.get(f"{plan}/done").text


def test_what_was_left_out_is_out_of_the_next_plan(member: Visitor, base: str) -> None:
    plan = order(member, base)
    assert f"Leave out {WOMAN}" in member.get(plan).text
    answer = member.post(f"{plan}/without", {"what": WOMAN})
    changed = answer.headers["location"].partition("#")[0]
    page = member.get(changed).text
    assert f"Leave out {WOMAN}" not in page and "Left out on request" in page
    assert f"Leave out {WOMAN}" in member.get(plan).text, "the earlier one stays as it was"


def test_it_can_be_read_as_its_reader_will_and_nothing_is_signed(
    invented: Invented, member: Visitor, base: str
) -> None:
    for code in (WOMAN, NEIGHBOUR):
        invented.agree(code)
    plan = order(member, base, languages=["en", "ko"])
    heads = [step.hash for one in member.house.ledger.vault.compartments for step in one.history.steps()]
    english, korean = (member.get(f"{plan}/read?in={tongue}").text for tongue in ("en", "ko"))
    assert '<article class="paper" lang="en">' in english and '<article class="paper" lang="ko">' in korean
    paper = english[english.index('class="paper"') :]
    assert WOMAN not in paper and NAME not in paper and "data:image" not in paper
    assert "<table" in member.get(f"{plan}/withheld").text
    member.house.ledger.vault.load()
    after = [step.hash for one in member.house.ledger.vault.compartments for step in one.history.steps()]
    assert after == heads


@pytest.mark.parametrize("typed", ["", "dossier", "../out", "/media/\0", "~nobody/x", "/nowhere/at/all"])
def test_a_place_that_is_none_is_refused_at_its_field(
    invented: Invented, member: Visitor, base: str, typed: str
) -> None:
    for code in (WOMAN, NEIGHBOUR):
        invented.agree(code)
    plan = order(member, base)
    answer = member.post(f"{plan}/build", {"folder": typed})
    assert answer.status == 422 and '<a href="#folder">' in answer.text
    assert member.house.desk.jobs.all() == []


def test_a_risk_needs_a_reason(invented: Invented, member: Visitor, base: str, tmp_path: Path) -> None:
    for code in (WOMAN, NEIGHBOUR):
        invented.agree(code)
    plan = order(member, base)
    answer = member.post(f"{plan}/build", {"folder": str(tmp_path / "out"), "accepts": "release.rare"})
    assert answer.status == 422 and '<a href="#because">' in answer.text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"recipient": ""}, "recipient"),
        ({"recipient": "EVERYBODY"}, "recipient"),
        ({"purpose": ""}, "purpose"),
        ({"purpose": "gossip"}, "purpose"),
        ({"languages": "tlh"}, "languages"),
        ({"recipient": "ARCHIVE"}, "organisation"),
        ({"recipient": "ARCHIVE", "organisation": f"{NAME}, Seoul"}, "organisation"),
        ({"leave_out": "P-0000000"}, "leave_out"),
    ],
)
def test_what_cannot_be_asked_for_is_said_at_its_field(
    member: Visitor, base: str, changed: dict[str, str], field: str
) -> None:
    answer = member.post(base, {**ASKED, **changed})
    assert answer.status == 422 and f'<a href="#{field}">' in answer.text
    assert f'id="{field}"' in answer.text


def tell(page: str) -> str:
    """What a page of a plan says of the plan: whom it rests on, what is withheld, what stands against it."""
    return page[
        page.index("<h3>What its reader will see") : page.index('<p><a href="/case/', page.rindex("<h3"))
    ]


def count_readings(visitor: Visitor) -> int:
    """How often the log says that identity was read."""
    ledger = visitor.house.ledger
    ledger.vault.load()
    view = ledger.read_on(ledger.vault.compartment(), strata=("identity",))
    return sum(1 for _ in view.of_property("read_identity"))


def test_names_that_are_open_in_other_pages_change_nothing_of_it(
    invented: Invented, member: Visitor, base: str
) -> None:
    invented.agree(WOMAN)
    plan = order(member, base)
    closed = member.get(plan).text
    case = base.removesuffix("/dossier").rpartition("/")[2]
    assert member.post("/identity/open", {"about": case, "reason": "INVENTED: to look"}).status == 303
    opened, again = member.get(plan).text, order(member, base)
    assert "INVENTED: to look" in opened, "it is open"
    assert tell(opened) == tell(closed)
    assert tell(member.get(again).text).replace(again, plan) == tell(closed)


def test_it_is_made_with_what_identity_knows_where_that_was_asked_for_and_signed(
    member: Visitor, base: str
) -> None:
    without, before = member.get(order(member, base)).text, count_readings(member)
    asked = {"identity": "yes", "reason": "INVENTED: the court asked"}
    plan = order(member, base, **asked)
    assert count_readings(member) == before + 1
    page = member.get(plan).text
    assert NEIGHBOUR not in tell(without) and f"Leave out {NEIGHBOUR}" in page, "she is known there alone"
    assert "for the reason you signed" in page and "Made without" in without
    left = member.post(f"{plan}/without", {"what": NEIGHBOUR}).headers["location"].partition("#")[0]
    pages = [member.get(path).text for path in (plan, f"{plan}/withheld", f"{plan}/read", left)]
    assert "for the reason you signed" in pages[-1] and count_readings(member) == before + 1
    assert not [page for page in pages if NAME in page or "그해 오월" in page]
    assert not member.house.desk.identity.signed, "pages show codes as before"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"identity": "yes"}, "reason"),
        ({"identity": "yes", "reason": " "}, "reason"),
        ({"words": "yes"}, "words"),
        ({"named": WOMAN}, "named"),
    ],
)
def test_nothing_of_identity_is_read_without_a_reason(
    member: Visitor, base: str, changed: dict[str, str], field: str
) -> None:
    before = count_readings(member)
    answer = member.post(base, {**ASKED, **changed})
    assert answer.status == 422 and f'<a href="#{field}">' in answer.text
    assert f'id="{field}"' in answer.text and count_readings(member) == before


def test_whoever_was_not_granted_identity_makes_it_without(
    invented: Invented, member: Visitor, base: str
) -> None:
    vault = member.house.ledger.vault
    with write_session(vault):
        slot = add_member(vault, "a third jar", "member", FLOOR)
        grant_strata(vault, vault.compartment(), vault.members.slots()[slot], ["record"], release=True)
    third = Visitor(House(open_ledger(invented.root, slot, "a third jar", invented.dice, lambda: NOW * 2)))
    assert 'name="identity"' not in third.get(base).text
    answer = third.post(base, {**ASKED, "identity": "yes", "reason": "INVENTED: all the same"})
    assert answer.status == 422 and '<a href="#identity">' in answer.text
    assert third.post(base, ASKED).status == 303


def test_an_order_is_of_its_case_and_of_this_session(member: Visitor, base: str) -> None:
    assert member.get(f"{base}/{'0' * 32}").status == 404
    assert member.get(f"{base}/{'0' * 32}/done").status == 404


def test_its_own_time_stamps_are_asked_for_by_a_carried_request_and_go_along(
    invented: Invented, member: Visitor, second: Visitor, base: str, tmp_path: Path
) -> None:
    for code in (WOMAN, NEIGHBOUR):
        invented.agree(code)
    plan, out = order(member, base), tmp_path / "out"
    risks = [one for one in list_risks(member.get(plan).text) if one != "release.tokens"]
    assert member.post(f"{plan}/request").headers["location"] == plan, "nothing is signed yet"
    asked = ask(member, plan, risks)
    assert "It waits for a second member" in asked and "/request" not in asked
    (id,) = re.findall(r'name="what" value="([0-9a-f]{32})"', second.get("/waiting").text)
    assert second.post("/waiting", {"what": id, "reason": "INVENTED: I have read it"}).status == 303
    asked = ask(member, plan, [])
    assert "Nothing left the vault" in asked and f'action="{plan}/request"' in asked and not out.exists()
    handed = member.post(f"{plan}/request")
    assert handed.status == 200 and is_request(handed.body) and NAME.encode() not in handed.body
    assert 'filename="request.tsq"' in handed.headers["content-disposition"]
    for number, name in enumerate(("one", "two")):
        authority = build_authority(tmp_path / name, name)
        request = member.post(f"{plan}/request").body
        job = bring_back(member, authority.reply(request), authority.chain_pem, authority.crl_pem)
        assert (job.state, job.path) == ("done", "/stamps?done=kept"), (number, job.error)
    again = order(member, base)
    said = build(member, again, out, [])
    assert "Handed over" in said, said[-2000:]
    report = verify_bag(out)
    assert report.valid and len(report.stamps) == 2


def ask(visitor: Visitor, plan: str, accepts: list[str]) -> str:
    """Have it signed alone; returns what the last page says."""
    because = {"because": "INVENTED: they asked for it"} if accepts else {}
    answer = visitor.post(f"{plan}/build", {"do": "request", "accepts": accepts, **because})
    assert answer.status == 303, answer.text[-1500:]
    return visitor.get(finish(visitor, answer.headers["location"])).text
