"""The page of a job in a browser: it follows the work without a reload, and by one where no script runs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event

import pytest
from playwright.sync_api import Browser, expect
from tests.web.bridge import Bridge
from tests.web.browser import ORIGIN
from tests.web.visiting import House

from onggi.ledger.ledger import Ledger
from onggi.web.jobs import Job, Progress
from onggi.words import LANGUAGES, say

pytestmark = pytest.mark.system

PATIENCE = 60.0


@dataclass
class Slow:
    """Work that waits to be let on: at 30 of 100, at 70, and at its end."""

    told: Event = field(default_factory=Event)
    further: Event = field(default_factory=Event)
    end: Event = field(default_factory=Event)

    def __call__(self, ledger: Ledger, progress: Progress) -> str:
        progress(30, 100, "plan")
        self.told.set()
        self.further.wait(PATIENCE)
        progress(70, 100, "write")
        self.end.wait(PATIENCE)
        progress(100, 100, "verify")
        return "/cases"


@pytest.fixture
def bridge(browser: Browser, house: House) -> Iterator[Bridge]:
    bridge = Bridge(browser, house)
    yield bridge
    bridge.settle()


@pytest.fixture
def slow() -> Iterator[Slow]:
    slow = Slow()
    yield slow
    slow.further.set()
    slow.end.set()


def begin(house: House, slow: Slow) -> Job:
    job = house.desk.jobs.begin("web_dossier.job", slow)
    assert slow.told.wait(PATIENCE)
    return job


def test_a_job_is_followed_without_a_reload(bridge: Bridge, slow: Slow) -> None:
    job = begin(bridge.house, slow)
    page = bridge.open(f"/jobs/{job.id}")
    page.evaluate("window.same = true")
    asked: list[str] = []
    # A browser asks for the mark of a page when it likes, and the page asks whether anybody is there.
    apart = ("/alive", "/static/mark.svg")
    page.on("request", lambda request: None if request.url.endswith(apart) else asked.append(request.url))
    status = page.get_by_role("status")
    expect(status).to_contain_text(say("cli.stage.plan", "en"))
    page.focus("#stop")
    button = page.locator("#stop").element_handle()
    slow.further.set()
    expect(page.locator("#job")).to_contain_text("70 %", timeout=20_000)
    expect(status).to_contain_text(say("cli.stage.write", "en"))
    assert page.locator("progress").get_attribute("value") == "70"
    # A press is not lost, and who cannot see stays where she was.
    assert button.evaluate("one => one.isConnected && one === document.activeElement")
    slow.end.set()
    expect(page.get_by_role("link", name=say("web_jobs.result", "en"))).to_be_visible(timeout=20_000)
    expect(page.locator("#stop")).to_have_count(0)
    assert page.evaluate("window.same")
    assert set(asked) == {f"{ORIGIN}/jobs/{job.id}"}  # nothing of the form, and of nothing else
    before = len(asked)
    page.wait_for_timeout(4500)
    assert len(asked) == before  # over: it looks no more


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_nothing_of_it_keeps_anybody_out(bridge: Bridge, slow: Slow, tongue: str) -> None:
    job, bridge.tongue = begin(bridge.house, slow), tongue
    for path in (f"/jobs/{job.id}", "/jobs"):
        page = bridge.open(path)
        assert page.locator("html").get_attribute("lang") == tongue
        assert bridge.opened[-1].find_barriers() == [], path
    slow.further.set()
    slow.end.set()
    expect(page.locator("#jobs")).to_contain_text(say("web_jobs.state.done", tongue), timeout=20_000)


def test_without_scripts_it_is_loaded_again(bridge: Bridge, slow: Slow) -> None:
    job = begin(bridge.house, slow)
    page = bridge.open(f"/jobs/{job.id}", java_script_enabled=False)
    expect(page.locator("#job")).to_contain_text("30 %")
    slow.further.set()
    expect(page.locator("#job")).to_contain_text("70 %", timeout=20_000)
    page.locator("#stop").click()
    slow.end.set()
    expect(page.locator("#job")).to_contain_text(say("web_jobs.undone", "en"), timeout=20_000)
