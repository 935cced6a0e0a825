"""The way in, a day's work and the lock in a real Firefox: another engine reads the same policy."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.firefox import ENTER, ESCAPE, FIREFOX, Firefox, launch_firefox
from tests.web.opened import open_pages

from onggi.cli.entry import write_entry
from onggi.cli.example import make_example
from onggi.words import say

pytestmark = [
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are listed through /proc"),
    pytest.mark.skipif(FIREFOX is None, reason="no Firefox on this machine (Debian: firefox-esr)"),
]

CASE, WOMAN = "C-7Q2WZ5C", "P-8F3KT2H"
ASKED, TOLD, BEGUN = "Liaoning", "INVENTED: before the river froze", "INVENTED: the yellow lantern"
_KEPT = """return Promise.all([document.cookie, localStorage.length, sessionStorage.length,
  indexedDB.databases().then(all => all.length), caches.keys().then(all => all.length),
  navigator.serviceWorker.getRegistrations().then(all => all.length)])"""
_REMEMBERED = """
const { TabStateFlusher } =
  ChromeUtils.importESModule("resource:///modules/sessionstore/TabStateFlusher.sys.mjs");
const { SessionStore } = ChromeUtils.importESModule("resource:///modules/sessionstore/SessionStore.sys.mjs");
return TabStateFlusher.flushWindow(window).then(() => SessionStore.getBrowserState());
"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with launch_firefox(tmp_path_factory.mktemp("firefox")) as firefox:
        yield firefox


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example vault, which these tests record in."""
    return make_example(tmp_path_factory.mktemp("example") / "vault").vault


def test_what_should_not_happen_would_be_heard(firefox: Firefox) -> None:
    """The control of the others: a violation, an error and a request elsewhere."""
    policy = "default-src 'none'; script-src 'unsafe-inline'; img-src *"
    page = f"<meta http-equiv='content-security-policy' content=\"{policy}\"><body style='color: red'>"
    firefox.goto(f"data:text/html,{page}<img src='http://elsewhere.test/'><script>none()</script>")
    heard = "".join(firefox.heard())
    assert "CSP" in heard and "none is not defined" in heard
    assert "http://elsewhere.test/" in firefox.asked()
    firefox.forget()


def test_a_day_from_the_address_to_the_lock(firefox: Firefox, vault: Path) -> None:
    with open_pages(vault) as opened:
        origin = f"http://{opened.host}"
        firefox.goto(opened.addresses[-1])
        assert firefox.url == f"{origin}/"
        (cookie,) = firefox.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"], "expiry" in cookie) == (True, "Strict", False)

        firefox.type("main input[name=query]", ASKED + ENTER)
        firefox.wait("return location.pathname.startsWith('/found/')")
        firefox.click(f"main a[href='/person/{WOMAN}']")
        firefox.click(f"main a[href='/case/{CASE}']")
        firefox.wait_text("INVENTED: sold")

        begin(firefox, origin)
        firefox.type("#source-source_kind", "Interview")
        firefox.type("#told-1-words", TOLD)
        firefox.type("#told-1-property", "left_on")
        firefox.type("#told-1-value", "2012-11")
        firefox.click("button[value=check]")
        firefox.wait_text(say("web_record.check", "en"))
        firefox.click("main form button")
        firefox.wait_text(say("web_record.recorded", "en"))

        begin(firefox, origin)
        firefox.type("#told-1-words", BEGUN)
        firefox.wait("return document.getElementById('kept').textContent.includes('Saved')")
        draft = firefox.url
        # What a reload of a page shows is what is kept here, and nothing that the browser remembered.
        firefox.do("WebDriver:Refresh")
        assert firefox.look("return document.getElementById('told-1-words').value") == BEGUN
        assert firefox.look(_KEPT) == ["", 0, 0, 0, 0, 0]
        assert firefox.look("return isSecureContext")
        remembered = firefox.inside(_REMEMBERED)
        assert draft in remembered  # the control
        assert not [one for one in (ASKED, TOLD, BEGUN, "sold on the way") if one in remembered]

        firefox.click("#lock")
        assert_locked(firefox)
        assert firefox.cookies() == []
        for way in ("Back", "Back", "Back", "Forward", "Back", "Refresh"):
            firefox.do(f"WebDriver:{way}")
            assert_locked(firefox)
        firefox.goto(draft)
        assert_locked(firefox)
        assert_quiet(firefox, origin)


def test_the_file_leads_in_once_and_two_keys_lock(firefox: Firefox, vault: Path, tmp_path: Path) -> None:
    """What the file posts has no origin, and a strict cookie does not go along with a redirect of it."""
    with open_pages(vault) as opened:
        origin = f"http://{opened.host}"
        entry = tmp_path / "entry.html"
        entry.write_text(write_entry(opened.token, (opened.host, f"127.0.0.1:{opened.port}")), "utf-8")
        firefox.goto(entry.as_uri())
        firefox.wait("return location.href === arguments[0]", f"{origin}/")
        assert firefox.find("#lock")
        firefox.goto(entry.as_uri())
        assert say("web_door.token", "ko") in firefox.wait_text(say("web_door.token", "en"))

        firefox.goto(f"{origin}/case/{CASE}")
        assert "INVENTED: sold" in firefox.text
        firefox.type("body", ESCAPE + ESCAPE)
        assert_locked(firefox)
        firefox.do("WebDriver:Back")
        assert_locked(firefox)
        assert_quiet(firefox, origin, entry.as_uri())


def begin(firefox: Firefox, origin: str) -> None:
    """As far as the form of an interview."""
    firefox.goto(f"{origin}/record?case={CASE}")
    firefox.click("form[action='/record'] button")
    firefox.find("#form")


def assert_locked(firefox: Firefox) -> None:
    """The page of a locked vault, and nothing of what stood there."""
    shown = firefox.wait_text(say("web_door.locked", "en"))
    assert CASE not in shown and "INVENTED" not in shown
    assert firefox.look("return document.querySelectorAll('input, textarea').length") == 0


def assert_quiet(firefox: Firefox, *origins: str) -> None:
    """No violation, no error, and nothing asked for elsewhere."""
    assert firefox.heard() == []
    asked = firefox.asked()
    assert asked and [one for one in asked if not one.startswith(origins)] == []
    firefox.forget()
