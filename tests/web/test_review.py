"""Two people side by side: judged by a person with a reason, taken back, and never merged by themselves."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.bridge import Bridge
from tests.web.browser import ORIGIN
from tests.web.test_log_page import finish
from tests.web.visiting import Visitor

from onggi.ledger.judging import list_judgements
from onggi.ledger.view import View
from onggi.model.statement import Statement
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Entity, Term, Text, Value
from onggi.words import LANGUAGES, say

NAMES = ("리영희", "이영희", "李英姬", "Li Yingji")
REASON = "INVENTED: to see who may be one"
WOMAN, OTHER = "P-8F3KT2H", "P-PEB0TPK"


def open_names(visitor: Visitor) -> None:
    assert visitor.post("/review/open", {"reason": REASON}).headers["location"] == "/review"


def compare(visitor: Visitor) -> None:
    open_names(visitor)
    finish(visitor, visitor.post("/review/compare").headers["location"])


def read_pair(page: str) -> dict[str, str]:
    """The two that a page asks about, as its form sends them."""
    return {
        name: re.findall(rf'name="{name}" value="([0-9a-f]{{32}})"', page)[0] for name in ("one", "other")
    }


def record_twins(visitor: Visitor, accused: bool = False) -> None:
    """Two more people who agree in all that is said; of one it may be said that she sold somebody."""
    ledger = visitor.house.ledger
    compartment, view = ledger.vault.compartment(), ledger.view()
    case, victim = view.find("C-7Q2WZ5C"), view.find(WOMAN)
    placed: list[tuple[Stratum, Statement]] = []
    for one in ("1" * 32, "2" * 32):
        said: list[tuple[str, Value, Stratum]] = [
            ("kind", Term("entity_kinds", "person"), Stratum.RECORD),
            ("sex", Term("sex", "female"), Stratum.RECORD),
            ("name", Text("박금순", "ko"), Stratum.IDENTITY),
            ("birth", Date("1971", "1971-01-01", "1971-12-31"), Stratum.IDENTITY),
        ]
        placed += [(where, ledger.make_statement(one, case, name, value)) for name, value, where in said]
    if accused:
        act = "3" * 32
        told: list[tuple[str, Value]] = [
            ("kind", Term("entity_kinds", "act")),
            ("victim", Entity(victim)),
            ("perpetrator", Entity("1" * 32)),
        ]
        placed += [(Stratum.RECORD, ledger.make_statement(act, case, *one)) for one in told]
    ledger.append(compartment, placed)


def view_of(visitor: Visitor) -> View:
    return visitor.house.ledger.view()


def test_nothing_is_shown_judged_or_compared_before_names_are_open_for_a_reason(visitor: Visitor) -> None:
    page = visitor.get("/review").text
    assert "Nothing is merged by itself" in page and not [name for name in NAMES if name in page]
    for path in ("compare", "judge", "undo"):
        sent = {"one": WOMAN, "other": OTHER, "verdict": "same", "reason": "x", "undo": "x"}
        assert visitor.post(f"/review/{path}", sent).headers["location"] == "/review"
    assert visitor.post("/review/open", {"reason": " "}).status == 422
    visitor.post("/identity/open", {"about": WOMAN, "reason": REASON})
    assert 'action="/review/open"' in visitor.get("/review").text, "names of one case are not enough"
    assert list_judgements(view_of(visitor)) == [] and visitor.house.desk.jobs.all() == []


def test_two_stand_side_by_side_with_reasons_and_who_said_it(visitor: Visitor) -> None:
    compare(visitor)
    page = visitor.get("/review").text
    main = page[page.index("<main") : page.index("</main>")]
    for told in ("리영희", "이영희", "Li Yingji", "Born in the same year.", "for one person", "recorded "):
        assert told in main
    assert say("link.chance.nearly", "en") in main
    assert "0.90" not in main, "no number that claims to be exact"
    title = re.findall("<title>(.*)</title>", page)[0]
    assert title == "Same person? – Onggi"
    pair = read_pair(page)
    assert pair["other"] not in view_of(visitor).sameness(pair["one"]).cluster(pair["one"]), (
        "nobody was merged"
    )


def test_a_judgement_needs_a_reason_without_a_name_and_is_taken_back(visitor: Visitor) -> None:
    compare(visitor)
    pair = read_pair(visitor.get("/review").text)
    for sent in (
        {"verdict": "same", "reason": ""},
        {"verdict": "same", "reason": "리영희"},
        {"reason": "x"},
        {"verdict": "merge", "reason": "x"},
    ):
        answer = visitor.post("/review/judge", {**pair, **sent})
        assert answer.status == 422 and '<a href="#reason">' in answer.text
        assert list_judgements(view_of(visitor)) == []
    answer = visitor.post("/review/judge", {**pair, "verdict": "same", "reason": "INVENTED: one village"})
    assert answer.headers["location"] == "/review?page=1&done=same"
    ((held, judgement),) = list_judgements(view_of(visitor))
    assert (judgement.verdict, judgement.because) == ("same", "INVENTED: one village")
    assert view_of(visitor).sameness(pair["one"]).cluster(pair["one"]) >= set(pair.values())
    page = visitor.get("/review").text
    assert "No pair is open." in page and "INVENTED: one village" in page
    again = visitor.post("/review/judge", {**pair, "verdict": "different", "reason": "INVENTED: stale"})
    assert again.headers["location"] == "/review?done=gone" and len(list_judgements(view_of(visitor))) == 1
    assert visitor.post("/review/undo", {"judgement": held.id, "undo": ""}).status == 422
    answer = visitor.post("/review/undo", {"judgement": held.id, "undo": "INVENTED: another year"})
    assert answer.headers["location"] == "/review?done=undone"
    assert list_judgements(view_of(visitor)) == [] and read_pair(visitor.get("/review").text) == pair


def test_of_an_accused_person_same_waits_for_a_second_member(visitor: Visitor) -> None:
    record_twins(visitor, accused=True)
    compare(visitor)
    pages = [visitor.get(f"/review?page={page}").text for page in (1, 2)]
    told = say("web_review.accused", "en")
    (page,) = (one for one in pages if set(read_pair(one).values()) == {"1" * 32, "2" * 32})
    assert [one for one in pages if told in one] == [page]
    pair = read_pair(page)
    answer = visitor.post("/review/judge", {**pair, "verdict": "same", "reason": "INVENTED: one village"})
    assert answer.headers["location"].endswith("done=waits")
    assert view_of(visitor).sameness(pair["one"]).cluster(pair["one"]) == {pair["one"]}
    assert "one village" in visitor.get("/waiting").text


@pytest.fixture
def bridge(browser: Browser, visitor: Visitor) -> Iterator[Bridge]:
    record_twins(visitor)
    bridge = Bridge(browser, visitor.house)
    yield bridge
    bridge.settle()


def press(page: Page, key: str) -> None:
    """A key of the page's own, once its script is there."""
    page.wait_for_load_state("load")
    page.keyboard.press(key)


@pytest.mark.system
def test_by_the_keyboard_alone_it_is_opened_judged_and_taken_back(bridge: Bridge) -> None:
    page = bridge.open("/review")
    seen = bridge.opened[0]
    page.focus("#reason")
    page.keyboard.type(REASON)
    page.keyboard.press("Enter")
    compare_now = page.get_by_role("button", name="Compare now")
    compare_now.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=say("web_jobs.result", "en")).press("Enter", timeout=60_000)
    expect(page.locator("nav.pages")).to_contain_text("Pair 1 of 2")
    first = page.locator("main h2").first.inner_text()
    press(page, "j")
    expect(page.locator("nav.pages")).to_contain_text("Pair 2 of 2")
    press(page, "k")
    expect(page.locator("nav.pages")).to_contain_text("Pair 1 of 2")
    page.focus("#reason")
    page.keyboard.type("jk INVENTED")
    page.dispatch_event("body", "keydown", {"key": "j", "isComposing": True, "bubbles": True})
    expect(page.locator("nav.pages")).to_contain_text("Pair 1 of 2")
    assert page.input_value("#reason") == "jk INVENTED"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_have_text(say("web_review.done.different", "en"))
    assert page.locator("main h2").first.inner_text() != first
    press(page, "u")
    expect(page.locator("#undo")).to_be_focused()
    page.keyboard.type("INVENTED: too soon")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_have_text(say("web_review.done.undone", "en"))
    expect(page.locator("nav.pages")).to_contain_text("Pair 1 of 2")
    assert not [name for name in NAMES if name in page.title() + page.url]
    for tongue in LANGUAGES:
        page.locator(f".tongues button[value={tongue}]").press("Enter")
        expect(page.locator("html")).to_have_attribute("lang", tongue)
        page.set_viewport_size({"width": 360, "height": 740})
        assert seen.find_barriers() == [], tongue
        assert page.evaluate("document.documentElement.scrollWidth") == 360, tongue
        page.set_viewport_size({"width": 1280, "height": 900})
    assert page.url.startswith(ORIGIN)
