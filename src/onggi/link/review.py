"""What members have still to look at: of two entries whether they are judged, and why to look (§8).

Entries that are held to be the same count as one. Floor 4. Pure, over a view. Refused: nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from onggi.ledger.view import View
from onggi.link.clusters import join_couples
from onggi.link.couples import Couple, order_couple
from onggi.link.judged import Said, read_judged
from onggi.link.judgements import Judgements
from onggi.link.order import Look


class Review:
    """The entries `ids` by number, and what is held and said of them."""

    def __init__(self, view: View, ids: Sequence[str]) -> None:
        self._ids = ids
        self._judged = read_judged(view, ids)
        self._said = Said(view)
        self._labels = join_couples(len(ids), self._judged.settled.same)
        self._parted = self.spread(self._judged.settled.different)

    @property
    def settled(self) -> Judgements:
        """What members hold of entries and what binds."""
        return self._judged.settled

    def find_ends(self, couple: Couple) -> Couple:
        """The clusters of two entries, by the number of the first entry of each."""
        return order_couple(int(self._labels[couple[0]]), int(self._labels[couple[1]]))

    def spread(self, couples: Collection[Couple]) -> frozenset[Couple]:
        """Couples of clusters, where couples of their entries are tied."""
        return frozenset(map(self.find_ends, couples))

    def is_settled(self, couple: Couple) -> bool:
        """Whether members have judged the two, or have them one already."""
        one, other = self.find_ends(couple)
        return one == other or couple in self.settled.different or couple in self._judged.waiting

    def look(self, couple: Couple, probability: float) -> Look:
        """Why to look at a pair."""
        ends = self.find_ends(couple)
        one, other = (self._said.count(self._list_entries(end)) for end in ends)
        since = self._judged.unsure.get(couple)
        unsure = since is not None and not self._said.is_later([self._ids[end] for end in couple], since)
        return Look(probability, (one, other), ends in self._parted, unsure)

    def _list_entries(self, end: int) -> Iterator[str]:
        return (self._ids[member] for member in np.flatnonzero(self._labels == end).tolist())


def number_couples(ids: Sequence[str], pairs: Iterable[frozenset[str]]) -> Iterator[Couple]:
    """Pairs of entries by number; without those of whom one is not among `ids`."""
    places = {id: at for at, id in enumerate(ids)}
    for pair in pairs:
        if len(pair) == 2 and pair <= places.keys():
            one, other = (places[id] for id in pair)
            yield order_couple(one, other)
