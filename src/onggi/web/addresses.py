"""Where an entity has its page: its kind, and its code or, without one, its id. No name, and no title.

Pure.
"""

from onggi.ledger.view import View

PAGES = ("case", "person", "group", "event", "act", "place", "source", "item", "intervention")
"""The kinds of entities that have a page."""


def address(view: View, entity: str) -> str:
    """The path of an entity's page; of anything else the page that finds out what it is."""
    kind = view.kind_of(entity)
    return f"/{kind if kind in PAGES else 'about'}/{view.code_of(entity) or entity}"
