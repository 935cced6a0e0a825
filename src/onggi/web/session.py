"""The one session of an unlocked vault: how it is entered, by which browser, and when it ends.

Pure but for the dice and the clock, which are handed in. A token opens once and for some minutes; the
cookie it is swapped for, and the seal of the forms, are new with every entry: whoever came before is out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from onggi.web.guards import same_secret
from onggi.web.lease import Lease

TOKEN_LIVES = 5 * 60
"""Seconds in which a token opens."""

Dice = Callable[[int], bytes]
Clock = Callable[[], float]


@dataclass
class Session:
    """Who is in. `hosts` are the names we answer to while nobody is; later only the one she came by."""

    hosts: tuple[str, ...]
    dice: Dice = field(repr=False)
    clock: Clock = field(repr=False)
    lease: Lease
    cookie: str | None = field(default=None, repr=False)
    seal: str = field(default="", repr=False)
    host: str | None = None
    tongue: str | None = None
    entered: Callable[[], None] = field(default=lambda: None, repr=False)

    def __post_init__(self) -> None:
        self._token = ""
        self._until = self.clock()

    def make_token(self) -> str:
        """A token for one entry; an earlier one opens nothing any more."""
        token = self.dice(32).hex()
        self._token, self._until = _hide(token), self.clock() + TOKEN_LIVES
        return token

    def enter(self, token: str, host: str) -> bool:
        """Swap a token for a new cookie and a new seal. Whatever comes of it, a right token is used up."""
        right = bool(self._token) and same_secret(_hide(token), self._token)
        if not right:
            return False
        self._token = ""
        if self.clock() > self._until:
            return False
        self.cookie, self.seal, self.host = self.dice(32).hex(), self.dice(32).hex(), host
        self.lease.touch(self.clock())
        self.entered()
        return True

    @property
    def answers_to(self) -> tuple[str, ...]:
        """The hosts that may be asked for a page."""
        return self.hosts if self.host is None else (self.host,)


def _hide(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
