"""The tally of each test, and its row in docs/soak.md when the full count ran."""

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests.promises.bounded import open_office
from tests.promises.desks import Launched
from tests.promises.twins import SHARE, Tally, write_row

_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made there has a random name and is ours alone
_RESULT = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether the test itself passed, for the fixture that ends after it."""
    report = yield
    if report.when == "call":
        item.stash[_RESULT] = report.passed
    return report


@pytest.fixture(scope="session")
def bounded() -> Iterator[Launched]:
    """A desk with a vault that holds a small case, whose commands get so much memory and no more."""
    with make_swift_folder() as folder, open_office(folder) as office:
        yield office


@pytest.fixture
def swift_path() -> Iterator[Path]:
    """A folder of a test's own, where writing waits for no disk."""
    with make_swift_folder() as folder:
        yield folder


@contextmanager
def make_swift_folder() -> Iterator[Path]:
    """A folder in memory, where the system has such a place."""
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """What the test counts; in a soak it is written down."""
    counted, started = Tally(), time.monotonic()
    node = request.node
    asked = [full for mark in node.iter_markers("soak") for full in mark.args]
    if asked and (count := node.callspec.params["count"]) < asked[0]:
        counted.share = f"{count:,} of {asked[0]:,}, {SHARE}"
    yield counted
    if node.get_closest_marker("soak") is not None and _RESULT in node.stash:
        day = datetime.now(UTC).date().isoformat()
        sentence = node.function.__doc__
        write_row(
            node.module.__doc__, sentence, counted, node.stash[_RESULT], time.monotonic() - started, day
        )
