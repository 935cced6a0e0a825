"""Who of the persons may be one: two at a time, side by side, for a member to judge, and to take it back.

Names are read, so identity is open for every case, for a reason that is signed. Nothing is merged: a page
records what a member holds, through the room that `onggi judge` asks. Refused: a pair that is open no more.
"""

from dataclasses import dataclass
from typing import get_args

from onggi import __version__
from onggi.errors import Finding, OnggiError
from onggi.ledger.judging import judge_pair, list_judgements, undo_judgement
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.link.engine import open_engine
from onggi.link.suggest import suggest_pairs
from onggi.link.suggested import read_open, write_suggestions
from onggi.model.judgement import Verdict
from onggi.vault.opened import Compartment
from onggi.web.answers import Answer, go, show
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.paging import Paging
from onggi.web.pairs import show_pair
from onggi.web.shown import Piece, name_entity
from onggi.web.visit import Visit

_DONE = (*get_args(Verdict), "waits", "undone", "gone", "compared")
_ENGINE, _SEED = "duckdb", 1
_STRATA = ("identity",)


@dataclass(frozen=True, slots=True)
class Last:
    """What this member judged last: its id, of whom, how, and why."""

    id: str
    codes: tuple[Piece, Piece]
    verdict: str
    because: str


def show_review(visit: Visit) -> Answer:
    """One pair; or why names are needed, which opens nothing."""
    return _show(visit, Form()) if visit.identity.everywhere else _ask(visit, Form())


def open_names(visit: Visit) -> Answer:
    """Sign that names of every case of a compartment are read, and why."""
    form = Form(visit.fields)
    compartment = visit.ledger.vault.compartment(form.value("compartment") or None)
    try:
        visit.identity.open(visit.ledger, compartment.id, None, form.value("reason"))
    except OnggiError as error:
        if error.id != "ledger.reason":
            raise
        return _ask(visit, Form(visit.fields, [Finding(error.id, "reason")]))
    return go("/review")


def start_comparing(visit: Visit) -> Answer:
    """Compare the persons anew, as a job, and record what is suggested."""
    if not visit.identity.everywhere:
        return go("/review")
    name = _take_compartment(visit).id

    def work(ledger: Ledger, progress: Progress) -> str:
        within = ledger.vault.compartment(name)
        view = ledger.read_on(within, strata=_STRATA)
        suggested = suggest_pairs(
            *(view, within.id, ledger.vault.card.member, __version__, _SEED),
            lambda: open_engine(_ENGINE),
            lambda stage: progress(0, 0, stage),
        )
        write_suggestions(ledger, within, view, suggested, __version__)
        return "/review?done=compared"

    return go(f"/jobs/{visit.jobs.begin('web_review.job', work).id}")


def judge_shown(visit: Visit) -> Answer:
    """Record what this member holds of the two that she looked at."""
    if not visit.identity.everywhere:
        return go("/review")
    form, pair = Form(visit.fields), (visit.field("one"), visit.field("other"))
    verdict = next((one for one in get_args(Verdict) if one == form.value("verdict")), None)
    if verdict is None:
        return _show(visit, Form(visit.fields, [Finding("web_review.lacks.verdict", "reason")]), pair)
    compartment = _take_compartment(visit)
    pairs, _ = read_open(_read(visit), compartment.id)
    at = next((at for at, one in enumerate(pairs, 1) if {one.a, one.b} == set(pair)), None)
    if at is None:
        return go("/review?done=gone")
    try:
        done = judge_pair(visit.ledger, compartment, pair, verdict, form.value("reason"))
    except OnggiError as error:
        if error.id not in ("judge.reason", "judge.name"):
            raise
        return _show(visit, Form(visit.fields, [Finding(error.id, "reason", error.values)]), pair)
    return go(f"/review?page={at}&done={'waits' if done.judgement.waits else verdict}")


def undo_last(visit: Visit) -> Answer:
    """Take a judgement back; what was judged of the two before stands again."""
    if not visit.identity.everywhere:
        return go("/review")
    try:
        undo_judgement(visit.ledger, _take_compartment(visit), visit.field("judgement"), visit.field("undo"))
    except OnggiError as error:
        if error.id not in ("judge.reason", "judge.name"):
            raise
        return _show(visit, Form(visit.fields, [Finding(error.id, "undo", error.values)]))
    return go("/review?done=undone")


def _show(visit: Visit, form: Form, pair: tuple[str, ...] = ()) -> Answer:
    view, compartment, tongue = _read(visit), _take_compartment(visit), visit.tongue
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
        pair=show_pair(view, paging.items[0], names, tongue) if paging.items else None,
        last=_find_last(view, compartment.id, visit.ledger.vault.card.member),
    )


def _ask(visit: Visit, form: Form) -> Answer:
    places = [one for one in visit.ledger.vault.compartments if "identity" in one.strata]
    return show(
        "review_names.html",
        status=422 if form.findings else 200,
        section="review",
        form=form,
        compartments=[(one.name, one.name) for one in places],
    )


def _read(visit: Visit) -> View:
    """The record and identity, of the compartment for which that was signed; care stays closed."""
    return visit.ledger.read_on(_take_compartment(visit), strata=_STRATA)


def _take_compartment(visit: Visit) -> Compartment:
    signed = visit.identity.signed
    return visit.ledger.vault.compartment(signed.compartment if signed else None)


def _find_last(view: View, compartment: str, member: str) -> Last | None:
    own = [
        (held, said)
        for held, said in list_judgements(view)
        if held.author == member and held.compartment == compartment
    ]
    if not own:
        return None
    held, said = own[-1]
    codes = name_entity(held.statement.subject, view), name_entity(said.other, view)
    return Last(held.id, codes, said.verdict, said.because)


ROUTES = [
    ("GET", "/review", show_review),
    ("POST", "/review/open", open_names),
    ("POST", "/review/compare", start_comparing),
    ("POST", "/review/judge", judge_shown),
    ("POST", "/review/undo", undo_last),
]
