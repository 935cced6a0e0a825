"""Two entries that are no people: chosen by code, set side by side, judged, taken back; no name is read."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from playwright.sync_api import Browser, expect
from tests.web.bridge import Bridge
from tests.web.browser import ORIGIN
from tests.web.test_judged_page import choose, look, undo
from tests.web.test_review import NAMES, WOMAN, open_names, view_of
from tests.web.visiting import Visitor

from onggi.ledger.judging import list_judgements
from onggi.model.statement import Statement
from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Term, Text, Value
from onggi.words import LANGUAGES, known, say

CASE = "C-7Q2WZ5C"


def list_things(visitor: Visitor, kind: str) -> list[str]:
    """The codes of the entries of a kind, in the case of the example."""
    view = view_of(visitor)
    found = {held.statement.subject for held in view.of_property("kind")}
    case = view.find(CASE)
    ours = {one for one in found if view.kind_of(one) == kind}
    ours = {one for one in ours if view.about(one, "kind")[0].statement.about.case == case}
    return sorted(code for one in ours if (code := view.code_of(one)))


def record_pair(visitor: Visitor, kind: str, accused: bool = False) -> tuple[str, str]:
    """Two entries of a kind, of which a little is said in the record and a name in identity."""
    ledger, ids = visitor.house.ledger, ("4" * 32, "5" * 32)
    case, victim = ledger.view().find(CASE), ledger.view().find(WOMAN)
    placed: list[tuple[Stratum, Statement]] = []
    for at, one in enumerate(ids):
        said: list[tuple[Stratum, str, Value]] = [
            (Stratum.RECORD, "kind", Term("entity_kinds", kind)),
            (Stratum.RECORD, "title", Text(f"INVENTED: entry {at}", "en")),
            (Stratum.IDENTITY, "name", Text("박금순", "ko")),
        ]
        placed += [(where, ledger.make_statement(one, case, name, value)) for where, name, value in said]
    if accused:
        told: list[tuple[str, Value]] = [
            ("kind", Term("entity_kinds", "act")),
            ("victim", Entity(victim)),
            ("perpetrator", Entity(ids[0])),
        ]
        placed += [(Stratum.RECORD, ledger.make_statement("6" * 32, case, *one)) for one in told]
    ledger.append(ledger.vault.compartment(), placed)
    return ids


@pytest.mark.parametrize("kind", ["source", "event", "act", "place", "group", "intervention", "case", "item"])
def test_two_of_one_kind_are_judged_and_that_is_taken_back_without_a_name(
    visitor: Visitor, kind: str
) -> None:
    ids = record_pair(visitor, kind)
    assert choose(visitor, ids[0], ids[1]).headers["location"] == (path := f"/review/two/{ids[0]}/{ids[1]}")
    page = look(visitor, path)
    assert "INVENTED: entry 0" in page and "INVENTED: entry 1" in page and "박금순" not in page
    for wrong in ({"reason": ""}, {"reason": "박금순"}, {"verdict": "merge"}):
        answer = visitor.post(path, {"verdict": "same", "reason": "INVENTED: one day", **wrong})
        assert answer.status == 422 and '<a href="#reason">' in answer.text
        assert list_judgements(view_of(visitor)) == []
    done = visitor.post(path, {"verdict": "same", "reason": "INVENTED: one day"})
    assert done.headers["location"] == f"{path}?done=same"
    ((held, said),) = list_judgements(view_of(visitor))
    assert (held.statement.subject, said.other, said.verdict, said.waits) == (*ids, "same", False)
    assert view_of(visitor).sameness(ids[0]).cluster(ids[0]) == set(ids)
    page = look(visitor, f"{path}?done=same")
    assert say("web_two.things.done.same", "en") in page and "INVENTED: one day" in page
    assert say("web_judged.thing.same", "en") in page and say("web_review.verdict.same", "en") not in page
    assert f'href="{path}"' in look(visitor, "/review/judged")
    assert undo(visitor, held.id, "", path).status == 422
    assert undo(visitor, held.id, "INVENTED: two days", path).headers["location"] == f"{path}?done=undone"
    assert list_judgements(view_of(visitor)) == [] and say("web_judged.taken", "en") in look(visitor, path)
    assert not list(view_of(visitor).of_property("read_identity")), "nothing was opened"


def test_of_a_group_that_is_accused_same_waits_for_a_second_member(visitor: Visitor) -> None:
    ids = record_pair(visitor, "group", accused=True)
    path = f"/review/two/{ids[0]}/{ids[1]}"
    assert unescape(say("web_two.things.accused", "en")) in unescape(look(visitor, path))
    done = visitor.post(path, {"verdict": "same", "reason": "INVENTED: one trade"})
    assert done.headers["location"] == f"{path}?done=waits"
    assert view_of(visitor).sameness(ids[0]).cluster(ids[0]) == {ids[0]}
    assert "one trade" in look(visitor, "/waiting")


def test_two_kinds_cannot_be_one_whichever_comes_first(visitor: Visitor) -> None:
    record_pair(visitor, "event")
    kinds = say("judge.kinds", "en")
    for one, other in (("4" * 32, CASE), ("4" * 32, WOMAN), (CASE, "4" * 32)):
        answer = choose(visitor, one, other)
        assert answer.status == 422 and '<a href="#other">' in answer.text and kinds in answer.text
        at = f"/review/two/{one}/{other}"
        shown, sent = visitor.get(at), visitor.post(at, {"verdict": "same", "reason": "INVENTED"})
        assert (shown.status, sent.status) == (422, 422) and kinds in shown.text
    open_names(visitor)
    assert kinds in choose(visitor, WOMAN, "4" * 32).text
    assert list_judgements(view_of(visitor)) == []


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("", "web_two.codeless"),
        ("S-0000000", "web_two.nothing_such"),
        ("리영희", "web_two.nothing_such"),
        ("4" * 32, "web.instead.judge.self"),
    ],
)
def test_what_is_no_other_entry_is_said_at_its_field(visitor: Visitor, other: str, told: str) -> None:
    record_pair(visitor, "event")
    answer = choose(visitor, "4" * 32, other)
    assert answer.status == 422 and '<a href="#other">' in answer.text
    assert unescape(say(told, "en")) in unescape(answer.text)
    beside = visitor.get(f"/review/two/{'4' * 32}/S-0000000")
    assert beside.status == 422


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_the_page_of_an_entry_leads_to_the_choice_and_that_offers_its_kind_alone(
    visitor: Visitor, tongue: str
) -> None:
    """As somebody goes it, whose names are closed: from a source of the example to another one."""
    ids = record_pair(visitor, "source")
    (source, *_) = list_things(visitor, "source")
    page = visitor.get(f"/source/{source}", accept_language=tongue).text
    assert f'href="/review/two/{source}"' in page
    asked = visitor.get(f"/review/two/{source}", accept_language=tongue)
    assert asked.status == 200 and say("web_two.things.choose", tongue) in asked.text
    offered = re.findall(r'<option value="([^"]+)"', asked.text)
    ours = set(list_things(visitor, "source")) - {source}
    assert set(offered[: len(ours)]) == ours, "those of this case come first"
    view = view_of(visitor)
    assert {view.kind_of(view.find(one)) for one in offered} == {"source"} and source not in offered
    beside = visitor.get(f"/review/two/{source}/{ids[0]}", accept_language=tongue)
    assert beside.status == 200 and "INVENTED: entry 0" in beside.text
    for answer in (asked, beside):
        assert not [name for name in (*NAMES, "박금순") if name in answer.text]
        assert "`" not in answer.text and known("web_two.things.title")


def test_more_than_can_be_shown_is_counted(visitor: Visitor) -> None:
    ids = record_pair(visitor, "event")
    ledger = visitor.house.ledger
    case = ledger.view().find(CASE)
    notes = [ledger.make_statement(ids[0], case, "note", Text(f"INVENTED {at}", "en")) for at in range(25)]
    ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, one) for one in notes])
    page = look(visitor, f"/review/two/{ids[0]}/{ids[1]}")
    assert say("web_two.things.more", "en", count=5) in page


@pytest.fixture
def bridge(browser: Browser, visitor: Visitor) -> Iterator[Bridge]:
    record_pair(visitor, "source")
    bridge = Bridge(browser, visitor.house)
    yield bridge
    bridge.settle()


@pytest.mark.system
def test_by_the_keyboard_alone_two_sources_are_chosen_and_judged(bridge: Bridge) -> None:
    page = bridge.open(f"/source/{'4' * 32}")
    seen = bridge.opened[0]
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("a[href^='/review/two/']").press("Enter")
    page.focus("#other")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_be_focused()
    for tongue in LANGUAGES[::-1]:
        page.locator(f".tongues button[value={tongue}]").press("Enter")
        expect(page.locator("html")).to_have_attribute("lang", tongue)
        for path in (f"/review/two/{'4' * 32}", f"/review/two/{'4' * 32}/{'5' * 32}"):
            page.goto(ORIGIN + path)
            assert seen.find_barriers() == [], (tongue, path)
            assert page.evaluate("document.documentElement.scrollWidth") == 360, (tongue, path)
    page.focus("#reason")
    page.keyboard.type("INVENTED: one book")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_have_text(say("web_two.things.done.same", "en"))
