"""Suggestions as they are recorded: in identity, for the member who asked, until she asks again (§8).

It writes through the ledger. Refused: nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onggi.errors import Finding
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger, Placed
from onggi.ledger.standing import list_standing
from onggi.ledger.view import View
from onggi.link.order import Look, order_pairs
from onggi.link.persons import read_persons
from onggi.link.review import Review, number_couples
from onggi.model.likeness import Likeness, Trait
from onggi.model.statement import Polarity
from onggi.model.stratum import Stratum
from onggi.vault.opened import Compartment

ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entries that may be one person: `a` and `b` by id, how they agree, and why to look at them."""

    a: str
    b: str
    probability: float
    traits: tuple[Trait, ...]
    look: Look


@dataclass(frozen=True, slots=True)
class Suggested:
    """What was found; `apart` counts pairs that agree and are two people by what is said of them.

    `learned` is False where weights known beforehand stood in. `withdrawn` are pairs suggested before that
    nobody judged and that are not suggested now, with what they come to today.
    """

    persons: int
    learned: bool
    seed: int
    settings: str
    apart: int
    flags: tuple[Finding, ...]
    found: tuple[Suggestion, ...]
    withdrawn: tuple[Suggestion, ...]
    names: Mapping[str, tuple[str, ...]]


def write_suggestions(
    ledger: Ledger, compartment: Compartment, view: View, suggested: Suggested, version: str
) -> int:
    """Record what is suggested, in identity; what this member was told before of the same two is replaced.

    What is suggested no more is denied. Nothing is written where nothing is new. Returns how many were.
    """
    older = list_older(view, compartment.id, ledger.vault.card.member)
    placed: list[Placed] = []
    told: list[tuple[Suggestion, Polarity]] = [(one, "asserts") for one in suggested.found]
    told += [(one, "denies") for one in suggested.withdrawn]
    for one, polarity in told:
        before = older.get(frozenset((one.a, one.b)), [])
        value = Likeness(
            one.b, f"{one.probability:.4f}", one.traits, suggested.settings, suggested.seed, version
        )
        if any(held.statement.value == value and held.statement.what.polarity == polarity for held in before):
            continue
        case = view.about(one.a, "kind")[0].statement.about.case
        older_ids = [held.id for held in before]
        said = ledger.make_statement(one.a, case, ALIKE, value, polarity=polarity, supersedes=older_ids)
        placed.append((Stratum.IDENTITY, said))
    if placed:
        ledger.append(compartment, placed)
    return len(placed)


def list_open(view: View, compartment: str, persons: Sequence[str]) -> tuple[Suggestion, ...]:
    """What is suggested of persons, by id, and nobody has judged, those most worth a look first.

    Of two runs the later counts, whoever made them.
    """
    latest: dict[frozenset[str], Suggestion] = {}
    review = Review(view, persons)
    for held, told in list_standing(view, ALIKE, Likeness):
        one = held.statement.subject
        pair = frozenset((one, told.other))
        latest.pop(pair, None)
        if held.compartment != compartment or held.statement.what.polarity != "asserts":
            continue
        for couple in number_couples(persons, [pair]):
            if not review.is_settled(couple):
                chance = float(told.probability)
                latest[pair] = Suggestion(one, told.other, chance, told.traits, review.look(couple, chance))
    return tuple(found for found, _ in order_pairs((one, one.look) for one in latest.values()))


def read_open(view: View, compartment: str) -> tuple[tuple[Suggestion, ...], Mapping[str, tuple[str, ...]]]:
    """What `list_open` finds in a compartment, and the names of its persons by id."""
    persons = read_persons(view, compartment)
    ids = persons.records.ids
    return list_open(view, compartment, ids), dict(zip(ids, persons.names, strict=True))


def list_older(view: View, compartment: str, member: str) -> dict[frozenset[str], list[Held]]:
    """The suggestions of a member that stand, by the two they are about."""
    found: dict[frozenset[str], list[Held]] = defaultdict(list)
    for held, value in list_standing(view, ALIKE, Likeness):
        if held.author == member and held.compartment == compartment:
            found[frozenset((held.statement.subject, value.other))].append(held)
    return found
