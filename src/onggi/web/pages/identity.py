"""Opening and closing identity: names are shown of one case, for one reason, which is signed first."""

from onggi.web.answers import Answer, go
from onggi.web.visit import Visit


def open_identity(visit: Visit) -> Answer:
    """Sign that names are read, and why; then show them in the pages of the case."""
    view = visit.view()
    about = view.about(view.find(visit.field("case")))[0]
    visit.identity.open(visit.ledger, about.compartment, about.statement.about.case, visit.field("reason"))
    return go(visit.field("back"))


def close_identity(visit: Visit) -> Answer:
    """Show codes again."""
    visit.identity.close()
    return go(visit.field("back"))


ROUTES = [
    ("POST", "/identity/open", open_identity),
    ("POST", "/identity/close", close_identity),
]
