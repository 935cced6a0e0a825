"""Fillers: packs of random bytes that round every size class up to a power of two (vault-format.md, §2).

A filler opens like any pack, but only for the device that made it, and holds nothing. To everybody else it is one more
pack that does not open. Pure but for staging the files it makes.
"""

from collections.abc import Mapping
from pathlib import Path

from onggi.vault.folder import Folder
from onggi.vault.packs import CLASSES, OPENING, Domain, seal_opening, stage_pack
from onggi.vault.seal import Randomness, derive

# A new vault and one with a few dozen records look alike.
LEAST = {CLASSES[0]: 64, CLASSES[1]: 0, CLASSES[2]: 0}


def filler_domain(device: str, desk: bytes) -> Domain:
    """The domain of a device's own fillers."""
    return Domain("filler", device, derive(desk, "filler"))


def plan_fillers(
    present: Mapping[int, int], fresh: Mapping[int, int], spare: Mapping[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    """How many fillers to consume and how many to make, per size, when `fresh` packs join those `present`.

    `present` counts all packs that lie there, fillers too; `spare` those of one's own fillers.
    """
    consumed, made = {}, {}
    for size in CLASSES:
        consumed[size] = min(fresh.get(size, 0), spare.get(size, 0))
        total = present.get(size, 0) + fresh.get(size, 0) - consumed[size]
        made[size] = round_count(total, LEAST[size]) - total
    return consumed, made


def round_count(total: int, least: int) -> int:
    """The power of two that a listing shows for `total` packs."""
    if max(total, least) == 0:
        return 0
    return 1 << (max(total, least) - 1).bit_length()


def stage_filler(
    folder: Folder, vault: str, domain: Domain, size: int, randomness: Randomness
) -> tuple[Path, str]:
    """Stage one filler of a size class."""
    return stage_pack(folder, seal_opening(vault, domain, 0, 0, randomness) + randomness(size - OPENING))
