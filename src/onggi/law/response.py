"""What the State was told and what it did, as a file of its own: knowledge, duty, omission.

"Confessed, then released" is no footnote to a killing: it has elements of its own, and norms of its own (399,
397, 416, the duty to investigate). Each intervention that answers acts of the case is set out with them.

Pure. Refused: guessing whether officials knew; only what a statement says counts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onggi.law.acts import Act
from onggi.law.elements import Weighed, weigh_element
from onggi.law.facts import Fact, Facts
from onggi.law.norms import Element
from onggi.law.pattern import Pattern, read_pattern
from onggi.law.qualify import Scope, make_scope, weigh_patterns

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
    answered: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        for id in act.responses:
            answered[id].append(act)
    said = _index_quoted(facts, answered)
    return [_describe(facts, id, answered[id], said[id]) for id in sorted(answered)]


def _index_quoted(facts: Facts, answered: Mapping[str, list[Act]]) -> Mapping[str, list[Fact]]:
    """What a source says of each response."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts.items:
        if fact.source is not None and fact.subject in answered:
            found[fact.subject].append(fact)
    return found


def _describe(facts: Facts, id: str, acts: Sequence[Act], said: Sequence[Fact]) -> Response:
    roles = {
        **make_scope(None, acts, acts, ()).roles,
        "response": {id},
        "victim": {one for act in acts for one in act.victims},
    }
    scope = Scope(None, tuple(acts), tuple(acts), roles)
    weighed = tuple(
        weigh_patterns(facts, scope, unknown, unknown.element.shown_by, unknown.element.against)
        for unknown in _list_elements()
    )
    return Response(id, tuple(act.id for act in acts), tuple(fact.id for fact in said), weighed)


@cache
def _list_elements() -> tuple[Weighed, ...]:
    """Each element as it stands where nothing is known; its words stand with the sentences of the room."""
    return tuple(
        weigh_element(Element(name, MappingProxyType({}), (), _read(shown), _read(against)), (), ())
        for name, (shown, against) in _ELEMENTS.items()
    )


def _read(texts: Sequence[str]) -> tuple[Pattern, ...]:
    return tuple(one for text in texts if (one := read_pattern(text)) is not None)
