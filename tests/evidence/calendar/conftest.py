"""The invented vault, and headers that cost nothing."""

from collections.abc import Iterator

import pytest
from tests.evidence.calendar.invented import Calendar, serve_calendar
from tests.evidence.timestamp.conftest import root, template

from onggi.evidence.calendar import header

__all__ = ["root", "template"]


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A header counts that anybody can make."""
    monkeypatch.setattr(header, "LEAST_WORK", 1)


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    """A calendar server on this machine."""
    with serve_calendar() as served:
        yield served
