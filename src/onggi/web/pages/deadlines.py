"""The days of a case on which something ends: a table, and a calendar file that leaves by the one door.

Made from the record alone, whatever else is open. What the file tells whoever sees it is said before; that it
left is signed. Refused: a file where somebody has not said that she read that; one as of an earlier day: its
days would be taken for those of today.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from onggi.dossier.agenda import hand_out_agenda
from onggi.errors import Finding, OnggiError
from onggi.law.agenda import Day
from onggi.law.telling import say_own
from onggi.law.timers import load_timers
from onggi.web.answers import Answer, go, show
from onggi.web.assessing import call_job
from onggi.web.casework import Matter, take_case
from onggi.web.days import say_day, spell_days
from onggi.web.form import Form
from onggi.web.places import read_place
from onggi.web.visit import Visit
from onggi.words import say

_PLACES = ("release.place", "release.taken", "release.unfinished", "release.write")


@dataclass(frozen=True, slots=True)
class Ending:
    """A day in words, the rule that ends then and where its page is, what that is, and which end of a range
    the day is. `own` says who corrected the rule, and when."""

    day: str
    rule: str
    href: str
    what: str
    end: str
    own: str


def show_days(visit: Visit) -> Answer:
    """The table, and the way out."""
    matter = take_case(visit)
    if visit.assessments.takes_long(visit.ledger, visit.view(), matter.case, visit.day, visit.shelf):
        page = matter.case, visit.day, visit.shelf, visit.here
        work = visit.assessments.work_at(*page, earlier=visit.as_of is not None)
        key = call_job("days", matter.case, visit.as_of)
        return go(f"/jobs/{visit.jobs.begin_once(key, 'web_law.job', work).id}")
    return _show(visit, matter, Form.of())


def write_days(visit: Visit) -> Answer:
    """Sign that the days leave, then write them."""
    matter, form = take_case(visit), Form(visit.fields)
    out = read_place(form.value("file"))
    findings = [] if out else [Finding("web_deadlines.lacks.file", "file")]
    if form.value("read") != "yes":
        findings.append(Finding("web_deadlines.lacks.read", "read"))
    days = _find_days(visit, matter)
    if not days:
        findings.append(Finding("web_deadlines.lacks.days", "file"))
    if findings or out is None:
        return _show(visit, matter, Form(visit.fields, findings))
    (held, *_) = visit.view().about(matter.case)
    moment = datetime.fromtimestamp(visit.ledger.clock() / 1000, UTC)
    try:
        hand_out_agenda(visit.ledger, held, days, moment, out)
    except OnggiError as error:
        if error.id not in _PLACES:
            raise
        again = take_case(visit)  # what was signed closed every view
        return _show(visit, again, Form(visit.fields, [Finding(error.id, "file", error.values)]))
    return go(f"{visit.path}?done=written")


def _find_days(visit: Visit, matter: Matter) -> tuple[Day, ...]:
    """The days, from today or the earlier day on, as the record has them, or had them by then."""
    return visit.assessments.list_days(visit.ledger, visit.view(), matter.case, visit.day, visit.shelf)


def _show(visit: Visit, matter: Matter, form: Form) -> Answer:
    return show(
        "deadlines.html",
        status=422 if form.findings else 200,
        section="cases",
        matter=matter,
        form=form,
        written="done" in visit.asked,
        endings=[_tell(one, visit, matter.reference) for one in _find_days(visit, matter)],
        reveals=say("cli.law.calendar_reveals", visit.tongue, code=matter.code),
    )


def _tell(one: Day, visit: Visit, case: str) -> Ending:
    tongue, (rule, _, *end) = visit.tongue, one.title.split(" ")
    norm = visit.shelf.norms.get(rule)
    part = {"1/2": "first", "2/2": "last"}.get("".join(end), "only")
    return Ending(
        say_day(one.day.isoformat(), tongue),
        rule,
        visit.shelfmarks.address(norm, case) if norm else "",
        _name_rule(rule, visit),
        say(f"web_deadlines.end.{part}", tongue),
        spell_days("".join(say_own(norm.standing, tongue)), tongue) if norm else "",
    )


def _name_rule(rule: str, visit: Visit) -> str:
    norms, timers, tongue = visit.shelf.norms, load_timers(), visit.tongue
    if rule in norms:
        return norms[rule].titles[tongue]
    return timers[rule].texts[tongue] if rule in timers else say("web_deadlines.own", tongue)


ROUTES = [
    ("GET", "/case/{ref}/law/days", show_days),
    ("POST", "/case/{ref}/law/days", write_days),
]
