"""How long a vault stays unlocked: while somebody works, and never longer than a day's work.

Pure. Times are seconds that are handed in; what hands them in counts the time a machine sleeps, too.
"""

from dataclasses import dataclass

IDLE = 15 * 60
"""Seconds without a request until it locks, unless another number is asked for."""

LONGEST_IDLE = 30 * 60
LONGEST = 8 * 3600
"""Seconds until it locks whatever anybody does."""

SLEEP = 60
"""Seconds that nothing was heard of the clock: the machine slept, and somebody else may have opened it."""


@dataclass
class Lease:
    """An unlocked vault's time. `idle` and `longest` are cut to what is allowed at most."""

    began: float
    idle: float = IDLE
    longest: float = LONGEST

    def __post_init__(self) -> None:
        self.idle = min(self.idle, LONGEST_IDLE)
        self.longest = min(self.longest, LONGEST)
        self._asked = self._looked = self.began

    def touch(self, now: float) -> None:
        """Somebody works."""
        self._asked = max(self._asked, now)

    def why_ended(self, now: float) -> str | None:
        """Why it must lock now: `idle`, `longest` or `asleep`; None while it need not. Asked every second."""
        gap, self._looked = now - self._looked, now
        if now - self.began >= self.longest:
            return "longest"
        if now - self._asked >= self.idle:
            return "idle"
        return "asleep" if gap >= SLEEP else None
