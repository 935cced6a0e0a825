"""The pages of numbers in a real browser: seen by axe, in each language, on a phone, without a script."""

import pytest
from tests.web.opening import Opened

from onggi.words import LANGUAGES

pytestmark = pytest.mark.system

PAGES = ("/numbers", "/numbers/count", "/numbers/tables")
NAMES = ("리영희", "이영희", "李英姬", "Li Yingji")
PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_a_page_keeps_nobody_out_and_tells_no_name(opened: Opened, tongue: str) -> None:
    seen = opened.visit("/", tongue, viewport=PHONE)
    page = seen.page

    def look() -> None:
        assert page.evaluate("document.documentElement.lang") == tongue
        assert seen.find_barriers() == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], page.url
        assert not [name for name in NAMES if name in page.content()], page.url

    for path in PAGES:
        page.goto(opened.origin + path)
        look()
    page.locator("main form button").click()
    page.locator("main p > a.button, main .notice").first.wait_for()
    look()
    page.goto(opened.origin + "/numbers/count")
    page.fill("#population", "INVENTED: people sold")
    page.locator("main form > p.buttons button").click()
    page.locator("main p > a.button").wait_for(timeout=60_000)
    page.locator("main p > a.button").click()
    look()
    seen.settle()
    page.context.close()
