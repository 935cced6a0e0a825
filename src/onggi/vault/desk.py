"""The desk: drafts, job state and settings of one device, in one cell that never leaves this folder (§6)."""

from collections.abc import Callable

from onggi.vault.cells import build_cell, open_cell
from onggi.vault.enrol import settle_in
from onggi.vault.opened import Vault


def read_desk(vault: Vault) -> bytes:
    """What lies on this device's desk, as JSON bytes."""
    cell = vault.folder.read(f"desks/{vault.card.desk}")
    return open_cell(vault.device.desk, vault.id, "desks", vault.card.desk, cell)


def write_desk(vault: Vault, data: bytes) -> None:
    """Replace what lies on this device's desk."""
    name = vault.card.desk
    cell = build_cell(vault.vaultkey, vault.device.desk, vault.id, "desks", name, data, vault.randomness)
    vault.folder.replace(f"desks/{name}", cell)


def change_desk(vault: Vault, change: Callable[[bytes], bytes]) -> None:
    """Replace what lies on the desk by what `change` makes of it, as the only one who writes.

    It is on the disk when this returns. In a copy of a vault the device becomes one of its own first: a later
    write would give it another desk, and what lies on this one would be out of reach.

    Raises:
        OnggiError: `vault.folder.busy` while another writes; what `change` raises. The desk then stays.
    """
    with vault.folder.locked():
        settle_in(vault)
        before = read_desk(vault)
        after = change(before)
        if after != before:
            write_desk(vault, after)
