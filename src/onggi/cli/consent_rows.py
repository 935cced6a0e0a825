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
from onggi.model.consent import GIVEN, NOT_ASKED, Consent
from onggi.model.request import Recorded, Request, find_standing, judge_consent
from onggi.model.value import Term
from onggi.words import language, say


def describe_decisions(view: View, case: str, today: date) -> Decided:
    """What each person of a case decided, and what comes of it today."""
    persons = [_describe_person(view, entries, today) for entries in _list_persons(view, case)]
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


def print_decisions(said: Decided) -> None:
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
                show_line(f"{_call(person)}: {_say_disclosure(shown)}", 2)
    if not said["persons"]:
        show_line(say("cli.consent.nobody"))


def print_disclosures(shown: Sequence[DisclosureRow]) -> None:
    """What left before."""
    for one in shown:
        show_line(_say_disclosure(one), 2)


def say_decision(consent: Consent, view: View) -> str:
    """A decision in one line."""
    return say_value(consent, language(), view.call)


def _list_persons(view: View, case: str) -> list[list[str]]:
    """The persons of a case as they were recorded, each with all entries held to be her without dispute."""
    kinds = (held for held in view.of_property("kind") if held.statement.about.case == case)
    person = Term("entity_kinds", "person")
    groups: dict[str, list[str]] = {}
    for held in sorted(kinds, key=lambda held: held.order):
        if held.statement.value == person:
            entry = held.statement.subject
            same = view.sameness(entry)
            root = same.root(entry)
            groups.setdefault(entry if root in same.disputed else root, []).append(entry)
    return list(groups.values())


def _describe_person(view: View, entries: Sequence[str], today: date) -> PersonDecided:
    person, *others = entries
    recorded = read_consents(view, person)
    standing = [one for one in recorded if _stands(recorded, one, today)]
    return {
        "person": person,
        "code": view.code_of(person),
        "others": [view.call(one) for one in others],
        "decisions": [_describe_decision(view, recorded, one, today) for one in standing],
        "replaced": len(recorded) - len(standing),
        "disclosures": [describe_disclosure(held, view) for held in list_disclosures(view, person)],
    }


def _call(person: PersonDecided) -> str:
    """Her code, and those of her other entries."""
    return " = ".join([person["code"] or person["person"][:8], *person["others"]])


def _say_disclosure(one: DisclosureRow) -> str:
    text = ", ".join(filter(None, (one["item"], one["text"])))
    return say(f"cli.consent.{one['property']}", day=one["time"][:10], text=text)


def _describe_decision(view: View, recorded: Sequence[Recorded], one: Recorded, today: date) -> DecisionRow:
    consent = one.consent
    found = judge_consent(recorded if consent.decision == GIVEN else [one], _ask_for(consent, today))
    return {
        "statement": one.id,
        "decision": consent.decision,
        "purpose": consent.purpose,
        "recipient": consent.recipient,
        "organisation": consent.organisation,
        "given_by": consent.given_by,
        "valid_until": consent.valid_until,
        "review_on": consent.review_on,
        "seconds": len(one.seconds),
        "finding": found,
        "text": say_decision(consent, view),
        "says": say(found) if found is not None else _say_left(consent, today),
    }


def _say_left(consent: Consent, today: date) -> str:
    """How long a yes still holds, and whether it is time to ask again."""
    left = (date.fromisoformat(consent.valid_until or "") - today).days
    due = consent.review_on is not None and consent.review_on <= today.isoformat()
    return say("cli.consent.review" if due else "cli.consent.holds", left=left)


def _stands(recorded: Sequence[Recorded], one: Recorded, today: date) -> bool:
    """Whether no other decision took the place of this one in what it is about."""
    return one.consent.decision == NOT_ASKED or one in find_standing(recorded, _ask_for(one.consent, today))


def _ask_for(consent: Consent, today: date) -> Request:
    """Exactly what a decision is about, asked for today."""
    return Request(
        purpose=consent.purpose or "",
        recipient=consent.recipient,
        organisation=consent.organisation,
        covers=frozenset(consent.covers),
        items=frozenset(consent.items),
        shown=consent.shown,
        likeness=consent.likeness,
        day=today,
    )
