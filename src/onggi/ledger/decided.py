"""What the persons of a case decided, and what comes of it today: what stands, whether it holds, how long.

Pure, over a view of the record; of what left before as much as the view's strata tell. Refused: nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from onggi.ledger.consents import ends_soon, list_disclosures, read_consents
from onggi.ledger.fold import TIES
from onggi.ledger.held import Held
from onggi.ledger.sentence import value_reference
from onggi.ledger.view import View
from onggi.model.consent import GIVEN, NOT_ASKED, Consent
from onggi.model.request import Recorded, ask_exactly, find_standing, judge_consent
from onggi.model.value import Term


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that stands. `found` is what stands against exactly what it is about, asked for today.

    `ends_soon` is of a yes that holds and should be asked for again by now.
    """

    recorded: Recorded
    found: str | None
    left: int
    due: bool
    ends_soon: bool

    @property
    def id(self) -> str:
        return self.recorded.id

    @property
    def consent(self) -> Consent:
        return self.recorded.consent

    @property
    def holds(self) -> bool:
        """Whether what it allows may be done today."""
        return self.found is None


@dataclass(frozen=True, slots=True)
class Decided:
    """A person, under all entries held to be her without dispute; what stands, and what left before."""

    person: str
    others: tuple[str, ...]
    decisions: tuple[Decision, ...]
    replaced: int
    disclosures: tuple[Held, ...]


def list_decided(view: View, case: str, today: date) -> list[Decided]:
    """Every person of a case, in the order they were recorded."""
    return [read_decided(view, entries, today) for entries in list_entries(view, case)]


def list_entries(view: View, case: str) -> list[list[str]]:
    """The persons of a case in that order, each as all entries held to be her without dispute."""
    kinds = (held for held in view.of_property("kind") if held.statement.about.case == case)
    person = Term("entity_kinds", "person")
    said = [held.statement for held in view.of_property(*TIES)]
    tied = {end for one in said for end in (one.subject, value_reference(one.value))}
    groups: dict[str, list[str]] = {}
    for held in sorted(kinds, key=lambda held: held.order):
        if held.statement.value == person:
            entry = held.statement.subject
            if entry not in tied:
                groups.setdefault(entry, []).append(entry)
                continue
            same = view.sameness(entry)
            root = same.root(entry)
            groups.setdefault(entry if root in same.disputed else root, []).append(entry)
    return list(groups.values())


def read_decided(view: View, entries: Sequence[str], today: date) -> Decided:
    """What stands of one of them."""
    person, *others = entries
    recorded = read_consents(view, person)
    standing = [one for one in recorded if _stands(recorded, one, today)]
    return Decided(
        person,
        tuple(others),
        tuple(_weigh(recorded, one, today) for one in standing),
        len(recorded) - len(standing),
        tuple(list_disclosures(view, person)),
    )


def find_holding(view: View, ids: Iterable[str], today: date) -> frozenset[str]:
    """Of some decisions those that are a yes of which everything may be done on a day, as a view has them.

    Asked of a view of now, it says which yeses of an earlier day hold still.
    """
    held = [one for id in ids if (one := view.statement(id)) is not None]
    return frozenset(one.id for one in held if _holds(view, one, today))


def _holds(view: View, held: Held, today: date) -> bool:
    consent = held.statement.value
    if not isinstance(consent, Consent) or consent.decision != GIVEN:
        return False
    recorded = read_consents(view, held.statement.subject)
    return judge_consent(recorded, ask_exactly(consent, today)) is None


def _weigh(recorded: Sequence[Recorded], one: Recorded, today: date) -> Decision:
    consent = one.consent
    found = judge_consent(recorded if consent.decision == GIVEN else [one], ask_exactly(consent, today))
    last = date.fromisoformat(consent.valid_until or "") if found is None else today
    due = consent.review_on is not None and consent.review_on <= today.isoformat()
    return Decision(one, found, (last - today).days, due, found is None and ends_soon(consent, today))


def _stands(recorded: Sequence[Recorded], one: Recorded, today: date) -> bool:
    """Whether no other decision took the place of this one in what it is about."""
    return one.consent.decision == NOT_ASKED or one in find_standing(
        recorded, ask_exactly(one.consent, today)
    )
