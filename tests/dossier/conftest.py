"""An invented case, built once and copied for each test; no passphrase costs and no disk is waited for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import desk, make_cheap
from tests.cli.conftest import template as example
from tests.dossier.cases import Invented
from tests.dossier.crowds import CROWD, write_people

__all__ = ["desk", "example"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Invented:
    with pytest.MonkeyPatch.context() as patch:
        make_cheap(patch)
        invented = Invented(tmp_path_factory.mktemp("invented") / "vault")
        invented.make()
        invented.close()
    return invented


@pytest.fixture
def invented(built: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Invented]:
    """The case, in a vault of its own."""
    make_cheap(monkeypatch)
    copy = built.copy(tmp_path / "vault")
    yield copy
    copy.close()


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Invented:
    """A vault with eighty-one people in it."""
    with pytest.MonkeyPatch.context() as patch:
        make_cheap(patch)
        invented = Invented(tmp_path_factory.mktemp("many") / "vault")
        invented.make()
        first = 10
        for act, sex, number in CROWD:
            invented.case = invented.record(write_people(first, number, act=act, sex=sex))
            first += number
        invented.close()
    return invented


@pytest.fixture
def many(recorded: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Invented]:
    """The same, in a vault of its own."""
    make_cheap(monkeypatch)
    copy = recorded.copy(tmp_path / "vault")
    yield copy
    copy.close()
