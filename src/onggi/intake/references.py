"""What intake asks of a vault: who stands behind a reference, and which names may not be written.

Floor 5. The ledger answers these questions; a test answers them without one. Refused: a look at any content.
"""

from collections.abc import Sequence
from typing import Protocol

from onggi.model.naming import Naming
from onggi.model.stratum import Stratum


class References(Protocol):
    """The vault as far as a file may refer to it."""

    def find_entity(self, reference: str) -> tuple[str, str] | None:
        """Id and kind of the entity with this id or code; a code comes in its one written form."""

    def find_statement(self, id: str) -> Stratum | None:
        """The stratum that a statement lies in."""

    def known_names(self) -> Sequence[Naming] | None:
        """Everything that may not stand in the record; None if identity is not granted."""

    def decisions(self, person: str) -> Sequence[str]:
        """The statements in which a person decided what may be done with what concerns her."""

    def appears_in(self, entity: str, case: str) -> bool:
        """Whether anything is said of an entity, to it or by it in a case."""

    def published(self, source: str) -> bool:
        """Whether a source is open to everyone."""

    def code_free(self, code: str) -> bool:
        """Whether no entity has this code."""
