"""A statistician with three lists, at a browser: on a phone, without a script, and until it locks."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.opening import Opened, open_example
from tests.web.tour import OVERLAPS, PATIENCE, bring_overlaps, choose_overlaps, count_overlaps

from onggi.words import LANGUAGES, say

pytestmark = pytest.mark.system

PHONE = {"width": 360, "height": 740}
CELLS = "camp,clinic,court,count\n1,0,0,110\n0,1,0,95\n0,0,1,80\n1,1,0,45\n1,0,1,38\n0,1,1,35\n1,1,1,18\n"


def test_from_a_table_to_its_report_on_a_phone_without_a_script(opened: Opened, tmp_path: Path) -> None:
    seen = opened.visit("/numbers", java_script_enabled=False, viewport=PHONE)
    page = seen.page
    page.get_by_role("link", name=say("web_overlaps.title", "en")).click()
    page.get_by_label(say("web_overlaps.kind.cells", "en")).check()
    page.fill("#pasted", CELLS)
    page.get_by_role("button", name=say("web_overlaps.look", "en")).click()
    page.locator("main p > a.button").click(timeout=PATIENCE)
    expect(page.get_by_text(say("web_overlaps.seen.lead", "en"))).to_be_visible()
    expect(page.get_by_text("421")).to_be_visible()
    page.get_by_role("button", name=say("web_numbers.count.go", "en")).click()
    page.reload()
    page.locator("main p > a.button").click(timeout=PATIENCE)
    expect(page.get_by_text(say("web_overlaps.unrecorded", "en"))).to_be_visible()
    for name in ("report.pdf", "report.html"):
        with page.expect_download() as handed:
            page.locator(f"a[href$='/{name}']").click()
        assert handed.value.suggested_filename == name
        handed.value.save_as(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 10_000
    assert seen.amiss == []
    page.context.close()


def break_table(page: Page, origin: str) -> None:
    bring_overlaps(page, origin, f"{OVERLAPS}INVENTED,1\n")


def list_session(page: Page, origin: str) -> None:
    page.goto(f"{origin}/numbers")


def send_nothing(page: Page, origin: str) -> None:
    page.goto(f"{origin}/numbers/lists")
    page.locator("main form .button").click()
    page.locator("#errors").wait_for()


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_no_page_of_a_table_keeps_anybody_out(opened: Opened, tongue: str) -> None:
    seen = opened.visit("/", tongue, viewport=PHONE)
    page = seen.page
    for step in (bring_overlaps, break_table, choose_overlaps, count_overlaps, list_session, send_nothing):
        step(page, opened.origin)
        assert seen.find_barriers() == [], step
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], step
    errors = [one for one in seen.amiss if "422" not in one]
    assert errors == [] and page.evaluate("window.__violations") == []
    page.context.close()


def test_it_is_gone_when_the_vault_locks(browser: Browser, tmp_path: Path) -> None:
    with open_example(browser, tmp_path) as opened:
        page = opened.visit("/").page
        bring_overlaps(page, opened.origin)
        path = page.url
        page.locator("#lock").click()
        page.wait_for_timeout(3000)
        answer = page.goto(path)
        assert answer is not None and answer.status == 423 and "camp" not in page.content()
        page.context.close()
