"""Refugee sur place: for each person, what is recorded of a risk on return, from her own facts and of others.

`list_returns` and `list_harms` are pure; `find_harms` reads a view. What happened to others who were sent
back from the same State is a count of statements and of independent sources, and never more than that.
Refused: a forecast; anything of others but ids.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from onggi.law.acts import Act, list_acts
from onggi.law.elements import Weighed, weigh_element
from onggi.law.entry import Kind, build_patterns, check_patterns, load_entries, shipped_file
from onggi.law.facts import Fact, Facts, read_facts
from onggi.law.norms import Element
from onggi.law.qualify import group_acts, make_scope, weigh_patterns
from onggi.ledger.view import View
from onggi.model.sheet import Sheet, check_keys, check_texts
from onggi.model.statement import Statement
from onggi.model.value import Term

HOME = "KP"
_RETURNED = ("returned_on", "returned_through")
_SENT_BACK = "refoulement"
_HARM = frozenset({"torture_kp", "disappearance", "killing"})
_STATE = 2  # letters of a State's code


@dataclass(frozen=True, slots=True)
class Harm:
    """A statement that somebody who had been sent back was harmed: of whom, in which case, by whose word.

    `states` are those from which she can have been sent back; `source` None where a member describes it.
    """

    statement: str
    person: str
    case: str
    states: frozenset[str]
    source: str | None


@dataclass(frozen=True, slots=True)
class Returning:
    """A person: each element of a risk on return, and what is recorded of others sent back from there."""

    person: str
    dead: bool
    elements: tuple[Weighed, ...]
    statements: tuple[str, ...]
    sources: int
    cases: int


def list_returns(facts: Facts, acts: Sequence[Act], harms: Iterable[Harm]) -> list[Returning]:
    """Everybody of North Korea who is spoken of in a case, in the order of ids: nobody is to be sent back."""
    harms, groups = tuple(harms), group_acts(acts)
    return [_describe(facts, groups.get(one, []), one, harms) for one in _list_people(facts)]


def find_harms(view: View) -> list[Harm]:
    """What the open strata of all cases say of those who were sent back."""
    said = (held.statement for held in view.live_of(*_RETURNED, "type"))
    cases = {one.about.case for one in said if _tells_of_return(one)}
    return [harm for case in sorted(cases) for harm in list_harms(read_facts(view, case))]


def list_harms(facts: Facts) -> list[Harm]:
    """Each asserted statement that an act harmed somebody who was sent back, once for each of them."""
    groups = group_acts(list_acts(facts))
    returned = {fact.subject for name in _RETURNED for fact in _assert(facts, name)}
    returned |= {one for one, acts in groups.items() if one and any(_SENT_BACK in act.types for act in acts)}
    return [
        Harm(fact.id, one, facts.case, _list_states(facts, groups[one], one), fact.source)
        for one in sorted(returned & groups.keys())
        for act in groups[one]
        if _is_at_home(facts, act)
        for fact in facts.about(act.id, "type")
        if _HARM.intersection(fact.values)
    ]


def _describe(facts: Facts, own: Sequence[Act], person: str, harms: Sequence[Harm]) -> Returning:
    scope = make_scope(person, own, own, ())
    states = _list_states(facts, own, person)
    others = [harm for harm in harms if harm.person != person and harm.states & states]
    return Returning(
        person=person,
        dead=facts.is_dead(person),
        elements=tuple(
            weigh_patterns(facts, scope, unknown, unknown.element.shown_by, unknown.element.against)
            for unknown in load_risks().values()
        ),
        statements=tuple(sorted({harm.statement for harm in others})),
        sources=len({harm.source for harm in others if harm.source}),
        cases=len({harm.case for harm in others}),
    )


def _list_people(facts: Facts) -> list[str]:
    """People and groups who are said to be of North Korea, or to have left it."""
    found = {fact.subject for fact in _assert(facts, "nationality") if "kp" in fact.values}
    found |= {fact.subject for fact in _assert(facts, "left_from") if HOME in fact.values}
    found |= {fact.subject for fact in _assert(facts, "left_on")}
    return sorted(one for one in found if facts.kinds.get(one) in ("person", "group"))


def _list_states(facts: Facts, own: Sequence[Act], person: str) -> frozenset[str]:
    """The States, other than her own, in which she is said to have lived, been sent back or been harmed."""
    said = [fact for name in ("lives_in", "returned_through") for fact in facts.about(person, name)]
    places = (place for act in own for place in act.places)
    said += [fact for place in places for fact in facts.about(place, "place")]
    return frozenset(value for fact in said for value in fact.values if len(value) == _STATE) - {HOME}


def _is_at_home(facts: Facts, act: Act) -> bool:
    """Whether it was done in North Korea: by its kind, or by its recorded place."""
    places = (fact for place in act.places for fact in facts.about(place, "place"))
    return bool(act.types & {"torture_kp", "disappearance"}) or any(HOME in fact.values for fact in places)


def _assert(facts: Facts, name: str) -> Iterator[Fact]:
    return (fact for fact in facts.of_property.get(name, ()) if not fact.denies)


def _tells_of_return(said: Statement) -> bool:
    sent = isinstance(said.value, Term) and said.value.term == _SENT_BACK
    return said.what.property in _RETURNED or sent


@cache
def load_risks() -> Mapping[str, Weighed]:
    """Every element by its id, as it stands where nothing is known."""
    return MappingProxyType(load_entries(_RISK, shipped_file("returning.toml")))


def _check_risk(sheet: Sheet, table: dict[str, Any], id: str) -> Iterator[Any]:
    path = ("risk", id)
    yield from check_keys(sheet, table, frozenset({"text", "shown_by", "against"}), *path)
    yield from check_texts(sheet, table, "text", *path)
    yield from check_patterns(sheet, table, "shown_by", *path)
    yield from check_patterns(sheet, table, "against", *path)


def _build_risk(id: str, table: dict[str, Any]) -> Weighed:
    shown_by, against = build_patterns(table, "shown_by"), build_patterns(table, "against")
    return weigh_element(Element(id, MappingProxyType(table["text"]), (), shown_by, against), (), ())


_RISK = Kind("risk", _check_risk, _build_risk)
