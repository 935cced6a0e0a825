"""The searches of a session, in memory and nowhere else: what was typed must stand in no address."""

from collections.abc import Callable
from dataclasses import dataclass, field

_MOST = 50


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed, and whether the best or the newest come first."""

    query: str = field(repr=False)
    order: str


class Searches:
    """The last fifty, each under a random id. They end with the process."""

    def __init__(self, dice: Callable[[int], bytes]) -> None:
        self._dice = dice
        self._kept: dict[str, Search] = {}

    def keep(self, search: Search) -> str:
        """Keep one; returns its id. Of too many the oldest goes."""
        id = self._dice(16).hex()
        self._kept[id] = search
        for old in list(self._kept)[:-_MOST]:
            del self._kept[old]
        return id

    def find(self, id: str) -> Search | None:
        """The search of an id, if it is still kept."""
        return self._kept.get(id)

    def forget(self) -> None:
        """Let go of all."""
        self._kept.clear()
