"""A real Chromium that reaches nobody, and a page in it that tells on everything that should not happen.

Each page collects violations of the content security policy, errors on the console and requests that would
leave its origin, and `settle` fails on any. Nothing listens: what the browser asks for is answered in place,
unless a test hands in an origin that somebody serves.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from pytest_socket import disable_socket, enable_socket

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ORIGIN = "http://onggi.localhost"
GRAVE = {"serious", "critical"}

Answer = Callable[[str], tuple[bytes | str, str]]
"""What stands at a path: bytes or text, and its media type."""


@dataclass
class Watched:
    """A page and what was seen of it."""

    page: Page
    origin: str
    amiss: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Fail on whatever should not have happened."""
        violations = self.page.evaluate("window.__violations || []")
        assert [*self.amiss, *violations] == []

    def speak(self, tongue: str) -> None:
        """Choose a language, as somebody does, wherever she is."""
        if not self.page.url.startswith(self.origin):
            self.page.goto(f"{self.origin}/search")
        self.page.locator(f".tongues button[value={tongue}]").click()

    def find_barriers(self) -> list[str]:
        """What axe finds that would keep somebody out, each with the first element it is about."""
        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in GRAVE]


@contextmanager
def launch() -> Iterator[Browser]:
    """Chromium, without a way to resolve any name but those of this machine."""
    enable_socket()  # the driver's loop wakes itself through a pair of sockets; nothing else may
    try:
        with sync_playwright() as driver:
            disable_socket()
            rules = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.localhost"
            browser = driver.chromium.launch(
                executable_path=CHROMIUM, args=[f"--host-resolver-rules={rules}"]
            )
            yield browser
            browser.close()
    finally:
        disable_socket()


def open_context(browser: Browser, **surroundings: Any) -> BrowserContext:
    """A context that collects what its pages violate."""
    context = browser.new_context(**surroundings)
    context.add_init_script(
        "window.__violations = []; addEventListener('securitypolicyviolation', event => "
        "window.__violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"
    )
    return context


def watch(context: BrowserContext, origin: str = ORIGIN, answer: Answer | None = None) -> Watched:
    """A watched page; with `answer`, everything it asks for is answered in place under our policy."""
    seen = Watched(context.new_page(), origin)
    page = seen.page

    def note(request: Any) -> None:
        if not request.url.startswith((origin, "data:", "blob:")):
            seen.amiss.append(f"asked elsewhere: {request.url}")

    def reply(route: Route) -> None:
        body, kind = answer(route.request.url.removeprefix(origin)) if answer else ("", "text/plain")
        headers = {"Content-Type": kind, "Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        route.fulfill(body=body, headers=headers)

    page.on("request", note)
    page.on("pageerror", lambda error: seen.amiss.append(f"error: {error}"))
    page.on("console", lambda said: seen.amiss.append(said.text) if said.type == "error" else None)
    if answer:
        page.route("**/*", reply)
    return seen
