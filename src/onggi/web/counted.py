"""The tables of lists of this session, each with what came of it or how far it is."""

from dataclasses import dataclass

from onggi.web import estimated
from onggi.web.estimated import Outcome
from onggi.web.orders import Orders
from onggi.web.tabled import KEPT, Run, Understood
from onggi.web.visit import Visit
from onggi.words import say


@dataclass(frozen=True, slots=True)
class Line:
    """A table: where it is shown, what it is, how far it is, and of whom it is said to be."""

    path: str
    what: str
    state: str
    people: str


def list_tables(visit: Visit) -> list[Line]:
    """All of them, the newest first, each once; none in which something was wrong, and no table of people of
    which lists were chosen: those lead to it."""
    kept = [(name, one.outcome) for name, one in visit.orders.find_all(KEPT)]
    tables = [(name, one) for name, one in kept if isinstance(one, Understood) and not one.wrong]
    chosen = {one.source for _, one in tables}
    newest: dict[object, tuple[str, Understood]] = {}
    for name, one in tables:
        if name not in chosen:
            newest.setdefault(name if one.run is None else id(one.run), (name, one))
    return [_tell(visit, name, one) for name, one in newest.values()]


def list_runs(orders: Orders) -> list[Run]:
    """Every table that is counted, or could be."""
    tables = [kept.outcome for _, kept in orders.find_all(KEPT)]
    return [one.run for one in tables if isinstance(one, Understood) and one.run is not None]


def find_outcome(orders: Orders, run: Run) -> Outcome | None:
    """What came of it, if it was counted."""
    kept = orders.find(run.answer, estimated.KEPT) if run.answer else None
    return kept.outcome if kept is not None and isinstance(kept.outcome, Outcome) else None


def _tell(visit: Visit, name: str, table: Understood) -> Line:
    tongue, path, people = visit.tongue, f"/numbers/lists/{name}", table.population.population or ""
    run, rows = table.run, table.columns.rows if table.columns is not None else 0
    if run is None:
        state = say("web_overlaps.state.choose", tongue)
        return Line(path, say("web_overlaps.told.columns", tongue, rows=f"{rows:,}"), state, people)
    cells = run.tabled.table.cells
    names = say("ledger.list", tongue).join(cells.lists if cells is not None else ())
    what = say(
        "web_overlaps.told", tongue, people=f"{cells.people if cells is not None else 0:,}", lists=names
    )
    if find_outcome(visit.orders, run) is not None:
        return Line(f"/numbers/answer/{run.answer}", what, say("web_overlaps.state.counted", tongue), people)
    job = visit.jobs.find_last(f"overlaps {run.answer}")
    state = say(f"web_jobs.state.{job.state}" if job else "web_overlaps.state.seen", tongue)
    return Line(path, what, state, people)
