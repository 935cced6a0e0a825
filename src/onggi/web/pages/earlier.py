"""To choose an earlier day and see a case, or what is in it, as it was known then: typed as people write it.

Refused: what is in another case.
"""

from datetime import date

from onggi.errors import Exit, Finding, OnggiError
from onggi.intake.values import read_day
from onggi.model.when import When
from onggi.web.answers import Answer, go, show
from onggi.web.casework import Matter, take_case, take_matter
from onggi.web.earlier import can_show, stay
from onggi.web.form import Form
from onggi.web.sections import CASE_PARTS
from onggi.web.shown import Piece, name_entity
from onggi.web.visit import Visit


def ask_day(visit: Visit) -> Answer:
    """Which day, and what such a page shows."""
    part, about = ((visit.asked.get(name) or ("",))[-1] for name in ("part", "about"))
    return _show_form(visit, Form.of(part=part, about=about))


def choose_day(visit: Visit) -> Answer:
    """To the page of the case that one came from, as of that day. Nothing of what was typed goes along."""
    matter = take_case(visit)
    day = _read(visit.field("day").strip(), visit.today)
    if isinstance(day, Finding):
        return _show_form(visit, Form(visit.fields, [day]))
    about = _find_about(visit, matter, visit.field("about"))
    paths = {one.id: f"/case/{matter.reference}{one.path}" for one in CASE_PARTS}
    path = about.href if about else paths.get(visit.field("part"), "")
    return go(stay(path if can_show(path) else f"/case/{matter.reference}", day))


def _find_about(visit: Visit, matter: Matter, reference: str) -> Piece | None:
    """What in the case one came from, if it was no part of it."""
    if not reference:
        return None
    found = take_matter(visit, reference)
    if found.case != matter.case:
        raise OnggiError("ledger.absent", exit_code=Exit.ABSENT)
    return name_entity(found.entity, found.view)


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
    matter = take_case(visit)
    return show(
        "earlier.html",
        status=422 if form.findings else 200,
        section="cases",
        matter=matter,
        about=_find_about(visit, matter, form.value("about")),
        form=form,
    )


ROUTES = [
    ("GET", "/case/{ref}/earlier", ask_day),
    ("POST", "/case/{ref}/earlier", choose_day),
]
