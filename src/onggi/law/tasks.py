"""What is missing, as work: which kind of evidence would close a gap, and how it is asked for without danger.

Pure. One task for each element of a suggested norm that is not known or contradicted. Refused: sending
anybody for evidence whose asking can lead to an arrest; such a kind says so and stands last.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onggi.law.elements import NOT_KNOWN, SUPPORTED, Weighed
from onggi.law.facts import Facts
from onggi.law.norms import Evidence, load_evidence
from onggi.law.qualify import Suggestion

# What she herself could have told, and who may have seen it where she can tell no more.
_OWN, _INSTEAD = "testimony_victim", "testimony_direct"


@dataclass(frozen=True, slots=True)
class Task:
    """An element that is not shown, and the kinds of evidence that would show it, safe ones first."""

    suggestion: Suggestion
    weighed: Weighed
    evidence: tuple[Evidence, ...]

    @property
    def reason(self) -> str:
        """`missing`, or `contradicted` where what is recorded has to be settled."""
        return "missing" if self.weighed.state == NOT_KNOWN else "contradicted"


def list_tasks(facts: Facts, suggestions: Iterable[Suggestion]) -> list[Task]:
    """What is missing, in the order of the suggestions; nobody is sent to ask the dead."""
    return [
        Task(one, weighed, _order(weighed.element.evidence, facts.is_dead(one.scope.victim)))
        for one in suggestions
        for weighed in one.elements
        if weighed.state != SUPPORTED
    ]


@cache  # the kinds that an element names are few, and the same for everybody in a case
def _order(ids: tuple[str, ...], dead: bool) -> tuple[Evidence, ...]:
    kinds = load_evidence()
    asked = dict.fromkeys(_INSTEAD if dead and id == _OWN else id for id in ids)
    return tuple(sorted((kinds[id] for id in asked), key=lambda evidence: evidence.danger))
