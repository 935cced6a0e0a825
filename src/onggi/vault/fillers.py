"""Fillers: packs of random bytes that round every size class up to a power of two (vault-format.md, §2).

There are two kinds. A device's own fillers round what it has written, so that no other member sees how much
of it is real; they open for that device alone. Common fillers round the whole vault, so that a listing shows
one power of two however many devices write; they open for every member, and whoever writes may delete them.
Were the total rounded by own fillers alone, each further device would double the vault.

A filler opens like any pack and holds nothing. Pure but for staging the files it makes.
"""

from collections.abc import Mapping
from typing import TypeAlias

from onggi.vault.folder import Folder
from onggi.vault.packs import CLASSES, OPENING, Domain, seal_opening
from onggi.vault.seal import Randomness, derive, fill_random
from onggi.vault.staging import Staged, Staging

# A new vault and one with a few dozen records look alike; so do a device that has written little and one that
# has none.
LEAST = {CLASSES[0]: 64, CLASSES[1]: 0, CLASSES[2]: 0}
LEAST_OWN = {CLASSES[0]: 16, CLASSES[1]: 0, CLASSES[2]: 0}

_Counts: TypeAlias = Mapping[int, int]


def own_fillers(device: str, desk: bytes) -> Domain:
    """The domain of a device's own fillers."""
    return Domain("filler", device, derive(desk, "filler"))


def common_fillers(vault: str, vaultkey: bytes) -> Domain:
    """The domain of the fillers that every member knows as such."""
    return Domain("filler", vault, derive(vaultkey, "filler"))


def plan_fillers(
    present: _Counts, fresh: _Counts, spare: _Counts, least: _Counts
) -> tuple[dict[int, int], dict[int, int]]:
    """How many fillers to consume and how many to make, per size, when `fresh` packs join those `present`.

    `present` counts fillers too; `spare` counts those among them that may be consumed.
    """
    consumed, made = {}, {}
    for size in CLASSES:
        before = present.get(size, 0)
        total = before + fresh.get(size, 0)
        surplus = total - _round_down(max(before, least[size]))
        # All that is new finds a filler to take the place of, or none is taken and the number grows.
        consumed[size] = surplus if 0 <= surplus <= spare.get(size, 0) else 0
        made[size] = round_count(total - consumed[size], least[size]) - (total - consumed[size])
    return consumed, made


def round_count(total: int, least: int) -> int:
    """The power of two that a listing shows for `total` packs."""
    most = max(total, least)
    return 1 << (most - 1).bit_length() if most else 0


def _round_down(total: int) -> int:
    return 1 << (total.bit_length() - 1) if total else 0


def stage_fillers(
    folder: Folder, vault: str, domain: Domain, counts: _Counts, randomness: Randomness
) -> list[Staged]:
    """Stage so many fillers of each size."""
    staged = []
    for size, count in counts.items():
        if not count:
            continue
        with Staging(folder, size) as staging:
            for _ in range(count):
                whole = memoryview(staging.buffer)
                whole[:OPENING] = seal_opening(vault, domain, 0, 0, randomness)
                fill_random(whole[OPENING:], randomness)
                staging.stage()
            staged += staging.finish()
    return staged
