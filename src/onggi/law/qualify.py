"""Which norms the facts may fall under, and how each element stands: a suggestion with its reasons.

One row for each norm and victim: what was done to one person is weighed together, what was done to another
is not. That an act falls under a norm is for a person to say (property `qualified_as`); a row names who did.

Pure. Refused: suggesting a norm that may incriminate a victim or a helper; those belong to `reverse`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onggi.law.acts import Act
from onggi.law.ages import find_births
from onggi.law.elements import Weighed, weigh_element
from onggi.law.facts import Fact, Facts
from onggi.law.norms import Guard, Norm, gather_needs
from onggi.law.pattern import Pattern


@dataclass(frozen=True)
class Scope:
    """Acts done to one person, as the roles of patterns see them: the acts of a norm, and all beside them."""

    victim: str | None
    acts: tuple[Act, ...]
    beside: tuple[Act, ...]
    roles: Mapping[str, Collection[str] | None] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A norm, and of its patterns those that anything in the case speaks to: asked once, not for everybody.

    Each element stands there as it does for a person of whom nothing is known.
    """

    norm: Norm
    elements: tuple[tuple[Weighed, tuple[Pattern, ...], tuple[Pattern, ...]], ...]
    guards: tuple[tuple[Guard, tuple[Pattern, ...]], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A norm that the acts against one person may fall under.

    `because` are the statements that brought it up, `qualified` those in which a person says that it applies.
    """

    norm: Norm
    scope: Scope
    elements: tuple[Weighed, ...]
    guards: tuple[Guard, ...]
    because: tuple[str, ...]
    qualified: tuple[str, ...]


def suggest_norms(facts: Facts, acts: Sequence[Act], norms: Mapping[str, Norm]) -> list[Suggestion]:
    """Every norm that comes up, in the order of the norms, and for each the victims in order."""
    scopes = _Scopes(acts)
    reach = _index_reach(acts)
    found: list[Suggestion] = []
    said = _index_qualified(facts)
    for norm in _order(norms):
        if norm.flag is None:
            asked = ask_norm(facts, norm)
            for victim, because in _find_victims(facts, norm, reach, said).items():
                found.append(_suggest(facts, asked, scopes, victim, because, said))
    return _with_needed(facts, found, norms)


def group_acts(acts: Iterable[Act]) -> dict[str | None, list[Act]]:
    """The acts done to each person; those whose victim is not recorded stand together."""
    groups: dict[str | None, list[Act]] = defaultdict(list)
    for act in acts:
        for victim in act.victims or (None,):
            groups[victim].append(act)
    return groups


def make_scope(victim: str | None, acts: Sequence[Act], beside: Sequence[Act], parts: Iterable[str]) -> Scope:
    """The roles of patterns for these acts."""
    parts = tuple(part for part in parts if part != "official")
    roles: dict[str, Collection[str] | None] = {
        "act": {place for act in acts for place in act.places},
        "victim": {victim} if victim else set(),
        "perpetrator": {one for act in acts for one in act.done_by(parts or ("perpetrator",))},
        "response": {one for act in acts for one in (*act.responses, *act.places)},
        "beside": {place for act in beside for place in act.places},
        "any": None,
    }
    return Scope(victim, tuple(acts), tuple(beside), roles)


class _Scopes:
    """The acts done to each person, and for several norms that come up for the same acts one scope."""

    def __init__(self, acts: Sequence[Act]) -> None:
        self._groups = group_acts(acts)
        self._made: dict[tuple[str | None, tuple[str, ...], tuple[str, ...]], Scope] = {}

    def take(self, victim: str | None, ids: Collection[str], parts: tuple[str, ...]) -> Scope:
        """The acts of these ids against one person, done in these parts."""
        group = self._groups[victim]
        acts = [act for act in group if act.id in ids]
        key = (victim, tuple(act.id for act in acts), parts)
        if key not in self._made:
            self._made[key] = make_scope(victim, acts, group, parts)
        return self._made[key]


def find_facts(facts: Facts, scope: Scope, patterns: Iterable[Pattern]) -> list[Fact]:
    """The facts that one of these patterns speaks of, denials included.

    Of an age, births as well; of confessions, only those to these acts or to an event around them.
    """
    found: list[Fact] = []
    for one in patterns:
        subjects = scope.roles[one.role]
        said = facts.matching(one, subjects)
        if one.property == "confessed_to":
            acts = scope.roles["act"] or ()
            said = [fact for fact in said if any(value in acts for value in fact.values)]
        elif one.is_bounded() and one.property == "age" and subjects is not None:
            said = [*said, *find_births(facts, scope.acts, one, sorted(subjects))]
        found += said
    return found


def ask_norm(facts: Facts, norm: Norm) -> Asked:
    """What there is to ask about a norm in this case, whoever was harmed."""
    elements = [(one, facts.heard(one.shown_by), facts.heard(one.against)) for one in norm.elements]
    guards = [(one, facts.heard(one.when)) for one in norm.guards]
    return Asked(
        norm,
        tuple((weigh_element(one, (), ()), pro, contra) for one, pro, contra in elements),
        tuple((guard, when) for guard, when in guards if when),
    )


def weigh_norm(facts: Facts, asked: Asked, scope: Scope) -> tuple[Weighed, ...]:
    """Each element of a norm against the facts."""
    return tuple(
        weigh_patterns(facts, scope, unknown, shown_by, against)
        for unknown, shown_by, against in asked.elements
    )


def weigh_patterns(
    facts: Facts, scope: Scope, unknown: Weighed, shown_by: Iterable[Pattern], against: Iterable[Pattern]
) -> Weighed:
    """An element by what is found for and against it; `unknown` is how it stands where nothing is."""
    said = find_facts(facts, scope, shown_by)
    opposed = find_facts(facts, scope, against)
    if not said and not opposed:
        return unknown
    return weigh_element(
        unknown.element,
        (fact for fact in said if not fact.denies),
        [*(fact for fact in said if fact.denies), *(one for one in opposed if not one.denies)],
    )


def _suggest(
    facts: Facts,
    asked: Asked,
    scopes: "_Scopes",
    victim: str | None,
    because: Mapping[str, set[str]],
    said: Mapping[str, list[Fact]],
) -> Suggestion:
    norm = asked.norm
    scope = scopes.take(victim, because, norm.actors)
    guards = tuple(
        guard
        for guard, when in asked.guards
        if any(not fact.denies for fact in find_facts(facts, scope, when))
    )
    return Suggestion(
        norm,
        scope,
        weigh_norm(facts, asked, scope),
        guards,
        tuple(sorted({id for ids in because.values() for id in ids})),
        tuple(sorted(fact.id for fact in said.get(norm.id, ()) if fact.subject in because)),
    )


def _find_victims(
    facts: Facts, norm: Norm, reach: Mapping[str, Mapping[str, list[Act]]], said: Mapping[str, list[Fact]]
) -> dict[str | None, dict[str, set[str]]]:
    """For each victim, the acts for which the norm comes up, and the statements because of which."""
    found: dict[str | None, dict[str, set[str]]] = {}
    hits = [(one.role, fact) for one in norm.suggested_by for fact in facts.matching(one)]
    hits += [("act", fact) for fact in said.get(norm.id, ())]
    for role, fact in hits:
        if fact.denies:
            continue
        for act in reach[role].get(fact.subject, ()):
            for victim in act.victims or (None,):
                if role != "victim" or victim == fact.subject:
                    found.setdefault(victim, {}).setdefault(act.id, set()).add(fact.id)
    return dict(sorted(found.items(), key=lambda pair: pair[0] or ""))


def _index_reach(acts: Sequence[Act]) -> Mapping[str, Mapping[str, list[Act]]]:
    """For each role, from whatever a statement can be about to the acts beside which it has that role."""
    reach: dict[str, dict[str, list[Act]]] = defaultdict(lambda: defaultdict(list))
    for act in acts:
        for place in act.places:
            reach["act"][place].append(act)
            reach["response"][place].append(act)
        for one in act.responses:
            reach["response"][one].append(act)
        for one in act.victims:
            reach["victim"][one].append(act)
        for one in act.done_by(("perpetrator",)):
            reach["perpetrator"][one].append(act)
    return reach


def _index_qualified(facts: Facts) -> Mapping[str, list[Fact]]:
    """For each norm, the statements in which a person says that an act falls under it."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts.of_property.get("qualified_as", ()):
        if not fact.denies and fact.values:
            found[fact.values[0]].append(fact)
    return found


def _with_needed(facts: Facts, found: list[Suggestion], norms: Mapping[str, Norm]) -> list[Suggestion]:
    """With each norm those whose elements must be shown as well, once for each victim."""
    there = {(one.norm.id, one.scope.victim) for one in found}
    added: dict[tuple[str, str | None], Suggestion] = {}
    asked: dict[str, Asked] = {}
    for one in found:
        for id in gather_needs(one.norm.id, norms):
            key = (id, one.scope.victim)
            if key not in there and key not in added:
                needed = asked.get(id) or asked.setdefault(id, ask_norm(facts, norms[id]))
                weighed = weigh_norm(facts, needed, one.scope)
                added[key] = Suggestion(needed.norm, one.scope, weighed, (), one.because, ())
    return [*found, *added.values()]


def _order(norms: Mapping[str, Norm]) -> list[Norm]:
    """Crimes first, as a lawyer reads; within them as the files have them."""
    return sorted(
        norms.values(), key=lambda norm: (norm.kind != "crime", norm.instrument.jurisdiction != "CN")
    )
