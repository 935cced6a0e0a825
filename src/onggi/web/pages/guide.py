"""The guide: seven steps on the example, from a first statement to a dossier that verifies."""

from onggi.web.answers import Answer, go, show
from onggi.web.guiding import CASE, list_steps
from onggi.web.visit import Visit


def show_guide(visit: Visit) -> Answer:
    """The steps, and which of them were done; or that the example is needed."""
    return show(
        "guide.html", section="guide", steps=list_steps(visit), case=CASE, following=visit.walked.following
    )


def follow_guide(visit: Visit) -> Answer:
    """From now on each page tells the next step; go to the first that is not done."""
    steps = list_steps(visit)
    visit.walked.following = bool(steps)
    return go(next((one.href for one in steps if not one.done), "/guide"))


def leave_guide(visit: Visit) -> Answer:
    """Pages tell no step any more. What was done stays done."""
    visit.walked.following = False
    return go("/guide")


ROUTES = [
    ("GET", "/guide", show_guide),
    ("POST", "/guide", follow_guide),
    ("POST", "/guide/leave", leave_guide),
]
