"""Who stands to whom, and who did what to whom: each relation once, with all that say it. Pure.

Refused: a relation that is denied, or that leads to what is not shown.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from onggi.ledger.held import Held
from onggi.model.value import Entity


class Relation(NamedTuple):
    """From one entity to another, by the property that ties them."""

    start: str
    end: str
    property: str


def list_relations(statements: Iterable[Held], shown: Collection[str]) -> Mapping[Relation, list[Held]]:
    """The relations among these entities, in the order in which they were first said."""
    ties: dict[Relation, list[Held]] = defaultdict(list)
    for held in statements:
        said = held.statement
        if not isinstance(said.value, Entity) or said.what.polarity == "denies":
            continue
        if said.subject in shown and said.value.entity in shown:
            ties[Relation(said.subject, said.value.entity, said.what.property)].append(held)
    return ties
