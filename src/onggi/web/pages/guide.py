"""The guide: seven steps on the example, from a first statement to a dossier that verifies."""

from onggi.dossier.recipients import find_recipient
from onggi.model.vocabulary import find_term
from onggi.web.answers import Answer, show
from onggi.web.guiding import CASE, DAUGHTER, FRIEND, PURPOSE, RECIPIENT, WOMAN, find_example, list_steps
from onggi.web.visit import Visit


def show_guide(visit: Visit) -> Answer:
    """The steps, and which of them were done; or that the example is needed."""
    view = visit.view()
    case = find_example(view)
    purpose = find_term("consent_purposes", PURPOSE)
    return show(
        "guide.html",
        section="home",
        steps=list_steps(view, case, visit.walked, visit.orders.find_last(case), visit.today) if case else [],
        case=CASE,
        woman=WOMAN,
        friend=FRIEND,
        daughter=DAUGHTER,
        purpose=purpose.labels[visit.tongue] if purpose else PURPOSE,
        recipient=find_recipient(RECIPIENT).name(visit.tongue),
    )


ROUTES = [("GET", "/guide", show_guide)]
