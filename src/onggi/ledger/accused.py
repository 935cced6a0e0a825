"""Who is accused of something: of whom any source says that they did it, bought, sold or brokered.

Pure, over a view. What is denied is no accusation; who is a victim as well is still accused here, since what
is asked is whether a mistake would accuse somebody. Refused: nothing.
"""

from collections.abc import Collection

from onggi.ledger.view import View
from onggi.model.statement import Statement
from onggi.model.value import Term

# Not "transporter or guide": whoever led somebody to safety is no suspect.
ACCUSING_ROLES = frozenset({"perpetrator", "buyer", "seller", "broker", "official"})
"""The roles that accuse."""
ACCUSING_TIES = ("perpetrator", "buyer", "seller", "broker")
"""The properties of an act or event that point to whoever did it."""


def is_accused(view: View, entities: Collection[str]) -> bool:
    """Whether any of these entities is accused by a live statement."""
    tied = (one for entity in entities for one in view.mentioning(entity))
    accusing = [held for held in tied if accuses(held.statement, entities)]
    return any(map(view.is_live, accusing))


def accuses(statement: Statement, entities: Collection[str]) -> bool:
    """Whether a statement that is about one of these entities, or points to one, accuses it."""
    said = statement.what
    return said.polarity == "asserts" and (
        (said.property in ACCUSING_TIES and statement.subject not in entities)
        or (said.property == "role" and _is_role(said.value))
        or said.property == "perpetrator_status"
    )


def _is_role(role: object) -> bool:
    return isinstance(role, Term) and role.term in ACCUSING_ROLES
