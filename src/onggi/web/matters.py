"""The cases that a form offers, by code and title. Over a view."""

from onggi.ledger.view import View
from onggi.web.shown import show_value

_MOST = 100


def list_matters(view: View, tongue: str) -> list[tuple[str, str]]:
    """The cases worked on last, each by its code, and that with its title."""
    listed = []
    for matter in view.cases()[:_MOST]:
        titles = [held.statement.value for held in view.live(matter.case, "title")]
        shown = " · ".join(piece.text for title in titles for piece in show_value(title, view, tongue))
        code = view.call(matter.case)
        listed.append((code, f"{code} · {shown}" if shown else code))
    return listed
