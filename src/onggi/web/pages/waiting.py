"""Decisions for two that wait: what each says, why, and a second member's signature."""

from dataclasses import dataclass

from onggi.errors import Finding, OnggiError
from onggi.ledger.seconds import list_waiting
from onggi.ledger.sentence import say_statement
from onggi.ledger.signing import count_signers, sign_second
from onggi.model.release import Release
from onggi.model.seconding import list_reasons
from onggi.model.statement import Statement
from onggi.web.answers import Answer, go, show
from onggi.web.days import say_moment
from onggi.web.form import Form
from onggi.web.manner import speak_plainly
from onggi.web.shown import Piece, call_compartment, name_entity
from onggi.web.visit import Visit
from onggi.words import known, say

_TYPED = {"second.reason": "reason", "second.name": "reason"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One decision: about what, what it says, which risks are taken with it, why, since when, and whether
    this member recorded it."""

    id: str
    about: Piece
    case: Piece
    text: str
    risks: list[str]
    reasons: list[str]
    day: str
    yours: bool


def list_decisions(visit: Visit) -> Answer:
    """Everything that waits."""
    return _show(visit, Form.of())


def sign_decision(visit: Visit) -> Answer:
    """Sign one decision as another member than its author, with a reason."""
    try:
        sign_second(visit.ledger, visit.field("what"), visit.field("reason"), visit.today)
    except OnggiError as error:
        if error.id not in _TYPED:
            raise
        where = f"reason-{visit.field('what')}"
        return _show(visit, Form(visit.fields, [Finding(error.id, where, error.values)]))
    return go("/waiting?done=signed")


def _show(visit: Visit, form: Form) -> Answer:
    view, ledger = visit.view(), visit.ledger
    member = ledger.vault.card.member
    return show(
        "waiting.html",
        status=422 if form.findings else 200,
        section="waiting",
        form=form,
        signed="signed" in visit.asked.get("done", ()),
        waiting=[
            Waiting(
                held.id,
                name_entity(held.statement.subject, view),
                name_entity(held.statement.about.case, view),
                say_statement(held, visit.tongue, view.call, speak_plainly(visit.tongue)),
                _list_risks(held.statement, visit.tongue),
                list_reasons(held.statement),
                say_moment(held.time[0], visit.tongue),
                held.author == member,
            )
            for held in list_waiting(view, visit.today)
        ],
        alone=[
            call_compartment(one.name, visit.tongue)
            for one in ledger.vault.compartments
            if count_signers(ledger, one) < 2
        ],
    )


def _list_risks(statement: Statement, tongue: str) -> list[str]:
    """What is taken upon oneself with a release, in words; by its id what a later program named."""
    accepts = statement.value.accepts if isinstance(statement.value, Release) else ()
    ids = {code: f"web_waiting.{code}" for code in accepts}
    return [say(id, tongue) if known(id) else code for code, id in ids.items()]


ROUTES = [
    ("GET", "/waiting", list_decisions),
    ("POST", "/waiting", sign_decision),
]
