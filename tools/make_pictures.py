"""Pictures of every page of the example vault: each language, light and dark, phone and desk.

    python tools/make_pictures.py [FOLDER [PART-OF-A-PATH …]]

Into `.pictures` unless a folder is named; nothing of them is kept in the repository but the two that the
README shows (`--readme` writes those). The vault is made afresh, as if some days ago, and opened by
`onggi open`, as the tests do (tests/web/opening.py). Names are closed but on the pages that are called
`open`; those that are called `then` are as of the day it was made. Needs Chromium.
"""

import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from playwright.sync_api import Page  # noqa: E402
from tests.web.browser import launch, open_context  # noqa: E402
from tests.web.opening import Opened, open_example  # noqa: E402
from tests.web.tour import (  # noqa: E402
    CASE,
    DAYS,
    FRIEND,
    OVERLAPS,
    PATIENCE,
    WOMAN,
    bring_overlaps,
    count_overlap,
    find_earlier,
    take_tour,
)

from onggi.words import LANGUAGES, say  # noqa: E402

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
SCHEMES = ("light", "dark")
README = {"pages-home": ("/", "en", "light"), "pages-case": (f"/case/{CASE}#conflicts", "ko", "dark")}
REASON = "INVENTED: to arrange a meeting"


def main(arguments: list[str]) -> None:
    """Take them."""
    with (
        TemporaryDirectory() as folder,
        launch() as browser,
        open_example(browser, Path(folder), DAYS) as opened,
    ):
        if "--readme" in arguments:
            take_two(opened)
            return
        place, parts = Path(arguments[0] if arguments else ROOT / ".pictures"), arguments[1:]
        found = take_tour(opened)
        paths = {_name(route): path for route, path in (found | find_earlier(found, opened)).items()}
        steps = {name: step for name, step in STEPS.items() if _is_wanted(name, parts)}
        faces = list(product(SIZES.items(), SCHEMES))
        for ((size, viewport), scheme), tongue in product(faces, LANGUAGES):
            page = enter(opened, tongue, color_scheme=scheme, viewport=viewport)
            for name, path in paths.items():
                if _is_wanted(name, parts):
                    page.goto(opened.origin + path)
                    take(page, place / tongue / f"{name}-{size}-{scheme}.png")
            for name, step in steps.items():
                step(page, opened.origin, paths)
                take(page, place / tongue / f"{name}-{size}-{scheme}.png")
            page.context.close()
        if _is_wanted("locked", parts):
            take_locked(
                opened, place, [(f"{size}-{scheme}", viewport, scheme) for (size, viewport), scheme in faces]
            )


def enter(opened: Opened, tongue: str, **face: object) -> Page:
    """A page in the open vault, in a language and with a face."""
    page = open_context(opened.browser, storage_state=opened.state, **face).new_page()
    page.goto(f"{opened.origin}/search")
    page.locator(f".tongues button[value={tongue}]").click()
    if page.locator(".opened").count():
        page.locator(".opened button").click()
    return page


def take(page: Page, file: Path) -> None:
    """One picture, from the top of the page to its end."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state()  # a page that a form led to is there before its style, and wider
    page.screenshot(path=file, full_page=True)
    print(file)


def take_two(opened: Opened) -> None:
    """What the README shows: one window each."""
    for name, (path, tongue, scheme) in README.items():
        page = enter(opened, tongue, color_scheme=scheme, viewport={"width": 1100, "height": 760})
        page.goto(opened.origin + path)
        page.screenshot(path=ROOT / "docs/pictures" / f"{name}.png")
        page.context.close()


def take_locked(opened: Opened, place: Path, faces: list[tuple[str, dict[str, int], str]]) -> None:
    """The page of a locked vault, in all three languages at once; last, since nothing else opens any more."""
    page = enter(opened, "en")
    page.locator("#lock").click()
    page.context.close()
    for face, viewport, scheme in faces:
        page = open_context(opened.browser, color_scheme=scheme, viewport=viewport).new_page()
        page.goto(opened.origin)
        take(page, place / "en" / f"locked-{face}.png")
        page.context.close()


def open_names(page: Page, origin: str, paths: dict[str, str]) -> None:
    """Her page, with her names."""
    page.goto(f"{origin}/identity/{WOMAN}")
    page.fill("#reason", REASON)
    page.locator("main form button").click()


def open_review(page: Page, origin: str, paths: dict[str, str]) -> None:
    """Two entries side by side, with their names: those of every case are opened there."""
    page.goto(f"{origin}/review")
    if page.locator("form[action='/review/open']").count():
        page.fill("#reason", REASON)
        page.locator("form[action='/review/open'] button").click()
    if not page.locator("#judge").count():
        page.locator("form[action='/review/compare'] button").click()
        page.locator("main p > a.button").click(timeout=PATIENCE)


def choose_two(page: Page, origin: str, paths: dict[str, str]) -> None:
    """Two that nothing suggests, of whom one can be several."""
    open_review(page, origin, paths)
    page.goto(f"{origin}/review/two/{WOMAN}")
    page.fill("#other", "Ri Yong Hui")
    page.locator("form[action='/review/two'] .button").click()
    page.locator("#errors").wait_for()


def ask_two(page: Page, origin: str, paths: dict[str, str]) -> None:
    """The page that asks which two."""
    open_review(page, origin, paths)
    page.goto(f"{origin}/review/two")


def set_beside(page: Page, origin: str, paths: dict[str, str]) -> None:
    """Two that somebody chose, side by side."""
    open_review(page, origin, paths)
    page.goto(f"{origin}/review/two/{WOMAN}/{FRIEND}")


def ask_suggestions(page: Page, origin: str, paths: dict[str, str]) -> None:
    """What a page of suggestions holds, before it is made."""
    open_review(page, origin, paths)
    page.goto(f"{origin}/review/page")


def make_suggestions(page: Page, origin: str, paths: dict[str, str]) -> None:
    """A page of suggestions that was made, and has not left."""
    open_review(page, origin, paths)
    page.goto(origin + paths["review-page-one"])


def erase_person(page: Page, origin: str, paths: dict[str, str]) -> None:
    """What can be erased of her."""
    open_once(page, origin, f"/person/{WOMAN}/erase")


def erase_loose(page: Page, origin: str, paths: dict[str, str]) -> None:
    """What can be erased that belongs to nobody."""
    open_once(page, origin, f"/case/{CASE}/erase")


def warn_case(page: Page, origin: str, paths: dict[str, str]) -> None:
    """What could be used against whom."""
    open_once(page, origin, f"/case/{CASE}/law/warnings")


def warn_then(page: Page, origin: str, paths: dict[str, str]) -> None:
    """The same as of an earlier day."""
    warn_case(page, origin, paths)
    page.goto(origin + paths["case-law-then"].replace("/law?", "/law/warnings?"))


def item_then(page: Page, origin: str, paths: dict[str, str]) -> None:
    """An item as of an earlier day, with who had it."""
    warn_case(page, origin, paths)
    page.goto(origin + paths["item-then"])


def withdraw_since(page: Page, origin: str, paths: dict[str, str]) -> None:
    """A yes of an earlier day that was withdrawn since."""
    over = "|".join(say("web_consent.tag.over", tongue) for tongue in LANGUAGES)
    page.goto(origin + paths["case-consent-then"])
    if not page.locator(f"text=/{over}/").count():
        page.goto(f"{origin}/case/{CASE}/consent")
        page.locator("form[action$='/withdraw'] button").first.click()
        page.goto(origin + paths["case-consent-then"])


def open_once(page: Page, origin: str, path: str) -> None:
    """A page that asks for a reason where names of its case are not open."""
    page.goto(origin + path)
    if page.locator("form[action='/identity/open']").count():
        page.fill("#reason", REASON)
        page.locator("form[action='/identity/open'] button").click()
        page.goto(origin + path)


def judge_two(page: Page, origin: str, paths: dict[str, str]) -> None:
    """Two people, judged, in the list of all judgements."""
    open_review(page, origin, paths)
    page.goto(f"{origin}/review/two/{WOMAN}/{FRIEND}")
    page.fill("#reason", "INVENTED: years apart")
    page.locator("button[value=different]").click()
    page.goto(f"{origin}/review/judged")


def miss_answers(page: Page, origin: str, paths: dict[str, str]) -> None:
    """A form that lacks what it asks for."""
    page.goto(f"{origin}/case/{CASE}/consent/new")
    page.locator("main form .buttons button").last.click()
    page.locator("#errors").wait_for()


def miss_page(page: Page, origin: str, paths: dict[str, str]) -> None:
    """A page that is not there."""
    page.goto(f"{origin}/person/P-0000000")


def look_into(page: Page, origin: str, paths: dict[str, str]) -> None:
    """An item that is looked into, for a reason."""
    page.goto(origin + paths["item"])
    page.fill("#reason", REASON)
    page.locator("form[action$='/look'] .button").first.click()
    page.locator("figure.seen").first.wait_for()


def compare_names(page: Page, origin: str, paths: dict[str, str]) -> None:
    """Two names side by side."""
    page.goto(f"{origin}/names")
    page.fill("#name", "Li Yingji")
    page.fill("#other", "李英姬 女士")
    page.locator("main form .button").click()
    page.locator("#alike").wait_for()


def look_at_own(page: Page, origin: str, paths: dict[str, str]) -> None:
    """A correction of one's own, looked at before it counts."""
    bring_own(page, origin, "INVENTED: a lawyer of ours")


def mistake_own(page: Page, origin: str, paths: dict[str, str]) -> None:
    """One that nobody signed: what is wrong with it."""
    bring_own(page, origin, "")


def count_own(page: Page, origin: str, paths: dict[str, str]) -> None:
    """The law of a case by a correction of one's own."""
    bring_own(page, origin, "INVENTED: a lawyer of ours")
    page.locator("button[value=count]").click()
    page.goto(f"{origin}/case/{CASE}/law")
    page.locator("details.charge:has-text('CN-CL-241') summary").first.click()


def list_own(page: Page, origin: str, paths: dict[str, str]) -> None:
    """What counts, from the page that lets go of it."""
    count_own(page, origin, paths)
    page.goto(f"{origin}/norms/own")


def forget_own(page: Page, origin: str, paths: dict[str, str]) -> None:
    """Let go of it, so that other pages are by what is shipped."""
    page.goto(f"{origin}/norms/own")
    if page.locator("button[value=forget]").count():
        page.locator("button[value=forget]").click()


def bring_own(page: Page, origin: str, by: str) -> None:
    """A copy of a shipped entry, signed by somebody."""
    page.goto(f"{origin}/norms")
    page.locator("main li:has-text('CN-CL-241') a[href*='/norm/']").first.click()
    page.locator("a[href*='begin=']").click()
    text = page.locator("#text").input_value().replace('changed_by = ""', f'changed_by = "{by}"')
    page.fill("#text", text.replace('changed_on = ""', 'changed_on = "2026-11-29"'))
    page.locator("form[enctype] button").click()
    page.wait_for_load_state()


def beside_sources(page: Page, origin: str, paths: dict[str, str]) -> None:
    """Two sources side by side, which no name is opened for."""
    choose_source(page, origin, paths)
    page.fill("#other", page.locator("#like option").first.get_attribute("value") or "")
    page.locator("form[action='/review/two'] .button").click()
    page.locator("#judge").wait_for()


def choose_source(page: Page, origin: str, paths: dict[str, str]) -> None:
    """Which other source is meant beside one."""
    page.goto(origin + paths["source"])
    page.locator("main a[href^='/review/two/']").click()


def choose_overlaps(page: Page, origin: str, paths: dict[str, str]) -> None:
    """The columns of a table of people."""
    bring_overlaps(page, origin)


def miss_overlaps(page: Page, origin: str, paths: dict[str, str]) -> None:
    """A table in which something is wrong."""
    bring_overlaps(page, origin, f"{OVERLAPS}INVENTED,1\nINVENTED\n")


def answer_overlaps(page: Page, origin: str, paths: dict[str, str]) -> None:
    """What came of a table; later pictures of what was understood lead to it."""
    page.goto(origin + paths["numbers-lists-one"])
    count_overlap(page)


def list_tables(page: Page, origin: str, paths: dict[str, str]) -> None:
    """The tables of the session, below the estimates that stand."""
    page.goto(f"{origin}/numbers")


STEPS = {
    "things-choose": choose_source,
    "things-beside": beside_sources,
    "norms-own-seen": look_at_own,
    "norms-own-wrong": mistake_own,
    "norms-own-law": count_own,
    "norms-own-counting": list_own,
    "norms-own-gone": forget_own,
    "numbers-lists-choose": choose_overlaps,
    "numbers-lists-wrong": miss_overlaps,
    "numbers-lists-answer": answer_overlaps,
    "numbers-lists-session": list_tables,
    "person-open": open_names,
    "person-erase-open": erase_person,
    "case-erase-open": erase_loose,
    "case-law-warnings-open": warn_case,
    "case-law-warnings-then-open": warn_then,
    "item-then-open": item_then,
    "case-consent-then-over": withdraw_since,
    "review-open": open_review,
    "review-page-open": ask_suggestions,
    "review-page-one-open": make_suggestions,
    "review-two-open": ask_two,
    "review-two-one-one-open": set_beside,
    "review-two-wrong": choose_two,
    "review-judged-open": judge_two,
    "item-open": look_into,
    "names-two": compare_names,
    "consent-new-wrong": miss_answers,
    "error": miss_page,
}
"""What is seen only after something was done there."""


def _is_wanted(name: str, parts: list[str]) -> bool:
    return not parts or any(part in name for part in parts)


def _name(route: str) -> str:
    """What a picture of a page is called: its route; `one` stands for one of many."""
    parts = [part for part in route.split("/") if part and part != "{ref}"]
    return "-".join("one" if part.startswith("{") else part for part in parts) or "home"


if __name__ == "__main__":
    main(sys.argv[1:])
