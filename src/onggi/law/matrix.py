"""Which elements of which norms are shown for whom: a line for each element, a column for each person.

Pure; `figures` draws it. The number in a cell is that of independent sources that support it: there is no
score. Codes stand for people, never a name.
"""

from collections.abc import Callable, Sequence

from onggi.figures.figure import Figure
from onggi.figures.matrix import SIGNS, Cell, Line, draw_matrix
from onggi.law.elements import CONTRADICTED, NOT_KNOWN, SUPPORTED, Weighed
from onggi.law.limitation import Limitation
from onggi.law.qualify import Suggestion
from onggi.words import say

_STATES = (SUPPORTED, CONTRADICTED, NOT_KNOWN)
MARKS = dict(zip(_STATES, SIGNS, strict=True))
"""The sign of each state, the same in a terminal, on a page and in a picture."""


def draw_elements(
    charges: Sequence[tuple[Suggestion, Limitation]], lang: str, call: Callable[[str], str]
) -> tuple[Figure, ...]:
    """The pages of the matrix; none where no norm comes up."""
    order = {id: at for at, id in enumerate(dict.fromkeys(one.norm.id for one, _ in charges))}
    victims = list(dict.fromkeys(one.scope.victim for one, _ in charges))
    found: dict[tuple[str, str], dict[str | None, Weighed]] = {}
    texts: dict[tuple[str, str], tuple[str, str]] = {}
    for one, _ in charges:
        for weighed in one.elements:
            key = one.norm.id, weighed.element.id
            texts[key] = f"{one.norm.id} {one.norm.titles[lang]}", weighed.element.texts[lang]
            found.setdefault(key, {})[one.scope.victim] = weighed
    lines = [
        Line(*texts[key], tuple(_cell(of.get(victim)) for victim in victims))
        for key, of in sorted(found.items(), key=lambda pair: order[pair[0][0]])
    ]
    return draw_matrix(
        lines,
        [call(one) if one else say("law.page.nobody", lang) for one in victims],
        title=say("law.matrix.title", lang, notice=say("law.notice", lang)),
        standings=[say(f"law.state.{state}", lang) for state in _STATES],
        corner=say("law.matrix.element", lang),
        lang=lang,
    )


def _cell(weighed: Weighed | None) -> Cell:
    if weighed is None:
        return None
    return _STATES.index(weighed.state), str(weighed.sources) if weighed.sources else ""
