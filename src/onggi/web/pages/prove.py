"""One statement, proved to a stranger: a folder that is checked without Onggi.

It is written where somebody names a place on this machine, as a job; what stands against it is said by
`dossier.prove`, which asks nobody for consent and so takes only what a published source says.
"""

from onggi.dossier.prove import prove_statement
from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.web.answers import Answer, go, show
from onggi.web.casework import take_statement
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.orders import Kept
from onggi.web.places import read_place
from onggi.web.shown import Showing
from onggi.web.visit import Visit
from onggi.words.digits import group_digits

_SECTION = "cases"


def ask_folder(visit: Visit) -> Answer:
    """The statement, what a proof of it shows to whom, and where it is to be written."""
    return _show(visit, Form.of())


def prove(visit: Visit) -> Answer:
    """Write the proof, as a job."""
    _, held = take_statement(visit, visit.parts["id"])
    folder = read_place(visit.field("folder"))
    if folder is None:
        return _show(visit, Form(visit.fields, [Finding("web_prove.lacks.folder", "folder")]))
    kept = Kept({}, held.id, folder)
    path = f"/statement/{held.id}/proved/{visit.orders.keep(kept)}"

    def work(ledger: Ledger, progress: Progress) -> str:
        progress(0, 0, "")
        kept.outcome = prove_statement(ledger, held.id, folder)
        return path

    return go(f"/jobs/{visit.jobs.begin('web_prove.job', work).id}")


def show_proved(visit: Visit) -> Answer:
    """Where it lies, and the fingerprint that a reader is given by another way."""
    kept = visit.orders.find(visit.parts["order"], visit.parts["id"])
    if kept is None or not isinstance(kept.outcome, str):
        raise OnggiError("web_log.gone", exit_code=Exit.ABSENT)
    fingerprint = group_digits(kept.outcome)
    return show("proved.html", section=_SECTION, folder=str(kept.folder), fingerprint=fingerprint)


def _show(visit: Visit, form: Form) -> Answer:
    matter, held = take_statement(visit, visit.parts["id"])
    return show(
        "prove.html",
        status=422 if form.findings else 200,
        section=_SECTION,
        form=form,
        id=held.id,
        shown=Showing.of(matter.view, [held], visit.tongue).statement(held),
    )


ROUTES = [
    ("GET", "/statement/{id}/prove", ask_folder),
    ("POST", "/statement/{id}/prove", prove),
    ("GET", "/statement/{id}/proved/{order}", show_proved),
]
