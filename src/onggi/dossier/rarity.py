"""How many people of our own records a coded person could be, by what a dossier shows of her.

Floor 5. Pure over a matter. A combination of plain facts (sex, year of leaving, province) singles her out
when few share it. Refused: a promise; it counts who is in this vault, and a neighbour knows more (the page
says so). One constant, K, for combinations and for tables: it may be raised, never lowered (threat-model.md,
P18).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice

from onggi.count.table import K
from onggi.dossier.coarsen import coarsen_value
from onggi.dossier.matter import Ground, Matter
from onggi.dossier.redact import Shown
from onggi.ledger.fold import Folded
from onggi.ledger.weigh import compatible
from onggi.model.value import Unknown, Value

TRAITS = (
    *("sex", "ethnicity", "nationality", "age", "civil_status", "children_count"),
    *("left_on", "left_from", "lives_in", "died_on", "returned_on", "last_seen"),
)
"""What neighbours, officials and relatives know of a person anyway."""


_ALONE = Folded(())  # traits are terms, dates and places: who is who does not matter to them


def count_alike(matter: Matter, shown: Iterable[Shown], persons: Iterable[str]) -> dict[str, int]:
    """How many of our records each of these persons could be by the traits shown, herself included, up to K.

    Persons of whom no such trait is shown on the ground of consent are left out.
    """
    traits = _shown_traits(matter, shown, frozenset(persons))
    recorded = _recorded_traits(matter)
    return {
        person: sum(1 for _ in islice((one for one in recorded.values() if _fits(values, one)), K))
        for person, values in traits.items()
    }


def _shown_traits(
    matter: Matter, shown: Iterable[Shown], persons: frozenset[str]
) -> dict[str, dict[str, list[Value]]]:
    found: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for one in shown:
        subject, property = matter.root(one.origin.statement.subject), one.what.property
        if one.ground is Ground.CONSENT and property in TRAITS and subject in persons:
            found[subject][property].append(one.what.value)
    return found


def _recorded_traits(matter: Matter) -> Mapping[str, dict[str, list[Value]]]:
    """Of everybody in the open record, each trait as it was recorded."""
    found: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for held in matter.view.live_of(*TRAITS):
        said = held.statement
        if said.known and said.what.polarity == "asserts":
            found[matter.root(said.subject)][said.what.property].append(said.value)
    return found


def _fits(shown: Mapping[str, list[Value]], recorded: Mapping[str, list[Value]]) -> bool:
    """Whether somebody has every trait that is shown.

    Of whom nothing is recorded is not counted: that would make a rare combination look common.
    """
    return all(
        any(_agree(property, value, other) for value in values for other in recorded.get(property, ()))
        for property, values in shown.items()
    )


def _agree(property: str, shown: Value, recorded: Value) -> bool:
    """Whether what is shown could be said of somebody of whom this is recorded.

    A day lies in its year and a county in its province; of an age that is shown as a band, the bands are
    compared. Never is an exact value held against one made coarser: everybody would look alike.
    """
    coarse = coarsen_value(property, recorded)
    if type(shown) is not type(recorded) and coarse is not None:
        recorded = coarse[0]
    alike = isinstance(shown, Unknown) or type(shown) is type(recorded)
    return alike and compatible(_ALONE, shown, recorded)
