"""What happened, by whom, in words; all checked, or indexed again, at a wish; copies; where each log ends, in
five words.
"""

from dataclasses import dataclass
from datetime import date

from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.checking import check_all, holds_head
from onggi.ledger.happenings import Happening, Recorded, list_heads, list_steps, tell_steps
from onggi.ledger.ledger import Ledger
from onggi.ledger.sentence import say_statement
from onggi.ledger.view import View
from onggi.vault.checking import Report
from onggi.vault.copying import copy_vault
from onggi.vault.session import write_session
from onggi.vault.surroundings import judge_place
from onggi.web.answers import Answer, go, show
from onggi.web.days import say_day, say_moment
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.manner import speak_plainly
from onggi.web.orders import Kept
from onggi.web.outcomes import take_outcome
from onggi.web.paging import Paging
from onggi.web.places import read_place
from onggi.web.shown import Piece, call_compartment, name_entity
from onggi.web.visit import Visit
from onggi.words import known, say
from onggi.words.heads import read_head, say_head

_PAGE = 50
_MINUTE, _DAY = 60_000, 1440


@dataclass(frozen=True, slots=True)
class Line:
    """One step: when, by which slot, where, and what it recorded."""

    day: str
    time: str
    slot: int
    compartment: str
    told: list[tuple[Piece, list[str], str]]


def show_log(visit: Visit) -> Answer:
    """The newest first, and where each log ends."""
    return _show_log(visit, Form.of())


def compare_head(visit: Visit) -> Answer:
    """Whether a state that was written down in five words is still there."""
    form = Form(visit.fields)
    head = read_head(form.value("words"))
    if head is None:
        return _show_log(visit, Form(visit.fields, [Finding("cli.verify.words", "words")]))
    if not holds_head(visit.ledger, head):
        return _show_log(visit, Form(visit.fields, [Finding("cli.verify.rollback", "words")]))
    return go("/log?done=held#heads")


def verify_vault(visit: Visit) -> Answer:
    """Check everything that can be checked, as a job."""
    kept = Kept({})
    id = visit.orders.keep(kept)

    def work(ledger: Ledger, progress: Progress) -> str:
        kept.outcome = check_all(ledger, progress)
        return f"/log/checked/{id}"

    return go(f"/jobs/{visit.jobs.begin('web_log.verify_job', work).id}")


def show_checked(visit: Visit) -> Answer:
    """What the check found."""
    report, tongue = take_outcome(visit, Report, "web_log.gone"), visit.tongue
    return show(
        "checked.html",
        section="log",
        well=report.well,
        findings=report.findings,
        counts=[
            (say(f"cli.count.{what}", tongue) if known(f"cli.count.{what}") else what, f"{count:,}")
            for what, count in report.counts.items()
        ],
    )


def rebuild_indexes(visit: Visit) -> Answer:
    """Make the search indexes again, as a job; pages read those there are until the new ones are whole."""
    kept = Kept({})
    id = visit.orders.keep(kept)

    def work(ledger: Ledger, _: Progress) -> str:
        kept.outcome = ledger.rebuild()
        return f"/log/rebuilt/{id}"

    return go(f"/jobs/{visit.jobs.begin_once('rebuild', 'web_log.rebuild_job', work).id}")


def show_rebuilt(visit: Visit) -> Answer:
    """How many statements can be found by the new indexes."""
    return show("rebuilt.html", section="log", count=take_outcome(visit, int, "web_log.gone"))


def make_copy(visit: Visit) -> Answer:
    """A full copy, sealed as it is, each file checked as it arrives; as a job."""
    form = Form(visit.fields)
    folder = read_place(form.value("folder"))
    if folder is None:
        return _show_log(visit, Form(visit.fields, [Finding("web_log.lacks.folder", "folder")]))
    kept = Kept({}, folder=folder)
    id, today = visit.orders.keep(kept), visit.today.isoformat()

    def work(ledger: Ledger, progress: Progress) -> str:
        with write_session(ledger.vault):
            kept.outcome = copy_vault(ledger.vault, folder, today, progress)
        return f"/log/copied/{id}"

    return go(f"/jobs/{visit.jobs.begin('web_log.copy_job', work).id}")


def show_copied(visit: Visit) -> Answer:
    """That a copy was made and checked, and what is to be known of where it lies."""
    kept = visit.orders.find(visit.parts["id"])
    if kept is None or kept.folder is None or not isinstance(kept.outcome, int):
        raise OnggiError("web_log.gone", exit_code=Exit.ABSENT)
    findings = judge_place(kept.folder)
    return show("copied.html", section="log", count=kept.outcome, folder=str(kept.folder), findings=findings)


def _show_log(visit: Visit, form: Form) -> Answer:
    vault, view, tongue = visit.ledger.vault, visit.everywhere(), visit.tongue
    paging = Paging.of(list_steps(vault), visit.number("page", 1), _PAGE)
    lines = [_tell(one, view, tongue) for one in tell_steps(vault, view, paging.items)]
    return show(
        "log.html",
        status=422 if form.findings else 200,
        section="log",
        form=form,
        lines=lines,
        paging=paging,
        several=len(vault.compartments) > 1,
        heads=[
            (
                call_compartment(one.compartment, tongue),
                one.slot,
                one.seq,
                say_head(bytes.fromhex(one.hash), tongue),
            )
            for one in list_heads(vault)
        ],
        copies=[_say_copy(one.date, visit.today, tongue) for one in reversed(vault.members.copies)],
        held="held" in visit.asked.get("done", ()),
    )


def _tell(one: Happening, view: View, tongue: str) -> Line:
    minutes = one.milliseconds // _MINUTE % _DAY
    told = [
        (
            name_entity(each.case, view),
            [say_statement(held, tongue, view.call, speak_plainly(tongue)) for held in each.told],
            _say_rest(each, tongue),
        )
        for each in one.recorded
    ]
    return Line(
        say_moment(one.milliseconds, tongue),
        f"{minutes // 60:02}:{minutes % 60:02}",
        one.slot,
        call_compartment(one.compartment, tongue),
        told,
    )


def _say_rest(one: Recorded, tongue: str) -> str:
    """How many statements a step recorded of a case besides those that are told."""
    id = "web_log.besides" if one.told else "web_log.statements"
    return say(id, tongue, count=one.besides) if one.besides else ""


def _say_copy(day: str, today: date, tongue: str) -> str:
    days = (today - date.fromisoformat(day)).days
    return say("web_log.copy" if days else "web_log.copy_today", tongue, day=say_day(day, tongue), days=days)


ROUTES = [
    ("GET", "/log", show_log),
    ("POST", "/log/head", compare_head),
    ("POST", "/log/verify", verify_vault),
    ("GET", "/log/checked/{id}", show_checked),
    ("POST", "/log/rebuild", rebuild_indexes),
    ("GET", "/log/rebuilt/{id}", show_rebuilt),
    ("POST", "/log/copy", make_copy),
    ("GET", "/log/copied/{id}", show_copied),
]
