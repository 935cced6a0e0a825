"""For all tests: that a machine is slow is no failure (how fast we are is shown in bench/), and a passphrase
costs what it costs until a test says otherwise."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from onggi.vault import keys, keyslot

settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="module", autouse=True)
def real_passphrases() -> Iterator[None]:
    """Whatever other files of tests left behind: with a cheap one no real vault would open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyslot, "stretch", keys.stretch)
        yield
