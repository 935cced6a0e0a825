"""Who of the persons may be one: two at a time, side by side, for a member to judge, and to take it back.

Names are read, so identity is open for every case, for a reason that is signed. Nothing is merged: a page
records what a member holds, through the room that `onggi judge` asks. Refused: a pair that is open no more.
"""

from onggi.errors import Finding, OnggiError
from onggi.ledger.judging import list_judgements
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.link.suggested import read_open
from onggi.model.judgement import VERDICTS
from onggi.web.answers import Answer, go, show
from onggi.web.comparing import compare_everyone
from onggi.web.everyone import ask_names, read_everyone, take_signed
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.judged import Judged, judge_two, show_judged, take_back
from onggi.web.paging import Paging
from onggi.web.pairs import show_suggested
from onggi.web.visit import Visit

_DONE = (*VERDICTS, "waits", "undone", "gone", "compared")


def show_review(visit: Visit) -> Answer:
    """One pair; or why names are needed, which opens nothing."""
    return _show(visit, Form()) if visit.identity.everywhere else ask_names(visit)


def open_names(visit: Visit) -> Answer:
    """Sign that names of every case of a compartment are read, and why."""
    form = Form(visit.fields)
    compartment = visit.ledger.vault.compartment(form.value("compartment") or None)
    try:
        visit.identity.open(visit.ledger, compartment.id, None, form.value("reason"))
    except OnggiError as error:
        if error.id != "ledger.reason":
            raise
        return ask_names(visit, Form(visit.fields, [Finding(error.id, "reason")]))
    return go(form.value("back") or "/review")


def start_comparing(visit: Visit) -> Answer:
    """Compare the persons anew, as a job, and record what is suggested."""
    if not visit.identity.everywhere:
        return go("/review")
    name = take_signed(visit).id

    def work(ledger: Ledger, progress: Progress) -> str:
        compare_everyone(ledger, name, progress)
        return "/review?done=compared"

    return go(f"/jobs/{visit.jobs.begin('web_review.job', work).id}")


def judge_shown(visit: Visit) -> Answer:
    """Record what this member holds of the two that she looked at."""
    if not visit.identity.everywhere:
        return go("/review")
    pair, compartment = (visit.field("one"), visit.field("other")), take_signed(visit)
    pairs, _ = read_open(read_everyone(visit), compartment.id)
    at = next((at for at, one in enumerate(pairs, 1) if {one.a, one.b} == set(pair)), None)
    if at is None:
        return go("/review?done=gone")
    done = judge_two(visit, compartment, pair)
    if isinstance(done, Finding):
        return _show(visit, Form(visit.fields, [done]), pair)
    return go(f"/review?page={at}&done={done}")


def undo_last(visit: Visit) -> Answer:
    """Take a judgement back; what was judged of the two before stands again."""
    if not visit.identity.everywhere:
        return go("/review")
    wrong = take_back(visit, "undo")
    return _show(visit, Form(visit.fields, [wrong])) if wrong else go("/review?done=undone")


def _show(visit: Visit, form: Form, pair: tuple[str, ...] = ()) -> Answer:
    view, compartment, tongue = read_everyone(visit), take_signed(visit), visit.tongue
    pairs, names = read_open(view, compartment.id)
    found = (at for at, one in enumerate(pairs, 1) if {one.a, one.b} == set(pair))
    paging = Paging.of(pairs, next(found, visit.number("page", 1)), 1)
    done = (visit.asked.get("done") or ("",))[-1]
    return show(
        "review.html",
        status=422 if form.findings else 200,
        section="review",
        form=form,
        done=done if done in _DONE else "",
        paging=paging,
        pair=show_suggested(view, paging.items[0], names, tongue) if paging.items else None,
        last=_find_last(visit, view, compartment.id),
    )


def _find_last(visit: Visit, view: View, compartment: str) -> Judged | None:
    """What this member judged last."""
    member = visit.ledger.vault.card.member
    own = [
        (held, said)
        for held, said in list_judgements(view)
        if held.author == member and held.compartment == compartment
    ]
    return next(iter(show_judged(visit, own[-1:])), None)


ROUTES = [
    ("GET", "/review", show_review),
    ("POST", "/review/open", open_names),
    ("POST", "/review/compare", start_comparing),
    ("POST", "/review/judge", judge_shown),
    ("POST", "/review/undo", undo_last),
]
