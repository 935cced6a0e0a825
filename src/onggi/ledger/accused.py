"""Who is accused of something: of whom any source says that they did it, bought, sold or brokered.

Pure, over a view. What is denied is no accusation; who is a victim as well is still accused here, since what
is asked is whether a mistake would accuse somebody. Refused: nothing.
"""

from collections.abc import Collection

from onggi.ledger.view import View
from onggi.model.value import Term

# Not "transporter or guide": whoever led somebody to safety is no suspect.
ACCUSING_ROLES = frozenset({"perpetrator", "buyer", "seller", "broker", "official"})
"""The roles that accuse."""
ACCUSING_TIES = ("perpetrator", "buyer", "seller", "broker")
"""The properties of an act or event that point to whoever did it."""


def is_accused(view: View, entities: Collection[str]) -> bool:
    """Whether any of these entities is accused by a live statement."""
    tied = (one for entity in entities for one in view.mentioning(entity))
    accusing = [
        held
        for held in tied
        if held.statement.what.polarity == "asserts"
        and (
            (held.statement.what.property in ACCUSING_TIES and held.statement.subject not in entities)
            or (held.statement.what.property == "role" and _accuses(held.statement.value))
            or held.statement.what.property == "perpetrator_status"
        )
    ]
    return any(map(view.is_live, accusing))


def _accuses(role: object) -> bool:
    return isinstance(role, Term) and role.term in ACCUSING_ROLES
