"""The guided quarter of an hour: walked with the keyboard alone, to a dossier that verifies."""

import shlex
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.web.opening import Opened, open_example, open_made
from tests.web.visiting import House, Visitor

from onggi.cli.opening import randomness
from onggi.evidence.verify import verify_bag
from onggi.vault.opened import open_vault
from onggi.words import LANGUAGES, say

CASE, WOMAN, FRIEND, DAUGHTER = "C-7Q2WZ5C", "P-8F3KT2H", "P-2M9XCVC", "P-5ZP1GQ7"
STEPS = ("record", "find", "conflict", "refused", "consent", "build", "verify")
MOST_KEYS = 500
PATIENCE = 60_000
"""Milliseconds that a machine has which is busy with other things."""
PHONE = {"width": 360, "height": 740}


def reach(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Go on by one key until the focus stands on it."""
    expect(wanted).to_have_count(1, timeout=PATIENCE)
    element = wanted.element_handle()
    for _ in range(MOST_KEYS):
        if element.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not come to it: {wanted}")


def press(page: Page, name: str, role: str = "button") -> None:
    """Reach what is called so, and press Enter."""
    reach(page, page.locator("main").get_by_role(role, name=name, exact=True))  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def write(page: Page, field: str, text: str) -> None:
    """Reach a field by its id, and type; in a list of choices that chooses."""
    reach(page, page.locator(f"[id='{field}']"))
    page.keyboard.type(text)


def tick(page: Page, name: str, value: str) -> None:
    """Reach a box or the group of a button, and choose."""
    wanted = page.locator(f"input[name='{name}'][value='{value}']")
    if wanted.get_attribute("type") == "checkbox":
        reach(page, wanted)
        page.keyboard.press("Space")
    else:
        group = page.locator(f"input[name='{name}']")
        chosen = page.locator(f"input[name='{name}']:checked")
        reach(page, chosen if chosen.count() else group.first)
        reach(page, wanted, "ArrowDown")
        if not wanted.is_checked():
            page.keyboard.press("Space")
    expect(wanted).to_be_checked()


def begin(page: Page, step: str) -> None:
    """From wherever, by what every page says at its top: which step comes next, and the way there."""
    number = STEPS.index(step) + 1
    title = say(f"web_guide.{step}", "en")
    told = say("web_guide.next", "en", number=number, count=len(STEPS), step=title)
    expect(page.locator(".guided summary")).to_have_text(told, timeout=PATIENCE)
    reach(page, page.locator(".guided .links a").first)
    page.keyboard.press("Enter")


def agree(page: Page, person: str) -> None:
    """Record in the form what a person agreed to."""
    write(page, "person", person)
    tick(page, "decision", "given")
    write(page, "purpose", "Research")
    write(page, "recipient", "United Nations Special Procedures")
    for box in ("facts", "words", "documents", "media"):
        tick(page, "covers", box)
    tick(page, "shown", "pseudonym")
    write(page, "form", say_form(page))
    for check in ("risks", "no_loss", "said_back", "able", "safe", "alone"):
        tick(page, f"checks.{check}", "yes")
    tick(page, "checks.pressed", "no")
    press(page, say("web_consent.form.save", "en"))
    expect(page.get_by_text("Recorded. It holds within what it says.")).to_be_visible(timeout=PATIENCE)


def say_form(page: Page) -> str:
    """What the choice of a recorded voice is called."""
    return page.locator("#form option[value=voice]").inner_text()


def build(page: Page) -> None:
    """Press the button, and go where the work ends."""
    press(page, say("web_dossier.build.go", "en"))
    follow(page)


def follow(page: Page) -> None:
    """Wait for a job, and go where it leads."""
    press(page, say("web_jobs.result", "en"), "link")


def sign(browser: Browser, opened: Opened) -> None:
    """The other member opens the vault as the guide says, with her own passphrase, and signs."""
    passphrase_file = opened.example.vault.with_name("vault.passphrase-2")
    with open_made(browser, opened.example, passphrase_file, slot=2) as hers:
        seen = hers.visit("/")
        page = seen.page
        reach(page, page.locator("nav.sections a[href='/waiting']"))
        page.keyboard.press("Enter")
        asked = page.locator("li.statement", has_text="INVENTED: they asked for it")
        reach(page, asked.locator("input[name=reason]"))
        page.keyboard.type("INVENTED: I have read it")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text(say("cli.second.done", "en"), timeout=PATIENCE)
        seen.settle()
        page.context.close()


@pytest.mark.system
def test_it_is_walked_with_the_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    with open_example(browser, tmp_path) as opened:
        seen, out = opened.visit("/"), tmp_path / "out"
        page = seen.page

        press(page, say("web_guide.title", "en"), "link")
        press(page, say("web_guide.follow", "en"))
        press(page, say("web_record.begin.do", "en"))
        write(page, "source-source_kind", "Interview")
        write(page, "who-1-code", WOMAN)
        write(page, "told-1-words", "INVENTED: before the river froze")
        write(page, "told-1-property", "left_on")
        write(page, "told-1-value", "November 2012")
        press(page, say("web_record.check", "en"))
        press(page, say("web_record.record", "en"))
        expect(page.locator("h1")).to_have_text(say("web_record.recorded", "en"), timeout=PATIENCE)

        begin(page, "find")
        write(page, "query", "Ri Yong-hui")
        reach(page, page.locator("main summary"))
        page.keyboard.press("Enter")
        tick(page, "names", "yes")
        write(page, "reason", "INVENTED: she is asked for")
        press(page, say("web.frame.find", "en"))
        expect(page.locator(".hit h3", has_text=WOMAN)).to_have_count(1, timeout=PATIENCE)

        begin(page, "conflict")
        expect(page.locator("#conflicts")).to_be_in_viewport(timeout=PATIENCE)

        begin(page, "refused")
        write(page, "purpose", "Research")
        tick(page, "recipient", "UN-SP")
        press(page, say("web_dossier.look", "en"))
        expect(page.get_by_role("heading", name=say("web_dossier.plan.refused", "en"))).to_be_visible(
            timeout=PATIENCE
        )

        begin(page, "consent")
        for person in (WOMAN, FRIEND):
            press_consent(page)
            agree(page, person)

        begin(page, "build")
        press(page, say("web_dossier.plan.without", "en", what=DAUGHTER))
        refused = page.get_by_role("heading", name=say("web_dossier.plan.refused", "en"))
        expect(refused).to_have_count(0, timeout=PATIENCE)
        page.locator("#folder").wait_for(timeout=PATIENCE)
        for risk in page.locator("input[name=accepts]").all():
            reach(page, risk)
            page.keyboard.press("Space")
        write(page, "because", "INVENTED: they asked for it")
        write(page, "folder", str(out))
        build(page)
        expect(page.get_by_text(say("web_dossier.done.waits", "en")).first).to_be_visible(timeout=PATIENCE)
        assert not out.exists()
        sign(browser, opened)
        press(page, say("web_dossier.read.back", "en"), "link")
        expect(page.locator("#folder")).to_have_value(str(out), timeout=PATIENCE)
        assert page.locator("input[name=accepts]").count() == 0, "nothing is asked for twice"
        build(page)
        expect(page.get_by_role("heading", name=say("web_dossier.done.title", "en"))).to_be_visible(
            timeout=PATIENCE
        )

        begin(page, "verify")
        press(page, say("web_dossier.done.again", "en"))
        follow(page)
        expect(page.get_by_text(say("cli.verify.well", "en"))).to_be_visible(timeout=PATIENCE)
        assert verify_bag(out).valid
        over = say("web_guide.over", "en", count=len(STEPS))
        expect(page.locator(".guided p")).to_contain_text(over, timeout=PATIENCE)
        reach(page, page.locator(".guided a"))
        page.keyboard.press("Enter")
        expect(page.locator(".tasks .tag.well")).to_have_count(len(STEPS), timeout=PATIENCE)
        seen.settle()
        page.context.close()


def press_consent(page: Page) -> None:
    """To the form of consent, from the page that lists decisions."""
    reach(page, page.locator("main a[href$='/consent/new']"))
    page.keyboard.press("Enter")


@pytest.mark.system
@pytest.mark.parametrize("tongue", LANGUAGES)
def test_it_keeps_nobody_out(opened: Opened, tongue: str) -> None:
    seen = opened.visit("/guide", tongue, viewport=PHONE)
    assert seen.page.locator(".tasks > li").count() == len(STEPS)
    assert seen.page.evaluate("document.documentElement.lang") == tongue
    assert seen.find_barriers() == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    seen.settle()
    seen.page.context.close()


def test_without_the_example_it_says_so(house: House) -> None:
    visitor = Visitor(house)
    page = visitor.get("/guide")
    assert page.status == 200 and say("web_guide.absent", "en") in page.text
    assert "/guide" not in visitor.get("/").text


def test_looking_at_it_does_nothing(visitor: Visitor) -> None:
    assert 'href="/guide"' in visitor.get("/").text
    page = visitor.get("/guide").text
    assert page.count(f">{say('web_guide.open', 'en')}<") == len(STEPS)
    assert 'class="guided"' not in visitor.get("/").text


def test_whoever_follows_it_is_told_the_next_step_until_she_leaves(visitor: Visitor) -> None:
    first = visitor.post("/guide").headers["location"]
    pages = [visitor.get(path).text for path in (first, "/cases", f"/case/{CASE}", "/")]
    told = [page[page.index("<summary>") :] for page in pages]
    assert all(each.startswith("<summary>Guide, step 1 of 7: Record a statement") for each in told)
    assert "vault.passphrase-2" in visitor.get("/guide").text
    assert not [page for page in pages if "passphrase" in page], "told in the step that needs it"
    assert visitor.post("/guide/leave").status == 303
    assert 'class="guided"' not in visitor.get("/").text


def test_the_command_for_the_other_member_is_one_that_opens(visitor: Visitor, desk: Path) -> None:
    page = unescape(visitor.get("/guide").text)
    told = page[page.index('class="command"') :].partition(">")[2].partition("</code>")[0]
    _, *words = shlex.split(told)
    assert words == ["open", str(desk / "vault"), "--as", "2", "--passphrase-file", words[-1]]
    passphrase = Path(words[-1]).read_text("utf-8").strip()
    assert (
        open_vault(desk / "vault", 2, passphrase, randomness).card.member
        != visitor.house.ledger.vault.card.member
    )
