"""Folding: from a set of statements to what they come to (statement-model.md, §7).

Pure. The result depends on the set alone, not on the order, the copies or the pieces in which it came: union of sets is
all there is to merging. Refused in silence: a reference into another stratum, into the future, or by an author who may not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from onggi.ledger.held import Held
from onggi.model.value import Entity

Authority: TypeAlias = Callable[[str, str], bool]
"""Whether the first member may supersede or retract what the second has written."""


@dataclass(frozen=True)
class Folded:
    """What a set of statements comes to: the live ones in causal order, what took the others' place, who is who."""

    live: tuple[Held, ...]
    judged: Mapping[str, str] = field(default_factory=dict)
    roots: Mapping[str, str] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()

    def root(self, entity: str) -> str:
        """One id for everything that is held to be the same entity."""
        return self.roots.get(entity, entity)

    def cluster(self, entity: str) -> frozenset[str]:
        """All entities that are held to be the same as this one, and itself."""
        root = self.root(entity)
        return frozenset({entity, *(one for one, other in self.roots.items() if other == root)})


def fold(statements: Iterable[Held], may: Authority) -> Folded:
    """What these statements come to."""
    ordered = sorted({held.id: held for held in _oldest_first(statements)}.values(), key=lambda held: held.order)
    live, judged = _judge(ordered, may)
    roots, disputed = _unite(live)
    return Folded(tuple(live), judged, roots, disputed)


def _oldest_first(statements: Iterable[Held]) -> list[Held]:
    # An id is random and belongs to one statement; should two claim it, the one recorded first keeps it.
    return sorted(statements, key=lambda held: held.order, reverse=True)


def _judge(ordered: list[Held], may: Authority) -> tuple[list[Held], dict[str, str]]:
    """Backwards from the latest, so that whoever judges a statement has been judged before it."""
    judges: dict[str, list[Held]] = defaultdict(list)
    live, judged = [], {}
    for held in reversed(ordered):
        judge = next((one for one in judges.get(held.id, ()) if _judges(one, held, may)), None)
        if judge is not None:
            judged[held.id] = judge.id
            continue
        live.append(held)
        trace = held.statement.trace
        for target in (*trace.supersedes, *trace.retracts):
            judges[target].append(held)
    live.reverse()
    return live, judged


def _judges(judge: Held, held: Held, may: Authority) -> bool:
    same_place = (judge.compartment, judge.stratum) == (held.compartment, held.stratum)
    return same_place and judge.time > held.time and may(judge.author, held.author)


def _unite(live: Iterable[Held]) -> tuple[dict[str, str], frozenset[str]]:
    """Union-find over `same_as`; a `different_from` inside a cluster disputes it and does not split it."""
    parents: dict[str, str] = {}
    apart: list[tuple[str, str]] = []
    for held in live:
        value, said = held.statement.value, held.statement.what
        if not isinstance(value, Entity) or said.polarity != "asserts":
            continue
        pair = (held.statement.subject, value.entity)
        if said.property == "same_as":
            first, second = sorted(find_root(parents, one) for one in pair)
            parents[second] = first
        elif said.property == "different_from":
            apart.append(pair)
    roots = {one: find_root(parents, one) for one in parents}
    roots |= {root: root for root in roots.values()}
    disputed = {roots[a] for a, b in apart if a in roots and roots[a] == roots.get(b)}
    return roots, frozenset(disputed)


def find_root(parents: dict[str, str], one: str) -> str:
    """The representative of one's set; shortens the way for the next who asks."""
    while parents.get(one, one) != one:
        parents[one] = parents.get(parents[one], parents[one])
        one = parents[one]
    return one
