"""What is held in memory between two pages, under random ids, and no more of it than is said.

Refused: to hold more than `MOST_HELD` bytes of several things at once; the oldest go.
"""

from typing import Generic, Protocol, TypeVar

from onggi.model.entity import Randomness

MOST_HELD = 128 * 1024 * 1024
"""Bytes of all files that are held at once: twice the largest."""

_MOST = 50  # things of which it is remembered what they came to


class Sized(Protocol):
    """Something of so many bytes."""

    size: int


Item = TypeVar("Item", bound=Sized)


class Store(Generic[Item]):
    """What was brought in this session, each under a random id: no more bytes than `MOST_HELD`."""

    def __init__(self, dice: Randomness) -> None:
        self._dice = dice
        self._kept: dict[str, Item] = {}

    def keep(self, item: Item) -> str:
        """Keep one; returns its id. Of too much the oldest goes."""
        id = self._dice(16).hex()
        self._kept[id] = item
        self.make_room(id)
        return id

    def make_room(self, id: str) -> None:
        """Let go of the oldest while there is too much, but not of this one; it may have grown."""
        for oldest in list(self._kept):
            if not self._is_full():
                return
            if oldest != id:
                self._kept.pop(oldest, None)

    def find(self, id: str) -> Item | None:
        """What is kept under an id, if it still is."""
        return self._kept.get(id)

    def drop(self, id: str) -> None:
        """Let go of one."""
        self._kept.pop(id, None)

    def forget(self) -> None:
        """Let go of all."""
        self._kept.clear()

    def _is_full(self) -> bool:
        kept = list(self._kept.values())  # another thread may let go of one meanwhile
        return len(kept) > _MOST or sum(one.size for one in kept) > MOST_HELD
