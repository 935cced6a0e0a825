"""Two people that somebody chose, by code or by any spelling: side by side, judged, and that taken back.

Names are read, so identity is open for every case, for a reason that is signed. What was typed stands in no
address and is not kept. Refused: who is no person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onggi.errors import Exit, Finding, OnggiError
from onggi.intake.suggesting import Suggestion, suggest_persons
from onggi.ledger.judging import list_former, list_judgements
from onggi.ledger.view import View
from onggi.link.two import compare_two
from onggi.model.judgement import VERDICTS
from onggi.web.answers import Answer, go, show
from onggi.web.everyone import ask_names, read_everyone, take_signed
from onggi.web.form import Form
from onggi.web.judged import judge_two, show_judged, take_back
from onggi.web.pairs import name_person, show_pair
from onggi.web.visit import Visit
from onggi.words import say

_DONE = (*VERDICTS, "waits", "undone")
_ENDS = ("one", "other")


def ask_two(visit: Visit) -> Answer:
    """Which two; one of them may be chosen already."""
    if not visit.identity.everywhere:
        return ask_names(visit)
    return _show_choice(visit, Form.of(one=visit.parts.get("one", "")), {})


def choose_two(visit: Visit) -> Answer:
    """Find whom the form means; of several that can be meant, ask which."""
    if not visit.identity.everywhere:
        return ask_names(visit)
    view, compartment = read_everyone(visit), take_signed(visit).id
    meant = {end: _find_people(view, compartment, visit.field(end)) for end in _ENDS}
    chosen = {end: _choose(meant[end], visit.field(f"{end}_as")) for end in _ENDS}
    findings = [_tell_wrong(end, visit.field(end), meant[end]) for end in _ENDS if chosen[end] is None]
    if not findings and chosen["one"] == chosen["other"]:
        findings = [Finding("judge.self", "other")]
    if findings:
        return _show_choice(visit, Form(visit.fields, findings), meant)
    one, other = (view.code_of(id) or id for id in chosen.values() if id is not None)
    return go(f"/review/two/{one}/{other}")


def show_two(visit: Visit) -> Answer:
    """The two; or why names are needed, which opens nothing."""
    return _show_pair(visit, Form.of()) if visit.identity.everywhere else ask_names(visit)


def answer_two(visit: Visit) -> Answer:
    """Record what this member holds of the two, or take back what was judged of them."""
    if not visit.identity.everywhere:
        return go(visit.path)
    if visit.field("judgement"):
        wrong = take_back(visit, f"undo-{visit.field('judgement')}")
        return _show_pair(visit, Form(visit.fields, [wrong])) if wrong else go(f"{visit.path}?done=undone")
    done = judge_two(visit, take_signed(visit), _find_two(read_everyone(visit), visit))
    if isinstance(done, Finding):
        return _show_pair(visit, Form(visit.fields, [done]))
    return go(f"{visit.path}?done={done}")


def _show_choice(visit: Visit, form: Form, meant: Mapping[str, Sequence[Suggestion]]) -> Answer:
    view = read_everyone(visit)
    return show(
        "two_choose.html",
        status=422 if form.findings else 200,
        section="review",
        form=form,
        offered={
            end: [_offer(view, one, visit.tongue) for one in found]
            for end, found in meant.items()
            if len(found) > 1
        },
    )


def _show_pair(visit: Visit, form: Form) -> Answer:
    view, tongue = read_everyone(visit), visit.tongue
    one, other = _find_two(view, visit)
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


def _find_two(view: View, visit: Visit) -> tuple[str, str]:
    """The two that the path names. Raises `ledger.absent` for none."""
    return view.find(visit.parts["one"]), view.find(visit.parts["other"])


def _find_people(view: View, compartment: str, typed: str) -> list[Suggestion]:
    """The persons of a compartment that somebody means by a code or id, or by a name in any spelling."""
    try:
        found = [Suggestion(view.find(typed), {})]
    except OnggiError:
        found = suggest_persons(view, typed)
    return [one for one in found if _is_person(view, compartment, one.id)]


def _is_person(view: View, compartment: str, id: str) -> bool:
    return view.kind_of(id) == "person" and any(
        held.compartment == compartment for held in view.about(id, "kind")
    )


def _choose(meant: Sequence[Suggestion], chosen: str) -> str | None:
    """The only one that can be meant, or the one that was chosen of several; None where neither is."""
    ids = [one.id for one in meant]
    return ids[0] if len(ids) == 1 else chosen if chosen in ids else None


def _tell_wrong(end: str, typed: str, meant: Sequence[Suggestion]) -> Finding:
    """Why nobody is chosen for one of the two."""
    if meant:
        return Finding("web_two.several", f"{end}_as")
    return Finding("web_two.nobody" if typed.strip() else "web_two.lacks", end)


def _offer(view: View, one: Suggestion, tongue: str) -> tuple[str, ...]:
    """Somebody who can be meant: her id, her code and name, and why, where it is spelled otherwise."""
    name, why = name_person(view, one.id), one.spelled
    called = f"{view.call(one.id)} · {name.text}" if name else view.call(one.id)
    return (one.id, called, why.tell(tongue)) if why else (one.id, called)


ROUTES = [
    ("GET", "/review/two", ask_two),
    ("POST", "/review/two", choose_two),
    ("GET", "/review/two/{one}", ask_two),
    ("GET", "/review/two/{one}/{other}", show_two),
    ("POST", "/review/two/{one}/{other}", answer_two),
]
