"""Opening a vault for a command: the passphrase, the clock, the dice, and a bar while it takes long.

The only place where time and randomness enter.
"""

import os
import time
from datetime import UTC, date, datetime
from pathlib import Path

from onggi.cli.asking import ask_passphrase
from onggi.cli.showing import Bar
from onggi.ledger.ledger import Ledger, open_ledger
from onggi.ledger.view import View
from onggi.vault.opened import Compartment


def read_clock() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def today() -> date:
    """The day, UTC."""
    return datetime.fromtimestamp(read_clock() / 1000, UTC).date()


randomness = os.urandom


def unlock(vault: Path, slot: int, passphrase_file: Path | None) -> Ledger:
    """The ledger of a vault, unlocked with a passphrase."""
    # Whether anything lies there is looked at first: nobody should type a passphrase for nothing.
    require_vault(vault)
    return open_ledger(vault, slot, ask_passphrase(passphrase_file), randomness, read_clock, Bar())


def require_vault(vault: Path) -> None:
    """Refuse a place where no vault lies."""
    from onggi.errors import Exit, OnggiError
    from onggi.vault.folder import Folder

    if not Folder(vault, randomness).exists():
        raise OnggiError("vault.absent", exit_code=Exit.ABSENT)


def read_view(
    ledger: Ledger,
    identity: bool,
    because: str | None,
    compartment: Compartment | None = None,
    case: str | None = None,
    day: int | None = None,
) -> View:
    """The record, or with `identity` all that is granted of one compartment, once the reason is signed."""
    if not identity:
        return ledger.view(day, compartment=compartment)
    return ledger.open_identity(compartment or ledger.vault.compartment(), case, because or "", day)
