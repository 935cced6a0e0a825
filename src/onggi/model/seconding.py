"""Which statements are decisions for two by what they say: they wait until another member has signed too.

A further kind of decision joins here, by the type of its value. What ties two entries is for two besides
where one of them is accused by now, which no single statement tells (ledger.fold).

Floor 2. Pure; it refuses nothing.
"""

from datetime import date

from onggi.model.consent import Consent, read_day
from onggi.model.judgement import Judgement
from onggi.model.release import FOR_TWO, Release
from onggi.model.statement import Statement

PROPERTIES = ("consent", "release_asked")
"""The properties of such decisions, but for ties, which the fold knows."""

SECONDED = "seconded"
"""The property of a second signature, which is about the statement that is signed."""


def needs_second(statement: Statement) -> bool:
    """Whether a statement counts only once a second member has signed it."""
    match statement.value:
        case Consent() as consent:
            return consent.takes_two
        case Judgement() as judgement:
            return judgement.waits
        case Release(accepts=accepts, anchor=None):
            return not FOR_TWO.isdisjoint(accepts)
    return False


def has_ended(statement: Statement, today: date) -> bool:
    """Whether a decision holds no more by itself, so that nobody need sign it."""
    match statement.value:
        case Consent(valid_until=last):
            return (read_day(last) or date.min) < today
    return False


def list_reasons(statement: Statement) -> list[str]:
    """What whoever decided gave as reasons, for the member who is to sign."""
    match statement.value:
        case Consent(because=because, interest=interest):
            return [text for text in (because, interest) if text]
        case Judgement(because=because) | Release(because=str() as because) if because:
            return [because]
    return []
