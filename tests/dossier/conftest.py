"""An invented case, built once and copied for each test; no passphrase costs and no disk is waited for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import desk, make_cheap
from tests.cli.conftest import template as example
from tests.dossier.cases import Invented

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
