"""Two persons that somebody chose, compared with each other and with nobody else (§8).

What was suggested of the two is told as it was. Of others the weights are those known beforehand, and how
many people agree in the same is not looked at: how likely the two are one is not said.

Floor 4. Pure, over a view in which identity is open. Refused: who is no person of the compartment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onggi.errors import Exit, OnggiError
from onggi.ledger.standing import list_standing
from onggi.ledger.view import View
from onggi.link.beforehand import weigh_couples
from onggi.link.columns import Records, number_texts
from onggi.link.couples import order_couple
from onggi.link.features import make_features
from onggi.link.persons import KINDS, Persons, names_child, read_persons
from onggi.link.suggest import list_traits
from onggi.link.suggested import ALIKE
from onggi.model.likeness import Likeness, Trait


@dataclass(frozen=True, slots=True)
class Two:
    """How far two agree, the names of both by id, and whether what is said of them has them two people."""

    traits: tuple[Trait, ...]
    names: Mapping[str, Sequence[str]]
    apart: bool


def compare_two(view: View, compartment: str, one: str, other: str) -> Two:
    """Two entries by id. Raises `ledger.absent` where either is no person of the compartment."""
    persons = read_persons(view, compartment)
    places = {id: at for at, id in enumerate(persons.records.ids)}
    if not {one, other} <= places.keys():
        raise OnggiError("ledger.absent", exit_code=Exit.ABSENT)
    first, second = places[one], places[other]
    return Two(
        _find_suggested(view, compartment, one, other) or _compare(persons, first, second),
        {id: persons.names[places[id]] for id in (one, other)},
        order_couple(first, second) in persons.related or names_child(persons, first, second),
    )


def _find_suggested(view: View, compartment: str, one: str, other: str) -> tuple[Trait, ...]:
    """In what the two agreed when they were suggested last."""
    told = [
        value.traits
        for held, value in list_standing(view, ALIKE, Likeness)
        if held.compartment == compartment and {held.statement.subject, value.other} == {one, other}
    ]
    return told[-1] if told else ()


def _compare(persons: Persons, *places: int) -> tuple[Trait, ...]:
    columns = {
        name: number_texts([column.texts[column.codes[at]] if column.codes[at] >= 0 else "" for at in places])
        for name, column in persons.records.columns.items()
    }
    records = Records(tuple(persons.records.ids[at] for at in places), columns)
    features = make_features(records, KINDS)
    known = weigh_couples([(0, 1)], features, len(records))
    return list_traits(features, known.levels[0], known.weights[0])
