"""What a file that is coming in may refer to: entities, statements, names and sources the ledger holds already.

Reads projections only. Names are given out for screening and for nothing else, and only where identity is granted.
"""

from collections.abc import Sequence
from functools import cached_property

from onggi.ledger.ledger import Ledger
from onggi.model.naming import list_names
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.vault.opened import Compartment


class Directory:
    """One compartment as far as a record file may refer to it."""

    def __init__(self, ledger: Ledger, compartment: Compartment) -> None:
        strata = [stratum for stratum in compartment.strata if stratum in compartment.rings]
        self._view = ledger.view(strata=strata)
        self._identity = "identity" in strata

    def find_entity(self, reference: str) -> tuple[str, str] | None:
        """Id and kind of the entity with this id or code."""
        entity = self._codes.get(reference, reference)
        kind = self._view.kind_of(entity)
        return (entity, kind) if kind else None

    def find_statement(self, id: str) -> Stratum | None:
        """The stratum that a statement lies in."""
        held = self._view.statement(id)
        return Stratum(held.stratum) if held else None

    def known_names(self) -> Sequence[str] | None:
        """Every text that may not stand in the record; None where identity is not granted."""
        if not self._identity:
            return None
        return [
            name
            for held in self._view.of_stratum("identity")
            for name in list_names(held.statement)
        ]

    def published(self, source: str) -> bool:
        """Whether a source is open to everyone."""
        return self._view.publication(source)

    def code_free(self, code: str) -> bool:
        """Whether no entity has this code."""
        return code not in self._codes

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {
            held.statement.value.text: held.statement.subject
            for held in self._view.held("code")
            if isinstance(held.statement.value, Text)
        }
