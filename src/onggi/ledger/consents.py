"""What a person decided, as the ledger holds it, for whoever judges a request (docs/design/consent.md, §3).

All her decisions count, also one that a member retracted: what she decided is taken back by a new decision
only. Over a view of the record; `list_unread` asks the ledger, and `open_disclosures` signs in it. Refused:
nothing else than that, where identity was not granted.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from onggi.errors import Finding
from onggi.ledger.fates import read_fates
from onggi.ledger.fold import Folded
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.seconds import seconds_of
from onggi.ledger.view import View
from onggi.model.consent import GIVEN, LOST, Consent, read_day
from onggi.model.release import Release
from onggi.model.request import Recorded, ask_exactly, find_standing
from onggi.model.value import Entity
from onggi.vault.checking import find_missing
from onggi.vault.opened import Compartment

LEFT = ("exported", "printed", "handed_over", "released")
"""The properties that say that something left."""

SOON = 30
"""Days before its last within which a yes is told to end soon, so that there is time to meet her."""


def read_consents(view: View, person: str) -> list[Recorded]:
    """All decisions of a person, oldest first, under whatever entries she stands.

    Where it is disputed that two entries are one person, or waits for a second member, the other entry's yes
    is not hers; its no is, and what became of her, since it may be. A decision that another one knows and
    that is not there stands as a lost one, which is a no.
    """
    same = view.sameness(person)
    entries, surely = same.may_be(person), {person} if _is_disputed(same, person) else same.cluster(person)
    fates = read_fates(view, entries)
    found = {held.id: (held, consent) for held, consent in _list_held(view, entries)}
    recorded = [
        Recorded(
            held.id,
            consent,
            held.author,
            seconds_of(view, held.id),
            not view.is_live(held),
            frozenset(one.fate for one in fates if one.came_after(held, read_day(consent.on))),
        )
        for held, consent in found.values()
        if held.statement.subject in surely or consent.decision != GIVEN
    ]
    known = dict.fromkeys(id for _, consent in found.values() for id in consent.knows)
    lost = [id for id in known if id not in found and view.statement(id) is None]
    return [*(Recorded(id, Consent(LOST, ""), "") for id in lost), *recorded]


def hear_entries(view: View, person: str) -> list[list[Recorded]]:
    """Decisions that must each allow what concerns a person: hers, or those of entries that may be others.

    Under one id of a disputed cluster stand two people, and nobody may be passed over for the other's yes.
    """
    same = view.sameness(person)
    entries = sorted(same.cluster(person)) if _is_disputed(same, person) else [person]
    return [read_consents(view, one) for one in entries]


def list_decisions(view: View, person: str) -> list[str]:
    """The ids of all decisions of a person, which a new one is then said to know."""
    return [held.id for held, _ in _list_held(view, view.tied(person))]


def ends_soon(consent: Consent, today: date) -> bool:
    """Whether it should be asked for again by now: that day has come, or `SOON` days are left or less."""
    if consent.review_on is not None and consent.review_on <= today.isoformat():
        return True
    return consent.valid_until is not None and consent.valid_until <= (today + timedelta(SOON)).isoformat()


def list_ending(view: View, today: date) -> list[tuple[Held, Consent]]:
    """The yeses that stand and end soon; soonest first."""
    found = []
    for held in view.live_of("consent"):
        consent = held.statement.value
        if not isinstance(consent, Consent) or consent.decision != GIVEN:
            continue
        if not ends_soon(consent, today):
            continue
        recorded = read_consents(view, held.statement.subject)
        if (consent.valid_until or "") >= today.isoformat() and any(
            one.id == held.id for one in find_standing(recorded, ask_exactly(consent, today))
        ):
            found.append((held, consent))
    return sorted(found, key=lambda one: (one[1].valid_until or "", one[0].order))


def list_unread(ledger: Ledger, compartment: Compartment) -> list[Finding]:
    """What could not be read in a compartment: while there is any, a no may be among it, and nothing leaves.

    Ask it in a write session, as whoever decides what leaves must.
    """
    ledger.view(compartment=compartment)  # takes in what was recorded since, and tells what is amiss
    found = [*find_missing(ledger.vault, compartment), *ledger.findings]
    return [one for one in found if one.grave]


def open_disclosures(ledger: Ledger, compartment: Compartment, case: str, reason: str) -> View:
    """Sign that identity is read, and why: which files were printed or handed over stands in it.

    Raises:
        OnggiError: as `Ledger.open_identity` does.
    """
    ledger.open_identity(compartment, case, reason, strata=("identity",))
    within = ledger.vault.compartment(compartment.id)
    return ledger.view(strata=("record", "identity"), compartment=within)


def list_disclosures(view: View, person: str) -> list[Held]:
    """What was exported, printed, handed over or released that concerns a person, or a case that she is in.

    Of a dossier that was released it is known on whose consent it rested: those it concerns, and nobody else.
    Of a file it is not always recorded whom it shows: it concerns everybody in its case. What a member
    retracted is among it, since it may be outside all the same; not what never left (`stayed`).
    """
    stayed = {id for held in view.live_of("stayed") for id in held.statement.trace.retracts}
    cluster = view.tied(person)
    cases = {held.statement.about.case for one in cluster for held in view.mentioning(one)}

    def concerns(shown: Held) -> bool:
        if shown.id in stayed and not view.is_live(shown):
            return False
        if isinstance(shown.statement.value, Release):
            return not cluster.isdisjoint(shown.statement.value.persons)
        subject = shown.statement.subject
        held = view.statement(subject)
        if shown.statement.about.case in cases and view.kind_of(subject) == "item":
            return True
        return subject in cluster | cases or (held is not None and not cluster.isdisjoint(_name_ends(held)))

    return sorted(filter(concerns, view.of_property(*LEFT)), key=lambda held: held.order)


def _list_held(view: View, entries: Iterable[str]) -> list[tuple[Held, Consent]]:
    held = sorted(
        (one for entry in entries for one in view.about(entry, "consent")), key=lambda one: one.order
    )
    return [(one, one.statement.value) for one in held if isinstance(one.statement.value, Consent)]


def _is_disputed(same: Folded, person: str) -> bool:
    return same.root(person) in same.disputed


def _name_ends(held: Held) -> Iterator[str]:
    """Whom a statement concerns: its subject, its source, and whom it points to."""
    said = held.statement
    yield said.subject
    if said.source:
        yield said.source
    if isinstance(said.value, Entity):
        yield said.value.entity
