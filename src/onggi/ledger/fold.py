"""Folding: from a set of statements to what they come to (statement-model.md, §7).

Pure. The result depends on the set alone, not on the order, the copies or the pieces in which it came: union
of sets is all there is to merging. What one member ties to somebody accused ties nothing until another has
signed, whichever was recorded first. Refused in silence: a reference into another stratum, into the future,
or by an author who may not.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from onggi.ledger.held import Held
from onggi.model.accusing import find_accused
from onggi.model.judgement import Judgement
from onggi.model.seconding import SECONDED, needs_second
from onggi.model.statement import Statement
from onggi.model.value import Entity

Authority: TypeAlias = Callable[[str, str], bool]
"""Whether the first member may supersede or retract what the second has written."""

TIES = ("same_as", "different_from", "judged")
"""The properties that say who is who."""
_VERDICTS = {"same_as": "same", "different_from": "different"}


@dataclass(frozen=True)
class Folded:
    """What statements come to: the live ones in causal order, what judged the others, who is who.

    `waiting` are ties that wait for a second member, each with the two it would tie; `possible` is who would
    be who if all of them were signed.
    """

    live: tuple[Held, ...]
    judged: Mapping[str, str] = field(default_factory=dict)
    roots: Mapping[str, str] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()
    waiting: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    possible: Mapping[str, str] = field(default_factory=dict)

    def root(self, entity: str) -> str:
        """One id for everything that is held to be the same entity."""
        return self.roots.get(entity, entity)

    def cluster(self, entity: str) -> frozenset[str]:
        """All entities that are held to be the same as this one, and itself."""
        return _list_members(self.roots, entity)

    def may_be(self, entity: str) -> frozenset[str]:
        """All entities that would be the same as this one if all that waits were signed; and itself."""
        return _list_members(self.possible, entity)


def _list_members(roots: Mapping[str, str], entity: str) -> frozenset[str]:
    root = roots.get(entity, entity)
    return frozenset({entity, *(one for one, other in roots.items() if other == root)})


def fold(statements: Iterable[Held], may: Authority, signed: Collection[str] = ()) -> Folded:
    """What these statements come to. Of `signed` it is known that another member signed them."""
    latest_first = sorted(_unique(statements), key=lambda held: held.order, reverse=True)
    live, judged = [], {}
    for held, by in judge_statements(latest_first, _Seats(), may):
        if by is None:
            live.append(held)
        else:
            judged[held.id] = by
    live.reverse()
    return _unite(live, judged, signed)


def _unique(statements: Iterable[Held]) -> Iterable[Held]:
    """Each statement once. An id is random; should two claim one, what was recorded first keeps it."""
    latest_first = sorted(statements, key=lambda held: (held.order, held.stratum, held.leaf), reverse=True)
    return {held.id: held for held in latest_first}.values()


class Judges(Protocol):
    """Where those who supersede or retract are kept, each once it is known to be in force."""

    def against(self, held: Held) -> Iterable[tuple[Held, bool]]:
        """Those in force that refer to a statement, latest first; with each, whether it retracts it."""

    def seat(self, held: Held) -> None:
        """Let a statement speak against those it refers to."""


def judge_statements(
    latest_first: Iterable[Held], judges: Judges, may: Authority
) -> Iterator[tuple[Held, str | None]]:
    """Each statement with the id of what took its place, or None if it is live.

    Backwards from the latest, so that whoever judges a statement has been judged before it. What was
    superseded stays in force against what it took the place of; what was retracted does not. So a second
    correction leaves the first text replaced, and a retraction that is retracted gives back what it took.
    """
    for held in latest_first:
        judge, retracted = None, False
        for one, retracts in judges.against(held):
            if _judges(one, held, may):
                judge, retracted = judge or one.id, retracts
                if retracted:
                    break
        if not retracted:
            judges.seat(held)
        yield held, judge


class _Seats:
    """Judges in memory, by the id of what they refer to."""

    def __init__(self) -> None:
        self._seats: dict[str, list[tuple[Held, bool]]] = defaultdict(list)

    def against(self, held: Held) -> Iterable[tuple[Held, bool]]:
        return self._seats.get(held.id, ())

    def seat(self, held: Held) -> None:
        trace = held.statement.trace
        for targets, retracts in ((trace.supersedes, False), (trace.retracts, True)):
            for target in targets:
                self._seats[target].append((held, retracts))


def _judges(judge: Held, held: Held, may: Authority) -> bool:
    same_place = (judge.compartment, judge.stratum) == (held.compartment, held.stratum)
    return same_place and _knew(judge, held) and may(judge.author, held.author)


def _knew(judge: Held, held: Held) -> bool:
    """Whether one was written down after the other: in a later commit, or further on in the same one."""
    return judge.time > held.time or (judge.commit == held.commit and judge.order > held.order)


def _unite(live: Sequence[Held], judged: Mapping[str, str], known: Collection[str]) -> Folded:
    """Union-find over what ties; what keeps two of a cluster apart disputes it and does not split it.

    What two members signed ties first. Where anybody accused is among those it makes one, nothing else ties
    to them: an accusation reaches nobody on one word.
    """
    signed, accused = _list_signed(live), {find_accused(held.statement) for held in live}
    firm: dict[str, str] = {}
    alone: list[tuple[Held, str]] = []
    apart: list[tuple[str, str]] = []
    for held in live:
        match read_tie(held.statement):
            case "same", other if held.id in known or signed[held.id] - {held.author}:
                _join(firm, held.statement.subject, other)
            case "same", other:
                alone.append((held, other))
            case "different", other:
                apart.append((held.statement.subject, other))
    guarded = {find_root(firm, one) for one in accused if one is not None}
    parents, possible = dict(firm), dict(firm)
    waiting: dict[str, tuple[str, str]] = {}
    for held, other in alone:
        ends = (held.statement.subject, other)
        near = {find_root(firm, one) for one in ends}
        if len(near) > 1 and (needs_second(held.statement) or not guarded.isdisjoint(near)):
            waiting[held.id] = ends
        else:
            _join(parents, *ends)
        _join(possible, *ends)
    roots = _list_roots(parents)
    disputed = frozenset(roots[a] for a, b in apart if a in roots and roots[a] == roots.get(b))
    return Folded(tuple(live), judged, roots, disputed, waiting, _list_roots(possible))


def _join(parents: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((find_root(parents, one), find_root(parents, other)))
    parents[second] = first


def _list_roots(parents: dict[str, str]) -> dict[str, str]:
    roots = {one: find_root(parents, one) for one in parents}
    return roots | {root: root for root in roots.values()}


def _list_signed(live: Iterable[Held]) -> Mapping[str, set[str]]:
    """Who signed which statement."""
    signed: dict[str, set[str]] = defaultdict(set)
    for held in live:
        said = held.statement
        if said.what.property == SECONDED and said.what.polarity == "asserts":
            signed[said.subject].add(held.author)
    return signed


def read_tie(statement: Statement) -> tuple[str, str] | None:
    """What a statement holds of its subject and another entry: a verdict, and which entry."""
    said = statement.what
    match statement.value:
        case Entity(entity=other) if said.property in _VERDICTS and said.polarity == "asserts":
            return _VERDICTS[said.property], other
        case Judgement(other=other, verdict=verdict) if said.polarity == "asserts":
            return verdict, other
    return None


def find_root(parents: dict[str, str], one: str) -> str:
    """The representative of one's set; shortens the way for the next who asks."""
    while parents.get(one, one) != one:
        parents[one] = parents.get(parents[one], parents[one])
        one = parents[one]
    return one
