"""The first quarter of an hour on the example vault: seven steps, where each is done, and whether it was.

Over a view of the record and what this session walked. Refused: a vault that does not hold the example.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from onggi.errors import OnggiError
from onggi.ledger.decided import list_decided
from onggi.ledger.left import list_left
from onggi.ledger.view import View
from onggi.model.consent import GIVEN
from onggi.web.walked import Walked

CASE, WOMAN, FRIEND, DAUGHTER = "C-7Q2WZ5C", "P-8F3KT2H", "P-2M9XCVC", "P-5ZP1GQ7"
RECIPIENT, PURPOSE = "UN-SP", "research"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its id, where it is done, and whether it was."""

    id: str
    href: str
    done: bool


def find_example(view: View) -> str | None:
    """The invented case of the example, where the vault holds it."""
    try:
        case, _ = view.find(CASE), view.find(WOMAN)
    except OnggiError:
        return None
    return case if view.kind_of(case) == "case" else None


def list_steps(view: View, case: str, walked: Walked, order: str | None, today: date) -> list[Step]:
    """All seven, in their order; `order` is the dossier that was asked for last, where there is one."""
    asked = f"/{order}" if order else ""
    left = f"{asked}/done" if order else "#left"
    return [
        Step(
            id,
            href.format(asked=asked, left=left),
            walked.holds(id, case) or bool(shows and shows(view, case, today)),
        )
        for id, href, shows in _STEPS
    ]


def _have_agreed(view: View, case: str, today: date) -> bool:
    """Whether both agreed to what the guide asks for, and still do."""
    agreed = {
        view.code_of(one.person)
        for one in list_decided(view, case, today)
        for each in one.decisions
        if each.consent.decision == GIVEN
        and each.found is None
        and (each.consent.purpose, each.consent.recipient) == (PURPOSE, RECIPIENT)
    }
    return {WOMAN, FRIEND} <= agreed


def _has_left(view: View, case: str, today: date) -> bool:
    """Whether a dossier of the case left."""
    return any(one.release is not None and not one.stayed for one in list_left(view, case))


_Shows = Callable[[View, str, date], bool]

_STEPS: tuple[tuple[str, str, _Shows | None], ...] = (
    ("record", f"/record?case={CASE}", None),
    ("find", "/search", None),
    ("conflict", f"/case/{CASE}#conflicts", None),
    ("refused", f"/case/{CASE}/dossier", None),
    ("consent", f"/case/{CASE}/consent", _have_agreed),
    ("build", f"/case/{CASE}/dossier{{asked}}", _has_left),
    ("verify", f"/case/{CASE}/dossier{{left}}", None),
)
