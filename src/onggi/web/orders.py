"""What is asked for in this session and stands in no address: dossiers, checks, copies; what came of each.

In memory and nowhere else. The folder that somebody named lies here too: it is told in no address and no log.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_MOST = 50


@dataclass
class Kept:
    """Something asked for: the form as it was sent, of which case, where it is written, what came of it."""

    fields: Mapping[str, Sequence[str]] = field(repr=False)
    case: str = ""
    folder: Path | None = field(default=None, repr=False)
    outcome: object = field(default=None, repr=False)


class Orders:
    """The last fifty, each under a random id. They end with the process."""

    def __init__(self, dice: Callable[[int], bytes]) -> None:
        self._dice = dice
        self._kept: dict[str, Kept] = {}

    def keep(self, kept: Kept) -> str:
        """Keep one; returns its id. Of too many the oldest goes."""
        id = self._dice(16).hex()
        self._kept[id] = kept
        for old in list(self._kept)[:-_MOST]:
            del self._kept[old]
        return id

    def find(self, id: str, case: str = "") -> Kept | None:
        """What is kept under an id, if it is still kept and of this case."""
        kept = self._kept.get(id)
        return kept if kept is not None and kept.case == case else None

    def find_last(self, case: str) -> str | None:
        """The id of what was asked for last in a case, if anything was."""
        return next((id for id, kept in reversed(self._kept.items()) if kept.case == case), None)

    def find_all(self, case: str) -> list[tuple[str, Kept]]:
        """All that is kept of a case, the newest first, each with its id."""
        return [(id, kept) for id, kept in reversed(list(self._kept.items())) if kept.case == case]

    def drop(self, id: str) -> None:
        """Let go of one."""
        self._kept.pop(id, None)

    def forget(self) -> None:
        """Let go of all."""
        self._kept.clear()
