"""What a file came to, ready for the log: what will wait for a second member, and the step that records it.

Floor 5; reads the ledger, and writes one commit where it is told to. Refused: half of a batch.
"""

from dataclasses import dataclass

from onggi.intake.batch import Batch
from onggi.ledger.ledger import Ledger
from onggi.ledger.ties import hold_ties
from onggi.model.seconding import needs_second
from onggi.model.statement import Statement
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.vault.opened import Compartment


@dataclass(frozen=True, slots=True)
class Ready:
    """A batch as it would be recorded; `code` is that of its case.

    `ties` of its statements would hold somebody accused and another to be one, `seconded` ask for a second
    member by themselves: neither does anything before one has signed.
    """

    batch: Batch
    placed: tuple[tuple[Stratum, Statement], ...]
    code: str
    ties: int
    seconded: int


@dataclass(frozen=True, slots=True)
class Entered:
    """It is in the log: the hash of its commit, and how many ties of before wait for a second member now."""

    commit: str
    loosened: int


def make_ready(ledger: Ledger, into: Compartment, batch: Batch) -> Ready:
    """What a batch would be recorded as, over what the ledger holds now."""
    view = ledger.view(compartment=into)
    placed = tuple(hold_ties(view, batch.placed))
    seconded = sum(needs_second(one) for _, one in batch.placed)
    ties = sum(needs_second(one) for _, one in placed) - seconded
    return Ready(batch, placed, _find_code(batch) or view.call(batch.case), ties, seconded)


def record_ready(ledger: Ledger, into: Compartment, ready: Ready) -> Entered:
    """Record it, all or nothing. Views that were given out before are closed.

    Raises:
        OnggiError: as `Ledger.append`.
    """
    before = {held.id for held in ledger.view(compartment=into).waiting_ties()}
    known = before | {one.id for _, one in ready.placed}
    receipt = ledger.append(into, ready.placed)
    now = ledger.view(compartment=ledger.vault.compartment(into.id)).waiting_ties()
    return Entered(receipt.step.hash, sum(held.id not in known for held in now))


def _find_code(batch: Batch) -> str | None:
    """The code of a case that is new in this batch."""
    for _, one in batch.placed:
        if one.subject == batch.case and one.what.property == "code" and isinstance(one.value, Text):
            return one.value.text
    return None
