"""What needs a decision and lies in identity: counted while identity is open, and told only then.

How many pairs of persons wait to be judged, and of how many items nobody has said where they come from.
Refused: to count anything while identity is closed, or outside of what was signed; then nothing is told, not
even that there is nothing. What was counted is forgotten with the closing.
"""

from dataclasses import dataclass

from onggi.evidence.custody import list_unaccounted
from onggi.ledger.ledger import Ledger
from onggi.link.suggested import read_open
from onggi.web.identity import Identity, Signed


@dataclass(frozen=True, slots=True)
class Hidden:
    """`pairs` is None where identity is open for one case alone: a pair may reach into another."""

    pairs: int | None
    items: int


class Behind:
    """Counts, and remembers the last count as long as nothing is recorded."""

    def __init__(self) -> None:
        self._last: tuple[object, Hidden] | None = None

    def count(self, ledger: Ledger, identity: Identity) -> Hidden | None:
        """What waits, as far as identity is open; None where it is closed."""
        signed = identity.signed
        if signed is None:
            self._last = None
            return None
        state = signed, tuple(ledger.read_on(ledger.vault.compartment(signed.compartment)).cases())
        if self._last is None or self._last[0] != state:
            self._last = state, _count(ledger, signed)
        return self._last[1]

    def forget(self) -> None:
        """Let go of all."""
        self._last = None


def _count(ledger: Ledger, signed: Signed) -> Hidden:
    compartment = ledger.vault.compartment(signed.compartment)
    view = ledger.read_on(compartment, strata=("identity",))
    pairs = len(read_open(view, compartment.id)[0]) if signed.case is None else None
    return Hidden(pairs, len(list_unaccounted(view, compartment.id, signed.case)))
