"""Which unit a statement is erased with (statement-model.md, §6).

Pure: it asks what it needs through `Known` and decides. In record a unit is a case; in identity and care it
is a person in a case: whoever speaks, else whoever is spoken of, else nobody, which is the case itself.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from onggi.model.statement import Statement
from onggi.model.value import Entity, Term

Holder: TypeAlias = tuple[str, str]
"""A case, and the person in it whose unit is meant, or nothing."""

# A source speaks for its witness; an item lies with what it was made from, else with whoever brought it.
BEHIND: Mapping[str, Sequence[str]] = {"source": ("witness",), "item": ("derived_from", "brought_by")}
_TIES = frozenset(name for names in BEHIND.values() for name in names)
_LONGEST_WAY = 8  # a copy of a copy of an item, the source that brought it, its witness


class Known(Protocol):
    """What is known of entities and statements recorded before."""

    def kind_of(self, entity: str) -> str | None: ...

    def value_of(self, entity: str, name: str) -> str | None:
        """The entity that a property of an entity names, as it was first recorded."""

    def statement(self, id: str) -> Statement | None: ...


class Holders:
    """Finds the holder of each statement of a batch, of which each may tell what another needs to know."""

    def __init__(self, batch: Sequence[Statement], known: Known) -> None:
        self._known = known
        self._kinds: dict[str, str] = {}
        self._behind: dict[tuple[str, str], str] = {}
        self._statements: Mapping[str, Statement] = {one.id: one for one in batch}
        for one in batch:
            match one.what.property, one.value:
                case "kind", Term(term=kind):
                    self._kinds[one.subject] = kind
                case name, Entity(entity=entity) if name in _TIES:
                    self._behind.setdefault((one.subject, one.what.property), entity)

    def holder(self, statement: Statement, stratum: str) -> Holder:
        """The case and the person with which a statement is erased."""
        case = statement.about.case
        if stratum == "record":
            return case, ""
        about = self._meant(statement)
        return case, self._person(about.source) or self._person(about.subject) or ""

    def _meant(self, statement: Statement) -> Statement:
        """The statement that a statement is about, if it is about one: it follows that one."""
        if self._kind(statement.subject):
            return statement
        about = self._statements.get(statement.subject) or self._known.statement(statement.subject)
        return about or statement

    def _person(self, entity: str | None) -> str | None:
        """The person an entity is, speaks for, was brought by, or was made from what she brought."""
        for _ in range(_LONGEST_WAY):
            kind = self._kind(entity) if entity else None
            if kind == "person" or entity is None:
                return entity
            ties = (self._value(entity, name) for name in BEHIND.get(kind or "", ()))
            entity = next((one for one in ties if one), None)
        return None

    def _kind(self, entity: str) -> str | None:
        return self._kinds.get(entity) or self._known.kind_of(entity)

    def _value(self, entity: str, name: str) -> str | None:
        return self._known.value_of(entity, name) or self._behind.get((entity, name))
