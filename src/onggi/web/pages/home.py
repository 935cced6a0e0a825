"""The first page: search, what needs a decision today, and the cases that were worked on last.

Days of the law are looked for beside the pages, as a job that begins by itself and reads the record alone.
"""

from collections.abc import Sequence

from onggi.law.agenda import Day, list_soon
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import Matter
from onggi.web.answers import Answer, go, show
from onggi.web.attention import list_tasks
from onggi.web.days import say_moment
from onggi.web.guiding import find_example
from onggi.web.jobs import Job, Progress
from onggi.web.shown import Piece, name_entity, show_value
from onggi.web.visit import Visit

_RECENT = 6
_JOB = "days"


def show_home(visit: Visit) -> Answer:
    """The first page."""
    view = visit.view()
    matters = view.cases()
    vault = visit.ledger.vault
    seers = {one.id: visit.ledger.seers(one) for one in vault.compartments}
    weighed, unseen = visit.attention.weigh_cases(view, matters, seers)
    proofs = visit.attention.list_proofs(vault, visit.ledger.clock() // 1000)
    ending, unsought = _find_ending(visit, matters)
    hidden = visit.behind.count(visit.ledger, visit.identity)
    recent: list[tuple[Piece, list[Piece], str, int]] = []
    for matter in matters[:_RECENT]:
        titles = [held.statement.value for held in view.live(matter.case, "title")]
        told = [piece for value in titles for piece in show_value(value, view, visit.tongue)]
        last = say_moment(matter.time[0], visit.tongue)
        recent.append((name_entity(matter.case, view), told, last, matter.count))
    return show(
        "home.html",
        section="home",
        tasks=list_tasks(view, weighed, proofs, ending, hidden, visit.today, visit.tongue),
        recent=recent,
        more=len(matters) - len(recent),
        unseen=unseen,
        unsought=unsought,
        seeking=_seek(visit) if unsought else None,
        closed=hidden is None and any("identity" in one.strata for one in vault.compartments),
        guided=find_example(view) is not None,
    )


def seek_days(visit: Visit) -> Answer:
    """Look through the cases anew, after somebody stopped it or it failed."""
    return go(f"/jobs/{_begin(visit).id}")


def _find_ending(visit: Visit, matters: Sequence[Matter]) -> tuple[dict[str, list[Day]], int]:
    """The days that are near, of the cases that have any; and how many cases were not looked through."""
    known = {
        one.case: visit.assessments.find_days(visit.ledger, one, visit.today, visit.shelf) for one in matters
    }
    ending = {case: list_soon(days, visit.today) for case, days in known.items() if days}
    return {case: days for case, days in ending.items() if days}, sum(one is None for one in known.values())


def _seek(visit: Visit) -> Job:
    """The job that looks them through: begun by itself, unless the last one did not come to its end."""
    last = visit.jobs.find_last(_JOB)
    return last if last is not None and last.state in ("failed", "stopped") else _begin(visit)


def _begin(visit: Visit) -> Job:
    assessments, today, shelf = visit.assessments, visit.today, visit.shelf

    def work(ledger: Ledger, progress: Progress) -> str:
        assessments.look_through(ledger, today, shelf, progress)
        return "/"

    return visit.jobs.begin_once(_JOB, "web_home.job", work, patient=True)


ROUTES = [("GET", "/", show_home), ("POST", "/seek", seek_days)]
