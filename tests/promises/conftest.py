"""The tally of each test, and its row in docs/soak.md when the full count ran."""

import time
from collections.abc import Generator, Iterator
from datetime import UTC, datetime

import pytest
from tests.promises.twins import Tally, write_row

_RESULT = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether the test itself passed, for the fixture that ends after it."""
    report = yield
    if report.when == "call":
        item.stash[_RESULT] = report.passed
    return report


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """What the test counts; in a soak it is written down."""
    counted, started = Tally(), time.monotonic()
    yield counted
    node = request.node
    if node.get_closest_marker("soak") is not None and _RESULT in node.stash:
        day = datetime.now(UTC).date().isoformat()
        sentence = node.function.__doc__
        write_row(
            node.module.__doc__, sentence, counted, node.stash[_RESULT], time.monotonic() - started, day
        )
