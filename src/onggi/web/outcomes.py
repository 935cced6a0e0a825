"""What came of something that was asked for in this session, for the page that shows it."""

from typing import TypeVar

from onggi.errors import Exit, OnggiError
from onggi.web.visit import Visit

Outcome = TypeVar("Outcome")


def take_outcome(visit: Visit, kind: type[Outcome], refusal: str, case: str = "") -> Outcome:
    """What came of the order that the path names. Raises `refusal` where it is gone, or not there yet."""
    kept = visit.orders.find(visit.parts["id"], case)
    if kept is None or not isinstance(kept.outcome, kind):
        raise OnggiError(refusal, exit_code=Exit.ABSENT)
    return kept.outcome
