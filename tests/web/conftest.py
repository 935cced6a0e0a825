"""One Chromium for all tests of pages, or a skip that says so; and a vault behind its guards."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.cli.conftest import FIRST_DAY, desk, template
from tests.dossier.conftest import built, invented
from tests.promises.office import Office, borrow, find_office, made_cheap
from tests.web.browser import CHROMIUM, launch
from tests.web.opening import Opened, open_example
from tests.web.visiting import House, Visitor, open_house

from onggi.cli.opening import randomness
from onggi.ledger.ledger import open_ledger

__all__ = ["built", "desk", "invented", "template"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip with the reason."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: chromium)")
    with launch() as browser:
        yield browser


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An invented office; nobody writes there."""
    return find_office(tmp_path_factory.mktemp("offices"))


@pytest.fixture
def house(office: Office, tmp_path: Path) -> Iterator[House]:
    """A copy of its vault, unlocked behind the guards."""
    with made_cheap():
        yield open_house(borrow(office.vault, tmp_path / "vault"))


@pytest.fixture
def visitor(desk: Path) -> Iterator[Visitor]:
    """Somebody who came in at the example vault, as its admin, in a copy that a test may write to."""
    yield from _enter(desk, 1, "passphrase")


@pytest.fixture
def colleague(visitor: Visitor, desk: Path) -> Iterator[Visitor]:
    """The other member, at the same vault."""
    yield from _enter(desk, 2, "passphrase-2")


def _enter(desk: Path, slot: int, file: str) -> Iterator[Visitor]:
    moments = count(FIRST_DAY, 1000)
    passphrase = (desk / f"vault.{file}").read_text("utf-8").strip()
    ledger = open_ledger(desk / "vault", slot, passphrase, randomness, lambda: next(moments))
    yield Visitor(House(ledger))
    ledger.close()


@pytest.fixture(scope="session")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The example vault behind `onggi open`, in a browser; for tests that close again what they opened."""
    with open_example(browser, tmp_path_factory.mktemp("opened")) as found:
        yield found
