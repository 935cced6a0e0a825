"""Making a vault where a person wants it: whether one may be made there, and what its passphrase is to cost.

Touches the disk through `enrol`. Refused, before anything is written: a place where anything lies, and one
inside another vault, whose check would call it a stranger.
"""

import os
from collections.abc import Callable
from pathlib import Path

from onggi.errors import Exit, OnggiError
from onggi.vault.enrol import create_vault
from onggi.vault.folder import Folder
from onggi.vault.keyslot import choose_cost
from onggi.vault.opened import Vault
from onggi.vault.seal import Randomness

Progress = Callable[[int, int, str], None]

_STEPS = 2


def require_free(place: Path, randomness: Randomness) -> None:
    """Refuse a place where no vault may be made: `vault.folder.taken`, `vault.folder.inside`."""
    if not Folder(place, randomness).free():
        raise OnggiError("vault.folder.taken", exit_code=Exit.USAGE)
    around = Path(os.path.realpath(place)).parents
    if any(Folder(one, randomness).exists() for one in around):
        raise OnggiError("vault.folder.inside", exit_code=Exit.USAGE)


def found_vault(
    place: Path,
    passphrase: str,
    name: str,
    randomness: Randomness,
    progress: Progress = lambda done, total, stage: None,
) -> Vault:
    """A new vault with one admin and one compartment, called `name`; guessing its passphrase is made slow.

    How slow is measured on this machine, which takes seconds, as does the rest.
    """
    require_free(place, randomness)
    progress(0, _STEPS, "seal")
    cost = choose_cost()
    progress(1, _STEPS, "seal")
    return create_vault(place, passphrase, name, cost, randomness)
