"""A reason that a member types and that goes to the record: is there a name in it that identity holds?

Reads projections only. `screen_reason` refuses nothing; whoever asks decides what to do about it. Refused by
`check_reason`: one with a name in it.
"""

from dataclasses import dataclass

from msgspec import structs

from onggi.errors import Exit, OnggiError
from onggi.ledger.directory import Directory
from onggi.ledger.ledger import Ledger
from onggi.ledger.screen import Screen
from onggi.model.statement import Statement
from onggi.vault.opened import Compartment


@dataclass(frozen=True, slots=True)
class Screening:
    """`named` where a name stands in it; `looked` only if the member may see names."""

    looked: bool
    named: bool

    def mark(self, statement: Statement) -> Statement:
        """The statement that holds the reason, marked as screened if it was."""
        return structs.replace(statement, trace=structs.replace(statement.trace, screened=self.looked))


def screen_reason(ledger: Ledger, compartment: Compartment, case: str, reason: str) -> Screening:
    """Look for names in a reason."""
    names = Directory(ledger, compartment).known_names()
    if names is None:
        return Screening(looked=False, named=False)
    return Screening(looked=True, named=Screen(names, case).find_name(reason) is not None)


def check_reason(ledger: Ledger, compartment: Compartment, case: str, reason: str, refusal: str) -> Screening:
    """Look for names in a reason. Raises `refusal` where one stands in it."""
    screening = screen_reason(ledger, compartment, case, reason)
    if screening.named:
        raise OnggiError(refusal, exit_code=Exit.USAGE)
    return screening
