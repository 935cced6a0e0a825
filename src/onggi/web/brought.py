"""Files of statements or of decisions that were brought: what they come to, until somebody says yes or no.

In memory and nowhere else, as bytes and never under the names they came with; what they come to is read from
them twice, by the functions of the command line: to be shown, and to be recorded. In between the record may
change. What is not what was shown is shown again, and recorded by nobody.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice

import msgspec

from onggi.errors import Finding
from onggi.intake.batch import Batch, Counts
from onggi.intake.draft import Progress
from onggi.intake.ready import Entered, Ready, make_ready, record_ready
from onggi.ledger.ledger import Ledger
from onggi.ledger.sentence import say_sentence
from onggi.model.entity import Randomness
from onggi.vault.opened import Compartment
from onggi.web.manner import speak_plainly
from onggi.web.sayings import Placed, list_codes
from onggi.web.shown import HEADED

MOST_SHOWN = 1000
"""Sentences of one file that are shown before it is recorded."""

Read = Callable[[Ledger, Compartment, Randomness, date, Progress], Batch | list[Finding]]
"""What a file comes to, over what the ledger holds now, or everything that is wrong with it."""


class Dice:
    """Random bytes that can be drawn once more from the first: an id that was shown is the one recorded."""

    def __init__(self, throw: Randomness) -> None:
        self._throw = throw
        self._thrown: list[bytes] = []
        self._at = 0

    def __call__(self, count: int) -> bytes:
        if self._at == len(self._thrown):
            self._thrown.append(self._throw(count))
        drawn = self._thrown[self._at]
        if len(drawn) != count:
            drawn = self._thrown[self._at] = self._throw(count)
        self._at += 1
        return drawn

    def rewind(self) -> None:
        """Begin again at the first."""
        self._at = 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would be recorded: of which case, how much of it where, what waits then, and the first sentences.

    `sayable` are those that say more than of which kind something is and what its code is. `codes` calls what
    is new in them; `mark` tells one outlook from another, to the byte.
    """

    case: str
    code: str
    total: int
    sayable: int
    counts: Counts
    ties: int
    seconded: int
    told: tuple[Placed, ...] = field(repr=False)
    codes: Mapping[str, str] = field(repr=False)
    mark: bytes


@dataclass
class Brought:
    """A file that was brought: into which compartment, from which page, and what has become of it.

    `read` holds its bytes. Either `findings`, or `outlook` and in the end `entered`, once it was looked at.
    """

    compartment: str
    case: str
    back: str
    size: int
    dice: Dice = field(repr=False)
    read: Read | None = field(default=None, repr=False)
    findings: tuple[Finding, ...] = ()
    outlook: Outlook | None = None
    changed: bool = False
    entered: Entered | None = None

    def look(self, ledger: Ledger, tell: Progress) -> None:
        """Read it, for the first time."""
        self._judge(ledger, ledger.vault.compartment(self.compartment), tell)

    def record(self, ledger: Ledger, tell: Progress) -> None:
        """Record what was shown, all or nothing; where it would be something else by now, nothing."""
        shown, into = self.outlook, ledger.vault.compartment(self.compartment)
        if shown is None or self.entered is not None:
            return
        ready = self._judge(ledger, into, tell)
        self.changed = self.outlook is None or self.outlook.mark != shown.mark
        if ready is not None and not self.changed:
            self.entered = record_ready(ledger, into, ready)
            self.read, self.size = None, 0

    def _judge(self, ledger: Ledger, into: Compartment, tell: Progress) -> Ready | None:
        if self.read is None:
            return None
        self.dice.rewind()
        today = datetime.fromtimestamp(ledger.clock() / 1000, UTC).date()
        batch = self.read(ledger, into, self.dice, today, tell)
        if isinstance(batch, list):
            self.findings, self.outlook = tuple(batch), None
            self.read, self.size = None, 0
            return None
        ready = make_ready(ledger, into, batch)
        self.outlook = _look_out(ready)
        return ready


def _look_out(ready: Ready) -> Outlook:
    sayable = [one for one in ready.placed if one[1].what.property not in HEADED]
    first = sayable[:MOST_SHOWN]
    ids = {one.id for _, one in first}
    words = (one for one in ready.placed if one[1].what.property == "verbatim" and one[1].subject in ids)
    codes = list_codes(ready.placed)
    called = _list_called(first)
    return Outlook(
        case=ready.batch.case,
        code=ready.code,
        total=len(ready.placed),
        sayable=len(sayable),
        counts=ready.batch.counts,
        ties=ready.ties,
        seconded=ready.seconded,
        told=(*first, *islice(words, MOST_SHOWN)),
        codes={entity: code for entity, code in codes.items() if entity in called},
        mark=_mark(ready.placed),
    )


def _list_called(placed: Iterable[Placed]) -> set[str]:
    """Everything that these sentences call by a name."""
    called: set[str] = set()

    def call(entity: str) -> str:
        called.add(entity)
        return entity

    for _, one in placed:
        say_sentence(one, "en", call, speak_plainly("en"))
    return called


def _mark(placed: Iterable[Placed]) -> bytes:
    scale = sha256()
    for stratum, one in placed:
        scale.update(msgspec.json.encode((stratum, one)) + b"\n")
    return scale.digest()
