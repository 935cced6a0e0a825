"""What was judged of any two entries: all that stands, and what was taken back or replaced; taking one back.

It lies in the record, so codes are shown without opening anything. Refused: to take back another member's
judgement, unless an admin does it.
"""

from onggi.ledger.judging import list_former, list_judgements
from onggi.web.answers import Answer, go, show
from onggi.web.form import Form
from onggi.web.judged import show_judged, take_back
from onggi.web.paging import Paging
from onggi.web.visit import Visit

_PAGE = 50


def list_standing(visit: Visit) -> Answer:
    """What stands, the newest first."""
    return _show(visit, "standing", Form.of())


def list_ended(visit: Visit) -> Answer:
    """What was taken back or replaced, the newest first."""
    return _show(visit, "former", Form.of())


def undo_one(visit: Visit) -> Answer:
    """Take one back; what the same member judged of the two before stands again."""
    wrong = take_back(visit, f"undo-{visit.field('judgement')}")
    if wrong is None:
        return go("/review/judged?done=undone")
    return _show(visit, "standing", Form(visit.fields, [wrong]))


def _show(visit: Visit, part: str, form: Form) -> Answer:
    view = visit.view()
    found = {"standing": list_judgements(view)[::-1], "former": list_former(view)[::-1]}
    tried = visit.field("judgement")
    at = next((at for at, (held, _) in enumerate(found[part]) if held.id == tried), None)
    page = visit.number("page", 1) if at is None else at // _PAGE + 1
    paging = Paging.of(found[part], page, _PAGE)
    return show(
        "judged.html",
        status=422 if form.findings else 200,
        section="review",
        form=form,
        part=part,
        counts={name: len(judged) for name, judged in found.items()},
        done="undone" if "undone" in visit.asked.get("done", ()) else "",
        everywhere=visit.identity.everywhere,
        paging=paging,
        judged=show_judged(visit, paging.items),
    )


ROUTES = [
    ("GET", "/review/judged", list_standing),
    ("POST", "/review/judged", undo_one),
    ("GET", "/review/judged/former", list_ended),
]
