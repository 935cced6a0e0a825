"""The page of what is suggested of a vault's persons: made as a job, by codes alone, and signed as it leaves.

It is the page of `onggi link VAULT --report`, kept in memory under a random id until it is downloaded. Names
of every case are open for it, as for comparing. Refused: to whoever was not granted to show outside, or gives
no reason.
"""

from onggi.dossier.suggesting import sign_suggestions
from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.link.account import Account
from onggi.vault.anchoring import require_release
from onggi.web.answers import Answer, go, hand_out, show
from onggi.web.comparing import compare_everyone
from onggi.web.everyone import ask_names, take_signed
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.orders import Kept
from onggi.web.visit import Visit

_AT = "/review/page"
_KEPT = "suggested"
_NAME = "suggestions.html"


def ask_page(visit: Visit) -> Answer:
    """What it holds, and what it takes; or why names are needed."""
    return _ask(visit) if visit.identity.everywhere else ask_names(visit)


def make_page(visit: Visit) -> Answer:
    """Compare the persons anew, as a job, and make the page. Nothing leaves."""
    if not visit.identity.everywhere:
        return go(_AT)
    within = take_signed(visit)
    require_release(visit.ledger.vault, within)
    kept, name = Kept({}, _KEPT), within.id
    path = f"{_AT}/{visit.orders.keep(kept)}"

    def work(ledger: Ledger, progress: Progress) -> str:
        kept.outcome = name, compare_everyone(ledger, name, progress)
        return path

    return go(f"/jobs/{visit.jobs.begin('web_suggested.job', work).id}")


def show_page(visit: Visit) -> Answer:
    """How much is in it, and the way out."""
    return _show(visit, Form()) if visit.identity.everywhere else ask_names(visit)


def download_page(visit: Visit) -> Answer:
    """Sign that it leaves, and hand it out."""
    if not visit.identity.everywhere:
        return go(_AT)
    compartment, account = _find(visit)
    because = visit.field("because").strip()
    if not because:
        return _show(visit, Form(visit.fields, [Finding("web_suggested.reasonless", "because")]))
    ledger = visit.ledger
    within = ledger.vault.compartment(compartment)
    return hand_out(_NAME, sign_suggestions(ledger, within, account, visit.tongue, because))


def _find(visit: Visit) -> tuple[str, Account]:
    """The compartment it is of, and the account; names of that one are open."""
    kept = visit.orders.find(visit.parts["id"], _KEPT)
    if kept is None or not isinstance(kept.outcome, tuple) or kept.outcome[0] != take_signed(visit).id:
        raise OnggiError("web_suggested.gone", exit_code=Exit.ABSENT)
    compartment, account = kept.outcome
    return compartment, account


def _ask(visit: Visit) -> Answer:
    return show("suggested.html", section="review")


def _show(visit: Visit, form: Form) -> Answer:
    _, account = _find(visit)
    return show(
        "suggested_made.html",
        status=422 if form.findings else 200,
        section="review",
        form=form,
        id=visit.parts["id"],
        account=account,
    )


ROUTES = [
    ("GET", _AT, ask_page),
    ("POST", _AT, make_page),
    ("GET", f"{_AT}/{{id}}", show_page),
    ("POST", f"{_AT}/{{id}}", download_page),
]
