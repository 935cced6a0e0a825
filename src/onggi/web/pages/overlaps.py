"""A table of lists: brought, looked at, counted; nothing of it is recorded, and of its rows nothing is shown.

It comes in as a job, which reads it and says what was understood, or everything that is wrong and on which
line. Nothing is counted before somebody has seen that; then it is counted as a job, which goes on where it
was stopped. What came of it stands on the page of every count (`pages.answer`), in memory until the vault
locks. Refused: to show again what was pasted, what a file is called, or a column that is no list.
"""

import os
from collections.abc import Iterator
from functools import partial

from onggi.count.checkpoint import Kept as Stages
from onggi.count.listed import MOST_LISTS
from onggi.count.telling import lay_out_overlaps, list_declared, say_finding, say_meaning, say_missing
from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.web import estimated
from onggi.web.answers import Answer, go, show
from onggi.web.arrived import read_files
from onggi.web.counted import find_outcome, list_runs
from onggi.web.declaring import SEED, read_fields, read_seed
from onggi.web.estimated import Outcome
from onggi.web.findings import tell_findings
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.orders import Kept
from onggi.web.outcomes import take_outcome
from onggi.web.tabled import (
    KEPT,
    KINDS,
    SIZES,
    TABLE,
    Asked,
    Run,
    Understood,
    choose_lists,
    understand,
)
from onggi.web.upload import Delivery
from onggi.web.visit import Visit
from onggi.words import say

_AT = "/numbers/lists"
_TYPED = ("kind", "population", "window", "place", "declared", "seed")
"""Fields that may be shown again: what was pasted of the table is not among them."""


def ask_table(visit: Visit) -> Answer:
    """Which table, what it is, and what is declared of it; as it was typed before, if that is to be
    mended."""
    before = visit.orders.find((visit.asked.get("of") or ("",))[-1], KEPT)
    return _show_form(visit, Form(before.fields) if before is not None else Form.of(seed=str(SEED)))


def bring_table(visit: Visit) -> Answer:
    """Take in a table, and look at it as a job."""
    form = Form(visit.fields)
    typed, (seed, unseeded) = form.value("declared"), read_seed(form)
    names = () if typed.strip() else ("population", "window", "place")
    population, wrong = read_fields(form, names, {})
    findings = [*_find_lacking(form, visit.upload), *wrong, *unseeded]
    shown = {name: form.all(name) for name in _TYPED}
    if findings:
        return _show_form(visit, Form(shown, findings))
    asked = Asked(form.value("kind"), seed, typed.strip() and typed, population)
    pasted, delivery, orders = form.value("pasted"), visit.upload, visit.orders
    kept = Kept(shown, KEPT)
    id = orders.keep(kept)

    def work(ledger: Ledger, tell: Progress) -> str:
        files = {TABLE: pasted.encode()} if pasted.strip() else {}
        files |= _take_in(delivery, tell)
        kept.outcome = understand(asked, files, tell, list_runs(orders))
        return f"{_AT}/{id}"

    job = visit.jobs.begin("web_overlaps.job.look", work, back=f"{_AT}?of={id}")
    if delivery is not None and delivery.name:
        delivery.take(lambda: job.over)
    return go(f"/jobs/{job.id}")


def show_table(visit: Visit) -> Answer:
    """What was understood, what is wrong, or the columns to choose lists from."""
    id, table = visit.parts["id"], _find(visit)
    if table.wrong:
        wrong = [(part, list(tell_findings(found, visit.tongue))) for part, found in table.wrong]
        total = sum(len(found) for _, found in wrong)
        return show("overlaps_wrong.html", section="numbers", id=id, wrong=wrong, total=total)
    if table.run is None:
        return _show_columns(visit, table, Form.of())
    return _show_understood(visit, table, table.run)


def decide(visit: Visit) -> Answer:
    """Choose its lists, count it, or let go of it."""
    id, table = visit.parts["id"], _find(visit)
    match visit.field("do"):
        case "drop":
            _let_go(visit, id, table.run)
            return go("/numbers")
        case "count" if table.run is not None:
            return _count(visit, id, table.run)
        case "choose" if table.columns is not None:
            return _choose(visit, id, table)
    return go(f"{_AT}/{id}")


def _let_go(visit: Visit, id: str, run: Run | None) -> None:
    """Of a table, and of what came of it or goes on, unless the very same was brought twice."""
    visit.orders.drop(id)
    if run is None or any(one is run for one in list_runs(visit.orders)):
        return
    visit.orders.drop(run.answer)
    if job := visit.jobs.find_last(f"overlaps {run.answer}"):
        visit.jobs.stop(job)


def _find_lacking(form: Form, upload: Delivery | None) -> Iterator[Finding]:
    if form.value("kind") not in KINDS:
        yield Finding("web_overlaps.lacks.kind", "kind")
    pasted = bool(form.value("pasted").strip())
    chosen = upload is not None and bool(upload.name) and upload.field == TABLE
    if pasted is chosen:
        yield Finding(f"web_overlaps.lacks.{'one' if pasted else 'table'}", TABLE)


def _take_in(delivery: Delivery | None, tell: Progress) -> dict[str, bytes]:
    if delivery is None or not delivery.name:
        return {}
    given = read_files(delivery, SIZES, partial(tell, 0, 0, "read"))
    return {part: one.data for part, one in given.items()}


def _choose(visit: Visit, id: str, table: Understood) -> Answer:
    """Other lists of the same table are another one: nobody's page changes under her."""
    form = Form(visit.fields)
    most = len(table.columns.names) if table.columns is not None else 0
    offered = {str(at): at for at in range(most)}
    chosen = sorted({offered[one] for one in form.all("list") if one in offered})
    found, findings = choose_lists(table, id, chosen, list_runs(visit.orders))
    if found is None:
        return _show_columns(visit, table, Form(visit.fields, findings))
    before = visit.orders.find(id, KEPT)
    fields = before.fields if before is not None else {}
    return go(f"{_AT}/{visit.orders.keep(Kept(fields, KEPT, outcome=found))}")


def _count(visit: Visit, id: str, run: Run) -> Answer:
    """As a job, once; what came of it before is shown."""
    orders = visit.orders
    if find_outcome(orders, run) is not None:
        return go(f"/numbers/answer/{run.answer}")
    kept = orders.find(run.answer, estimated.KEPT)
    if kept is None:
        kept = Kept({}, estimated.KEPT)
        run.answer = orders.keep(kept)
    answered, where = kept, f"/numbers/answer/{run.answer}"

    def work(ledger: Ledger, tell: Progress) -> str:
        done = run.stages.done
        answer = run.tabled.estimate(os.cpu_count() or 1, tell, run.stages)
        answered.outcome = Outcome(answer, run.tabled.seed, done=done, table=id)
        run.stages = Stages()
        return where

    key = f"overlaps {run.answer}"
    return go(f"/jobs/{visit.jobs.begin_once(key, 'web_overlaps.job.count', work, back=f'{_AT}/{id}').id}")


def _find(visit: Visit) -> Understood:
    return take_outcome(visit, Understood, "web_overlaps.gone", KEPT)


def _list_declared(table: Understood, tongue: str) -> list[tuple[str, str]]:
    """What was declared, each under a heading: what it is called within a sentence, with a capital letter."""
    return [(name[:1].upper() + name[1:], text) for name, text in list_declared(table.population, tongue)]


def _show_understood(visit: Visit, table: Understood, run: Run) -> Answer:
    tongue, listed = visit.tongue, run.tabled.table
    cells = listed.cells
    if cells is None:
        raise OnggiError("web_overlaps.gone", exit_code=Exit.ABSENT)
    heads, overlaps, legend = lay_out_overlaps(cells)
    people = [one.people for one in listed.replicates]
    job = visit.jobs.find_last(f"overlaps {run.answer}")
    return show(
        "overlaps_seen.html",
        section="numbers",
        id=visit.parts["id"],
        table=table,
        rows=listed.rows,
        people=cells.people,
        sizes=[[name, f"{size:,}"] for name, size in zip(cells.lists, cells.sizes, strict=True)],
        heads=heads[1:],
        overlaps=overlaps,
        legend=legend,
        replicates=(len(people), min(people), max(people)) if people else None,
        declared=_list_declared(table, tongue),
        missing=say_missing(table.population, tongue),
        told=[(say_finding(one, tongue), say_meaning(one, tongue)) for one in listed.findings],
        answer=f"/numbers/answer/{run.answer}" if find_outcome(visit.orders, run) else "",
        job=job if job is not None and not job.over else None,
        done=run.stages.done,
    )


def _show_columns(visit: Visit, table: Understood, form: Form) -> Answer:
    columns = table.columns
    if columns is None:
        raise OnggiError("web_overlaps.gone", exit_code=Exit.ABSENT)
    tongue = visit.tongue
    return show(
        "overlaps_choose.html",
        status=422 if form.findings else 200,
        section="numbers",
        form=form,
        id=visit.parts["id"],
        rows=columns.rows,
        offered=[
            (str(at), name, say("web_overlaps.column.on", tongue, count=size))
            for at, (name, size) in enumerate(zip(columns.names, columns.sizes, strict=True))
        ],
        others=columns.others,
        most=MOST_LISTS,
        declared=_list_declared(table, tongue),
        missing=say_missing(table.population, tongue),
    )


def _show_form(visit: Visit, form: Form) -> Answer:
    tongue = visit.tongue
    return show(
        "overlaps.html",
        status=422 if form.findings else 200,
        section="numbers",
        form=form,
        kinds=[
            (one, say(f"web_overlaps.kind.{one}", tongue), say(f"web_overlaps.kind.{one}.hint", tongue))
            for one in KINDS
        ],
    )


ROUTES = [
    ("GET", _AT, ask_table),
    ("POST", _AT, bring_table),
    ("GET", f"{_AT}/{{id}}", show_table),
    ("POST", f"{_AT}/{{id}}", decide),
]
