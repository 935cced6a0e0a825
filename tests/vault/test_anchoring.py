"""What is kept over anchors: nothing twice, whenever it came; and what differs is not taken for the same."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.vault.invented import ADMIN, open_as

from onggi.vault.anchoring import keep_token, keep_trail
from onggi.vault.opened import Vault
from onggi.vault.tokens import Kept
from onggi.vault.trails import KeptTrail

TOKEN = Kept("0a" * 32, b"a reply", b"chain", b"lists", 7)
TRAIL = KeptTrail("0a" * 32, b"a trail", 7)


@pytest.mark.parametrize(
    ("keep", "listed", "one", "others"),
    [
        (keep_token, Vault.tokens, TOKEN, [replace(TOKEN, lists=b""), replace(TOKEN, renews="0b" * 32)]),
        (keep_trail, Vault.trails, TRAIL, [replace(TRAIL, anchor="0b" * 32), replace(TRAIL, raw=b"b")]),
    ],
)
def test_nothing_is_kept_twice(
    root: Path, keep: Callable[..., None], listed: Callable[..., list[Any]], one: Any, others: list[Any]
) -> None:
    vault = open_as(root, ADMIN)
    for kept in (one, replace(one, when=9), *others, *others):
        keep(vault, vault.compartment("main"), kept)
    found = listed(vault, vault.compartment("main"))
    assert len(found) == 3 and one in found and all(other in found for other in others)
