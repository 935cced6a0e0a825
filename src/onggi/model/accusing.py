"""What accuses somebody: a statement that they did it, bought, sold or brokered, or what came of it for them.

Floor 2. Pure. What is denied is no accusation; who is a victim as well is still accused here, since what is
asked is whether a mistake would accuse somebody. Refused: nothing.
"""

from onggi.model.statement import Statement
from onggi.model.value import Entity, Term

# Not "transporter or guide": whoever led somebody to safety is no suspect.
ACCUSING_ROLES = frozenset({"perpetrator", "buyer", "seller", "broker", "official"})
"""The roles that accuse."""
ACCUSING_TIES = ("perpetrator", "buyer", "seller", "broker")
"""The properties of an act or event that point to whoever did it."""
ACCUSING_PROPERTIES = ("role", "perpetrator_status")
"""The properties of whoever is accused; a role may be another."""


def find_accused(statement: Statement) -> str | None:
    """The entity that a statement accuses, if it does."""
    said = statement.what
    match said.property, said.value:
        case _ if said.polarity != "asserts":
            return None
        case name, Entity(entity=entity) if name in ACCUSING_TIES:
            return entity
        case "role", Term(term=term) if term in ACCUSING_ROLES:
            return statement.subject
        case "perpetrator_status", _:
            return statement.subject
    return None
