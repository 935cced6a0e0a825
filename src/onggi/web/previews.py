"""Pictures that were drawn anew to be looked at, in memory and nowhere else.

A look is signed once, before; the picture is then asked for by a random id. Refused: more than the last few,
which a page that was left open no longer needs.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

_MOST = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture of an item, drawn anew."""

    item: str
    media: str
    content: bytes = field(repr=False)


class Previews:
    """The last few. They end with the process."""

    def __init__(self, dice: Callable[[int], bytes]) -> None:
        self._dice = dice
        self._kept: dict[str, Preview] = {}

    def keep(self, preview: Preview) -> str:
        """Keep one; returns its id. Of too many the oldest goes."""
        id = self._dice(16).hex()
        self._kept[id] = preview
        for old in list(self._kept)[:-_MOST]:
            del self._kept[old]
        return id

    def find(self, id: str) -> Preview | None:
        """The picture of an id, if it is still kept."""
        return self._kept.get(id)

    def forget(self) -> None:
        """Let go of all."""
        self._kept.clear()
