"""What a file that is coming in may refer to: entities, statements, names and sources the ledger holds.

Reads projections only. Names are given out for screening and for nothing else, and only where identity is
granted. Refused: what lies in another compartment.
"""

from collections.abc import Sequence

from onggi.errors import OnggiError
from onggi.ledger.consents import list_decisions
from onggi.ledger.ledger import Ledger
from onggi.model.entity import is_id
from onggi.model.naming import NAMING_PROPERTIES, Naming, read_naming
from onggi.model.stratum import Stratum
from onggi.vault.opened import Compartment


class Directory:
    """One compartment as far as a record file may refer to it."""

    def __init__(self, ledger: Ledger, compartment: Compartment) -> None:
        self._view = ledger.view(strata=compartment.strata, compartment=compartment)

    def find_entity(self, reference: str) -> tuple[str, str] | None:
        """Id and kind of the entity with this id or code."""
        try:
            entity = self._view.find(reference)
        except OnggiError:
            return None
        kind = self._view.kind_of(entity)
        return (entity, kind) if kind else None

    def find_statement(self, id: str) -> Stratum | None:
        """The stratum that a statement lies in."""
        held = self._view.statement(id) if is_id(id) else None
        return Stratum(held.stratum) if held else None

    def known_names(self) -> Sequence[Naming] | None:
        """Everything that may not stand in the record; None where identity is not granted."""
        if "identity" not in self._view.strata:
            return None
        held = self._view.of_property(*sorted(NAMING_PROPERTIES))
        read = (read_naming(one.statement) for one in held if one.stratum != "record")
        return [naming for naming in read if naming is not None]

    def decisions(self, person: str) -> Sequence[str]:
        """The statements in which a person decided what may be done with what concerns her."""
        return list_decisions(self._view, person)

    def appears_in(self, entity: str, case: str) -> bool:
        """Whether anything is said of an entity, to it or by it in a case."""
        return any(held.statement.about.case == case for held in self._view.mentioning(entity))

    def published(self, source: str) -> bool:
        """Whether a source is open to everyone."""
        return self._view.publication(source)

    def code_free(self, code: str) -> bool:
        """Whether no entity has this code."""
        return self.find_entity(code) is None
