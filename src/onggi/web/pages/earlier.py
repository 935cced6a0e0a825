"""To choose an earlier day and see a case as it was known then: typed as people write it, said in words."""

from datetime import date

from onggi.errors import Finding
from onggi.intake.values import read_day
from onggi.model.when import When
from onggi.web.answers import Answer, go, show
from onggi.web.casework import take_case
from onggi.web.earlier import can_show, stay
from onggi.web.form import Form
from onggi.web.sections import CASE_PARTS
from onggi.web.visit import Visit


def ask_day(visit: Visit) -> Answer:
    """Which day, and what such a page shows."""
    return _show_form(visit, Form.of(part=(visit.asked.get("part") or ("",))[-1]))


def choose_day(visit: Visit) -> Answer:
    """To the part of the case that one came from, as of that day. Nothing of what was typed goes along."""
    matter = take_case(visit)
    day = _read(visit.field("day").strip(), visit.today)
    if isinstance(day, Finding):
        return _show_form(visit, Form(visit.fields, [day]))
    paths = {one.id: f"/case/{matter.reference}{one.path}" for one in CASE_PARTS}
    path = paths.get(visit.field("part"), "")
    return go(stay(path if can_show(path) else f"/case/{matter.reference}", day))


def _read(typed: str, today: date) -> date | Finding:
    """One day that is over, whoever reads it."""
    found = read_day(typed, None, When(today.isoformat())) if typed else None
    if found is None or isinstance(found, Finding):
        return Finding("web_earlier.unread", "day")
    if found.uncertain or found.earliest is None or found.earliest != found.latest:
        return Finding("web_earlier.several", "day")
    day = date.fromisoformat(found.earliest)
    return day if day < today else Finding("web_earlier.future", "day")


def _show_form(visit: Visit, form: Form) -> Answer:
    return show(
        "earlier.html",
        status=422 if form.findings else 200,
        section="cases",
        matter=take_case(visit),
        form=form,
    )


ROUTES = [
    ("GET", "/case/{ref}/earlier", ask_day),
    ("POST", "/case/{ref}/earlier", choose_day),
]
