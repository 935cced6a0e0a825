"""Which unit a statement is erased with (statement-model.md, §6).

Pure: it asks what it needs through `Known` and decides. In record a unit is a case; in identity and care it is a person in
a case: whoever speaks, else whoever is spoken of, else nobody, which is the case itself.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from onggi.model.statement import Statement
from onggi.model.value import Entity, Term

Holder: TypeAlias = tuple[str, str]
"""A case, and the person in it whose unit is meant, or nothing."""


class Known(Protocol):
    """What is known of entities and statements recorded before."""

    def kind_of(self, entity: str) -> str | None: ...

    def person_behind(self, source: str) -> str | None: ...

    def statement(self, id: str) -> Statement | None: ...


class Holders:
    """Finds the holder of each statement of a batch, of which each may describe what another needs to know."""

    def __init__(self, batch: Sequence[Statement], known: Known) -> None:
        self._known = known
        self._kinds: dict[str, str] = {}
        self._behind: dict[str, str] = {}
        self._statements: Mapping[str, Statement] = {one.id: one for one in batch}
        for one in batch:
            match one.what.property, one.value:
                case "kind", Term(term=kind):
                    self._kinds[one.subject] = kind
                case "witness", Entity(entity=person):
                    self._behind[one.subject] = person

    def holder(self, statement: Statement, stratum: str) -> Holder:
        """The case and the person with which a statement is erased."""
        case = statement.about.case
        if stratum == "record":
            return case, ""
        meant = self._statements.get(statement.subject) or self._known.statement(statement.subject)
        about = meant or statement
        for candidate in (self._person(about.source), self._person(about.subject)):
            if candidate:
                return case, candidate
        return case, ""

    def _person(self, entity: str | None) -> str | None:
        """The person an entity is, or speaks for."""
        if entity is None:
            return None
        kind = self._kinds.get(entity) or self._known.kind_of(entity)
        if kind == "source":
            return self._behind.get(entity) or self._known.person_behind(entity)
        return entity if kind == "person" else None
