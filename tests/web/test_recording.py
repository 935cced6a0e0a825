"""Recording in a real browser: by the keyboard alone, while syllables are composed, with the cable pulled."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.web.bridge import Bridge
from tests.web.browser import ORIGIN
from tests.web.visiting import House

from onggi.intake.begun import Begun, list_begun
from onggi.words import LANGUAGES, say

pytestmark = pytest.mark.system

HOSTILE = (
    "<script>document.title='run'</script>",
    "\u202egnp.exe",
    "'\"><img src=x onerror=alert(1)>",
    "김" * 10_000,
    "{{ 7*7 }}",
)


@pytest.fixture
def bridge(browser: Browser, house: House) -> Iterator[Bridge]:
    bridge = Bridge(browser, house)
    yield bridge
    bridge.settle()


def begin(bridge: Bridge, **surroundings: object) -> Page:
    page = bridge.open("/record", **surroundings)
    page.fill("#title", "INVENTED")
    page.select_option("#lang", "ko")
    page.locator("form[action='/record'] button").click()
    expect(page.locator("#form")).to_be_visible()
    page.wait_for_load_state("load")
    return page


def lie(bridge: Bridge) -> Begun:
    """What lies on the desk."""
    (one,) = list_begun(bridge.house.ledger.vault)
    return one


def wait_kept(page: Page) -> None:
    expect(page.locator("#kept")).to_contain_text("Saved", timeout=20_000)


def test_an_interview_is_recorded_by_the_keyboard_alone(bridge: Bridge) -> None:
    page = bridge.open("/record")
    page.focus("#title")
    page.keyboard.type("INVENTED")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#form")).to_be_visible()
    page.focus("#source-source_kind")
    page.keyboard.type("Inter")
    page.focus("#told-1-words")
    page.keyboard.type("Taken away last spring")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("left_on")
    page.keyboard.press("Tab")
    page.keyboard.type("2018년 봄")
    expect(page.locator("#told-1-value-noted")).to_contain_text("1 March 2018")
    wait_kept(page)
    page.locator("button[value=check]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(say("web_record.check", "en"))
    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(say("web_record.recorded", "en"))
    assert list_begun(bridge.house.ledger.vault) == ()


def test_what_is_typed_is_kept_and_another_page_finds_it(bridge: Bridge) -> None:
    page = begin(bridge)
    page.fill("#told-1-words", "문은 밖에서 잠겨 있었습니다.")
    wait_kept(page)
    assert lie(bridge).answers["told-1-words"] == "문은 밖에서 잠겨 있었습니다."
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0


def test_what_is_typed_before_the_script_is_read_is_kept(bridge: Bridge) -> None:
    page = begin(bridge)
    held: list[Route] = []
    page.route("**/record.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.fill("#told-1-words", "one")
    held[0].fallback()
    page.wait_for_load_state("load")
    wait_kept(page)
    expect(page.locator("#undo")).to_be_visible()
    assert lie(bridge).answers["told-1-words"] == "one"


def test_the_last_change_is_taken_back_by_a_button(bridge: Bridge) -> None:
    page = begin(bridge)
    expect(page.locator("#undo")).to_be_hidden()
    page.fill("#told-1-words", "one")
    wait_kept(page)
    page.fill("#told-1-words", "two")
    wait_kept(page)
    page.locator("#undo").click()
    expect(page.locator("#told-1-words")).to_have_value("one")


def test_what_was_not_saved_is_not_said_to_be_and_is_sent_again(bridge: Bridge) -> None:
    page = begin(bridge)
    page.fill("#told-1-words", "one")
    wait_kept(page)
    bridge.down = True
    page.fill("#told-1-words", "one and two")
    expect(page.locator("#failed")).to_contain_text("not saved yet")
    assert "Saved" not in page.inner_text("#kept")
    assert lie(bridge).answers["told-1-words"] == "one"
    bridge.down = False
    wait_kept(page)
    assert lie(bridge).answers["told-1-words"] == "one and two"
    expect(page.locator("#failed")).to_be_empty()


def test_nothing_is_sent_while_a_syllable_is_composed(bridge: Bridge) -> None:
    page = begin(bridge)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.focus("#told-1-words")
    keys = page.context.new_cdp_session(page)
    for text in ("ㄱ", "기", "김"):
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1})
        page.wait_for_timeout(900)
    assert sent == []
    keys.send("Input.insertText", {"text": "김"})
    expect(page.locator("#kept")).to_contain_text("Saved")
    assert lie(bridge).answers["told-1-words"] == "김"
    assert len(sent) == 1


def test_two_windows_keep_both(bridge: Bridge) -> None:
    one = begin(bridge)
    other = bridge.open(one.url.removeprefix(ORIGIN))
    one.fill("#told-1-words", "from here")
    wait_kept(one)
    other.fill("#told-1-words", "from there")
    expect(other.locator("#kept")).to_contain_text("Another window")
    other.fill("#told-1-words", "from there, and more")
    expect(other.locator("#kept")).to_contain_text("Saved")
    other.wait_for_timeout(1200)
    one.fill("#told-1-words", "from here, and more")
    one.wait_for_timeout(1200)
    wait_kept(one)
    kept = {begun.answers["told-1-words"] for begun in list_begun(bridge.house.ledger.vault)}
    assert kept == {"from here, and more", "from there, and more"}
    other.locator("#kept a").click()
    expect(other.locator("table")).to_contain_text("from here, and more")
    expect(other.locator("table")).to_contain_text("from there, and more")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_is_hostile_is_shown_as_text(bridge: Bridge, hostile: str) -> None:
    page = begin(bridge)
    for field in ("#who-1-name", "#told-1-words", "#told-1-property", "#told-1-value"):
        page.fill(field, hostile)
    wait_kept(page)
    page.wait_for_timeout(900)
    page.reload()
    assert page.input_value("#told-1-value") == hostile
    assert page.evaluate("document.images.length") == 0
    assert "run" not in page.title()
    page.locator("button[value=check]").click()
    expect(page.locator("#errors")).to_be_visible()


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_nobody_is_kept_out(bridge: Bridge, tongue: str) -> None:
    page = begin(bridge, viewport={"width": 360, "height": 740})
    path = page.url.removeprefix(ORIGIN)
    bridge.house.session.tongue = tongue
    page.fill("#told-1-property", "place")
    page.fill("#told-1-value", "Chaoyang")
    expect(page.locator("#told-1-value-noted .take").first).to_be_visible()
    for where in (path, f"{path}/check", f"{path}/away", "/record"):
        page.goto(ORIGIN + where)
        seen = next(one for one in bridge.opened if one.page is page)
        assert seen.find_barriers() == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_scripts_every_button_keeps(bridge: Bridge) -> None:
    page = begin(bridge, java_script_enabled=False)
    page.fill("#told-1-property", "place")
    page.fill("#told-1-value", "Hweryong")
    page.locator("button[value=keep]").last.click()
    page.locator("#told-1-value-noted .take").first.click()
    expect(page.locator("#told-1-value")).to_have_value("Hoeryong")
    page.locator("button[value='add:told']").click()
    expect(page.locator("#told-2-words")).to_be_visible()
    page.locator("button[value='drop:told-1']").click()
    expect(page.locator("#told-1-words")).to_have_count(0)
    assert lie(bridge).answers["told-2-about"] == "who-1"
    page.context.close()
    bridge.opened.pop()
