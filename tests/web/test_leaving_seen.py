"""The pages of law, consent, dossiers, the log and members in a real browser: seen by axe, in each language,
on a phone; and the way from a refusal to a dossier that verifies, without a script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.web.opening import Opened, open_example

from onggi.cli.opening import randomness, read_clock, today
from onggi.ledger.ledger import open_ledger
from onggi.ledger.seconds import list_waiting
from onggi.ledger.signing import sign_second
from onggi.words import LANGUAGES

pytestmark = pytest.mark.system

CASE = "C-7Q2WZ5C"
NAMES = ("리영희", "이영희", "李英姬", "Li Yingji")
PAGES = (
    f"/case/{CASE}/law",
    f"/case/{CASE}/consent",
    f"/case/{CASE}/consent/new",
    f"/case/{CASE}/dossier",
    "/waiting",
    "/log",
    "/members",
    "/stamps",
)
PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_a_page_keeps_nobody_out_and_tells_no_name(opened: Opened, tongue: str) -> None:
    seen = opened.visit("/", tongue, viewport=PHONE)
    for path in PAGES:
        seen.page.goto(opened.origin + path)
        assert seen.page.evaluate("document.documentElement.lang") == tongue
        assert seen.find_barriers() == [], path
        assert seen.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path
        assert not [name for name in NAMES if name in seen.page.content()], path
    seen.settle()
    seen.page.context.close()


def build(page: Page, out: Path) -> None:
    """Name the folder, and go where the work ends; the page of the work looks again by itself."""
    page.fill("#folder", str(out))
    page.get_by_role("button", name="Sign, build and verify").click()
    page.locator("main a.button").click(timeout=120_000)


def sign_as_second(opened: Opened) -> None:
    """The other member signs the release that waits, at a machine of her own."""
    passphrase = opened.example.vault.with_name("vault.passphrase-2").read_text("utf-8").strip()
    ledger = open_ledger(opened.example.vault, 2, passphrase, randomness, read_clock)
    day = today()
    waiting = list_waiting(ledger.view(), day)
    (id,) = [one.id for one in waiting if one.statement.what.property == "release_asked"]
    sign_second(ledger, id, "INVENTED: I have read it", day)
    ledger.close()


def test_from_a_refusal_to_a_dossier_that_verifies_without_a_script(browser: Browser, tmp_path: Path) -> None:
    with open_example(browser, tmp_path) as opened:
        seen = opened.visit(f"/case/{CASE}/dossier", java_script_enabled=False, viewport=PHONE)
        page, out = seen.page, tmp_path / "out"
        page.select_option("#purpose", "research")
        page.get_by_label("United Nations Special Procedures").check()
        page.get_by_role("button", name="See what would leave").click()
        assert page.get_by_role("heading", name="It cannot leave").is_visible()
        plan = page.url
        assert page.locator("input[name=folder]").count() == 0
        page.goto(f"{plan}/read")
        assert page.locator("article.paper h2").count() > 5
        for person in ("P-8F3KT2H", "P-2M9XCVC"):
            page.goto(f"{opened.origin}/case/{CASE}/consent/new?person={person}")
            page.select_option("#purpose", "research")
            page.select_option("#recipient", "UN-SP")
            for box in ("facts", "words", "documents", "media"):
                page.check(f"input[name=covers][value={box}]")
            page.check("input[name=shown][value=pseudonym]")
            page.select_option("#form", "voice")
            for name in ("risks", "no_loss", "said_back", "able", "safe", "alone"):
                page.check(f"input[name='checks.{name}'][value=yes]")
            page.check("input[name='checks.pressed'][value=no]")
            page.get_by_role("button", name="Record this decision").click()
            assert page.get_by_text("Recorded. It holds within what it says.").is_visible()
        page.goto(plan)
        page.get_by_role("button", name="Leave out P-5ZP1GQ7").click()
        assert page.get_by_role("heading", name="It cannot leave").count() == 0
        for risk in page.locator("input[name=accepts]").all():
            risk.check()
        page.fill("#because", "INVENTED: they asked for it")
        plan = page.url
        build(page, out)
        assert page.get_by_text("It waits for a second member").first.is_visible() and not out.exists()
        sign_as_second(opened)
        page.goto(plan)
        build(page, out)
        assert page.get_by_role("heading", name="Handed over").is_visible()
        assert page.get_by_text("All that could be checked is as it must be.").is_visible()
        assert (out / "VERIFY.md").exists()
        assert str(out) not in page.url + page.title()
        assert seen.amiss == []
        page.context.close()
