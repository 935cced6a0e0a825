"""The first page: search, what needs a decision today, and the cases that were worked on last."""

from onggi.web.answers import Answer, show
from onggi.web.attention import list_tasks
from onggi.web.days import say_moment
from onggi.web.guiding import find_example
from onggi.web.shown import Piece, name_entity, show_value
from onggi.web.visit import Visit

_RECENT = 6


def show_home(visit: Visit) -> Answer:
    """The first page."""
    view = visit.view()
    matters = view.cases()
    vault = visit.ledger.vault
    seers = {one.id: visit.ledger.seers(one) for one in vault.compartments}
    weighed, unseen = visit.attention.weigh_cases(view, matters, seers)
    proofs = visit.attention.list_proofs(vault, visit.ledger.clock() // 1000)
    recent: list[tuple[Piece, list[Piece], str, int]] = []
    for matter in matters[:_RECENT]:
        titles = [held.statement.value for held in view.live(matter.case, "title")]
        told = [piece for value in titles for piece in show_value(value, view, visit.tongue)]
        last = say_moment(matter.time[0], visit.tongue)
        recent.append((name_entity(matter.case, view), told, last, matter.count))
    return show(
        "home.html",
        section="home",
        tasks=list_tasks(view, weighed, proofs, visit.today, visit.tongue),
        recent=recent,
        more=len(matters) - len(recent),
        unseen=unseen,
        guided=find_example(view) is not None,
    )


ROUTES = [("GET", "/", show_home)]
