"""A browser that is answered by a house in this process: no socket, the same guards, and a cable to pull."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Route
from tests.web.browser import ORIGIN, Watched, open_context, watch
from tests.web.visiting import House, Visitor


@dataclass
class Bridge:
    """Pages of one house in one browser that asks for `tongue`. While `down`, nothing is answered."""

    browser: Browser
    house: House
    down: bool = False
    tongue: str = "en"
    opened: list[Watched] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._visitor = Visitor(self.house)

    def open(self, path: str, **surroundings: object) -> Page:
        """A page of the house, watched."""
        seen = watch(open_context(self.browser, **surroundings))
        seen.page.route("**/*", self._answer)
        self.opened.append(seen)
        seen.page.goto(ORIGIN + path)
        return seen.page

    def settle(self) -> None:
        """Fail on whatever should not have happened in any of the pages."""
        for seen in self.opened:
            seen.amiss = [one for one in seen.amiss if "Failed to load resource" not in one]
            seen.settle()
            seen.page.context.close()

    def _answer(self, route: Route) -> None:
        asked = route.request
        if self.down:
            route.abort("connectionfailed")
            return
        target = asked.url.removeprefix(ORIGIN)
        lines = self._visitor.head(asked.method, accept_language=self.tongue)
        answered = self.house.ask(asked.method, target, lines, asked.post_data_buffer or b"")
        if answered.status == 303:
            # Where a redirect leads is not asked of us but of the network, and there is none.
            to = answered.headers["location"].partition("#")[0]
            onward = f'<meta http-equiv="refresh" content="0;url={to}">'
            route.fulfill(status=200, headers=dict(answered.headers), body=onward, content_type="text/html")
            return
        route.fulfill(status=answered.status, headers=dict(answered.headers), body=answered.body)
