"""Every piece of a page in a real browser: seen by axe, by keyboard, narrow, dark, in forced colours."""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.web.browser import Watched, open_context, watch
from tests.web.gallery import draw_gallery

from onggi.web.assets import read_asset
from onggi.words import LANGUAGES

pytestmark = pytest.mark.system

FACES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}},
    "zoomed": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "forced": {"forced_colors": "active"},
}


def draw_relations(count: int) -> str:
    """As the page of relations has them: a table, and the place of the graph."""
    ends = "".join(
        f'<tr><td data-kind="act"><a href="/act/A-{n}">A-{n}</a></td><td>Victim</td>'
        f'<td data-kind="person"><a href="/person/P-{n % (count // 2)}">P-{n % (count // 2)}</a></td></tr>'
        for n in range(count // 2)
    )
    return (
        '<!doctype html><html lang="en"><head>'
        '<link rel="stylesheet" id="__________cytoscape_stylesheet" href="/static/app.css">'
        '<script type="module" src="/static/relations.js"></script></head><body><details id="moving" hidden>'
        '<summary>Move</summary><input id="graph-seek" list="graph-marks">'
        '<datalist id="graph-marks"></datalist>'
        '<button id="graph-near"></button><button id="graph-far"></button><button id="graph-all"></button>'
        '<div class="graph" id="graph" tabindex="0"></div><ul id="graph-told"></ul></details>'
        f'<table id="relations"><tbody>{ends}</tbody></table></body></html>'
    )


def answer(path: str) -> tuple[bytes | str, str]:
    found = read_asset(path.removeprefix("/static/"))
    return found or (draw_gallery(path[1:] if path[1:] in LANGUAGES else "en"), "text/html; charset=utf-8")


def show(browser: Browser, tongue: str, face: str) -> Watched:
    seen = watch(open_context(browser, **FACES[face]), answer=answer)
    seen.page.goto(f"{seen.origin}/{tongue}")
    return seen


@pytest.mark.parametrize(
    ("tongue", "face"),
    [("en", "light"), ("ko", "dark"), ("zh", "phone"), ("en", "zoomed"), ("ko", "forced"), ("zh", "light")],
)
def test_nobody_is_kept_out(browser: Browser, tongue: str, face: str) -> None:
    seen = show(browser, tongue, face)
    assert seen.find_barriers() == []
    seen.settle()
    seen.page.context.close()


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_nothing_is_wider_than_a_phone(browser: Browser, tongue: str) -> None:
    seen = show(browser, tongue, "phone")
    assert seen.page.evaluate("document.documentElement.scrollWidth") == 360
    seen.page.context.close()


def test_the_errors_come_first_and_lead_to_their_fields(browser: Browser) -> None:
    seen = show(browser, "en", "light")
    page = seen.page
    assert page.evaluate("document.activeElement.id") == "errors"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "reason"
    assert page.input_value("#reason") == "<script>", "what was typed is text, and is still there"
    seen.settle()
    page.context.close()


def test_words_are_covered_until_asked_for(browser: Browser) -> None:
    seen = show(browser, "ko", "light")
    quote = seen.page.locator("blockquote").first
    assert not quote.is_visible()
    seen.page.locator("details.words summary").first.press("Enter")
    assert quote.is_visible()
    assert quote.get_attribute("lang") == "ko"
    seen.page.context.close()


def test_escape_twice_hides_and_locks(browser: Browser) -> None:
    seen = show(browser, "en", "light")
    page = seen.page
    page.locator("#seek").press("Escape")
    assert page.locator("body").is_visible()
    with page.expect_request(lambda request: request.url.endswith("/lock")) as asked:
        page.keyboard.down("Escape")  # not a press: the page that would let the key go is being left
    assert asked.value.method == "POST"
    page.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_its_letters_first(browser: Browser, lang: str) -> None:
    seen = show(browser, lang, "light")
    families = seen.page.evaluate("getComputedStyle(document.documentElement).fontFamily")
    first = {"en": "system-ui", "ko": "Apple SD Gothic Neo", "zh": "PingFang SC"}[lang]
    assert first in families.replace('"Onggi Signs", ', "").replace('"Onggi Dot", ', "").split(",")[0]
    broken = seen.page.evaluate("getComputedStyle(document.documentElement).wordBreak")
    assert broken == {"ko": "keep-all"}.get(lang, "normal")
    seen.page.context.close()


def test_no_template_has_a_style_or_a_script_of_its_own() -> None:
    templates = files("onggi.web").joinpath("templates")
    found = [folder for folder in (templates, *templates.iterdir()) if folder.is_dir()]
    for template in (one for folder in found for one in folder.iterdir() if one.name.endswith(".html")):
        text = template.read_text("utf-8")
        assert "style=" not in text and "<style" not in text and " on" + "click" not in text
        assert text.count("<script") == text.count('<script type="module" src=') + text.count(
            "<script defer src="
        )
        assert "|safe" not in text and "autoescape" not in text


def test_keys_lead_on_but_not_while_somebody_types(browser: Browser) -> None:
    seen = show(browser, "en", "light")
    page = seen.page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "seek"
    page.keyboard.type("gh/")
    assert page.input_value("#seek") == "gh/", "what is typed is text"
    page.locator("main").focus()
    with page.expect_navigation(url=f"{seen.origin}/"):
        page.keyboard.press("g")
        page.keyboard.press("h")
    page.context.close()


def test_a_letter_that_is_being_composed_is_no_key(browser: Browser) -> None:
    seen = show(browser, "ko", "light")
    page = seen.page
    page.locator("main").focus()
    for key in ("Escape", "Escape", "/"):
        page.evaluate(
            "key => document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', {key, isComposing: true, bubbles: true}))",
            key,
        )
    assert page.locator("body").is_visible()
    assert page.evaluate("document.activeElement.id") != "seek"
    page.context.close()


def test_paper_shows_what_is_said_and_none_of_the_frame(browser: Browser) -> None:
    seen = show(browser, "en", "dark")
    page = seen.page
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert not page.locator(".buttons").first.is_visible()
    assert page.locator(".statement").first.is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()


def find_in_graph(page: Page) -> None:
    """Find one of them, and go on to what it is tied to, with keys alone."""
    page.fill("#graph-seek", "p-7")
    page.keyboard.press("Enter")
    assert page.get_attribute("#graph", "data-chosen") == "P-7", "a whole code comes before a part of one"
    assert page.locator("#graph-told li").all_text_contents() == ["A-7 · Victim → P-7"]
    page.focus("#graph")
    chosen = set()
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        chosen.add(page.get_attribute("#graph", "data-chosen"))
    assert len(chosen) > 1, "arrows go from one to the next"
    page.keyboard.press("0")
    assert page.get_attribute("#graph", "data-chosen") is None and not page.locator("#graph-told li").count()
    page.fill("#graph-seek", "nobody")
    page.keyboard.press("Enter")
    assert page.get_attribute("#graph-seek", "aria-invalid") == "true"


def test_a_graph_of_three_hundred_is_drawn_under_our_policy(browser: Browser) -> None:
    def reply(path: str) -> tuple[bytes | str, str]:
        found = read_asset(path.removeprefix("/static/"))
        return found or (draw_relations(300), "text/html; charset=utf-8")

    seen = watch(open_context(browser), answer=reply)
    seen.page.goto(seen.origin)
    seen.page.locator("summary").click()
    seen.page.locator("#graph[data-drawn='300']").wait_for()
    find_in_graph(seen.page)
    seen.settle()
    seen.page.context.close()
