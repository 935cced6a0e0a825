"""Two people that somebody chose, by code or by any spelling: side by side, judged, and that taken back.

Names of people are read, so identity is open for every case, for a reason that is signed. Two entries of
another kind are chosen by code and shown as the record has them. What was typed stands in no address and is
not kept. Refused: two of different kinds.
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
from onggi.web.shown import name_entity
from onggi.web.things import check_other, find_compartment, find_thing, list_like, show_things
from onggi.web.visit import Visit
from onggi.words import say

_DONE = (*VERDICTS, "waits", "undone")
_ENDS = ("one", "other")


def ask_two(visit: Visit) -> Answer:
    """Which two; one of them may be chosen already."""
    thing = find_thing(visit.view(), visit.parts.get("one", ""))
    if thing is not None:
        return _show_things_choice(visit, thing, Form.of())
    if not visit.identity.everywhere:
        return ask_names(visit)
    return _show_choice(visit, Form.of(one=visit.parts.get("one", "")), {})


def choose_two(visit: Visit) -> Answer:
    """Find whom the form means; of several that can be meant, ask which, but not who is the other one."""
    thing = find_thing(visit.view(), visit.field("one"))
    if thing is not None:
        return _choose_things(visit, thing)
    if not visit.identity.everywhere:
        return ask_names(visit)
    view, compartment = read_everyone(visit), take_signed(visit).id
    meant = {end: _find_people(view, compartment, visit.field(end)) for end in _ENDS}
    chosen = {end: _choose(meant[end], visit.field(f"{end}_as")) for end in _ENDS}
    for end, beside in (("other", "one"), ("one", "other")):
        if chosen[end] is None:
            meant[end] = [one for one in meant[end] if one.id != chosen[beside]]
            chosen[end] = _choose(meant[end], visit.field(f"{end}_as"))
    findings = [_tell_wrong(view, end, visit.field(end), meant[end]) for end in _ENDS if chosen[end] is None]
    if not findings and chosen["one"] == chosen["other"]:
        findings = [Finding("judge.self", "other")]
    if findings:
        return _show_choice(visit, Form(visit.fields, findings), meant)
    one, other = (view.code_of(id) or id for id in chosen.values() if id is not None)
    return go(f"/review/two/{one}/{other}")


def show_two(visit: Visit) -> Answer:
    """The two; or why names are needed, which opens nothing."""
    if (things := _find_things(visit)) is not None:
        return _show_things(visit, things, Form.of())
    return _show_pair(visit, Form.of()) if visit.identity.everywhere else ask_names(visit)


def answer_two(visit: Visit) -> Answer:
    """Record what this member holds of the two, or take back what was judged of them."""
    things = _find_things(visit)
    if things is None and not visit.identity.everywhere:
        return go(visit.path)
    if visit.field("judgement"):
        done = take_back(visit, f"undo-{visit.field('judgement')}") or "undone"
    elif things is not None:
        within = visit.ledger.vault.compartment(find_compartment(visit.view(), things[0]))
        done = judge_two(visit, within, things)
    else:
        done = judge_two(visit, take_signed(visit), _find_two(read_everyone(visit), visit))
    if not isinstance(done, Finding):
        return go(f"{visit.path}?done={done}")
    wrong = Form(visit.fields, [done])
    return _show_pair(visit, wrong) if things is None else _show_things(visit, things, wrong)


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


def _choose_things(visit: Visit, one: str) -> Answer:
    """Find what is meant beside an entry that is no person."""
    view = visit.view()
    other = check_other(view, one, visit.field("other"))
    if isinstance(other, Finding):
        return _show_things_choice(visit, one, Form(visit.fields, [other]))
    first, second = (view.code_of(id) or id for id in (one, other))
    return go(f"/review/two/{first}/{second}")


def _show_things_choice(visit: Visit, one: str, form: Form) -> Answer:
    view = visit.view()
    return show(
        "two_things_choose.html",
        status=422 if form.findings else 200,
        section="review",
        form=form,
        one=name_entity(one, view),
        reference=view.code_of(one) or one,
        kind=view.kind_of(one),
        like=list_like(view, one),
    )


def _find_things(visit: Visit) -> tuple[str, str] | None:
    """The two that the path names, where the first is no person.

    Raises:
        OnggiError: for two that cannot be judged, what the form would say of it.
    """
    view = visit.view()
    one = find_thing(view, visit.parts["one"])
    if one is None:
        if find_thing(view, visit.parts["other"]) is not None:
            raise OnggiError("judge.kinds", exit_code=Exit.USAGE)
        return None
    other = check_other(view, one, visit.parts["other"])
    if isinstance(other, Finding):
        raise OnggiError(other.code, exit_code=Exit.USAGE)
    return one, other


def _show_things(visit: Visit, ids: tuple[str, str], form: Form) -> Answer:
    view = visit.view()
    judged = list_judgements(view, *ids)[::-1] + list_former(view, *ids)[::-1]
    done = (visit.asked.get("done") or ("",))[-1]
    return show(
        "two_things.html",
        status=422 if form.findings else 200,
        section="review",
        form=form,
        path=visit.path,
        again=f"/review/two/{visit.parts['one']}",
        done=done if done in _DONE else "",
        kind=view.kind_of(ids[0]),
        pair=show_things(view, ids, visit.tongue),
        judged=show_judged(visit, judged),
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


def _tell_wrong(view: View, end: str, typed: str, meant: Sequence[Suggestion]) -> Finding:
    """Why nobody is chosen for one of the two."""
    if meant:
        return Finding("web_two.several", f"{end}_as")
    if find_thing(view, typed) is not None:
        return Finding("judge.kinds", end)
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
