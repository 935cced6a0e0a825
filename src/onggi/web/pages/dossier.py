"""A dossier: for whom and for what, what its reader will see, what stays inside and why, what stands against
it; built, verified and handed over as `dossier.delivery` leads it; and everything that left before.

What is chosen lies in memory under a random id. Where it is written is told in no address and no title.
A dossier is made with what identity knows only where that was asked for, and signed, for this dossier: what
is open in other pages changes nothing of it.
"""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from markupsafe import Markup

from onggi.dossier.build import Plan, plan_dossier, show_document
from onggi.dossier.delivery import Delivery, deliver, prepare, read_rules
from onggi.dossier.order import Order
from onggi.dossier.plan import UNSTAMPED
from onggi.dossier.recipients import find_recipient, list_recipients
from onggi.dossier.release import check_place
from onggi.dossier.wording import name_reason, word_finding
from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.verify import BagReport, verify_bag
from onggi.ledger.ledger import Ledger
from onggi.ledger.left import Left, list_left
from onggi.ledger.sentence import say_statement, say_value
from onggi.ledger.view import View
from onggi.model.recipients import MANY
from onggi.model.release import FOR_TWO
from onggi.model.vocabulary import find_term, load_vocabulary
from onggi.paper.html import make_body
from onggi.vault.opened import Compartment
from onggi.web.addresses import address
from onggi.web.answers import Answer, go, show
from onggi.web.casework import Matter, take_case
from onggi.web.days import say_moment
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.manner import speak_plainly
from onggi.web.orders import Kept
from onggi.web.places import read_place
from onggi.web.rendering import TONGUES
from onggi.web.shown import Piece, name_entity
from onggi.web.visit import Visit
from onggi.words import LANGUAGES, say

_MANY = 300  # withheld statements that are listed one by one
_OPENED = ("identity",)


@dataclass(frozen=True, slots=True)
class Against:
    """One finding of release: what, where it is mended, whether somebody took it upon herself, whether that
    takes two, and waits for the second."""

    finding: Finding
    who: str
    text: str
    href: str
    met: bool
    two: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """One time that something left: when, what, to whom, on which decisions."""

    day: str
    text: str
    stayed: bool
    grounds: list[tuple[Piece, list[str]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a delivery came, and what a stranger's check says of what was written."""

    delivery: Delivery
    report: BagReport | None


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
            if _knows_identity(kept):
                within = visit.ledger.vault.compartment(matter.compartment)
                visit.ledger.open_identity(within, matter.case, visit.field("reason"), strata=_OPENED)
            _plan(visit, matter.compartment, kept)
        except OnggiError as error:
            where = _FIELDS.get(error.id)
            if where is None:
                raise
            findings = [Finding(error.id, where, error.values)]
    if findings:
        return _show_form(visit, Form(visit.fields, findings))
    return go(f"/case/{matter.reference}/dossier/{visit.orders.keep(kept)}")


def show_plan(visit: Visit) -> Answer:
    """What would leave, what stays inside, what stands against it, and the way on."""
    folder = _find(visit).folder
    return _show_plan(visit, Form.of(folder=str(folder)) if folder else Form.of())


def read_document(visit: Visit) -> Answer:
    """The document as its reader will see it. Nothing is signed by looking at it."""
    matter, kept = take_case(visit), _find(visit)
    plan = _plan(visit, matter.compartment, kept)
    wanted = (visit.asked.get("in") or ("",))[-1]
    tongue = wanted if wanted in plan.order.languages else plan.order.languages[0]
    within = visit.ledger.vault.compartment(matter.compartment)
    document = show_document(visit.ledger, within, plan, tongue, visit.ledger.clock())
    return show(
        "dossier_read.html",
        section="cases",
        matter=matter,
        id=visit.parts["id"],
        document=document,
        body=Markup(make_body(document)),  # noqa: S704 - `paper.html` escapes every text
        languages=[(id, name) for id, name in TONGUES if id in plan.order.languages],
    )


def show_withheld(visit: Visit) -> Answer:
    """Each statement that stays inside, and why."""
    matter, kept = take_case(visit), _find(visit)
    plan = _plan(visit, matter.compartment, kept)
    tongue, call = visit.tongue, matter.view.call
    withheld = plan.content.redacted.withheld
    return show(
        "dossier_withheld.html",
        section="cases",
        matter=matter,
        id=visit.parts["id"],
        rows=[
            [say_statement(held, tongue, call, speak_plainly(tongue)), name_reason(cut.reason, tongue)]
            for held, cut in islice(withheld, _MANY)
        ],
        more=max(0, len(withheld) - _MANY),
    )


def leave_out(visit: Visit) -> Answer:
    """The same order without one thing that a finding speaks of. The earlier one stays as it was."""
    matter, kept = take_case(visit), _find(visit)
    matter.view.find(visit.field("what"))
    out = (*kept.fields.get("leave_out", ()), visit.field("what"))
    changed = Kept({**kept.fields, "leave_out": (" ".join(out),)}, kept.case)
    return go(f"/case/{matter.reference}/dossier/{visit.orders.keep(changed)}#against")


def build_dossier(visit: Visit) -> Answer:
    """Sign what is taken upon herself, and have it written, as a job."""
    matter, kept = take_case(visit), _find(visit)
    form = Form(visit.fields)
    folder = read_place(form.value("folder"))
    findings = _check_build(form, folder)
    if findings or folder is None:
        return _show_plan(visit, Form(visit.fields, findings))
    kept.folder = folder
    accepts, because = frozenset(form.all("accepts")), form.value("because").strip() or None
    compartment, reference, id = matter.compartment, matter.reference, visit.parts["id"]

    def work(ledger: Ledger, progress: Progress) -> str:
        within = ledger.vault.compartment(compartment)
        view = _read_outward(ledger, within, kept)
        progress(0, 4, "plan")
        plan = plan_dossier(ledger, view, within, _make_order(view, kept, visit, accepts, because))
        done = Delivery(plan)
        if not plan.refused:
            progress(1, 4, "lay_out")
            done = prepare(ledger, within, plan, ledger.clock())
            progress(2, 4, "write")
            done = deliver(ledger, within, done, folder)
        report = None
        if done.handed is not None:
            progress(3, 4, "verify")
            report = verify_bag(folder)
        kept.outcome = Outcome(done, report)
        return f"/case/{reference}/dossier/{id}/done"

    return go(f"/jobs/{visit.jobs.begin('web_dossier.job', work).id}")


def show_outcome(visit: Visit) -> Answer:
    """Whether it left, what is left to do where it did not, and what a stranger's check says of it."""
    matter, kept = take_case(visit), _find(visit)
    if not isinstance(kept.outcome, Outcome):
        return go(f"/case/{matter.reference}/dossier/{visit.parts['id']}")
    done, report = kept.outcome.delivery, kept.outcome.report
    against = [one for one in _list_against(matter, done.plan) if not one.met]
    return show(
        "dossier_done.html",
        section="cases",
        matter=matter,
        id=visit.parts["id"],
        handed=done.handed,
        folder=str(kept.folder),
        waits=any(one.waits for one in against),
        against=[one for one in against if not one.waits],
        report=report,
        steps=_list_steps(report, visit.tongue),
        counts=_list_counts(report, visit.tongue),
        fingerprint=_group(done.handed.fingerprint) if done.handed else "",
    )


def verify_again(visit: Visit) -> Answer:
    """Check what was written once more, as anybody could without Onggi."""
    matter, kept = take_case(visit), _find(visit)
    folder, outcome, id = kept.folder, kept.outcome, visit.parts["id"]
    if folder is None or not isinstance(outcome, Outcome):
        return go(f"/case/{matter.reference}/dossier/{id}")
    reference = matter.reference

    def work(ledger: Ledger, progress: Progress) -> str:
        progress(0, 1, "verify")
        report = verify_bag(folder)
        kept.outcome = replace(outcome, report=report)
        if report.valid:
            visit.walked.mark("verify", matter.case)
        return f"/case/{reference}/dossier/{id}/done"

    return go(f"/jobs/{visit.jobs.begin('web_dossier.verify_job', work).id}")


def _find(visit: Visit) -> Kept:
    kept = visit.orders.find(visit.parts["id"], take_case(visit).case)
    if kept is None:
        raise OnggiError("web_dossier.gone", exit_code=Exit.ABSENT)
    return kept


def _check_form(form: Form) -> list[Finding]:
    needed = ("recipient", "purpose")
    findings = [Finding(f"web_dossier.lacks.{name}", name) for name in needed if not form.value(name)]
    if not set(form.all("languages")) & set(LANGUAGES):
        findings.append(Finding("web_dossier.lacks.languages", "languages"))
    if not form.value("identity"):
        known = (name for name in ("words", "named") if form.all(name))
        findings += [Finding("web_dossier.lacks.identity", name) for name in known]
    return findings


def _check_build(form: Form, folder: Path | None) -> list[Finding]:
    """What is wrong with where it should go, and with a risk that nobody gives a reason for."""
    findings = []
    if folder is None:
        findings.append(Finding("web_dossier.lacks.folder", "folder"))
    else:
        try:
            check_place(folder)
        except OnggiError as error:
            findings.append(Finding(error.id, "folder", error.values))
    if form.all("accepts") and not form.value("because").strip():
        findings.append(Finding("release.reason", "because"))
    return findings


def _plan(visit: Visit, compartment: str, kept: Kept) -> Plan:
    """The plan, as of now: what was recorded meanwhile is in it."""
    within = visit.ledger.vault.compartment(compartment)
    view = _read_outward(visit.ledger, within, kept)
    return plan_dossier(visit.ledger, view, within, _make_order(view, kept, visit))


def _read_outward(ledger: Ledger, within: Compartment, kept: Kept) -> View:
    """What this dossier may know, whatever else is open; never care."""
    return (
        ledger.read_on(within, strata=_OPENED) if _knows_identity(kept) else ledger.view(compartment=within)
    )


def _knows_identity(kept: Kept) -> bool:
    """Whether it is made with what identity knows; of what is kept that was signed when it was asked for."""
    return bool(Form(kept.fields).value("identity"))


def _make_order(
    view: View, kept: Kept, visit: Visit, accepts: frozenset[str] = frozenset(), because: str | None = None
) -> Order:
    form = Form(kept.fields)
    rules = read_rules(
        view,
        exact=bool(form.value("exact")),
        words=bool(form.value("words")),
        show=form.all("show"),
        named=form.all("named"),
        without=[*form.all("without"), *form.value("leave_out").split()],
    )
    return Order(
        kept.case,
        find_recipient(form.value("recipient")),
        form.value("organisation").strip() or None,
        form.value("purpose"),
        tuple(one for one in LANGUAGES if one in form.all("languages")) or (visit.tongue,),
        visit.today,
        rules,
        bool(form.value("items")),
        accepts,
        because,
    )


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
                " ".join(
                    filter(
                        None,
                        (
                            say("web_dossier.dangerous", tongue) if one.dangerous else "",
                            say("web_dossier.several", tongue) if one.id in MANY else "",
                            say("web_dossier.proof", tongue) if one.provenance else "",
                        ),
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


def _show_plan(visit: Visit, form: Form) -> Answer:
    matter, kept = take_case(visit), _find(visit)
    plan = _plan(visit, matter.compartment, kept)
    tongue, data, order = visit.tongue, plan.content.data, plan.order
    if plan.refused:
        visit.walked.mark("refused", matter.case)
    against = _list_against(matter, plan)
    purpose = find_term("consent_purposes", order.purpose)
    return show(
        "dossier_plan.html",
        status=422 if form.findings else 200,
        section="cases",
        matter=matter,
        id=visit.parts["id"],
        form=form,
        recipient=order.recipient.name(tongue),
        organisation=order.organisation or "",
        purpose=purpose.labels[tongue] if purpose else order.purpose,
        knows=_knows_identity(kept),
        without=Form(kept.fields).value("leave_out").split(),
        learns=order.recipient.learning(tongue),
        risks=order.recipient.risks(tongue),
        shown=len(data.entries),
        files=len(plan.content.files),
        withheld=[(name_reason(one, tongue), count) for one, count in sorted(data.withheld.items())],
        kept=sum(data.withheld.values()),
        persons=[
            Piece(plan.matter.call(one), href=address(matter.view, one), code=True) for one in plan.persons
        ],
        grave=[one for one in against if one.finding.grave],
        risky=[one for one in against if _is_left(one)],
        first={one.finding.code: one.finding for one in reversed(against) if _is_left(one)},
        codes=[
            (code, count - 1)
            for code, count in Counter(
                one.finding.code for one in against if _is_left(one) and not one.waits
            ).items()
        ],
        waits=any(one.waits for one in against),
        two=FOR_TWO,
        taken=[one for one in against if not one.finding.grave and one.met],
        refused=plan.refused,
        stamps=UNSTAMPED,
        stamps_taken=UNSTAMPED in plan.taken,
    )


def _list_against(matter: Matter, plan: Plan) -> list[Against]:
    """Every finding in words, with where it is mended."""
    unmet = {(one.code, one.where) for one in plan.unmet}
    return [
        Against(
            word_finding(one, matter.tongue),
            one.where,
            _tell_where(matter, one),
            _find_mend(matter, one),
            (one.code, one.where) not in unmet,
            one.code in FOR_TWO,
            one.code in FOR_TWO & plan.taken and (one.code, one.where) in unmet,
        )
        for one in plan.findings
    ]


def _tell_where(matter: Matter, one: Finding) -> str:
    """The statement that a finding speaks of, if it is one of the record."""
    held = matter.view.statement(one.where)
    if held is None or held.stratum != "record":
        return ""
    return say_statement(held, matter.tongue, matter.view.call, speak_plainly(matter.tongue))


def _is_left(one: Against) -> bool:
    """Whether somebody may take it upon herself, and nobody has."""
    return not one.finding.grave and not one.met


def _find_mend(matter: Matter, one: Finding) -> str:
    """Where a finding is mended: consent, the person or thing it speaks of, or the order itself."""
    if one.code.startswith("consent."):
        return f"/case/{matter.reference}/consent"
    try:
        return f"/about/{matter.view.find(one.where)}"
    except OnggiError:
        return ""


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


def _list_steps(report: BagReport | None, tongue: str) -> list[tuple[str, str, str]]:
    return [
        (
            say(f"cli.step.{step.name}", tongue),
            say("cli.step.wrong" if step.findings else "cli.step.right", tongue),
            "wrong" if step.findings else "well",
        )
        for step in (report.steps if report else ())
    ]


def _list_counts(report: BagReport | None, tongue: str) -> list[tuple[str, str]]:
    if report is None:
        return []
    counts = {
        "statements": report.statements,
        "recorded": report.recorded,
        "items": report.items,
        "disclosed": report.disclosed,
        "withheld": report.withheld,
        "timestamps": len(report.stamps),
        "unchecked": len(report.not_checked),
    }
    return [(say(f"cli.count.{what}", tongue), f"{count:,}") for what, count in counts.items()]


def _group(fingerprint: str) -> str:
    """A fingerprint in fours, as people compare it."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


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
    ("GET", "/case/{ref}/dossier/{id}", show_plan),
    ("GET", "/case/{ref}/dossier/{id}/read", read_document),
    ("GET", "/case/{ref}/dossier/{id}/withheld", show_withheld),
    ("POST", "/case/{ref}/dossier/{id}/without", leave_out),
    ("POST", "/case/{ref}/dossier/{id}/build", build_dossier),
    ("GET", "/case/{ref}/dossier/{id}/done", show_outcome),
    ("POST", "/case/{ref}/dossier/{id}/verify", verify_again),
]
