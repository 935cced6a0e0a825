"""Text that is written, as bytes in memory: so many at most, and stopped where somebody wishes it.

Refused: more than that.
"""

from onggi.errors import Exit, OnggiError
from onggi.web.jobs import Progress

_OFTEN = 1 << 12  # pieces after which it can be stopped


class Sheet:
    """What is written, in `data`. Raises `refusal` once it is more than `most` bytes."""

    def __init__(self, most: int, refusal: str, tell: Progress = lambda done, total, stage: None) -> None:
        self.data = bytearray()
        self._most, self._refusal, self._tell = most, refusal, tell
        self._pieces = 0

    def write(self, text: str, /) -> None:
        """Take a piece of text."""
        self.data += text.encode("utf-8")
        if len(self.data) > self._most:
            raise OnggiError(self._refusal, exit_code=Exit.USAGE)
        self._pieces += 1
        if self._pieces % _OFTEN == 0:
            self._tell(0, 0, "write")
