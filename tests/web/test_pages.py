"""Pages of the example vault, opened as a person opens it: what they do, by keyboard. All of them: tour."""

import re

import pytest
from playwright.sync_api import Page
from tests.web.opening import Opened
from tests.web.tour import CASE, WOMAN

pytestmark = pytest.mark.system

NAMES = ("리영희", "이영희", "李英姬", "Li Yingji")
PAGES = (
    "/",
    "/cases",
    f"/case/{CASE}",
    f"/case/{CASE}/people",
    f"/case/{CASE}/chronology",
    f"/case/{CASE}/map",
    f"/case/{CASE}/statements",
    f"/case/{CASE}/law/days",
    f"/person/{WOMAN}",
    f"/identity/{WOMAN}",
    "/act/A-W4TX9RX",
    "/search",
    "/review",
    "/screening",
    "/stamps",
    "/numbers/count",
    "/numbers/lists",
)
OTHERS = ("/event/", "/source/", "/group/", "/intervention/", "/at/")
"""Pages whose codes are new in every vault: the first of each to which a page of a case leads."""


def list_paths(page: Page, origin: str) -> list[str]:
    """All of them, in this vault."""
    found: dict[str, str] = {}
    cases = [href for href in _list_links(page, f"{origin}/cases") if href.startswith("/case/")]
    for path in [case + part for case in cases for part in ("", "/people", "/map", "/statements")]:
        for href in _list_links(page, origin + path):
            found.setdefault(next((one for one in OTHERS if href.startswith(one)), ""), href)
    return [*PAGES, *(found[one] for one in OTHERS if one in found)]


def _list_links(page: Page, url: str) -> list[str]:
    page.goto(url)
    links: list[str] = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return links


def test_a_title_says_no_more_than_a_code(opened: Opened) -> None:
    seen = opened.visit("/")
    for path in list_paths(seen.page, opened.origin):
        seen.page.goto(opened.origin + path)
        assert re.sub("^[A-Z]-[0-9A-Z]{7}", "CODE", seen.page.title()) in {
            *("Home – Onggi", "Cases – Onggi", "Search – Onggi", "Names – Onggi", "Same person? – Onggi"),
            *(
                "Texts to screen – Onggi",
                "Time stamps – Onggi",
                "Numbers – Onggi",
                "Place – Onggi",
                "CODE – Onggi",
            ),
            *(
                f"CODE – {part} – Onggi"
                for part in ("People", "Chronology", "Map", "All statements", "Deadlines")
            ),
        }
    seen.page.context.close()


def test_what_was_typed_stands_in_no_address_and_can_be_gone_back_to(opened: Opened) -> None:
    seen = opened.visit("/search")
    page = seen.page
    page.fill("main input[name=query]", "Liaoning")
    page.keyboard.press("Enter")
    page.wait_for_url("**/found/*")
    assert "Liaoning" not in page.url
    assert page.input_value("main input[name=query]") == "Liaoning"
    page.locator(".hit h3 a").first.click()
    page.go_back()
    assert page.locator(".hit").count() > 0, "not asked again"
    seen.speak("ko")
    assert page.locator(".hit").count() > 0
    seen.settle()
    page.context.close()


def test_a_code_leads_to_its_page(opened: Opened) -> None:
    seen = opened.visit("/cases")
    seen.page.fill("#seek", WOMAN.lower())
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url(f"**/person/{WOMAN}")
    seen.page.context.close()


def test_names_open_for_a_reason_that_is_signed_and_close_again(opened: Opened) -> None:
    seen = opened.visit(f"/person/{WOMAN}")
    page = seen.page
    page.get_by_role("link", name="Open names").click()
    page.get_by_role("button", name="Sign and open").click()
    page.locator("#errors:focus").wait_for()
    assert NAMES[0] not in page.content(), "nothing opens without a reason"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("INVENTED: to arrange a meeting")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/person/{WOMAN}")
    assert page.get_by_text(NAMES[0]).first.is_visible()
    telephone = page.get_by_text("+86 100 0000 0001")
    assert telephone.count() and not telephone.first.is_visible(), "how she is reached stays covered"
    assert page.locator(".opened").get_by_text("INVENTED: to arrange a meeting").is_visible()
    assert NAMES[0] not in page.title() + page.url
    assert seen.find_barriers() == []
    page.goto(f"{opened.origin}/person/{WOMAN}/erase")
    assert page.get_by_role("button", name="Destroy the key").is_visible() and seen.find_barriers() == []
    page.goto(f"{opened.origin}/case/{opened.example.article_code}")
    assert page.locator(".opened").is_visible()
    page.get_by_role("button", name="Close names").click()
    page.goto(f"{opened.origin}/person/{WOMAN}")
    assert NAMES[0] not in page.content()
    seen.amiss = [
        one for one in seen.amiss if "422" not in one
    ]  # the browser notes the refusal, as it should
    seen.settle()
    page.context.close()


def test_another_spelling_finds_her_once_names_are_open(opened: Opened) -> None:
    seen = opened.visit("/search")
    page = seen.page
    page.fill("main input[name=query]", "Li Yingji")
    page.keyboard.press("Enter")
    page.wait_for_url("**/found/*")
    hers = page.locator(f'.hit h3 a:text-is("{WOMAN}")')
    assert hers.count() == 0, "no name is found while names are closed"
    page.locator("main summary").first.click()
    page.check("input[name=names]")
    page.fill("input[name=reason]", "INVENTED: to find her entry")
    page.locator("main form").get_by_role("button", name="Search").click()
    page.wait_for_url("**/found/*")
    assert hers.count() == 1
    page.get_by_role("button", name="Close names").click()
    assert hers.count() == 0, "closed again"
    seen.settle()
    page.context.close()


def test_contradictions_stand_side_by_side_with_their_sources(opened: Opened) -> None:
    seen = opened.visit(f"/case/{CASE}#conflicts")
    sold = seen.page.locator("section.conflict").filter(has_text="A-W4TX9RX").filter(has_text="Price")
    assert sold.locator("li.statement").count() == 3
    assert sold.get_by_text("18,000 yuan").count() == 2
    assert sold.get_by_text("independently also").first.is_visible()
    seen.page.context.close()


def test_the_relations_can_be_moved_about_and_say_what_the_table_says(opened: Opened) -> None:
    seen = opened.visit(f"/case/{CASE}/people")
    page = seen.page
    ends = page.locator("#relations td[data-kind] a").all_text_contents()
    page.locator("#moving summary").press("Enter")
    page.locator("#graph[data-drawn]").wait_for()
    assert page.get_attribute("#graph", "data-drawn") == str(len(set(ends)))
    assert page.locator("figure svg").count() == 1
    assert seen.find_barriers() == []
    seen.settle()
    page.context.close()


def test_what_is_not_there_is_said(opened: Opened) -> None:
    seen = opened.visit("/cases")
    for path in ("/person/P-0000000", "/found/" + "0" * 32, "/case/x"):
        answer = seen.page.goto(opened.origin + path)
        assert answer is not None and 400 <= answer.status < 500
        seen.speak("ko")
        assert seen.page.locator("h1").inner_text(), "it stays until it was read, in her language"
        seen.speak("en")
        assert seen.find_barriers() == []
    seen.page.context.close()
