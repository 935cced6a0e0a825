"""Signed entries in causal order: each after those that it names, judged by the state that they left.

Pure. Refused entries leave no trace in what follows: whoever names one is left over with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Linked(Protocol):
    """An entry that names those before it by their hashes."""

    @property
    def prev(self) -> tuple[str, ...]: ...


E = TypeVar("E", bound=Linked)


@dataclass(frozen=True, slots=True)
class Order:
    """How many were refused, how many wait for what is not there, and the accepted that nobody names."""

    refused: int
    left: int
    tips: tuple[str, ...]


def accept_entries(
    waiting: Mapping[str, tuple[E, bytes]], take: Callable[[E, bytes], bool], *first: str
) -> Order:
    """Hand entries, by their hashes, to `take`, which says whether each counts; `first` count already."""
    pending, accepted, refused = dict(waiting), set(first), 0
    while ready := sorted(id for id, (entry, _) in pending.items() if accepted.issuperset(entry.prev)):
        for id in ready:
            if take(*pending.pop(id)):
                accepted.add(id)
            else:
                refused += 1
    named = {before for id in accepted if id in waiting for before in waiting[id][0].prev}
    return Order(refused, len(pending), tuple(sorted(accepted - named)))
