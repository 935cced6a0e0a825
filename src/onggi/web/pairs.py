"""Two people side by side: what is said of each, row by row, by whom, and what it speaks for.

Over a view in which identity is open. Who is held to be the same as one of the two is shown with her.
Refused: nothing; what is recorded of neither has no row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onggi.ledger.held import Held
from onggi.ledger.ties import touches_accused
from onggi.ledger.view import View
from onggi.link.persons import BYNAMES, NAMES
from onggi.link.suggested import Suggestion
from onggi.link.telling import say_chance, say_reason
from onggi.model.likeness import Trait
from onggi.model.value import Entity, Text
from onggi.model.vocabulary import load_vocabulary
from onggi.web.shown import Piece, Showing, Shown, name_entity
from onggi.words import say

_RELATION = "relation"
_ROWS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("name", (*NAMES, *BYNAMES), ("name",)),
    ("sex", ("sex",), ("sex",)),
    ("birth", ("birth",), ("birth_year",)),
    ("origin", ("origin", "left_from"), ("province", "origin")),
    ("left", ("left_on",), ("left_year",)),
    ("lives", ("lives_in",), ("location",)),
)
"""A row, the properties in it, and the traits that tell how far two agree in it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """How far two agree in one thing, and whether that speaks for one person, for two, or for neither."""

    text: str
    tag: str
    kind: str


@dataclass(frozen=True, slots=True)
class Said:
    """One statement; `of` where it is said of somebody else; `name` is that of the other one of a tie."""

    shown: Shown
    of: bool = False
    name: Piece | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of thing that is said: of the one, of the other; and how much more of each is not shown."""

    label: str
    reasons: list[Reason]
    said: tuple[list[Said], list[Said]]
    more: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries by id; `alike` are those that each is held to be one with, by their codes.

    `chance` is how much speaks for one person, of two that are suggested.
    """

    ids: tuple[str, str]
    codes: tuple[Piece, Piece]
    alike: tuple[list[Piece], list[Piece]]
    accused: bool
    rows: list[Row]
    chance: str = ""
    notes: Sequence[str] = ()


def show_suggested(view: View, one: Suggestion, names: Mapping[str, Sequence[str]], tongue: str) -> Pair:
    """A suggested pair, as somebody looks at it."""
    notes = [("conflict", one.look.conflict), ("unsure", one.look.unsure)]
    return replace(
        show_pair(view, (one.a, one.b), one.traits, names, tongue),
        chance=say_chance(one.probability, tongue),
        notes=[say(f"link.look.{name}", tongue) for name, holds in notes if holds],
    )


def show_pair(
    view: View, ids: tuple[str, str], traits: Iterable[Trait], names: Mapping[str, Sequence[str]], tongue: str
) -> Pair:
    """Two entries, with how far they agree; nobody says how likely they are one."""
    a, b = (sorted(view.sameness(id).cluster(id)) for id in ids)
    reasons = _list_reasons(traits, names.get(ids[0], ()), names.get(ids[1], ()), tongue)
    rows = [
        Row(
            say(f"web_review.row.{label}", tongue),
            [reason for name in traits_of for reason in reasons.get(name, ())],
            (
                _show(view, _find(view, a, properties), tongue),
                _show(view, _find(view, b, properties), tongue),
            ),
        )
        for label, properties, traits_of in _ROWS
    ]
    tied = (_show_tied(view, a, tongue), _show_tied(view, b, tongue))
    rows.append(Row(say("web_review.row.relation", tongue), reasons.get(_RELATION, []), tied))
    return Pair(
        ids,
        (name_entity(ids[0], view), name_entity(ids[1], view)),
        (call_others(view, a, ids[0]), call_others(view, b, ids[1])),
        touches_accused(view, ids),
        [row for row in rows if row.reasons or any(row.said)],
    )


def name_person(view: View, entity: str) -> Piece | None:
    """The first name of an entry that the view has open."""
    texts = (held.statement.value for held in view.live(entity, *NAMES))
    return next((Piece(one.text, one.lang) for one in texts if isinstance(one, Text)), None)


def _list_reasons(
    traits: Iterable[Trait], mine: Sequence[str], others: Sequence[str], tongue: str
) -> dict[str, list[Reason]]:
    found: dict[str, list[Reason]] = {}
    for trait in traits:
        weight = float(trait.weight)
        way, kind = ("one", "well") if weight > 0 else ("two", "doubt") if weight < 0 else ("neither", "")
        text = say_reason(trait, mine, others, tongue)
        found.setdefault(trait.name, []).append(Reason(text, say(f"web_review.for.{way}", tongue), kind))
    return found


def _find(view: View, entries: Iterable[str], properties: Sequence[str]) -> list[Held]:
    return [held for id in entries for held in view.live(id, *properties)]


def _show(view: View, found: Sequence[Held], tongue: str) -> list[Said]:
    showing = Showing.of(view, found, tongue)
    return [Said(showing.statement(held)) for held in found]


def _show_tied(view: View, entries: Sequence[str], tongue: str) -> list[Said]:
    """Who she is to others, and others to her, each of them with a name."""
    relations = tuple(load_vocabulary("relations").terms)
    found = _find(view, entries, relations)
    found += [
        held
        for id in entries
        for held in view.live_mentioning(id)
        if held.statement.what.property in relations and held.statement.value == Entity(id)
    ]
    told = []
    for held, one in zip(found, _show(view, found, tongue), strict=True):
        value, about = held.statement.value, held.statement.subject
        others = about not in entries
        other = value.entity if isinstance(value, Entity) and not others else about
        told.append(replace(one, of=others, name=name_person(view, other)))
    return told


def call_others(view: View, entries: Iterable[str], entity: str) -> list[Piece]:
    """Those with which an entry is held to be one, by their codes."""
    return [name_entity(one, view) for one in entries if one != entity]
