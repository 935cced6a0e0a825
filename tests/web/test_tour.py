"""Every page of the app, once: none is forgotten, keeps anybody out, runs over a phone, or tells a name."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.web.opening import Opened, open_example
from tests.web.tour import DAYS, HANDED, PLAIN, REACHED, UNSHOWN, find_earlier, take_tour

from onggi.web.earlier import can_show
from onggi.web.pages import gather
from onggi.words import LANGUAGES

NAMES = ("리영희", "이영희", "李英姬", "Li Yingji")
_CUT = """[...document.querySelectorAll("main .scroll")]
  .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1).length"""
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
_FOLLOW = """() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  window.followed = [];
  addEventListener("focusin", event => {
    const one = event.target.closest(".choice, .group:not(fieldset)") ?? event.target;
    const box = one.getBoundingClientRect();
    const [left, top] = [box.left + scrollX, box.top + scrollY];
    window.followed.push([event.target.name || event.target.textContent.trim().slice(0, 40),
      left, top, left + box.width, top + box.height]);
  });
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(one => one.type !== "hidden" && one.tabIndex >= 0 && one.checkVisibility());
  const groups = new Set(stops.filter(one => one.type === "radio").map(one => one.name));
  return stops.filter(one => one.type !== "radio").length + groups.size;
}"""
"""Notes where the focus comes, each with the box of what it belongs to; returns how many stops there are."""


@pytest.fixture(scope="module")
def toured(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Opened, dict[str, str]]]:
    """An example vault of its own, and every page of it, also as of an earlier day."""
    with open_example(browser, tmp_path_factory.mktemp("toured"), DAYS) as opened:
        found = take_tour(opened)
        yield opened, found | find_earlier(found, opened)


def test_no_page_is_forgotten() -> None:
    told = [*PLAIN, *HANDED, *(route for routes in REACHED for route in routes)]
    assert len(told) == len(set(told)), "each in one way"
    assert set(told) == {path for method, path, _ in gather() if method == "GET"}


@pytest.mark.system
def test_no_page_is_forgotten_as_of_an_earlier_day(toured: tuple[Opened, dict[str, str]]) -> None:
    seen = {route.removesuffix("/then") for route in toured[1] if route.endswith("/then")}
    assert seen | set(UNSHOWN) == {path for method, path, _ in gather() if method == "GET" and can_show(path)}


@pytest.mark.system
@pytest.mark.parametrize("tongue", LANGUAGES)
def test_a_page_keeps_nobody_out_and_tells_no_name(
    toured: tuple[Opened, dict[str, str]], tongue: str
) -> None:
    opened, paths = toured
    seen = opened.visit("/", tongue, viewport=PHONE)
    wrong: list[object] = []
    for route, path in paths.items():
        answer = seen.page.goto(opened.origin + path)
        status, text = answer.status if answer else 0, seen.page.content()
        told, wide = (
            seen.page.locator("main").inner_text(),
            seen.page.evaluate("document.documentElement.scrollWidth"),
        )
        assert not [name for name in NAMES if name in text], f"{route}: identity is closed"
        wrong += [(route, one) for one in seen.find_barriers()]
        wrong += [(route, status)] * (status != 200) + [(route, f"{wide} px wide")] * (wide != PHONE["width"])
        wrong += [(route, "another language")] * (f'<html lang="{tongue}">' not in text)
        then = seen.page.locator("aside.earlier").count() == 1
        wrong += [(route, "another day")] * (then != route.endswith("/then"))
        # An example is made at a terminal, before there is a page: the guide of another vault says how.
        wrong += [(route, "a command of a terminal")] * ("onggi " in told and route != "/guide")
    assert wrong == []
    seen.settle()
    seen.page.context.close()


@pytest.mark.system
@pytest.mark.parametrize(
    "face",
    [
        {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
        {"forced_colors": "active"},
        {"color_scheme": "dark"},
    ],
    ids=["zoomed", "forced", "dark"],
)
def test_no_face_keeps_anybody_out(toured: tuple[Opened, dict[str, str]], face: dict[str, Any]) -> None:
    opened, paths = toured
    seen = opened.visit("/", **face)
    wide = seen.page.evaluate("innerWidth")
    for route in (
        "/",
        "/case/{ref}",
        "/case/{ref}/consent/new",
        "/record/{id}",
        "/log",
        "/numbers/answer/{id}",
    ):
        seen.page.goto(opened.origin + paths[route])
        assert seen.find_barriers() == [], route
        assert seen.page.evaluate("document.documentElement.scrollWidth") == wide, route
    seen.settle()
    seen.page.context.close()


@pytest.mark.system
@pytest.mark.parametrize("tongue", LANGUAGES)
def test_the_focus_goes_as_a_page_is_read(toured: tuple[Opened, dict[str, str]], tongue: str) -> None:
    """Down, and along a row; what is longer in another language must not turn that round."""
    opened, paths = toured
    for viewport in (DESK, PHONE):
        seen = opened.visit("/", tongue, viewport=viewport)
        for route in ("/record/{id}", "/case/{ref}/dossier", "/case/{ref}/dossier/{id}"):
            seen.page.goto(opened.origin + paths[route])
            stops = seen.page.evaluate(_FOLLOW)
            for _ in range(stops):
                seen.page.keyboard.press("Tab")
            # The way past the head stands nowhere until the focus is on it.
            went = seen.page.evaluate("window.followed")[1:]
            assert len(went) == stops - 1, route
            back = [
                (one[0], after[0])
                for one, after in pairwise(went)
                if after[2] < one[4] - 3 and not (after[1] >= one[3] - 3 and after[4] > one[2])
            ]
            assert back == [], (route, viewport["width"])
        seen.page.context.close()


@pytest.mark.system
def test_paper_holds_what_is_said_and_nothing_is_cut_off(toured: tuple[Opened, dict[str, str]]) -> None:
    opened, paths = toured
    seen = opened.visit("/")
    page = seen.page
    page.set_viewport_size({"width": 643, "height": 900})  # a page of A4 between its margins
    page.emulate_media(media="print")
    for route in ("/case/{ref}", "/case/{ref}/people", "/case/{ref}/chronology", "/item/{ref}", "/log"):
        page.goto(opened.origin + paths[route])
        assert page.locator("main").is_visible() and not page.locator(".top").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 643, route
        assert page.evaluate(_CUT) == 0, route
    page.context.close()


@pytest.mark.system
def test_a_long_list_is_led_to_and_not_laid_out_at_a_glance(toured: tuple[Opened, dict[str, str]]) -> None:
    opened, paths = toured
    seen = opened.visit(paths["/place/{ref}"])
    page = seen.page
    page.locator("main a[href^='/case/']").first.click()
    assert page.locator(".cards > li").count() == 24
    page.get_by_role("link", name="All 40 people").click()
    assert page.locator(".cards > li").count() == 40
    seen.settle()
    page.context.close()
