"""In a real Chromium: pages that attack, what was recorded to attack, and what is seen after a lock."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from tests.web.browser import CHROMIUM, open_context, watch
from tests.web.opened import IMPATIENT, Opened, open_pages

from onggi.cli.entry import write_entry
from onggi.words import say

pytestmark = pytest.mark.system

CASE = "C-7Q2WZ5C"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;{{ 7*7 }}' OR 1=1 --"
# A character that changes the direction of text is not recorded at all (tests/intake).
RECORD = f"""onggi = 1
[case]
title = '''{HOSTILE}'''
lang = "en"
[person.p]
[source.s]
title = '''{HOSTILE}'''
lang = "ko"
published = "yes"
[act.a]
type = "sale"
victim = "p"
[[statement]]
about = "a"
property = "note"
value = {{ text = '''{HOSTILE} {"가" * 9000}''', lang = "ko" }}
source = "s"
words = '''{HOSTILE}'''
"""
ATTACK = """<!doctype html><title>another page</title>
<form id=lock method=post action="http://{host}/lock"><input name=seal value=x></form>
<iframe src="http://{host}/cases"></iframe><img src="http://{host}/cases"><script src="http://{host}/"></script>
<script>
window.read = [];
const tell = (what, how) => window.read.push(what + " " + how);
Promise.all([
  ...["cors", "no-cors"].map(mode => fetch("http://{host}/cases", {{mode, credentials: "include"}})
    .then(async answer => tell(mode, (await answer.text()).length)).catch(() => tell(mode, "refused"))),
  fetch("http://{host}/lock", {{method: "POST", mode: "no-cors", credentials: "include",
    body: new URLSearchParams({{seal: "x"}})}}).catch(() => null),
]).then(() => window.attacked = true);
</script>"""


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example vault, and in it a case that was recorded to attack whoever looks at it."""
    folder = tmp_path_factory.mktemp("attacked")
    vault, file = folder / "vault", folder / "hostile.toml"
    file.write_text(RECORD, "utf-8")
    for words in (["demo", str(vault)], ["record", str(vault), str(file)]):
        key = ["--passphrase-file", f"{vault}.passphrase"] if words[0] == "record" else []
        subprocess.run([sys.executable, "-m", "onggi.cli", *words, *key], check=True, capture_output=True)
    return vault


@pytest.fixture(scope="module")
def opened(vault: Path) -> Iterator[Opened]:
    """Its pages; tests of this module share the cookie, and do not lock."""
    with open_pages(vault) as opened:
        opened.come_in()
        yield opened


@pytest.fixture
def context(browser: Browser, opened: Opened) -> Iterator[BrowserContext]:
    """A context with her cookie."""
    context = open_context(browser)
    lend_cookie(context, opened)
    yield context
    context.close()


def lend_cookie(context: BrowserContext, opened: Opened) -> None:
    """What the browser of whoever came in has."""
    name, value = opened.cookie.split("=")
    context.add_cookies(
        [
            {
                "name": name,
                "value": value,
                "domain": opened.host.split(":")[0],
                "path": "/",
                "httpOnly": True,
                "sameSite": "Strict",
            }
        ]
    )


def stand_at(page: Page, url: str, body: str) -> None:
    """Have a page of somebody else stand at an address."""

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page.route(url, answer)
    page.goto(url)


@pytest.mark.parametrize("where", ["another site", "another port of our own name"])
def test_a_page_that_attacks_reads_nothing_and_changes_nothing(
    context: BrowserContext, opened: Opened, where: str
) -> None:
    """The second is sent the cookie: ports do not keep cookies apart. Sec-Fetch-Site refuses it."""
    name = opened.host.split(":")[0]
    url = "http://evil.localhost:8/" if where == "another site" else f"http://{name}:8/"
    page = context.new_page()
    asked: list[tuple[str, int]] = []
    page.on("response", lambda answer: asked.append((answer.url, answer.status)))
    stand_at(page, url, ATTACK.format(host=opened.host))
    page.wait_for_function("window.attacked")
    assert sorted(page.evaluate("window.read")) == ["cors refused", "no-cors refused"]
    assert page.frames[-1].url.startswith(("chrome-error:", "http://")) and CASE not in page.content()
    page.evaluate("document.getElementById('lock').submit()")
    page.wait_for_url(f"http://{opened.host}/lock")
    assert say("web_door.elsewhere", "en") in page.content()
    ours = {status for address, status in asked if opened.host in address and "door.css" not in address}
    assert ours == {403}
    assert opened.get("/cases").status == 200


def test_a_name_that_was_turned_to_this_machine_shows_nothing(browser: Browser, opened: Opened) -> None:
    """DNS rebinding: evil.test leads to 127.0.0.1 while its page is open."""
    rules = "--host-resolver-rules=MAP evil.test 127.0.0.1"
    turned = browser.browser_type.launch(executable_path=CHROMIUM, args=[rules])
    page = turned.new_page()
    answer = page.goto(f"http://evil.test:{opened.port}/cases")
    assert answer is not None and answer.status == 421
    assert say("web_door.host", "ko") in page.content()
    turned.close()


def test_what_was_recorded_to_attack_is_text(context: BrowserContext, opened: Opened) -> None:
    seen = watch(context, f"http://{opened.host}")
    page = seen.page
    page.on("dialog", lambda dialog: seen.amiss.append(f"dialog {dialog.message}"))
    page.goto(f"http://{opened.host}/cases")
    links = page.eval_on_selector_all("main a[href^='/case/']", "all => all.map(one => one.pathname)")
    paths = {f"{link}{part}" for link in links for part in ("", "/chronology", "/statements")}
    shown = ""
    for path in ["/", "/cases", *sorted(paths)]:
        page.goto(f"http://{opened.host}{path}")
        shown += page.inner_text("main")
        assert page.evaluate("document.scripts.length") == 1
        assert "alert" not in page.title()
    assert "<script>alert(1)</script>" in shown
    seen.settle()


def test_the_browser_keeps_nothing(context: BrowserContext, opened: Opened) -> None:
    page = context.new_page()
    for path in ("/", "/cases", f"/case/{CASE}", "/search"):
        page.goto(f"http://{opened.host}{path}")
    kept = page.evaluate(
        """async () => [document.cookie, localStorage.length, sessionStorage.length,
        (await indexedDB.databases()).length, (await caches.keys()).length,
        (await navigator.serviceWorker.getRegistrations()).length]"""
    )
    assert kept == ["", 0, 0, 0, 0, 0]
    assert page.evaluate("isSecureContext")
    # The control: it would be seen.
    page.evaluate("localStorage.setItem('a', 'b')")
    assert page.evaluate("localStorage.length") == 1


def test_the_file_leads_in_once_and_after_the_lock_no_page_comes_back(
    browser: Browser, vault: Path, tmp_path: Path
) -> None:
    """From the file that posts itself to the button, in two tabs, and then back."""
    with open_pages(vault) as opened:
        entry = tmp_path / "entry.html"
        entry.write_text(write_entry(opened.token, (opened.host, f"127.0.0.1:{opened.port}")), "utf-8")
        context = browser.new_context()
        page = context.new_page()
        page.goto(entry.as_uri())
        page.wait_for_url(f"http://{opened.host}/")
        assert page.locator("#lock").is_visible()
        (cookie,) = context.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", -1)
        page.goto(f"http://{opened.host}/case/{CASE}")
        page.goto(f"http://{opened.host}/cases")
        other = context.new_page()
        other.goto(f"http://{opened.host}/case/{CASE}")
        assert CASE in other.inner_text("main")
        page.click("#lock")
        expect_locked(page)
        expect_locked(other)  # by itself, without a reload
        assert context.cookies() == []
        for back in (page.go_back, page.go_back, page.go_forward, page.go_back, page.reload):
            back()
            assert CASE not in page.content()
        other.go_back()
        assert CASE not in other.content()
        context.close()
        again = browser.new_context().new_page()
        again.goto(entry.as_uri())
        expect_locked(again)
        again.context.close()


def test_twice_esc_hides_at_once(browser: Browser, vault: Path) -> None:
    with open_pages(vault) as opened:
        page = browser.new_page()
        page.goto(opened.addresses[0])
        page.goto(f"http://{opened.host}/case/{CASE}")
        page.keyboard.press("Escape")
        assert page.locator("main").is_visible()
        page.keyboard.down("Escape")  # not a press: the page that would let the key go is being left
        assert not page.locator("main").is_visible() or CASE not in page.content()
        expect_locked(page)
        page.go_back()
        assert CASE not in page.content()
        page.context.close()


def test_a_page_that_was_left_alone_empties_itself(browser: Browser, vault: Path) -> None:
    with open_pages(vault, ("-c", IMPATIENT.format(idle=5, longest=600))) as opened:
        page = browser.new_page()
        page.goto(opened.addresses[0])
        page.goto(f"http://{opened.host}/case/{CASE}")
        expect_locked(page)
        page.context.close()


def test_without_scripts_it_is_the_same_way_in(browser: Browser, vault: Path) -> None:
    with open_pages(vault) as opened:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(opened.addresses[0])
        assert page.url == f"http://{opened.host}/"
        page.click("#lock")
        expect_locked(page)
        context.close()


def expect_locked(page: Page) -> None:
    """The page comes to say that it is locked."""
    page.get_by_text(say("web_door.locked.hint", "en")).wait_for(timeout=60_000)
    assert CASE not in page.content()
