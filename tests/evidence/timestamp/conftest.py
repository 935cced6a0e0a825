"""Two local authorities named EXAMPLE, made once; their replies are made with `openssl ts`."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from tests.evidence.authority import Authority, build_authority
from tests.vault.invented import build_vault, copy_folder, stretch_cheaply

from onggi.evidence.timestamp.request import Request, make_request
from onggi.vault import folder, keyslot

TEXT = b"an invented anchor file\n"
NEEDS_OPENSSL = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """One whose replies carry its own certificate."""
    return build_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """One whose replies carry two certificates, its own and the root's."""
    return build_authority(tmp_path_factory.mktemp("authority"), "EXAMPLE Authority B", embeds=2)


@pytest.fixture(scope="session")
def request_of() -> Request:
    """A request over TEXT."""
    return make_request(TEXT, "sha256", bytes)


@pytest.fixture(scope="session")
def reply(authority: Authority, request_of: Request) -> bytes:
    """The first authority's reply over TEXT."""
    return authority.reply(request_of.raw)


@pytest.fixture
def earlier() -> Callable[[Authority, Request, datetime], bytes]:
    """What an authority answered at another moment."""
    if shutil.which("faketime") is None:
        pytest.skip("not here: faketime")
    return lambda authority, request, moment: authority.reply(request.raw, moment)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented vault; nobody writes here."""
    root = tmp_path_factory.mktemp("template") / "vault"
    with pytest.MonkeyPatch.context() as patch:
        make_cheap(patch)
        build_vault(root)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the invented vault to work on; a passphrase costs nothing, and nothing waits for the disk."""
    make_cheap(monkeypatch)
    return copy_folder(template, tmp_path / "vault")


def make_cheap(patch: pytest.MonkeyPatch) -> None:
    """No Argon2id and no fsync, where neither is what is tested."""
    patch.setattr(keyslot, "stretch", stretch_cheaply)
    patch.setattr(folder, "_sync", lambda file: None)
