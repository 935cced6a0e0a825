"""Estimates: the ones that stand, each with its range; the tables of this session; counting from the record.

Counting is a job. What was declared and the answer (`pages.answer`) lie in memory under a random id, and in
no address; an estimate is recorded by the job, a refusal only told. How far a count was when it was cut short
lies sealed on the desk, where the command line keeps it too: whoever asks for the same goes on, by either
way. Where it is counted over draws of who may be whom, the job opens identity for that, which is signed with
the reason that was typed; pages show no name for it.
"""

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from onggi import __version__
from onggi.count.checkpoint import name_run
from onggi.count.lists import list_declared, list_speakers, make_estimate, place_draws
from onggi.count.population import Population, read_population
from onggi.count.replicates import LEAST, MOST, Replicates
from onggi.count.unfinished import begin_run, end_run
from onggi.errors import Finding, OnggiError
from onggi.intake.suggesting import suggest_places
from onggi.ledger.estimates import list_estimates, record_estimate, withdraw_estimate
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.reasons import check_reason
from onggi.ledger.sentence import say_statement
from onggi.link.draws import draw_persons
from onggi.link.engine import open_engine
from onggi.vault.opened import Compartment
from onggi.web.answers import Answer, go, show
from onggi.web.counted import list_tables
from onggi.web.days import say_moment
from onggi.web.declaring import SEED, read_fields, read_seed
from onggi.web.estimated import KEPT, Outcome
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.orders import Kept
from onggi.web.shown import Piece, name_entity
from onggi.web.visit import Visit
from onggi.words import say

_ENGINE = "duckdb"
_MOST = 300  # sources that are offered one by one
_DONE = ("withdrawn",)
_WITHDRAWAL = ("estimate.reason", "estimate.absent", "estimate.other", "estimate.name")


@dataclass(frozen=True, slots=True)
class Standing:
    """An estimate that stands: its sentence, in which compartment, and when it was counted."""

    id: str
    text: str
    compartment: str
    day: str


def show_numbers(visit: Visit) -> Answer:
    """Every estimate that stands."""
    return _show_standing(visit, Form.of())


def withdraw_number(visit: Visit) -> Answer:
    """Withdraw an estimate, with a reason. It stays in the log."""
    form = Form(visit.fields)
    try:
        withdraw_estimate(
            visit.ledger, _find_compartment(visit.ledger, form), form.value("estimate"), form.value("because")
        )
    except OnggiError as error:
        if error.id not in _WITHDRAWAL:
            raise
        where = f"because-{form.value('estimate')}"
        values = {where: [form.value("because")]}
        return _show_standing(visit, Form(values, [Finding(error.id, where, error.values)]))
    return go("/numbers?done=withdrawn")


def ask_count(visit: Visit) -> Answer:
    """Say of whom, when, where, and which sources make up which list."""
    return _show_form(visit, Form.of(seed=str(SEED)))


def begin_count(visit: Visit) -> Answer:
    """Check what was declared, and count as a job."""
    form = Form(visit.fields)
    into = _find_compartment(visit.ledger, form)
    population, findings = _declare(visit, form)
    (seed, wrong), draws = read_seed(form), _read_draws(form.value("draws"))
    findings = [*findings, *wrong, *_check_draws(into, draws, form)]
    because = form.value("reason").strip()
    findings = findings or _screen(visit.ledger, into, population, form)
    if findings:
        return _show_form(visit, Form(visit.fields, findings))
    kept = Kept(visit.fields, KEPT)
    id = visit.orders.keep(kept)

    def work(ledger: Ledger, progress: Progress) -> str:
        from onggi.count.estimate import estimate_listed

        within = ledger.vault.compartment(into.id)
        drawn = _draw_links(ledger, within, draws, because, seed, progress) if draws else None
        view = ledger.view(compartment=ledger.vault.compartment(into.id))
        listed = list_declared(view, population, drawn)
        begun, anew = begin_run(ledger.vault, name_run(listed, population, seed, __version__))
        done, threads = begun.done, os.cpu_count() or 1
        answer = estimate_listed(listed, population, seed, threads=threads, told=progress, kept=begun)
        within = ledger.vault.compartment(into.id)
        estimate = make_estimate(answer, seed, __version__)
        recorded = record_estimate(ledger, within, estimate) if estimate is not None else ""
        end_run(ledger.vault, begun)
        kept.outcome = Outcome(answer, seed, recorded, done, anew)
        return f"/numbers/answer/{id}"

    return go(f"/jobs/{visit.jobs.begin('web_numbers.job', work, back='/numbers/count').id}")


def _declare(visit: Visit, form: Form) -> tuple[Population, list[Finding]]:
    """What was declared: the text that was pasted, or else the fields of the form."""
    if text := form.value("declared").strip():
        population, wrong = read_population(text)
        return population, [Finding(one.code, "declared", one.values) for one in wrong]
    beside: dict[str, Any] = {}
    findings = []
    if not form.value("population").strip():
        findings.append(Finding("web_numbers.lacks.population", "population"))
    if typed := form.value("within").strip():
        meant = _match_place(typed)
        if meant is None:
            near = say("ledger.between", visit.tongue).join(
                one.labels[visit.tongue] for one in suggest_places(typed)
            )
            findings.append(Finding("web_numbers.lacks.place", "within", {"near": near or "–"}))
        else:
            beside |= {"within": meant[0], "place": meant[1][visit.tongue]}
    if lists := _group_sources(form):
        beside["lists"] = lists
    population, wrong = read_fields(form, ("population", "window"), beside)
    return population, [*findings, *wrong]


def _match_place(typed: str) -> tuple[str, Mapping[str, str]] | None:
    """The one place that is meant: by its id, by a whole name, or since no other comes near."""
    found = suggest_places(typed)
    whole = [one for one in found if typed in (one.id, *one.labels.values())]
    meant = whole or found
    return (meant[0].id, meant[0].labels) if len(meant) == 1 else None


def _group_sources(form: Form) -> dict[str, list[str]]:
    """The sources of each list, by the name that was written beside them."""
    lists = defaultdict(list)
    for name in form.values:
        if name.startswith("list-") and (written := form.value(name).strip()):
            lists[written].append(name.removeprefix("list-"))
    return dict(lists)


def _screen(ledger: Ledger, into: Compartment, population: Population, form: Form) -> list[Finding]:
    """A name in what was declared is told before hours are spent on counting."""
    where = "declared" if form.value("declared").strip() else "population"
    texts = "\n".join(filter(None, (population.population, population.place)))
    try:
        check_reason(ledger, into, into.id, texts, "estimate.name")
        for reference in [one for codes in (population.sources or {}).values() for one in codes]:
            ledger.view(compartment=into).find(reference)
    except OnggiError as error:
        return [Finding(error.id, where, error.values)]
    return []


def _read_draws(typed: str) -> int | None:
    """How many draws, 0 for none; None for what is no number of them."""
    text = typed.strip() or "0"
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1
    return number if number == 0 or LEAST <= number <= MOST else None


def _check_draws(into: Compartment, draws: int | None, form: Form) -> list[Finding]:
    """Draws read names: who holds no identity has none, and nobody opens it without a reason."""
    if draws is None:
        return [Finding("web_numbers.lacks.draws", "draws", {"least": LEAST, "most": MOST})]
    if draws and "identity" not in into.strata:
        return [Finding("ledger.identity", "draws")]
    return [Finding("ledger.reason", "reason")] if draws and not form.value("reason").strip() else []


def _draw_links(
    ledger: Ledger, into: Compartment, draws: int, because: str, seed: int, progress: Progress
) -> Replicates:
    """Open identity, signed, and draw who may be whom; what reaches `count` are numbers of clusters."""
    named = ledger.open_identity(into, None, because, strata=("identity",))
    drawn = draw_persons(
        *(named, into.id, draws, seed),
        lambda: open_engine(_ENGINE),
        lambda stage: progress(0, 0, stage),
    )
    return place_draws(
        ledger.view(compartment=ledger.vault.compartment(into.id)),
        drawn.ids,
        drawn.clusters.T.astype("int64"),
    )


def _find_compartment(ledger: Ledger, form: Form) -> Compartment:
    return ledger.vault.compartment(form.value("compartment") or None)


def _show_standing(visit: Visit, form: Form) -> Answer:
    vault, tongue = visit.ledger.vault, visit.tongue
    done = (visit.asked.get("done") or ("",))[-1]
    standing = []
    for name in [one.name for one in vault.compartments]:
        view = visit.ledger.view(compartment=vault.compartment(name))
        standing += [_tell(held, name, tongue) for held, _ in list_estimates(view)]
    return show(
        "numbers.html",
        status=422 if form.findings else 200,
        section="numbers",
        form=form,
        done=done if done in _DONE else "",
        standing=standing,
        tabled=list_tables(visit),
    )


def _tell(held: Held, compartment: str, tongue: str) -> Standing:
    text = say_statement(held, tongue, lambda entity: compartment)
    return Standing(held.id, text, compartment, say_moment(held.time[0], tongue))


def _show_form(visit: Visit, form: Form) -> Answer:
    vault = visit.ledger.vault
    view = visit.ledger.view(compartment=_find_compartment(visit.ledger, form))
    speakers = list_speakers(view)
    offered: list[tuple[str, Piece, int]] = [
        (view.code_of(id) or id, name_entity(id, view), times) for id, times in islice(speakers, _MOST)
    ]
    return show(
        "numbers_count.html",
        status=422 if form.findings else 200,
        section="numbers",
        form=form,
        sources=offered,
        more=max(0, len(speakers) - _MOST),
        compartments=[(one.name, one.name) for one in vault.compartments],
        named=any("identity" in one.strata for one in vault.compartments),
        draws=(LEAST, MOST),
    )


ROUTES = [
    ("GET", "/numbers", show_numbers),
    ("POST", "/numbers/withdraw", withdraw_number),
    ("GET", "/numbers/count", ask_count),
    ("POST", "/numbers/count", begin_count),
]
