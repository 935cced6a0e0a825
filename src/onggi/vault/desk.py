"""The desk: drafts, job state and settings of one device, in one cell that never leaves this folder (§6)."""

from onggi.vault.cells import build_cell, open_cell
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
