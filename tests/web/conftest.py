"""One Chromium for all tests of pages; without one they are skipped, saying so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.web.browser import CHROMIUM, launch


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip with the reason."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: chromium)")
    with launch() as browser:
        yield browser
