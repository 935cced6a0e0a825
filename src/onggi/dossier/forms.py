"""The forms a dossier takes: which sections its reader gets, in which order, and how it must be handled.

Pure data. A form is chosen by the recipient (`law.avenues`); what a reader of that kind looks for first
stands first. Refused: a form without a page on how it can be challenged and how it is checked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from onggi.dossier.sections import (
    challenge,
    chronology,
    contradictions,
    cuts,
    evidence,
    facts,
    legal,
    method,
    people,
    response,
    sources,
    summary,
    verification,
)
from onggi.dossier.told import Told
from onggi.paper.document import Block

Section: TypeAlias = Callable[[Told], tuple[Block, ...]]

_WEIGHING = (contradictions.tell, method.tell, challenge.tell, cuts.tell, verification.tell)
_CASE: tuple[Section, ...] = (
    *(summary.tell, people.tell, chronology.tell, facts.tell, response.tell, legal.tell, sources.tell),
    evidence.tell,
    *_WEIGHING,
)
# Who answers for a State's inaction is told of it before anything else.
_STATE: tuple[Section, ...] = (
    *(summary.tell, people.tell, chronology.tell, response.tell, facts.tell, legal.tell, sources.tell),
    evidence.tell,
    *_WEIGHING,
)
_BRIEF: tuple[Section, ...] = (summary.tell, facts.tell, sources.tell, *_WEIGHING)


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its sections, the mark on each page (a term of `tlp`), and whether published statements may
    leave in it without the consent of whom they speak of."""

    sections: tuple[Section, ...]
    mark: str
    published: bool = False
    individuals: bool = True


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "communication": Form(_STATE, "amber_strict"),
        "petition": Form(_STATE, "amber_strict"),
        "complaint": Form(_CASE, "amber_strict"),
        "archive": Form(_CASE, "amber_strict", published=True),
        "brief": Form(_BRIEF, "green", published=True, individuals=False),
        "sanctions": Form(_CASE, "amber_strict"),
        "protection": Form(_CASE, "red"),
    }
)
