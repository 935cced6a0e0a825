"""What the State was told and what it did, as a file of its own: knowledge, duty, omission.

"Confessed, then released" is no footnote to a killing: it has elements of its own, and norms of its own (399,
397, 416, the duty to investigate). Each intervention that answers acts of the case is set out with them.

Pure. Refused: guessing whether officials knew; only what a statement says counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onggi.law.acts import Act
from onggi.law.elements import Weighed, weigh_element
from onggi.law.facts import Fact, Facts
from onggi.law.norms import Element
from onggi.law.pattern import Pattern, read_pattern
from onggi.law.qualify import find_facts, make_scope

_ELEMENTS = {
    "knowledge": (
        (
            "perpetrator.confessed_to",
            "response.response=received|confession_recorded",
            "response.intervention_type=complaint|request_for_rescue|police_action|reconsideration|upper_review|protection_order",
        ),
        ("response.response=not_received",),
    ),
    "duty": (
        (
            "act.type=killing|suspicious_death|rape|beating|sale|confinement|forced_labour|forced_prostitution",
        ),
        (),
    ),
    "omission": (
        (
            "response.response=no_investigation|improper_investigation|suspect_released|suspect_protected|denied|downgraded|not_received|obstructed|decision_upheld|order_refused",
        ),
        ("response.response=investigated|charged|convicted",),
    ),
}


@dataclass(frozen=True, slots=True)
class Response:
    """One intervention: the acts it answers, what is said of it, and how knowledge, duty, omission stand."""

    id: str
    acts: tuple[str, ...]
    statements: tuple[str, ...]
    elements: tuple[Weighed, ...]


def list_responses(facts: Facts, acts: Sequence[Act]) -> list[Response]:
    """Everything that anybody did about the acts of a case, in the order of ids."""
    ids = sorted({one for act in acts for one in act.responses})
    return [_describe(facts, id, [act for act in acts if id in act.responses]) for id in ids]


def _describe(facts: Facts, id: str, acts: Sequence[Act]) -> Response:
    scope = make_scope(None, acts, acts, ())
    roles = {**scope.roles, "response": {id}}
    victims = {one for act in acts for one in act.victims}
    scope = type(scope)(None, scope.acts, scope.beside, {**roles, "victim": victims})
    weighed = []
    for name, (shown, against) in _ELEMENTS.items():
        element = Element(name, {}, (), _read(shown), _read(against))
        said = find_facts(facts, scope, element.shown_by)
        opposed = find_facts(facts, scope, element.against)
        weighed.append(
            weigh_element(
                element,
                (fact for fact in said if not fact.denies),
                [*(fact for fact in said if fact.denies), *(one for one in opposed if not one.denies)],
            )
        )
    own: list[Fact] = [fact for fact in facts.items if fact.subject == id and fact.source is not None]
    return Response(id, tuple(act.id for act in acts), tuple(fact.id for fact in own), tuple(weighed))


def _read(texts: Sequence[str]) -> tuple[Pattern, ...]:
    return tuple(one for text in texts if (one := read_pattern(text)) is not None)
