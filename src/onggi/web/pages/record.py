"""An interview: what is said, by whom, how she knows, in which words; kept while it is typed, then recorded.

Every button of the form keeps what was typed before it does anything else. What is recorded is what the page
of answers has shown: where it was changed since, that page is shown again.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from onggi.errors import Exit, Finding, OnggiError
from onggi.intake.begun import Begun, find_begun, keep_answers, mark_recording, put_away, undo_change
from onggi.intake.interview import TOLD, WHO, drop_part, has_room, is_field, next_number
from onggi.web.answers import Answer, go, show
from onggi.web.choices import list_bounds, list_distances, list_options
from onggi.web.form import Form
from onggi.web.interviewing import LANGUAGES, Interviewing, say_time
from onggi.web.visit import Visit

_MOST_REVISION = 1_000_000_000
_SECTION = "record"
_FIXED = ("case", "compartment")
_FIRST = {WHO: "kind", TOLD: "words"}
_WHO_KIND = "person"


def show_interview(visit: Visit) -> Answer:
    """The form, as it lies on the desk."""
    return _show_form(visit, find_begun(visit.ledger.vault, visit.parts["id"]), ())


def change_interview(visit: Visit) -> Answer:
    """Keep what was typed, then do what the button says."""
    kept = _keep(visit)
    do, _, rest = visit.field("do").partition(":")
    act = _ACTS.get(do)
    if kept.id != visit.parts["id"]:
        return go(f"/record/{kept.id}/beside")
    return act(visit, kept, rest) if act else go(f"/record/{kept.id}")


def keep_interview(visit: Visit) -> Answer:
    """The same from a script, while somebody types: what is answered stands beside the form."""
    kept = _keep(visit)
    interviewing = Interviewing.of(visit, kept)
    part = visit.field("at")
    return show(
        "parts/kept.html",
        kept=kept,
        apart=kept.id != visit.parts["id"] or bool(kept.beside),
        time=say_time(kept.saved),
        notes=interviewing.list_notes(part),
        fields=_fields_of(part),
        choices={f"{TOLD}-{one.number}": one.choices for one in interviewing.list_tolds()},
        part=part,
    )


def check_interview(visit: Visit) -> Answer:
    """What would be recorded, sentence by sentence; or the form, with everything that stands against it."""
    begun = find_begun(visit.ledger.vault, visit.parts["id"])
    interviewing = Interviewing.of(visit, begun)
    batch = interviewing.resolve()
    if isinstance(batch, list):
        return _show_form(visit, begun, batch)
    return show(
        "record_check.html",
        section=_SECTION,
        begun=begun,
        sayings=interviewing.list_sayings(batch),
        unscreened=batch.counts.unscreened,
        changed=False,
    )


def record_interview(visit: Visit) -> Answer:
    """Record it, all or nothing, if it is what was shown; then it is off the desk."""
    vault = visit.ledger.vault
    begun = find_begun(vault, visit.parts["id"])
    if str(begun.revision) != visit.field("revision"):
        raise OnggiError("web_record.changed", exit_code=Exit.USAGE)
    interviewing = Interviewing.of(visit, begun)
    batch = interviewing.resolve()
    if isinstance(batch, list):
        return _show_form(visit, begun, batch)
    # The last of the batch, and of no other: should the power fail now, it tells whether all was recorded.
    mark_recording(vault, begun.id, batch.placed[-1][1].id)
    visit.ledger.append(interviewing.compartment, batch.placed)
    put_away(vault, begun.id)
    visit.walked.mark("record", batch.case)
    return go(f"/recorded/{batch.case}")


def show_recorded(visit: Visit) -> Answer:
    """That it is in the log, and where to go on."""
    view = visit.view()
    case = view.find(visit.parts["ref"])
    return show("recorded.html", section=_SECTION, case=case, code=view.call(case))


def _keep(visit: Visit) -> Begun:
    vault, ledger = visit.ledger.vault, visit.ledger
    begun = find_begun(vault, visit.parts["id"])
    typed = {name: said[-1] for name, said in visit.fields.items() if is_field(name)}
    # Where it goes was said when it was begun, and was judged then.
    fixed = {name: begun.answers.get(name, "") for name in _FIXED}
    return keep_answers(
        vault,
        visit.parts["id"],
        _read_revision(visit),
        {**typed, **fixed},
        visit.field("hand"),
        ledger.clock(),
        vault.randomness,
    )


def _read_revision(visit: Visit) -> int:
    typed = visit.field("revision")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    return min(number, _MOST_REVISION)


def _rewrite(visit: Visit, begun: Begun, answers: Mapping[str, str], to: str = "") -> Answer:
    """Keep answers that a button made, and show the form where the button stood."""
    vault = visit.ledger.vault
    hand, moment = visit.field("hand"), visit.ledger.clock()
    keep_answers(vault, begun.id, begun.revision, answers, hand, moment, vault.randomness)
    return go(f"/record/{begun.id}{'#' + to if to else ''}")


def _add(visit: Visit, begun: Begun, part: str) -> Answer:
    if part not in _FIRST or not has_room(begun.answers, part):
        return go(f"/record/{begun.id}")
    number = next_number(begun.answers, part)
    made = {f"{WHO}-{number}-kind": _WHO_KIND} if part == WHO else _follow(begun, number)
    return _rewrite(visit, begun, {**begun.answers, **made}, f"{part}-{number}")


def _follow(begun: Begun, number: int) -> dict[str, str]:
    """One more statement, of the same as the one before: people go on about what they began with."""
    before = begun.answers.get(f"{TOLD}-{number - 1}-about", "")
    return {f"{TOLD}-{number}-about": before or f"{WHO}-1"}


def _drop(visit: Visit, begun: Begun, which: str) -> Answer:
    part, _, number = which.partition("-")
    if part not in _FIRST or not number.isdecimal() or len(number) > 3:
        return go(f"/record/{begun.id}")
    return _rewrite(visit, begun, drop_part(begun.answers, part, int(number)), part)


def _take(visit: Visit, begun: Begun, chosen: str) -> Answer:
    name, _, typed = chosen.partition("=")
    if not is_field(name):
        return go(f"/record/{begun.id}")
    return _rewrite(visit, begun, {**begun.answers, name: typed}, name)


def _undo(visit: Visit, begun: Begun, rest: str) -> Answer:
    vault = visit.ledger.vault
    undo_change(vault, begun.id, begun.revision, visit.field("hand"), visit.ledger.clock())
    return go(f"/record/{begun.id}")


def _check(visit: Visit, begun: Begun, rest: str) -> Answer:
    return go(f"/record/{begun.id}/check")


def _show_form(visit: Visit, begun: Begun, findings: Any) -> Answer:
    interviewing = Interviewing.of(visit, begun)
    form = Form({name: (typed,) for name, typed in begun.answers.items()}, _place(findings))
    return show(
        "record.html",
        status=422 if findings else 200,
        section=_SECTION,
        form=form,
        begun=begun,
        hand=visit.ledger.vault.randomness(8).hex(),
        time=say_time(begun.saved),
        at=interviewing,
        whos=interviewing.list_whos(),
        tolds=interviewing.list_tolds(),
        notes=interviewing.list_notes(),
        languages=LANGUAGES,
        options=partial(list_options, tongue=visit.tongue),
        bounds=list_bounds(visit.tongue),
        distances=list_distances(visit.tongue),
        room={part: has_room(begun.answers, part) for part in _FIRST},
    )


def _place(findings: list[Finding]) -> list[Finding]:
    """What is said of no field of the form leads to its beginning."""
    return [one if one.where else Finding(one.code, "main", one.values) for one in findings]


def _fields_of(part: str) -> list[str]:
    """The fields under which something can stand, of one part."""
    return [f"{part}-{name}" for name in _NOTED.get(part.partition("-")[0], ())] if part else []


_NOTED = {WHO: ("name", "title"), TOLD: ("property", "value", "locator"), "source": ("title",)}
_ACTS: Mapping[str, Callable[[Visit, Begun, str], Answer]] = {
    "add": _add,
    "drop": _drop,
    "take": _take,
    "undo": _undo,
    "check": _check,
}

ROUTES = [
    ("GET", "/record/{id}", show_interview),
    ("POST", "/record/{id}", change_interview),
    ("POST", "/record/{id}/keep", keep_interview),
    ("GET", "/record/{id}/check", check_interview),
    ("POST", "/record/{id}/check", record_interview),
    ("GET", "/recorded/{ref}", show_recorded),
]
