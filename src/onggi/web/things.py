"""Two entries that are no people: found by code, and set side by side as far as the record tells of them.

Over a view of the record: no name is read. What is held to be the same as one of the two is shown with it.
Refused: nothing; two of different kinds are told apart by whoever asks.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from onggi.errors import Finding, OnggiError
from onggi.ledger.fold import TIES
from onggi.ledger.held import Held
from onggi.ledger.ties import touches_accused
from onggi.ledger.view import View
from onggi.model.value import Text
from onggi.web.pairs import Pair, Row, Said, call_others
from onggi.web.shown import HEADED, Showing, label_property, name_entity
from onggi.words import say

_MOST = 20
"""Statements of one kind that are shown of each."""

_MOST_OFFERED = 500
"""Entries that are offered to be chosen."""

_UNSAID = HEADED | {*TIES, "passage"}


def find_thing(view: View, reference: str) -> str | None:
    """The entry that a code or id means, if it is there and no person."""
    try:
        found = view.find(reference)
    except OnggiError:
        return None
    return found if view.kind_of(found) not in (None, "person") else None


def check_other(view: View, one: str, typed: str) -> str | Finding:
    """The entry that is meant beside one that is no person; or why the two cannot be judged."""
    if not typed.strip():
        return Finding("web_two.codeless", "other")
    try:
        other = view.find(typed)
    except OnggiError:
        other = ""
    kind = view.kind_of(other) if other else None
    if kind is None:
        return Finding("web_two.nothing_such", "other")
    if kind != view.kind_of(one):
        return Finding("judge.kinds", "other")
    if other == one:
        return Finding("judge.self", "other")
    if _places(view, one).isdisjoint(_places(view, other)):
        return Finding("web_two.elsewhere", "other")
    return other


def find_compartment(view: View, thing: str) -> str:
    """The compartment in which an entry is recorded."""
    return view.about(thing, "kind")[0].compartment


def list_like(view: View, thing: str) -> list[tuple[str, str]]:
    """Other entries of the same kind by their codes, each with its title, those of the same case first."""
    kind, place = view.kind_of(thing), find_compartment(view, thing)
    case = view.about(thing, "kind")[0].statement.about.case
    found = {
        held.statement.subject: held.statement.about.case == case
        for held in view.of_property("kind")
        if held.compartment == place and held.statement.subject != thing
    }
    like = sorted((one for one in found if view.kind_of(one) == kind), key=lambda one: not found[one])
    coded = ((code, _name(view, one)) for one in like if (code := view.code_of(one)) is not None)
    return list(islice(coded, _MOST_OFFERED))


def show_things(view: View, ids: tuple[str, str], tongue: str) -> Pair:
    """The two, row by row: each property that anything is said of, and where others speak of either."""
    clusters = [sorted(view.sameness(id).cluster(id)) for id in ids]
    said = [_group(held for one in cluster for held in view.live(one)) for cluster in clusters]
    rows = [
        _make_row(view, label_property(name, tongue), [one.get(name, []) for one in said], tongue)
        for name in dict.fromkeys(name for one in said for name in one)
    ]
    pointing = [
        [held for one in cluster for held in view.live_mentioning(one) if _tells(held, cluster)]
        for cluster in clusters
    ]
    if any(pointing):
        rows.append(_make_row(view, say("web_person.mentions", tongue), pointing, tongue, of=True))
    a, b = clusters
    return Pair(
        ids,
        (name_entity(ids[0], view), name_entity(ids[1], view)),
        (call_others(view, a, ids[0]), call_others(view, b, ids[1])),
        touches_accused(view, ids),
        rows,
    )


def _places(view: View, entity: str) -> set[str]:
    return {held.compartment for held in view.about(entity, "kind")}


def _name(view: View, entity: str) -> str:
    texts = (held.statement.value for held in view.live(entity, "title"))
    return next((one.text for one in texts if isinstance(one, Text)), "")


def _group(found: Iterable[Held]) -> dict[str, list[Held]]:
    groups: dict[str, list[Held]] = {}
    for held in found:
        if held.statement.what.property not in _UNSAID:
            groups.setdefault(held.statement.what.property, []).append(held)
    return groups


def _tells(held: Held, cluster: Sequence[str]) -> bool:
    """Whether a statement of another entry speaks of one of these: not what a source merely says."""
    said = held.statement
    return said.subject not in cluster and said.source not in cluster and said.what.property not in _UNSAID


def _make_row(view: View, label: str, found: Sequence[Sequence[Held]], tongue: str, of: bool = False) -> Row:
    first, second = (
        [Said(shown, of) for shown in Showing.of(view, held[:_MOST], tongue).statements(held[:_MOST])]
        for held in found
    )
    left = [max(0, len(held) - _MOST) for held in found]
    return Row(label, [], (first, second), (left[0], left[1]))
