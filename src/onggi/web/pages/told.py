"""What one source said in one interview, taken back at once: shown first, for one reason, each by itself.

As of an earlier day it shows all that stood of it then, whoever recorded it. Refused: to take back what the
page before did not show.
"""

from dataclasses import replace

from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.held import Held
from onggi.ledger.retracting import list_told, may_take_back, retract_together
from onggi.web.answers import Answer, go, show
from onggi.web.casework import Matter, take_matter
from onggi.web.form import Form
from onggi.web.interviews import lead_to_told
from onggi.web.shown import Showing
from onggi.web.visit import Visit

_TYPED = ("correct.reason", "correct.name")


def ask_told(visit: Visit) -> Answer:
    """All that would be taken back, and why; as of an earlier day all that stood then."""
    return _show_then(visit) if visit.as_of else _show(visit, Form.of())


def take_back(visit: Visit) -> Answer:
    """Take back what was shown; where something of it does not stand any more, show what does."""
    matter, told, _ = _take(visit)
    asked = set(visit.fields.get("what", ()))
    ids = [held.id for held in told if held.id in asked]
    if not ids or len(ids) != len(asked):
        return _show(visit, Form(visit.fields, [Finding("web_told.moved", "")]))
    compartment = visit.ledger.vault.compartment(matter.compartment)
    try:
        retract_together(visit.ledger, compartment, ids, visit.field("reason"))
    except OnggiError as error:
        if error.id not in _TYPED:
            raise
        return _show(visit, Form(visit.fields, [Finding(error.id, "reason", error.values)]))
    return go(f"/source/{visit.parts['ref']}")


def _take(visit: Visit) -> tuple[Matter, list[Held], int]:
    """What this member may take back of the interview, and how much else of it stands."""
    matter = take_matter(visit, visit.parts["ref"])
    told = list_told(matter.view, matter.entity).get(visit.parts["commit"], [])
    own = [
        held
        for held in told
        if held.statement.about.case == matter.case and may_take_back(visit.ledger, matter.view, held)
    ]
    return matter, own, len(told) - len(own)


def _show_then(visit: Visit) -> Answer:
    matter = take_matter(visit, visit.parts["ref"])
    told = list_told(matter.view, matter.entity).get(visit.parts["commit"], [])
    if not told:
        raise OnggiError("web_earlier.absent", exit_code=Exit.ABSENT)
    showing = Showing.of(matter.view, told, visit.tongue)
    return show(
        "told_then.html",
        section="cases",
        matter=matter,
        statements=showing.statements(told),
    )


def _show(visit: Visit, form: Form) -> Answer:
    matter, told, others = _take(visit)
    if not told:
        raise OnggiError("correct.absent", exit_code=Exit.ABSENT)
    showing = Showing.of(matter.view, told, visit.tongue)
    return show(
        "told.html",
        status=422 if form.findings else 200,
        section="cases",
        form=form,
        matter=matter,
        path=lead_to_told(matter, visit.parts["commit"]),
        statements=[replace(showing.statement(held), changeable=False) for held in told],
        others=others,
    )


ROUTES = [
    ("GET", "/source/{ref}/told/{commit}", ask_told),
    ("POST", "/source/{ref}/told/{commit}", take_back),
]
