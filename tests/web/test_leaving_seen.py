"""The way from a refusal to a dossier that verifies, on a phone and without a script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.web.opening import Opened, open_example

from onggi.cli.opening import randomness, read_clock, today
from onggi.ledger.ledger import open_ledger
from onggi.ledger.seconds import list_waiting
from onggi.ledger.signing import sign_second

pytestmark = pytest.mark.system

CASE = "C-7Q2WZ5C"
PHONE = {"width": 360, "height": 740}


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
            page.check("input[name=decision][value=given]")
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
