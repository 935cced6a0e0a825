"""Decisions as rows of the published JSON contracts, and as lines people read. Over a view of the record."""

import time
from collections.abc import Sequence
from datetime import date

from onggi.cli.contracts.consent import Decided as Decisions
from onggi.cli.contracts.consent import DecisionRow, DisclosureRow, PersonDecided
from onggi.cli.showing import introduce, show_line
from onggi.ledger.decided import Decided, Decision, list_decided
from onggi.ledger.held import Held
from onggi.ledger.sentence import say_value
from onggi.ledger.view import View
from onggi.model.consent import Consent
from onggi.words import language, say


def describe_decisions(view: View, case: str, today: date) -> Decisions:
    """What each person of a case decided, and what comes of it today."""
    persons = [_describe_person(view, one) for one in list_decided(view, case, today)]
    return {
        "case": case,
        "code": view.code_of(case),
        "day": today.isoformat(),
        "closed": "identity" not in view.strata,
        "persons": persons,
    }


def describe_disclosure(held: Held, view: View) -> DisclosureRow:
    """One time that something left."""
    subject = held.statement.subject
    return {
        "statement": held.id,
        "property": held.statement.what.property,
        "about": subject,
        "item": view.code_of(subject) if view.kind_of(subject) == "item" else None,
        "text": say_value(held.statement.value, language(), lambda entity: entity[:8]),
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(held.time[0] / 1000)),
    }


def print_decisions(said: Decisions) -> None:
    """Person by person: each decision that stands, whether it holds, and what was shown before."""
    silent = [one for one in said["persons"] if not one["decisions"]]
    for person in said["persons"]:
        if person["decisions"]:
            show_line(_call(person), style="bold")
            for one in person["decisions"]:
                show_line(one["text"], 2)
                show_line(f"{one['says']}  ({one['statement']})", 6, "dim")
            print_disclosures(person["disclosures"])
            show_line("")
    if silent:
        show_line(say("cli.consent.silent", persons=", ".join(map(_call, silent))))
        for person in silent:
            for shown in person["disclosures"]:
                show_line(introduce(_call(person), _say_disclosure(shown)), 2)
    if not said["persons"]:
        show_line(say("cli.consent.nobody"))


def print_disclosures(shown: Sequence[DisclosureRow]) -> None:
    """What left before."""
    for one in shown:
        show_line(_say_disclosure(one), 2)


def say_decision(consent: Consent, view: View) -> str:
    """A decision in one line."""
    return say_value(consent, language(), view.call)


def _describe_person(view: View, one: Decided) -> PersonDecided:
    return {
        "person": one.person,
        "code": view.code_of(one.person),
        "others": [view.call(other) for other in one.others],
        "decisions": [_describe_decision(view, decision) for decision in one.decisions],
        "replaced": one.replaced,
        "disclosures": [describe_disclosure(held, view) for held in one.disclosures],
    }


def _call(person: PersonDecided) -> str:
    """Her code, and those of her other entries."""
    return " = ".join([person["code"] or person["person"][:8], *person["others"]])


def _say_disclosure(one: DisclosureRow) -> str:
    text = say("ledger.list").join(filter(None, (one["item"], one["text"])))
    return say(f"cli.consent.{one['property']}", day=one["time"][:10], text=text)


def _describe_decision(view: View, one: Decision) -> DecisionRow:
    consent = one.consent
    return {
        "statement": one.id,
        "decision": consent.decision,
        "purpose": consent.purpose,
        "recipient": consent.recipient,
        "organisation": consent.organisation,
        "given_by": consent.given_by,
        "valid_until": consent.valid_until,
        "review_on": consent.review_on,
        "seconds": len(one.recorded.seconds),
        "finding": one.found,
        "text": say_decision(consent, view),
        "says": say(one.found) if one.found is not None else _say_left(one),
    }


def _say_left(one: Decision) -> str:
    """How long a yes still holds, and whether it is time to ask again."""
    return say("cli.consent.review" if one.due else "cli.consent.holds", left=one.left)
