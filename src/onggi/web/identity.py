"""What of identity is open in this session: of which case, and for which reason that was signed.

Opening signs once, in the log; until it is closed or the vault locks, pages of that case show names. Refused:
names in a page of any other case.
"""

from dataclasses import dataclass

from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed reading of identity: where, of which case (None: of all in the compartment), and why."""

    compartment: str
    case: str | None
    reason: str


class Identity:
    """The one reading that is open, if any."""

    def __init__(self) -> None:
        self.signed: Signed | None = None

    def open(self, ledger: Ledger, compartment: str, case: str | None, reason: str) -> None:
        """Sign, then open. Raises what `Ledger.open_identity` raises; then nothing is open."""
        self.close()
        ledger.open_identity(ledger.vault.compartment(compartment), case, reason)
        self.signed = Signed(compartment, case, reason)

    def close(self) -> None:
        """Show codes again."""
        self.signed = None

    def covers(self, case: str) -> bool:
        """Whether names of a case may be shown."""
        return self.signed is not None and self.signed.case in (None, case)

    @property
    def everywhere(self) -> bool:
        """Whether names of every case may be shown."""
        return self.signed is not None and self.signed.case is None

    def view_all(self, ledger: Ledger, as_of: int | None = None) -> View:
        """The record; with names where identity was opened for every case of the compartment."""
        if self.signed is None or not self.everywhere:
            return ledger.view(as_of)
        return ledger.read_on(ledger.vault.compartment(self.signed.compartment), as_of)

    def view(self, ledger: Ledger, case: str | None = None, as_of: int | None = None) -> View:
        """The record as of a moment, or now; with names where a case is asked for that is open today."""
        if self.signed is None or case is None or not self.covers(case):
            return ledger.view(as_of)
        return ledger.read_on(ledger.vault.compartment(self.signed.compartment), as_of)
