"""One element against the facts: supported, contradicted or not known, by which statements, how well.

Pure, and monotone: another supporting statement never weakens an element, a contradiction never strengthens
one (tests/law/test_elements.py). There is no score: what supports and what contradicts stand side by side.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from onggi.law.facts import Fact
from onggi.law.norms import Element

SUPPORTED, CONTRADICTED, NOT_KNOWN = "supported", "contradicted", "not_known"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the facts come to for one element.

    `sources` counts independent sources that support it; what a member described has none. `distance` is the
    nearest supporting one's (0 saw it), `grades` are those of the supporting statements, best first.
    """

    element: Element
    state: str
    supporting: tuple[str, ...]
    contradicting: tuple[str, ...]
    sources: int
    distance: int | None
    grades: tuple[str, ...]


def weigh_element(element: Element, supporting: Iterable[Fact], contradicting: Iterable[Fact]) -> Weighed:
    """Contradicted if anything contradicts, else supported if anything supports, else not known."""
    pro = {fact.id: fact for fact in supporting}
    contra = {fact.id: fact for fact in contradicting}
    if not pro and not contra:
        return Weighed(element, NOT_KNOWN, (), (), 0, None, ())
    distances = [fact.distance for fact in pro.values() if fact.distance is not None]
    return Weighed(
        element=element,
        state=CONTRADICTED if contra else SUPPORTED if pro else NOT_KNOWN,
        supporting=tuple(sorted(pro)),
        contradicting=tuple(sorted(contra)),
        sources=len({fact.source for fact in pro.values() if fact.source}),
        distance=min(distances, default=None),
        grades=tuple(sorted({fact.grade for fact in pro.values() if fact.grade})),
    )
