"""The guided quarter of an hour: walked with the keyboard alone, from a first statement to consent."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.web.opening import Opened, open_example
from tests.web.visiting import House, Visitor

from onggi.words import LANGUAGES, say

WOMAN, FRIEND = "P-8F3KT2H", "P-2M9XCVC"
STEPS = ("record", "find", "conflict", "refused", "consent", "build", "verify")
MOST_KEYS = 500
PATIENCE = 120_000
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
    """From wherever, to the guide by the name of the app and the link at home, and on to a step."""
    reach(page, page.locator("a.mark"), "Shift+Tab")
    page.keyboard.press("Enter")
    press(page, say("web_guide.title", "en"), "link")
    expect(page.locator("h1")).to_have_text(say("web_guide.title", "en"), timeout=PATIENCE)
    done = STEPS[: STEPS.index(step)]
    for one in STEPS:
        tag = page.locator(f"#step-{one} .tag")
        expect(tag).to_have_text(say(f"web_guide.{'done' if one in done else 'open'}", "en"))
    reach(page, page.locator(f"#step-{step} a"))
    page.keyboard.press("Enter")


def agree(page: Page, person: str) -> None:
    """Record in the form what a person agreed to."""
    write(page, "person", person)
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


def see_done(page: Page, count: int) -> None:
    """The guide, with so many steps done."""
    reach(page, page.locator("a.mark"), "Shift+Tab")
    page.keyboard.press("Enter")
    press(page, say("web_guide.title", "en"), "link")
    expect(page.locator(".tasks .tag.well")).to_have_count(count, timeout=PATIENCE)


@pytest.mark.system
def test_it_is_walked_to_consent_with_the_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    with open_example(browser, tmp_path) as opened:
        seen = opened.visit("/")
        page = seen.page

        begin(page, "record")
        press(page, say("web_record.begin.do", "en"))
        write(page, "source-source_kind", "Interview")
        write(page, "who-1-code", WOMAN)
        write(page, "told-1-words", "INVENTED: before the river froze")
        write(page, "told-1-property", "left_on")
        write(page, "told-1-value", "2012-11")
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

        see_done(page, 5)
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
