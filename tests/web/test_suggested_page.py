"""The page of suggestions in the pages: that of the command to the byte, signed each time that it leaves."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.cli.stories import MEMBERS
from tests.web.bridge import Bridge
from tests.web.test_review import NAMES, REASON, open_names
from tests.web.test_upload import wait
from tests.web.visiting import Answered, Visitor

from onggi.cli.main import run
from onggi.model.value import Text
from onggi.words import LANGUAGES, say

AT = "/review/page"
WHY = "INVENTED: for the meeting of lawyers"


def list_left(visitor: Visitor) -> list[str]:
    """Why pages left, as it stands in identity."""
    ledger = visitor.house.ledger
    if ledger.vault.changed():  # by a job
        ledger.close()
        ledger.vault.load()
    view = ledger.read_on(ledger.vault.compartment(), strata=("identity",))
    values = [held.statement.value for held in view.of_property("exported")]
    return [value.text for value in values if isinstance(value, Text)]


def make(visitor: Visitor) -> str:
    open_names(visitor)
    job = wait(visitor, visitor.post(AT))
    assert job.state == "done", job.error
    return job.path


def download(visitor: Visitor, path: str, because: str = WHY, tongue: str = "en") -> Answered:
    return visitor.post(path, {"because": because}, accept_language=tongue)


def test_nothing_is_made_or_leaves_before_names_are_open_and_after_they_are_closed(visitor: Visitor) -> None:
    assert 'action="/review/open"' in visitor.get(AT).text
    assert visitor.post(AT).headers["location"] == AT and visitor.house.desk.jobs.all() == []
    path = make(visitor)
    visitor.post("/identity/close", {"back": "/"})
    assert 'action="/review/open"' in visitor.get(path).text
    assert download(visitor, path).headers["location"] == AT and list_left(visitor) == []


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_it_is_the_page_of_the_command_and_each_leaving_is_signed(
    visitor: Visitor, desk: Path, monkeypatch: pytest.MonkeyPatch, tongue: str
) -> None:
    path = make(visitor)
    told = visitor.get(path).text
    assert list_left(visitor) == [] and not [name for name in NAMES if name in told]
    answer = download(visitor, path, tongue=tongue)
    assert answer.status == 200 and list_left(visitor) == [WHY]
    assert answer.headers["content-disposition"] == 'attachment; filename="suggestions.html"'
    assert answer.headers["content-type"] == "application/octet-stream"
    assert not [name for name in NAMES if name in answer.text] and "P-8F3KT2H" in answer.text
    monkeypatch.setenv("ONGGI_LANG", tongue)
    command = ["link", "vault", "--because", REASON, *MEMBERS["one"].split(), "--report", "r.html"]
    assert run(command) == 0
    by_command = (desk / "r.html").read_text("utf-8")
    assert re.sub(r"\d+ MiB", "", by_command) == re.sub(r"\d+ MiB", "", answer.text)
    assert download(visitor, path).status == 200 and sorted(list_left(visitor)) == sorted([WHY, REASON, WHY])


def test_without_a_reason_nothing_leaves(visitor: Visitor) -> None:
    path = make(visitor)
    answer = download(visitor, path, " ")
    assert answer.status == 422 and '<a href="#because">' in answer.text
    assert list_left(visitor) == []
    assert say("web_suggested.gone", "en") in visitor.get(f"{AT}/{'0' * 32}").text


def test_whoever_may_not_release_gets_no_page(colleague: Visitor) -> None:
    open_names(colleague)
    answer = colleague.post(AT)
    assert answer.status >= 400 and say("vault.anchors.release", "en") in answer.text
    assert "onggi " not in answer.text.partition("<main")[2].partition("</main>")[0]
    assert colleague.house.desk.jobs.all() == []


@pytest.mark.system
def test_it_is_downloaded_in_a_browser_and_keeps_nobody_out(browser: Browser, visitor: Visitor) -> None:
    bridge = Bridge(browser, visitor.house)
    page = bridge.open(AT)
    page.fill("#reason", REASON)
    page.keyboard.press("Enter")
    page.get_by_role("button", name=say("web_suggested.make", "en")).click()
    page.get_by_role("link", name=say("web_jobs.result", "en")).click(timeout=60_000)
    page.locator("#because").wait_for()
    for tongue in LANGUAGES:
        page.locator(f".tongues button[value={tongue}]").click()
        expect(page.locator("html")).to_have_attribute("lang", tongue)
        page.set_viewport_size({"width": 360, "height": 740})
        assert bridge.opened[0].find_barriers() == [], tongue
        assert page.evaluate("document.documentElement.scrollWidth") == 360, tongue
    assert not [name for name in NAMES if name in page.title() + page.url + page.locator("main").inner_text()]
    bridge.settle()
