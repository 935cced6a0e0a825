"""Ties that come with other statements: "the same" of somebody accused becomes a judgement that waits.

Whoever records a file may hold two entries to be one there (`same_as`). Where that would reach somebody
accused, by what was recorded before or by what comes along, it must not tie before a second member has
signed: it is kept under its own id, with its source and its words, as a judgement for two (judgement.py).
What tied before the accusation came waits by the fold (fold.py).

Pure, over a view of what was recorded before. Refused: nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import structs

from onggi.ledger.accused import is_accused
from onggi.ledger.fold import find_root
from onggi.ledger.view import View
from onggi.model.accusing import find_accused
from onggi.model.judgement import Judgement
from onggi.model.statement import Statement
from onggi.model.stratum import Stratum
from onggi.model.value import Entity

JUDGED = "judged"


def has_ties(placed: Iterable[tuple[Stratum, Statement]]) -> bool:
    """Whether any of these statements holds two entries to be one."""
    return any(_find_other(said) for _, said in placed)


def hold_ties(view: View, placed: Sequence[tuple[Stratum, Statement]]) -> list[tuple[Stratum, Statement]]:
    """The same statements; ties that reach somebody accused are judgements that wait for a second member."""
    coming = [said for _, said in placed]
    reached = _join_entries(view, coming)
    accused = {root for root in set(reached.values()) if _is_accused(view, coming, reached, root)}
    return [(where, _wait(said) if reached.get(said.subject) in accused else said) for where, said in placed]


def touches_accused(view: View, entries: Collection[str]) -> bool:
    """Whether any of these entries, or whatever is held to be the same as it, is accused of something."""
    return is_accused(view, frozenset[str]().union(*map(view.tied, entries)))


def _find_other(said: Statement) -> str | None:
    """The entry that a statement ties its subject to, at once."""
    match said.what.property, said.what.polarity, said.value:
        case "same_as", "asserts", Entity(entity=other):
            return other
    return None


def _join_entries(view: View, coming: Iterable[Statement]) -> Mapping[str, str]:
    """Of each entry that what comes would tie, one of those with which it would be one."""
    parents: dict[str, str] = {}
    for said in coming:
        other = _find_other(said)
        if other is not None:
            for one in view.tied(said.subject) | view.tied(other):
                parents[find_root(parents, one)] = find_root(parents, said.subject)
    return {one: find_root(parents, one) for one in list(parents)}


def _is_accused(view: View, coming: Iterable[Statement], reached: Mapping[str, str], root: str) -> bool:
    entries = frozenset(one for one, found in reached.items() if found == root)
    return is_accused(view, entries) or any(find_accused(said) in entries for said in coming)


def _wait(said: Statement) -> Statement:
    """The same as a judgement for two; what ties nothing stays what it is."""
    other = _find_other(said)
    if other is None:
        return said
    what = structs.replace(said.what, property=JUDGED, value=Judgement(other, "same", "", True))
    return structs.replace(said, what=what)
