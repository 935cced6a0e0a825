"""What trails that are kept over an anchor show; reads, and writes nothing (timestamps.md, §9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onggi.evidence.calendar.check import Checked, check_trail
from onggi.evidence.calendar.header import Header
from onggi.evidence.timestamp.stamps import anchor_hash
from onggi.vault.trails import KeptTrail


@dataclass(frozen=True, slots=True)
class Held:
    """A trail that is kept, and the verdict on it."""

    kept: KeptTrail
    checked: Checked


def hold_trails(
    trails: Iterable[KeptTrail], text: bytes, headers: Mapping[int, Header] | None = None
) -> tuple[Held, ...]:
    """The trails over an anchor file, without those of which a later one says all that they say."""
    hash = anchor_hash(text)
    held = [
        Held(kept, check_trail(kept.raw, text, headers, where=kept.id[:16]))
        for kept in trails
        if kept.anchor == hash
    ]
    said = [frozenset(one.checked.attested) for one in held]
    return tuple(
        one
        for number, one in enumerate(held)
        if not said[number] or not any(said[number] <= later for later in said[number + 1 :])
    )
