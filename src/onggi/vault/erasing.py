"""Erasing a unit: its key goes, a signed tombstone stays (vault-format.md, §12).

The tombstone is durable before the key is gone, so a crash between the two ends in erasure, never in a loss
without a reason. Refused: a unit that is not there.
"""

from onggi.errors import Exit, OnggiError
from onggi.vault.keyring import Tombstone, sign_tombstone
from onggi.vault.opened import Compartment, Vault
from onggi.vault.writing import renew_ring, store_entry, write_objects


def erase_unit(vault: Vault, compartment: Compartment, stratum: str, unit: str) -> None:
    """Destroy the key of a unit in this folder. Runs in a write session."""
    ring = compartment.rings.get(stratum)
    if ring is None or unit not in ring.units:
        raise OnggiError("vault.erasing.unknown", exit_code=Exit.USAGE)
    mark = Tombstone(1, unit, compartment.id, stratum, vault.device.id)
    raw = sign_tombstone(vault.device.signer, mark)
    write_objects(vault, {compartment.domain(stratum): [store_entry(vault, raw, "tombstone")]})
    renew_ring(vault, compartment, ring.without([unit]))
