"""Whether each avenue is open for a case: open, not open and why, or dangerous; what it asks for and lacks.

Pure. What is decided here is only what recorded facts decide: whether anybody should use an avenue is for
people. An avenue that is dangerous is dangerous whatever else would speak for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onggi.law.acts import Act
from onggi.law.avenues import KINDS, Ask, Avenue, Mandate, Need, load_asks
from onggi.law.entry import Texts
from onggi.law.facts import Facts
from onggi.law.pattern import Pattern
from onggi.law.qualify import Scope, make_scope
from onggi.law.treaties import STATES, Treaty

OPEN, NOT_OPEN, DANGEROUS = "open", "not_open", "dangerous"

# Acts that a State does, wherever it was: a return has one that sends and one that takes.
_BY_STATES = {
    "refoulement": ("CN", "KP"),
    "torture_kp": ("KP",),
    "disappearance": ("KP",),
    "arrest_cn": ("CN",),
}
# People who act, as against States: any case with an act has them.
_PERSONS = frozenset({"person", "official", "any"})


@dataclass(frozen=True, slots=True)
class Openness:
    """An avenue for a case. `why` are ids of sentences or texts of the avenue; `lacks` what it asks for.

    `there` are asks that recorded statements answer; what only a person can tell always stands in `lacks`.
    """

    avenue: Avenue
    status: str
    why: tuple[Texts | str, ...] = field(hash=False)
    there: tuple[Ask, ...]
    lacks: tuple[Ask, ...]
    mandates: tuple[Mandate, ...]


@dataclass(frozen=True, slots=True)
class Complaint:
    """Whether a person can complain against a State to the committee of a treaty, and if not, why."""

    treaty: Treaty
    state: str
    status: str
    why: str

    @property
    def uncertain(self) -> bool:
        """Whether how the State stands to the treaty was noted from memory."""
        return self.state in self.treaty.standing.uncertain


def judge_avenues(
    facts: Facts, acts: Sequence[Act], avenues: Mapping[str, Avenue], treaties: Mapping[str, Treaty]
) -> list[Openness]:
    """Every avenue: bodies of the United Nations first, then by kind."""
    scope = _whole_case(facts, acts)
    states = concern_states(facts, acts)
    ordered = sorted(avenues.values(), key=lambda avenue: KINDS.index(avenue.kind))
    return [_judge_avenue(facts, avenue, scope, states, treaties) for avenue in ordered]


def judge_complaints(facts: Facts, acts: Sequence[Act], treaties: Mapping[str, Treaty]) -> list[Complaint]:
    """Every individual complaint to a treaty body, against each State concerned and the victims' own."""
    victims = {one for act in acts for one in act.victims}
    known = {
        value.upper() for one in victims for fact in facts.about(one, "nationality") for value in fact.values
    }
    states = sorted(concern_states(facts, acts) | (known & set(STATES))) or ["CN", "KP"]
    found = []
    for treaty in treaties.values():
        if treaty.complaint is None:
            continue
        for state in states:
            if not treaty.binds(state):
                why = "not_ratified" if treaty.states[state].standing == "signed" else "not_party"
            else:
                why = "" if state in treaty.open else "not_accepted"
            found.append(Complaint(treaty, state, NOT_OPEN if why else OPEN, why))
    return found


def concern_states(facts: Facts, acts: Sequence[Act]) -> frozenset[str]:
    """The States on whose territory something was done, that did it, or where whoever suffered it lives."""
    states: set[str] = set()
    for act in acts:
        states.update(state for type in act.types for state in _BY_STATES.get(type, ()))
        said = [fact for place in act.places for fact in facts.about(place, "place")]
        said += [fact for one in act.victims for fact in facts.about(one, "lives_in")]
        states.update(state for fact in said for state in STATES if state in fact.values)
    return frozenset(states)


def _judge_avenue(
    facts: Facts,
    avenue: Avenue,
    scope: Scope,
    states: frozenset[str],
    treaties: Mapping[str, Treaty],
) -> Openness:
    why: list[Texts | str] = [avenue.why] if avenue.why is not None else []
    if avenue.available:
        if states and not avenue.addresses & (states | _PERSONS | {"KR"}):
            why.append("other_state")
        treaty = treaties.get(avenue.treaty) if avenue.treaty else None
        bound = states if avenue.addresses & _PERSONS else avenue.addresses & (states or avenue.addresses)
        if treaty is not None and not any(treaty.binds(state) for state in bound or avenue.addresses):
            why.append("no_party")
        why += [need.texts for need in avenue.needs if not _is_met(facts, scope, need)]
    status = DANGEROUS if avenue.gate == "red" else NOT_OPEN if why else OPEN
    there: list[Ask] = []
    lacks: list[Ask] = []
    for id in avenue.asks:
        ask = load_asks()[id]
        (there if _finds(facts, scope, ask.shown_by) else lacks).append(ask)
    fitting = tuple(one for one in avenue.mandates if _finds(facts, scope, one.fits))
    return Openness(avenue, status, tuple(why), tuple(there), tuple(lacks), fitting)


def _is_met(facts: Facts, scope: Scope, need: Need) -> bool:
    if need.any_of and not _finds(facts, scope, need.any_of):
        return False
    if need.none_of and _finds(facts, scope, need.none_of):
        return False
    return facts.first_hand or not need.beyond_media


def _finds(facts: Facts, scope: Scope, patterns: Sequence[Pattern]) -> bool:
    """Whether anything asserts what one of these patterns speaks of."""
    return any(not fact.denies for one in patterns for fact in facts.matching(one, scope.roles[one.role]))


def _whole_case(facts: Facts, acts: Sequence[Act]) -> Scope:
    """All acts of a case together: an avenue hears a case, not one act."""
    scope = make_scope(None, acts, acts, ("perpetrator", "seller", "buyer", "broker"))
    events = {id for id, kind in facts.kinds.items() if kind == "event"}
    victims = {one for act in acts for one in act.victims}
    roles = {**scope.roles, "victim": victims, "act": {*(scope.roles["act"] or ()), *events}}
    return Scope(None, scope.acts, scope.beside, roles)
