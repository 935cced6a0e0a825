"""Two people side by side that somebody chose, with all that was judged of them.

Names are read, so identity is open for every case, for a reason that is signed. Refused: who is no person.
"""

from dataclasses import replace
from typing import get_args

from onggi.errors import Exit, OnggiError
from onggi.ledger.judging import list_former, list_judgements
from onggi.link.two import compare_two
from onggi.model.judgement import Verdict
from onggi.web.answers import Answer, go, show
from onggi.web.everyone import ask_names, read_everyone, take_signed
from onggi.web.form import Form
from onggi.web.judged import show_judged, take_back
from onggi.web.pairs import show_pair
from onggi.web.visit import Visit
from onggi.words import say

_DONE = (*get_args(Verdict), "waits", "undone")


def show_two(visit: Visit) -> Answer:
    """The two; or why names are needed, which opens nothing."""
    return _show(visit, Form.of()) if visit.identity.everywhere else ask_names(visit)


def answer_two(visit: Visit) -> Answer:
    """Take back what was judged of the two."""
    if not visit.identity.everywhere:
        return go(visit.path)
    wrong = take_back(visit, f"undo-{visit.field('judgement')}")
    return _show(visit, Form(visit.fields, [wrong])) if wrong else go(f"{visit.path}?done=undone")


def _show(visit: Visit, form: Form) -> Answer:
    view, tongue = read_everyone(visit), visit.tongue
    one, other = view.find(visit.parts["one"]), view.find(visit.parts["other"])
    if one == other:
        raise OnggiError("judge.self", exit_code=Exit.USAGE)
    two = compare_two(view, take_signed(visit).id, one, other)
    pair = show_pair(view, (one, other), two.traits, two.names, tongue)
    judged = list_judgements(view, one, other)[::-1] + list_former(view, one, other)[::-1]
    done = (visit.asked.get("done") or ("",))[-1]
    return show(
        "two.html",
        status=422 if form.findings else 200,
        section="review",
        form=form,
        path=visit.path,
        done=done if done in _DONE else "",
        pair=replace(pair, notes=[say("web_two.apart", tongue)] if two.apart else []),
        judged=show_judged(visit, judged),
    )


ROUTES = [
    ("GET", "/review/two/{one}/{other}", show_two),
    ("POST", "/review/two/{one}/{other}", answer_two),
]
