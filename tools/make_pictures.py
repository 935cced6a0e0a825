"""Pictures of every page of the example vault: each language, light and dark, phone and desk.

    python tools/make_pictures.py [FOLDER [PART-OF-A-PATH …]]

Into `.pictures` unless a folder is named; nothing of them is kept in the repository but the two that the
README shows (`--readme` writes those). The vault is made afresh and opened by `onggi open`, as the tests do
(tests/web/opening.py). Names are closed but on the pages that are called `open`. Needs Chromium.
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
from tests.web.test_pages import WOMAN, list_paths  # noqa: E402

from onggi.words import LANGUAGES  # noqa: E402

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
SCHEMES = ("light", "dark")
README = {"pages-home": ("/", "en", "light"), "pages-case": ("/case/C-7Q2WZ5C#conflicts", "ko", "dark")}


def main(arguments: list[str]) -> None:
    """Take them."""
    with TemporaryDirectory() as folder, launch() as browser, open_example(browser, Path(folder)) as opened:
        if "--readme" in arguments:
            take_two(opened)
            return
        place = Path(arguments[0] if arguments else ROOT / ".pictures")
        for (size, viewport), scheme, tongue in product(SIZES.items(), SCHEMES, LANGUAGES):
            page = enter(opened, tongue, color_scheme=scheme, viewport=viewport)
            for path in list_paths(page, opened.origin):
                if arguments[1:] and not any(part in path for part in arguments[1:]):
                    continue
                page.goto(opened.origin + path)
                take(page, place / tongue / f"{_name(path)}-{size}-{scheme}.png")
            if not arguments[1:]:
                _open_names(page, opened.origin)
                take(page, place / tongue / f"person-open-{size}-{scheme}.png")
                page.locator(".opened button").click()
            page.context.close()


def enter(opened: Opened, tongue: str, **face: object) -> Page:
    """A page in the open vault, in a language and with a face."""
    page = open_context(opened.browser, storage_state=opened.state, **face).new_page()
    page.goto(f"{opened.origin}/search")
    page.locator(f".tongues button[value={tongue}]").click()
    return page


def take(page: Page, file: Path) -> None:
    """One picture, from the top of the page to its end."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True)
    print(file)


def take_two(opened: Opened) -> None:
    """What the README shows: one window each."""
    for name, (path, tongue, scheme) in README.items():
        page = enter(opened, tongue, color_scheme=scheme, viewport={"width": 1100, "height": 760})
        page.goto(opened.origin + path)
        page.screenshot(path=ROOT / "docs/pictures" / f"{name}.png")
        page.context.close()


def _open_names(page: Page, origin: str) -> None:
    page.goto(f"{origin}/identity/{WOMAN}")
    page.fill("#reason", "INVENTED: to arrange a meeting")
    page.locator("main form button").click()


def _name(path: str) -> str:
    return "-".join(part for part in path.split("/") if part) or "home"


if __name__ == "__main__":
    main(sys.argv[1:])
