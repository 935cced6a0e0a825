"""Choosing for whom and for what a dossier is made; and everything of a case that left before."""

from dataclasses import dataclass

from onggi.dossier.outward import OPENED
from onggi.dossier.recipients import list_recipients
from onggi.errors import Finding, OnggiError
from onggi.ledger.left import Left, list_left
from onggi.ledger.sentence import say_statement, say_value
from onggi.model.recipients import MANY
from onggi.model.vocabulary import load_vocabulary
from onggi.web.answers import Answer, go, show
from onggi.web.casework import Matter, take_case
from onggi.web.days import say_moment
from onggi.web.form import Form
from onggi.web.manner import speak_plainly
from onggi.web.ordered import knows_identity, plan_kept
from onggi.web.orders import Kept
from onggi.web.rendering import TONGUES
from onggi.web.shown import Piece, name_entity
from onggi.web.spacing import join_sentences
from onggi.web.visit import Visit
from onggi.words import LANGUAGES, say


@dataclass(frozen=True, slots=True)
class Gone:
    """One time that something left: when, what, to whom, on which decisions."""

    day: str
    text: str
    stayed: bool
    grounds: list[tuple[Piece, list[str]]]


def ask_dossier(visit: Visit) -> Answer:
    """Choose for whom and for what; below, everything that left."""
    return _show_form(visit, Form.of(languages=visit.tongue, items="yes"))


def order_dossier(visit: Visit) -> Answer:
    """Plan it once, so that what cannot be asked for is said at its field; then look at it.

    Where it is to be made with what identity knows, that this is read, and why, is signed before.
    """
    matter = take_case(visit)
    kept = Kept(visit.fields, matter.case)
    findings = _check_form(Form(visit.fields))
    if not findings:
        try:
            if knows_identity(kept):
                within = visit.ledger.vault.compartment(matter.compartment)
                visit.ledger.open_identity(within, matter.case, visit.field("reason"), strata=OPENED)
            plan_kept(visit, matter.compartment, kept)
        except OnggiError as error:
            where = _FIELDS.get(error.id)
            if where is None:
                raise
            findings = [Finding(error.id, where, error.values)]
    if findings:
        return _show_form(visit, Form(visit.fields, findings))
    return go(f"/case/{matter.reference}/dossier/{visit.orders.keep(kept)}")


def _check_form(form: Form) -> list[Finding]:
    needed = ("recipient", "purpose")
    findings = [Finding(f"web_dossier.lacks.{name}", name) for name in needed if not form.value(name)]
    if not set(form.all("languages")) & set(LANGUAGES):
        findings.append(Finding("web_dossier.lacks.languages", "languages"))
    if not form.value("identity"):
        known = (name for name in ("words", "named") if form.all(name))
        findings += [Finding("web_dossier.lacks.identity", name) for name in known]
    return findings


def _show_form(visit: Visit, form: Form) -> Answer:
    matter = take_case(visit)
    tongue = visit.tongue
    purposes = load_vocabulary("consent_purposes").terms.values()
    classes = load_vocabulary("redaction_classes").terms.values()
    return show(
        "dossier.html",
        status=422 if form.findings else 200,
        section="cases",
        matter=matter,
        form=form,
        recipients=[
            (
                one.id,
                one.name(tongue),
                join_sentences(
                    (
                        say("web_dossier.dangerous", tongue) if one.dangerous else "",
                        say("web_dossier.several", tongue) if one.id in MANY else "",
                        say("web_dossier.proof", tongue) if one.provenance else "",
                    )
                ),
            )
            for one in list_recipients()
        ],
        purposes=[("", "–"), *((term.id, term.labels[tongue]) for term in purposes)],
        classes=[(term.id, term.labels[tongue]) for term in classes],
        persons=[
            (matter.view.code_of(one) or one, matter.view.call(one)) for one in matter.of_kind("person")
        ],
        languages=TONGUES,
        may="identity" in visit.ledger.vault.compartment(matter.compartment).strata,
        gone=[_show_gone(matter, one) for one in list_left(matter.view, matter.case)],
    )


def _show_gone(matter: Matter, one: Left) -> Gone:
    tongue, call = matter.tongue, matter.view.call
    grounds = [
        (
            name_entity(ground.person, matter.view),
            [say_value(each.consent, tongue, call, speak_plainly(tongue)) for each in ground.decisions],
        )
        for ground in one.grounds
    ]
    text = say_statement(one.held, tongue, call, speak_plainly(tongue))
    return Gone(say_moment(one.held.time[0], tongue), text, one.stayed, grounds)


_FIELDS = {
    "dossier.recipient": "recipient",
    "dossier.unavailable": "recipient",
    "dossier.purpose": "purpose",
    "dossier.organisation": "organisation",
    "dossier.class": "show",
    "dossier.nobody": "named",
    "release.named": "organisation",
    "ledger.identity": "identity",
    "ledger.reason": "reason",
    "ledger.absent": "leave_out",
}
"""Where in the form it stands that something cannot be asked for."""

ROUTES = [
    ("GET", "/case/{ref}/dossier", ask_dossier),
    ("POST", "/case/{ref}/dossier", order_dossier),
]
