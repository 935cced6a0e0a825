"""Opening and closing identity: names are shown of one case, for one reason, which is signed first."""

from onggi.errors import Finding, OnggiError
from onggi.web.addresses import address
from onggi.web.answers import Answer, go, show
from onggi.web.casework import take_matter
from onggi.web.form import Form
from onggi.web.shown import name_entity
from onggi.web.visit import Visit


def ask_reason(visit: Visit) -> Answer:
    """Why names are needed. Nothing is opened by looking at this page."""
    return _show_form(visit, visit.parts["ref"], Form())


def open_identity(visit: Visit) -> Answer:
    """Sign that names are read, and why; then show them in the pages of the case."""
    about = visit.field("about")
    matter = take_matter(visit, about)
    try:
        visit.identity.open(visit.ledger, matter.compartment, matter.case, visit.field("reason"))
    except OnggiError as error:
        if error.id != "ledger.reason":
            raise
        return _show_form(visit, about, Form(visit.fields, [Finding(error.id, "reason")]))
    return go(address(visit.view(), matter.entity))


def close_identity(visit: Visit) -> Answer:
    """Show codes again."""
    visit.identity.close()
    return go(visit.field("back"))


def _show_form(visit: Visit, reference: str, form: Form) -> Answer:
    matter = take_matter(visit, reference)
    return show(
        "identity.html",
        status=422 if form.findings else 200,
        section="cases",
        form=form,
        case=name_entity(matter.case, matter.view),
        about=matter.reference,
        back=address(matter.view, matter.entity),
    )


ROUTES = [
    ("GET", "/identity/{ref}", ask_reason),
    ("POST", "/identity/open", open_identity),
    ("POST", "/identity/close", close_identity),
]
