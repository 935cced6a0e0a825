"""What people judged: two records are of one person, or of two. It binds, and it teaches (§4, §6).

Floor 4. Pure. A judgement that contradicts what follows from others is not obeyed and not hidden: it is a
clash, and both records stay apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from onggi.link.clusters import Pairs, join_couples
from onggi.link.columns import Floats, Levels, Numbers
from onggi.link.couples import Couple, compare_couples, order_couple
from onggi.link.features import Feature


@dataclass(frozen=True, slots=True)
class Judgements:
    """`same` and `different` couples without contradiction; `clashes` are couples judged both ways."""

    same: frozenset[Couple] = frozenset()
    different: frozenset[Couple] = frozenset()
    clashes: frozenset[Couple] = frozenset()


NO_JUDGEMENTS = Judgements()


def settle_judgements(same: Iterable[Couple], different: Iterable[Couple]) -> Judgements:
    """Judgements of several members, looked at together.

    If a = b and b = c were judged, and a ≠ c too, then a ≠ c is a clash: none of the three is joined by
    judgement, so that nothing merges that somebody says must not; a ≠ c holds.
    """
    joined = {order_couple(*couple) for couple in same if couple[0] != couple[1]}
    apart = {order_couple(*couple) for couple in different if couple[0] != couple[1]}
    records = max((last for _, last in joined | apart), default=-1) + 1
    labels = join_couples(records, joined).tolist()
    clashing = {(one, other) for one, other in apart if labels[one] == labels[other]}
    doubtful = {labels[one] for one, _ in clashing}
    kept = {couple for couple in joined if labels[couple[0]] not in doubtful}
    return Judgements(frozenset(kept), frozenset(apart), frozenset(clashing | (joined - kept)))


def pin_patterns(judgements: Judgements, features: Sequence[Feature]) -> tuple[Levels, Levels] | None:
    """The levels of the couples judged same, and of those judged different; None where there are none."""
    if not judgements.same and not judgements.different:
        return None
    same, different = (sorted(couples) for couples in (judgements.same, judgements.different))
    return compare_couples(same, features), compare_couples(different, features)


def bind_pairs(
    a: Numbers, b: Numbers, probability: Floats, levels: Levels,
    judgements: Judgements, features: Sequence[Feature],
) -> tuple[Pairs, Levels]:  # fmt: skip
    """Pairs and their levels with those judged among them: certain, one way or the other."""
    judged = sorted((judgements.same | judgements.different) - judgements.clashes)
    if not judged:
        return Pairs(a, b, probability, np.zeros(len(a), np.int8)), levels
    first, second = np.array(judged, np.int32).T
    said = np.array([1 if couple in judgements.same else -1 for couple in judged], np.int8)
    scale = np.int64(max(int(b.max(initial=0)), int(second.max())) + 1)
    free = ~np.isin(a * scale + b, first * scale + second)
    columns = (
        np.concatenate([a[free], first]),
        np.concatenate([b[free], second]),
        np.concatenate([probability[free], (said > 0).astype(float)]),
        np.concatenate([np.zeros(int(free.sum()), np.int8), said]),
    )
    order = np.lexsort((columns[1], columns[0]))
    held = np.concatenate([levels[free], compare_couples(judged, features)])
    return Pairs(*(column[order] for column in columns)), held[order]
