"""What members hold of the persons of a vault, by couples of entries, and what was said since (§8).

What waits for a second member binds nothing yet, and its pair is not suggested again.

Floor 4. Pure, over a view. Refused: nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onggi.ledger.fold import TIES, read_tie
from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.link.couples import Couple, order_couple
from onggi.link.judgements import Judgements, settle_judgements

_NOT_SAID = frozenset({*TIES, "alike"})


@dataclass(frozen=True, slots=True)
class Judged:
    """What members hold of couples: the settled judgements, and couples judged unsure with when."""

    settled: Judgements
    unsure: Mapping[Couple, tuple[int, int]]
    waiting: frozenset[Couple]


def read_judged(view: View, ids: Sequence[str]) -> Judged:
    """What is held of entries, by their numbers among `ids`."""
    places = {id: at for at, id in enumerate(ids)}
    couples: dict[str, list[Couple]] = defaultdict(list)
    unsure: dict[Couple, tuple[int, int]] = {}
    waiting = {held.id for held in view.waiting_ties()}
    for held in view.live_of(*TIES):
        tie = read_tie(held.statement)
        if tie is None or held.statement.subject not in places or tie[1] not in places:
            continue
        verdict, other = tie
        couple = order_couple(places[held.statement.subject], places[other])
        couples["waiting" if held.id in waiting else verdict].append(couple)
        if verdict == "unsure":
            unsure[couple] = max(unsure.get(couple, (0, 0)), held.time)
    settled = settle_judgements(couples["same"], couples["different"])
    return Judged(settled, unsure, frozenset(couples["waiting"]))


class Said:
    """How much is said of entries, and whether any of it is later than a moment."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[str, list[Held]] = {}

    def count(self, entities: Iterable[str]) -> int:
        """How much is said of these entries."""
        return sum(len(self._list(one)) for one in entities)

    def is_later(self, entities: Iterable[str], moment: tuple[int, int]) -> bool:
        """Whether something was said of any of them since."""
        return any(held.time > moment for one in entities for held in self._list(one))

    def _list(self, entity: str) -> list[Held]:
        if entity not in self._known:
            live = self._view.live(entity)
            self._known[entity] = [held for held in live if held.statement.what.property not in _NOT_SAID]
        return self._known[entity]
