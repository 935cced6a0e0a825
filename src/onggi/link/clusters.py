"""Who is one person: clusters of pairs, contradictions among them, and how sure the clusters are (§6).

Pairs above a bound are joined, whatever follows; what follows and is unlikely is shown, not hidden. The same
pairs give posterior samples: in each component that is not certain, records are moved one at a time to the
cluster they fit best, at random as the odds say (Gibbs). Judgements bind.

Floor 4. Pure; dice are passed in. Refused: nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onggi.link.columns import Floats, Numbers
from onggi.link.couples import Couple, order_couple

BOUND = 0.5  # probability from which two records are joined
_LEAST, _UNSEEN = 0.03, 0.003  # pairs that are looked at, and the chance of those that are not
_LEAST_CHANCE = 1e-30
_UNLIKELY = 0.1  # a pair within a cluster that contradicts it
_BINDING = 1e6  # a judgement outweighs any number of pairs
_SETTLE, _APART = 15, 2  # rounds before the first sample, and between two
_TEMPER = 0.7  # pairs of one cluster repeat what others said: each counts less


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs a < b of records with their probabilities, sorted; `judged` 1 same, -1 different, 0 neither."""

    a: Numbers
    b: Numbers
    probability: Floats
    judged: NDArray[np.int8]

    def choose(self, chosen: NDArray[np.bool_]) -> "Pairs":
        """Some of them."""
        return Pairs(self.a[chosen], self.b[chosen], self.probability[chosen], self.judged[chosen])


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Three records: first–middle and middle–last are joined, first–last is unlikely."""

    first: int
    middle: int
    last: int
    probability: float


def join_pairs(records: int, a: Numbers, b: Numbers) -> Numbers:
    """For each record the smallest number of a record that it is joined with, over any steps."""
    labels = np.arange(records, dtype=np.int32)
    while len(a):
        one, other = labels[a], labels[b]
        apart = one != other
        if not apart.any():
            break
        a, b = a[apart], b[apart]
        np.minimum.at(labels, np.maximum(one, other)[apart], np.minimum(one, other)[apart])
        while not np.array_equal(labels, labels[labels]):
            labels = labels[labels]
    return labels


def join_couples(records: int, couples: Collection[Couple]) -> Numbers:
    """The same of couples."""
    a, b = np.array(list(couples), np.int32).reshape(-1, 2).T
    return join_pairs(records, a, b)


def cluster_pairs(records: int, pairs: Pairs, bound: float = BOUND) -> Numbers:
    """Clusters by average linkage within components: two join while their pairs are likely on average.

    A record that belongs to one of two people who are not one goes to the likelier.
    """
    strong = pairs.probability >= bound
    labels = join_pairs(records, pairs.a[strong], pairs.b[strong])
    inner = _find_open(labels, pairs, bound)
    binding = pairs.probability + _BINDING * pairs.judged
    for members, odds in _list_components(labels, Pairs(pairs.a, pairs.b, binding, pairs.judged), inner):
        split = _join_average(members, odds, bound)
        for record, label in zip(members, split, strict=True):
            labels[record] = label
    return labels


def _find_open(labels: Numbers, pairs: Pairs, bound: float) -> NDArray[np.bool_]:
    """The pairs within those components in which not every two are a pair of at least this probability."""
    own = labels[pairs.a]
    inner = own == labels[pairs.b]
    sizes = np.bincount(labels).astype(np.int64)
    strong = np.bincount(own[inner & (pairs.probability >= bound)], minlength=len(sizes))
    found: NDArray[np.bool_] = inner & (strong < sizes * (sizes - 1) // 2)[own]
    return found


def _list_components(
    labels: Numbers, pairs: Pairs, inner: NDArray[np.bool_]
) -> Sequence[tuple[list[int], dict[Couple, float]]]:
    """The records of each component, and the probabilities of its pairs by their places."""
    places = np.flatnonzero(inner)
    places = places[np.argsort(labels[pairs.a[places]], kind="stable")]
    ends = np.flatnonzero(np.diff(labels[pairs.a[places]], append=-1)) + 1
    a, b, chances = (column[places].tolist() for column in (pairs.a, pairs.b, pairs.probability))
    found = []
    start = 0
    for end in ends.tolist():
        couples = list(zip(a[start:end], b[start:end], strict=True))
        members = sorted({record for couple in couples for record in couple})
        found.append((members, dict(zip(couples, chances[start:end], strict=True))))
        start = end
    return found


def _join_average(members: list[int], chances: dict[Couple, float], bound: float) -> list[int]:
    """Labels of the members: the two clusters whose pairs are likeliest on average join first."""
    clusters: dict[int, list[int]] = {record: [record] for record in members}
    between: dict[int, dict[int, float]] = {record: {} for record in members}
    for (a, b), chance in chances.items():
        between[a][b] = between[b][a] = chance  # sums of probabilities
    while True:
        best, chosen = bound, None
        for one, others in between.items():
            for other, total in others.items():
                if one < other:
                    mean = total / (len(clusters[one]) * len(clusters[other]))
                    if mean > best or (mean == best and chosen is None):
                        best, chosen = mean, (one, other)
        if chosen is None:
            break
        one, other = chosen
        clusters[one] += clusters.pop(other)
        for third, total in between.pop(other).items():
            del between[third][other]
            if third != one:
                between[one][third] = between[third][one] = between[one].get(third, 0.0) + total
    label = {record: min(cluster) for cluster in clusters.values() for record in cluster}
    return [label[record] for record in members]


def number_clusters(labels: Numbers) -> Numbers:
    """Numbers from 1, counted in the order of the first records, for labels that are first records.

    One clustering, or several as rows.
    """
    numbers = np.cumsum(labels == np.arange(labels.shape[-1]), axis=-1, dtype=np.int32)
    numbered: Numbers = np.take_along_axis(numbers, labels, axis=-1)
    return numbered


def find_contradictions(labels: Numbers, pairs: Pairs, most: int = 1000) -> list[Contradiction]:
    """Records in one cluster whose own pair is unlikely, with the record that joins them; worst first."""
    found: list[Contradiction] = []
    for members, chances in _list_components(labels, pairs, _find_open(labels, pairs, _UNLIKELY)):
        for at, first in enumerate(members):
            for last in members[at + 1 :]:
                direct = chances.get((first, last), 0.0)
                if direct >= _UNLIKELY:
                    continue
                through = [
                    (min(chances.get(order_couple(one, end), 0.0) for end in (first, last)), -one)
                    for one in members
                    if one not in (first, last)
                ]
                strength, middle = max(through, default=(0.0, 0))
                if strength >= BOUND:
                    found.append(Contradiction(first, -middle, last, direct))
    return sorted(found, key=lambda one: (one.probability, one.first, one.last))[:most]


def sample_clusters(
    records: int, pairs: Pairs, labels: Numbers, samples: int, dice: np.random.Generator
) -> NDArray[np.int32]:
    """Posterior samples of the clustering: an array (samples, records) of labels, one row each.

    Records without a doubtful pair keep the label they have; the rest are drawn component by component.
    """
    drawn = np.tile(labels, (samples, 1))
    told = pairs.probability >= _LEAST
    pairs = pairs.choose(told | (pairs.judged != 0))
    doubtful = pairs.probability < 0.999
    components = join_pairs(records, pairs.a, pairs.b)
    wavering = np.zeros(records, bool)
    wavering[components[pairs.a[doubtful]]] = True
    inner = wavering[components[pairs.a]]
    for members, chances in _list_components(components, pairs, inner):
        _sample_component(drawn, members, chances, labels, dice)
    return drawn


def _sample_component(
    drawn: NDArray[np.int32],
    members: list[int],
    chances: dict[Couple, float],
    labels: Numbers,
    dice: np.random.Generator,
) -> None:
    """One component, drawn again and again; a record's odds of joining are those of its pairs together."""
    place = {record: at for at, record in enumerate(members)}
    near: list[list[tuple[int, float]]] = [[] for _ in members]
    unseen = _TEMPER * float(np.log(_UNSEEN / (1 - _UNSEEN)))
    for (a, b), chance in chances.items():
        logit = float(np.log(max(chance, _LEAST_CHANCE)) - np.log1p(-min(chance, 1 - 1e-9)))
        near[place[a]].append((place[b], _TEMPER * logit - unseen))
        near[place[b]].append((place[a], _TEMPER * logit - unseen))
    where = [place.get(int(labels[record]), at) for at, record in enumerate(members)]
    sizes = np.bincount(where, minlength=len(members)).tolist()
    pairwise = len(members) == 2
    rounds = _SETTLE + _APART * len(drawn)
    if pairwise:  # two records: what is drawn is the probability itself
        chance = next(iter(chances.values()))
        together = dice.random(len(drawn)) < chance
        drawn[:, members[1]] = np.where(together, members[0], members[1])
        drawn[:, members[0]] = members[0]
        return
    throws = dice.random((rounds, len(members)))
    free = [label for label, size in enumerate(sizes) if size == 0]
    for turn in range(rounds):
        for at in range(len(members)):
            left_cluster = where[at]
            sizes[left_cluster] -= 1
            if sizes[left_cluster] == 0:
                free.append(left_cluster)
            joined: dict[int, float] = {}
            for other, gain in near[at]:
                joined[where[other]] = joined.get(where[other], 0.0) + gain
            options = [(cluster, gain + unseen * sizes[cluster]) for cluster, gain in joined.items()]
            options.append((free[-1], 0.0))
            top = max(weight for _, weight in options)
            odds = [np.exp(max(weight - top, -60.0)) for _, weight in options]
            left = throws[turn, at] * sum(odds)
            chosen = options[-1][0]
            for (cluster, _), odd in zip(options, odds, strict=True):
                left -= odd
                if left <= 0:
                    chosen = cluster
                    break
            where[at] = chosen
            if sizes[chosen] == 0:
                free.pop()
            sizes[chosen] += 1
        sample, rest = divmod(turn - _SETTLE, _APART)
        if turn >= _SETTLE and rest == 0 and sample < len(drawn):
            least: dict[int, int] = {}
            for at, cluster in enumerate(where):
                least.setdefault(cluster, members[at])
            for at, cluster in enumerate(where):
                drawn[sample, members[at]] = least[cluster]
