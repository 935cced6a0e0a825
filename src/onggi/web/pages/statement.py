"""One statement: its versions and who made them; a version in its place; taking it back, and giving it back.

What is recorded is what the page before has shown. Nothing is lost: whoever corrects what somebody else
corrected meanwhile sees both versions side by side, and both stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from onggi.errors import Finding, OnggiError
from onggi.intake.correcting import (
    FIELDS,
    Correction,
    list_answers,
    record_correction,
    write_correction,
)
from onggi.ledger.held import Held
from onggi.ledger.quotes import Quotes, find_old_quotes, words_of
from onggi.ledger.retracting import restore_statement, retract_statement
from onggi.ledger.sentence import say_sentence
from onggi.ledger.versions import TAKEN_BACK, Version, is_changeable, list_versions
from onggi.model.vocabulary import load_properties
from onggi.web.answers import Answer, go, show
from onggi.web.casework import Matter, take_statement
from onggi.web.choices import list_bounds, list_distances, list_options
from onggi.web.days import say_moment
from onggi.web.form import Form
from onggi.web.interviewing import LANGUAGES
from onggi.web.manner import speak_plainly
from onggi.web.shown import Showing, Shown, label_property, name_entity
from onggi.web.visit import Visit
from onggi.words import say

_SECTION = "cases"
_DONE = ("corrected", "beside", "withdrawn", "restored")
_TYPED = {"correct.reason": "reason", "correct.name": "reason"}
_SAID_OF = ("distance", "reliability", "credibility", "locator", "translator")


@dataclass(frozen=True, slots=True)
class Row:
    """One version on the page: what became of it, who did that and when, and whether this member may."""

    shown: Shown
    state: str
    day: str
    member: str
    because: str
    mine: bool


def show_statement(visit: Visit) -> Answer:
    """All versions of a statement; those that stand side by side."""
    return _show_versions(visit, Form.of())


def ask_correction(visit: Visit) -> Answer:
    """The fields, as the statement fills them."""
    matter, held = take_statement(visit, visit.parts["id"])
    return _show_fields(visit, matter, held, Form.of(**_before(visit, matter, held)))


def correct_statement(visit: Visit) -> Answer:
    """What the version would say; then, once that was seen, record it."""
    matter, held = take_statement(visit, visit.parts["id"])
    if visit.field("do") == "change":
        return _show_fields(visit, matter, held, Form(visit.fields))
    ledger, compartment = visit.ledger, visit.ledger.vault.compartment(matter.compartment)
    answers = {name: visit.field(name) for name in FIELDS if visit.field(name)}
    correction = write_correction(
        *(ledger, compartment, held.id, _before(visit, matter, held), answers),
        randomness=ledger.vault.randomness,
        anyway=bool(visit.field("anyway")),
    )
    if isinstance(correction, list):
        return _show_fields(visit, matter, held, Form(visit.fields, correction))
    if visit.field("do") != "record":
        return _show_check(visit, matter, held, correction)
    recorded = record_correction(ledger, compartment, correction)
    return go(f"/statement/{recorded}?done={'beside' if correction.beside else 'corrected'}")


def ask_withdrawal(visit: Visit) -> Answer:
    """Whether it is to be taken back, and why."""
    return _show_withdrawal(visit, Form.of(which="all"))


def withdraw_statement(visit: Visit) -> Answer:
    """Take it back, with a reason."""
    matter, held = take_statement(visit, visit.parts["id"])
    compartment = visit.ledger.vault.compartment(matter.compartment)
    try:
        only = visit.field("which") == "this" and bool(held.statement.trace.supersedes)
        retract_statement(visit.ledger, compartment, held.id, visit.field("reason"), only)
    except OnggiError as error:
        if error.id not in _TYPED:
            raise
        return _show_withdrawal(
            visit, Form(visit.fields, [Finding(error.id, _TYPED[error.id], error.values)])
        )
    return go(f"/statement/{held.id}?done=withdrawn")


def give_back(visit: Visit) -> Answer:
    """Give back what was taken back, with a reason."""
    matter, held = take_statement(visit, visit.parts["id"])
    compartment = visit.ledger.vault.compartment(matter.compartment)
    try:
        restore_statement(visit.ledger, compartment, held.id, visit.field("reason"))
    except OnggiError as error:
        if error.id not in _TYPED:
            raise
        return _show_versions(visit, Form(visit.fields, [Finding(error.id, _TYPED[error.id], error.values)]))
    return go(f"/statement/{held.id}?done=restored")


def _show_versions(visit: Visit, form: Form) -> Answer:
    matter, held = take_statement(visit, visit.parts["id"])
    versions = list_versions(matter.view, held.id)
    quotes = find_old_quotes(matter.view, (one.held for one in versions))
    rows = [_show_version(visit, matter, one, quotes) for one in versions]
    done = (visit.asked.get("done") or ("",))[-1]
    return show(
        "statement.html",
        status=422 if form.findings else 200,
        section=_SECTION,
        form=form,
        matter=matter,
        case=name_entity(matter.case, matter.view),
        subject=name_entity(held.statement.subject, matter.view),
        property=label_property(held.statement.what.property, visit.tongue),
        standing=[row for row in rows if row.state == "stands"],
        rows=rows[::-1],
        done=done if done in _DONE else "",
        fixed=not is_changeable(held.statement),
        restorable=_find_restorable(visit, matter, versions),
        provable=held.id if held.stratum == "record" and matter.view.is_live(held) else "",
    )


def _show_version(visit: Visit, matter: Matter, one: Version, quotes: Quotes) -> Row:
    shown = Showing.of(matter.view, [one.held], visit.tongue, quotes).statement(one.held)
    member = visit.ledger.vault.card.member
    return Row(
        replace(shown, changeable=False),
        "stands" if one.by is None else "taken" if one.taken else "replaced",
        say_moment(one.by.time[0], visit.tongue) if one.by else "",
        one.by.author if one.by else "",
        one.because,
        visit.ledger.may(member, one.held.author),
    )


def _find_restorable(visit: Visit, matter: Matter, versions: list[Version]) -> str:
    """The id of the version this page is about, where it was taken back and this member may undo that."""
    member = visit.ledger.vault.card.member
    for one in versions:
        if one.held.id == visit.parts["id"] and one.taken and one.by is not None:
            ours = one.by.statement.what.property == TAKEN_BACK
            return one.held.id if ours and visit.ledger.may(member, one.by.author) else ""
    return ""


def _before(visit: Visit, matter: Matter, held: Held) -> dict[str, str]:
    words = words_of(held, find_old_quotes(matter.view, [held]))
    return list_answers(held, words, matter.view.code_of, visit.tongue)


def _show_fields(visit: Visit, matter: Matter, held: Held, form: Form) -> Answer:
    property, tongue = load_properties().get(held.statement.what.property), visit.tongue
    types = property.value if property is not None else ()
    before = _before(visit, matter, held)
    return show(
        "correct.html",
        status=422 if form.findings else 200,
        section=_SECTION,
        form=form,
        id=held.id,
        subject=name_entity(held.statement.subject, matter.view),
        property=label_property(held.statement.what.property, tongue),
        types=types,
        terms=list_options(property.vocabulary, tongue)[1:] if property and property.vocabulary else [],
        sourced=held.statement.source is not None,
        # Words that lie in identity while it is closed are not asked for: they go along unseen.
        worded=held.statement.source is not None
        and (matter.open or held.stratum != "record" or "words" in before),
        languages=[("", ""), *LANGUAGES],
        reliability=list_options("reliability", tongue),
        credibility=list_options("credibility", tongue),
        distances=list_distances(tongue),
        bounds=list_bounds(tongue),
        taken=any(one.code == "correct.taken" for one in form.findings) or bool(form.value("anyway")),
    )


def _show_check(visit: Visit, matter: Matter, held: Held, correction: Correction) -> Answer:
    names, call, manner = (*FIELDS, "anyway"), matter.view.call, speak_plainly(visit.tongue)
    said = [one for _, one in correction.placed if one.what.property != "verbatim"]
    words = next(
        (one.words for _, one in correction.placed if one.words is not None and visit.field("words")), None
    )
    return show(
        "correct_check.html",
        section=_SECTION,
        id=held.id,
        differences=_list_differences(visit, _before(visit, matter, held)),
        old=say_sentence(held.statement, visit.tongue, call, manner),
        new=say_sentence(said[0], visit.tongue, call, manner),
        words=words,
        carried=len(correction.placed) > 1 and words is None,
        beside=len(correction.beside),
        sent=[(name, visit.field(name)) for name in names if visit.field(name)],
        unscreened=held.stratum == "record" and not said[0].trace.screened,
    )


def _list_differences(visit: Visit, before: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """How it was said and how well, where that is different: what was asked, before, and now."""
    tongue = visit.tongue
    labels = {name: dict(list_options(name, tongue)) for name in ("reliability", "credibility")}
    labels["distance"] = dict(list_distances(tongue))

    def say_of(name: str, typed: str) -> str:
        return labels.get(name, {}).get(typed, typed)

    return [
        (
            say(f"web_record.field.{name}", tongue),
            say_of(name, before.get(name, "")),
            say_of(name, visit.field(name)),
        )
        for name in _SAID_OF
        if before.get(name, "") != visit.field(name)
    ]


def _show_withdrawal(visit: Visit, form: Form) -> Answer:
    matter, held = take_statement(visit, visit.parts["id"])
    showing = Showing.of(matter.view, [held], visit.tongue)
    return show(
        "withdraw.html",
        status=422 if form.findings else 200,
        section=_SECTION,
        form=form,
        id=held.id,
        shown=replace(showing.statement(held), changeable=False),
        corrected=bool(held.statement.trace.supersedes),
    )


ROUTES = [
    ("GET", "/statement/{id}", show_statement),
    ("GET", "/statement/{id}/correct", ask_correction),
    ("POST", "/statement/{id}/correct", correct_statement),
    ("GET", "/statement/{id}/withdraw", ask_withdrawal),
    ("POST", "/statement/{id}/withdraw", withdraw_statement),
    ("POST", "/statement/{id}/restore", give_back),
]
