"""Acts of a case: who suffered each, who did it, what it is part of, and what anyone did about it.

Pure. An act whose event names a victim has that victim. Refused: guessing who did what; an act without a
perpetrator stays without one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onggi.law.facts import Fact, Facts

_NOBODY: frozenset[str] = frozenset()
_ACTORS = ("perpetrator", "seller", "buyer", "broker")


@dataclass(frozen=True, slots=True)
class Act:
    """An act and what belongs to it. `within` are the events around it; `actors` whoever did it, by part."""

    id: str
    types: frozenset[str]
    victims: frozenset[str]
    actors: Mapping[str, frozenset[str]]
    within: tuple[str, ...]
    responses: frozenset[str]

    @property
    def places(self) -> tuple[str, ...]:
        """The act and the events around it: what is said of either may be about the act."""
        return (self.id, *self.within)

    def done_by(self, parts: Iterable[str]) -> frozenset[str]:
        """Whoever did it in one of these parts."""
        found = [self.actors[part] for part in parts if part in self.actors]
        return found[0] if len(found) == 1 else _NOBODY.union(*found)


def list_acts(facts: Facts) -> list[Act]:
    """The acts of a case, in the order of their ids."""
    answered = _index_responses(facts)
    return [_gather_act(facts, id, answered) for id, kind in sorted(facts.kinds.items()) if kind == "act"]


def _gather_act(facts: Facts, id: str, answered: Mapping[str, set[str]]) -> Act:
    within = tuple(_list_events(facts, id))
    victims = _point(facts.about(id, "victim"))
    if not victims:
        victims = frozenset().union(*(_point(facts.about(event, "victim")) for event in within))
    return Act(
        id=id,
        types=frozenset(value for fact in facts.about(id, "type") for value in fact.values),
        victims=victims,
        actors={part: found for part in _ACTORS if (found := _point(facts.about(id, part)))},
        within=within,
        responses=frozenset().union(*(answered.get(place, set()) for place in (id, *within))),
    )


def _list_events(facts: Facts, id: str) -> list[str]:
    """The events an act is part of, however far."""
    found: list[str] = []
    waiting = [id]
    while waiting:
        near = _point(facts.about(waiting.pop(), "part_of"))
        new = sorted(one for one in near if one not in found and facts.kinds.get(one) == "event")
        found += new
        waiting += new
    return found


def _index_responses(facts: Facts) -> Mapping[str, set[str]]:
    """For each act or event, the interventions that answer it."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in facts.of_property.get("responds_to", ()):
        if not fact.denies:
            for value in fact.values:
                found[value].add(fact.subject)
    return found


def _point(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(value for fact in facts for value in fact.values)
