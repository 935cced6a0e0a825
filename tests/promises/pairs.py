"""Pairs of vaults that differ in nothing but what is closed to a member, and all that she can count."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.vault.invented import (
    ADMIN,
    ALPHA,
    COST,
    GAMMA,
    Clock,
    count_packs,
    make_entries,
    open_as,
    write,
)

from onggi.vault.checking import check_vault
from onggi.vault.enrol import add_member, grant_strata
from onggi.vault.erasing import erase_unit
from onggi.vault.grants import STRATA
from onggi.vault.opened import Vault
from onggi.vault.session import write_session
from onggi.vault.writing import Change

_PLACES = ("keys", "heads", "rings", "desks")
_LATER = 9_000_000


def list_counts(vault: Vault) -> dict[str, object]:
    """Everything a member can count of what is not hers."""
    report = check_vault(vault)
    steps = [step for one in vault.compartments for step in one.history.steps()]
    closed = vault.shelf.sizes(vault.shelf.closed)
    cells = {place: vault.folder.names(place) for place in _PLACES}
    return {
        "packs": count_packs(vault.folder.root),
        "closed": {size: len(names) for size, names in closed.items()},
        "inventories": sorted(len(heads.packs) for heads in vault.heads.values()),
        "retired": sorted(len(heads.retired) for heads in vault.heads.values()),
        "cells": [[vault.folder.size(name) for name in names] for names in cells.values()],
        "counts": report.counts,
        "findings": report.findings,
        "boxes": [[len(box) for box in step.commit.boxes.values()] for step in steps],
    }


def _write(root: Path, changes: dict[str, Change], name: str = "main") -> None:
    write(open_as(root, ADMIN), changes, name, Clock(_LATER))


def _hide(most: int, dice: random.Random) -> dict[str, Change]:
    """Up to so many entries of identity, and of care."""
    return {
        "identity": Change(make_entries(GAMMA, dice.randint(1, most), "hidden")),
        "care": Change(make_entries(ALPHA, dice.randint(1, most), "hidden")),
    }


def _put_beside(pair: Sequence[Path], dice: random.Random) -> None:
    for root, more in zip(pair, ({}, _hide(60, dice)), strict=True):
        _write(root, {"record": Change(make_entries(ALPHA, 1)), **more})


def _put_apart(pair: Sequence[Path], dice: random.Random) -> None:
    for root, most in zip(pair, (1, 60), strict=True):
        _write(root, _hide(most, dice))


def _erase(pair: Sequence[Path], dice: random.Random) -> None:
    with write_session(vault := open_as(pair[1], ADMIN)):
        erase_unit(vault, vault.compartment("main"), "identity", GAMMA)
    for root in pair:
        _write(root, {"identity": Change(make_entries(dice.randbytes(16).hex(), 3))})


def _write_elsewhere(pair: Sequence[Path], dice: random.Random) -> None:
    for root, strata, most in zip(pair, (STRATA[:1], STRATA), (1, 60), strict=True):
        unit = dice.randbytes(16).hex()
        _write(
            root,
            {stratum: Change(make_entries(unit, dice.randint(1, most))) for stratum in strata},
            "north",
        )


def _let_in_elsewhere(pair: Sequence[Path], dice: random.Random) -> None:
    for root, strata in zip(pair, (STRATA[:1], STRATA), strict=True):
        with write_session(vault := open_as(root, ADMIN)):
            slot = add_member(vault, f"new {dice.random()}", "member", COST)
            grant_strata(vault, vault.compartment("north"), vault.members.slots()[slot], strata, False)


PAIRS: dict[str, Callable[[Sequence[Path], random.Random], None]] = {
    "nothing, or a lot, beside the record": _put_beside,
    "a little, or a lot, in identity and care": _put_apart,
    "nobody, or somebody, erased before somebody new": _erase,
    "a little, or a lot, in another compartment": _write_elsewhere,
    "little, or much, granted in another compartment": _let_in_elsewhere,
}
"""What is done to the two copies of a vault."""
