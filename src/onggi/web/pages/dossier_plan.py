"""A dossier before it leaves: what its reader will see, what stays inside and why, what stands against it.

It is built from here, as `dossier.delivery` leads it. Where it is written is told in no address and no title.
"""

from collections import Counter
from itertools import islice
from pathlib import Path

from markupsafe import Markup

from onggi.dossier.build import plan_dossier, show_document
from onggi.dossier.delivery import Delivery, deliver, prepare
from onggi.dossier.outward import read_outward
from onggi.dossier.plan import UNSTAMPED
from onggi.dossier.release import check_place
from onggi.dossier.wording import name_reason
from onggi.errors import Finding, OnggiError
from onggi.evidence.verify import verify_bag
from onggi.ledger.ledger import Ledger
from onggi.ledger.sentence import say_statement
from onggi.model.release import FOR_TWO
from onggi.model.vocabulary import find_term
from onggi.paper.html import make_body
from onggi.web.addresses import address
from onggi.web.against import list_against
from onggi.web.answers import Answer, go, show
from onggi.web.casework import take_case
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.manner import speak_plainly
from onggi.web.ordered import Outcome, find_kept, knows_identity, make_order, plan_kept
from onggi.web.orders import Kept
from onggi.web.places import read_place
from onggi.web.rendering import TONGUES
from onggi.web.shown import Piece
from onggi.web.visit import Visit

_MANY = 300  # withheld statements that are listed one by one


def show_plan(visit: Visit) -> Answer:
    """What would leave, what stays inside, what stands against it, and the way on."""
    folder = find_kept(visit).folder
    return _show_plan(visit, Form.of(folder=str(folder)) if folder else Form.of())


def read_document(visit: Visit) -> Answer:
    """The document as its reader will see it. Nothing is signed by looking at it."""
    matter, kept = take_case(visit), find_kept(visit)
    plan = plan_kept(visit, matter.compartment, kept)
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
    matter, kept = take_case(visit), find_kept(visit)
    plan = plan_kept(visit, matter.compartment, kept)
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
    matter, kept = take_case(visit), find_kept(visit)
    matter.view.find(visit.field("what"))
    out = (*kept.fields.get("leave_out", ()), visit.field("what"))
    changed = Kept({**kept.fields, "leave_out": (" ".join(out),)}, kept.case)
    return go(f"/case/{matter.reference}/dossier/{visit.orders.keep(changed)}#against")


def build_dossier(visit: Visit) -> Answer:
    """Sign what is taken upon herself, and have it written, as a job; or only signed, to ask for stamps."""
    matter, kept = take_case(visit), find_kept(visit)
    form = Form(visit.fields)
    asks = form.value("do") == "request"
    folder = read_place(form.value("folder"))
    findings = _check_reason(form) if asks else [*_check_folder(folder), *_check_reason(form)]
    if findings:
        return _show_plan(visit, Form(visit.fields, findings))
    kept.folder = folder or kept.folder
    accepts, because = frozenset(form.all("accepts")), form.value("because").strip() or None
    compartment, reference, id = matter.compartment, matter.reference, visit.parts["id"]

    def work(ledger: Ledger, progress: Progress) -> str:
        within = ledger.vault.compartment(compartment)
        view = read_outward(ledger, within, knows_identity(kept))
        progress(0, 4, "plan")
        plan = plan_dossier(ledger, view, within, make_order(view, kept, visit, accepts, because))
        done = Delivery(plan)
        if not plan.refused:
            progress(1, 4, "lay_out")
            done = prepare(ledger, within, plan, ledger.clock())
            if not asks and folder is not None:
                progress(2, 4, "write")
                done = deliver(ledger, within, done, folder)
        report = None
        if done.handed is not None and folder is not None:
            progress(3, 4, "verify")
            report = verify_bag(folder)
        kept.outcome = Outcome(done, report)
        return f"/case/{reference}/dossier/{id}/done"

    return go(f"/jobs/{visit.jobs.begin('web_dossier.job', work).id}")


def _check_folder(folder: Path | None) -> list[Finding]:
    """What is wrong with where it should go."""
    if folder is None:
        return [Finding("web_dossier.lacks.folder", "folder")]
    try:
        check_place(folder)
    except OnggiError as error:
        return [Finding(error.id, "folder", error.values)]
    return []


def _check_reason(form: Form) -> list[Finding]:
    """A risk that nobody gives a reason for."""
    lacking = form.all("accepts") and not form.value("because").strip()
    return [Finding("release.reason", "because")] if lacking else []


def _show_plan(visit: Visit, form: Form) -> Answer:
    matter, kept = take_case(visit), find_kept(visit)
    plan = plan_kept(visit, matter.compartment, kept)
    tongue, data, order = visit.tongue, plan.content.data, plan.order
    if plan.refused:
        visit.walked.mark("refused", matter.case)
    against = list_against(matter, plan)
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
        knows=knows_identity(kept),
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
        risky=[one for one in against if one.left],
        first={one.finding.code: one.finding for one in reversed(against) if one.left},
        codes=[
            (code, count - 1)
            for code, count in Counter(
                one.finding.code for one in against if one.left and not one.waits
            ).items()
        ],
        waits=any(one.waits for one in against),
        two=FOR_TWO,
        taken=[one for one in against if not one.finding.grave and one.met],
        refused=plan.refused,
        stamps=UNSTAMPED,
        stamps_taken=UNSTAMPED in plan.taken,
    )


ROUTES = [
    ("GET", "/case/{ref}/dossier/{id}", show_plan),
    ("GET", "/case/{ref}/dossier/{id}/read", read_document),
    ("GET", "/case/{ref}/dossier/{id}/withheld", show_withheld),
    ("POST", "/case/{ref}/dossier/{id}/without", leave_out),
    ("POST", "/case/{ref}/dossier/{id}/build", build_dossier),
]
