"""Decisions as rows of the published JSON contracts, and as lines people read. Over a view of the record."""

import time
from collections.abc import Sequence
from datetime import date

from onggi.cli.contracts import Decided, DecisionRow, DisclosureRow, PersonDecided
from onggi.cli.showing import show_line
from onggi.ledger.consents import list_disclosures, read_consents
from onggi.ledger.held import Held
from onggi.ledger.sentence import say_value
from onggi.ledger.view import View
from onggi.model.consent import GIVEN, IDENTITY, LIKENESS, SHOWN, Consent
from onggi.model.request import Recorded, Request, find_standing, judge_consent
from onggi.model.value import Term, Text
from onggi.words import language, say


def describe_decisions(view: View, case: str, today: date) -> Decided:
    """What each person of a case decided, and what comes of it today."""
    persons = [_describe_person(view, person, today) for person in _list_persons(view, case)]
    return {"case": case, "code": view.code_of(case), "day": today.isoformat(), "persons": persons}


def describe_disclosure(held: Held) -> DisclosureRow:
    """One time that something left."""
    value = held.statement.value
    return {
        "statement": held.id,
        "property": held.statement.what.property,
        "about": held.statement.subject,
        "text": value.text if isinstance(value, Text) else "",
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(held.time[0] / 1000)),
    }


def print_decisions(said: Decided) -> None:
    """Person by person: each decision that stands, whether it holds, and what was shown before."""
    if not said["persons"]:
        show_line(say("cli.consent.nobody"))
    for number, person in enumerate(said["persons"]):
        if number:
            show_line("")
        show_line(person["code"] or person["person"][:8], style="bold")
        if not person["decisions"]:
            show_line(say("consent.absent"), 2)
        for one in person["decisions"]:
            show_line(f"{one['statement'][:8]}  {one['text']}", 2)
            show_line(one["says"], 6, "dim")
        print_disclosures(person["disclosures"])


def print_disclosures(shown: Sequence[DisclosureRow]) -> None:
    """What left before."""
    for one in shown:
        show_line(say(f"cli.consent.{one['property']}", day=one["time"][:10], text=one["text"]), 2)


def say_decision(consent: Consent, view: View) -> str:
    """A decision in one line."""
    return say_value(consent, language(), view.call)


def _list_persons(view: View, case: str) -> list[str]:
    """The persons of a case, in the order in which they were first recorded."""
    kinds = (held for held in view.of_property("kind") if held.statement.about.case == case)
    ordered = sorted(kinds, key=lambda held: held.order)
    return [
        held.statement.subject for held in ordered if held.statement.value == Term("entity_kinds", "person")
    ]


def _describe_person(view: View, person: str, today: date) -> PersonDecided:
    recorded = read_consents(view, person)
    standing = [one for one in recorded if _stands(recorded, one, today)]
    return {
        "person": person,
        "code": view.code_of(person),
        "decisions": [_describe_decision(view, recorded, one, today) for one in standing],
        "replaced": len(recorded) - len(standing),
        "disclosures": [describe_disclosure(held) for held in list_disclosures(view, person)],
    }


def _describe_decision(view: View, recorded: Sequence[Recorded], one: Recorded, today: date) -> DecisionRow:
    consent = one.consent
    found = judge_consent(recorded, _ask_for(consent, today)) if consent.decision == GIVEN else None
    if consent.is_no:
        found = judge_consent([one], _ask_for(consent, today))
    return {
        "statement": one.id,
        "decision": consent.decision,
        "purpose": consent.purpose,
        "recipient": consent.recipient,
        "organisation": consent.organisation,
        "given_by": consent.given_by,
        "valid_until": consent.valid_until,
        "review_on": consent.review_on,
        "seconds": len(one.seconds - {one.author}),
        "finding": found,
        "text": say_decision(consent, view),
        "says": _say_state(consent, found, today),
    }


def _say_state(consent: Consent, found: str | None, today: date) -> str:
    if consent.decision not in (GIVEN, "refused", "withdrawn") and found is None:
        return say("consent.absent")
    if found is not None:
        return say(found)
    left = (date.fromisoformat(consent.valid_until or today.isoformat()) - today).days
    if consent.review_on is not None and consent.review_on <= today.isoformat():
        return say("cli.consent.review", left=left)
    return say("cli.consent.holds", left=left)


def _ask_for(consent: Consent, today: date) -> Request:
    """Exactly what a decision is about, asked for today."""
    named = IDENTITY in consent.covers
    return Request(
        purpose=consent.purpose or "",
        recipient=consent.recipient,
        organisation=consent.organisation,
        covers=frozenset(consent.covers),
        items=frozenset(consent.items),
        shown=consent.shown if named or consent.shown != SHOWN[-1] else SHOWN[1],
        likeness=consent.likeness if named or consent.likeness != LIKENESS[-1] else LIKENESS[1],
        day=today,
    )


def _stands(recorded: Sequence[Recorded], one: Recorded, today: date) -> bool:
    """Whether no other decision took the place of this one in what it is about."""
    if one.consent.decision == "not_asked":
        return True
    return one in find_standing(recorded, _ask_for(one.consent, today))
