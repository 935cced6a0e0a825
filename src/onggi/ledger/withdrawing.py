"""Taking back what a person agreed to: one commit, no reason needed, and from then on it is a no.

It writes through the ledger. Whatever is wrong with the reason never stands in the way: it is left out then.
Refused: what is no decision and no person of the case.
"""

from dataclasses import dataclass
from datetime import date

from onggi.errors import Exit, OnggiError
from onggi.ledger.consents import list_decisions
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.reasons import screen_reason
from onggi.ledger.view import View
from onggi.model.consent import VERSION, Consent
from onggi.model.stratum import Stratum
from onggi.vault.opened import Compartment


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was recorded: the statement's id, the person, the decision, and whether the reason is in it."""

    id: str
    person: str
    consent: Consent
    reason_kept: bool


def withdraw_consent(
    ledger: Ledger, compartment: Compartment, case: str, reference: str, because: str | None, today: date
) -> Withdrawal:
    """Withdraw one decision, by its id; or all that a person agreed to, by her code or id.

    Raises:
        OnggiError: `withdraw.absent` where no decision and no person of the case is meant.
    """
    view = ledger.view(compartment=compartment)
    matter = view.find(case)
    person, decided = _find_meant(view, matter, reference)
    screening = screen_reason(ledger, compartment, matter, because or "")
    reason = None if screening.named else because
    consent = Consent(
        "withdrawn",
        today.isoformat(),
        decided.purpose if decided else None,
        decided.recipient if decided else None,
        decided.organisation if decided else None,
        because=reason,
        knows=tuple(list_decisions(view, person)),
        version=VERSION,
    )
    said = ledger.make_statement(person, matter, "consent", consent)
    ledger.append(compartment, [(Stratum.RECORD, screening.mark(said))])
    return Withdrawal(said.id, person, consent, reason == because)


def _find_meant(view: View, case: str, reference: str) -> tuple[str, Consent | None]:
    """The person, and the one decision that is meant, if it is one."""
    try:
        found = view.find(reference)
    except OnggiError:
        raise OnggiError("withdraw.absent", exit_code=Exit.USAGE) from None
    held = view.statement(found)
    if held is not None and isinstance(held.statement.value, Consent):
        if _is_of_case([held], case):
            return held.statement.subject, held.statement.value
    elif view.kind_of(found) == "person" and _is_of_case(view.mentioning(found), case):
        return found, None
    raise OnggiError("withdraw.absent", exit_code=Exit.USAGE)


def _is_of_case(statements: list[Held], case: str) -> bool:
    return any(held.statement.about.case == case for held in statements)
