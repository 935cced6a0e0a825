"""The persons of a vault compared: by what can be learned of them, or by what is known beforehand (§8).

Floor 4. Pure but for the engine. Refused: nothing; flags say what the weights are worth.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from onggi.errors import Finding
from onggi.link.beforehand import FEW_PERSONS, MOST, score_beforehand, weigh_beforehand
from onggi.link.engine import Engine
from onggi.link.features import Feature, make_features
from onggi.link.judgements import Couple, Judgements, compare_couples
from onggi.link.model import Floats, Model
from onggi.link.persons import KINDS, Persons
from onggi.link.run import Watch, link_records

Levels = NDArray[np.int8]
Open = Callable[[], AbstractContextManager[Engine]]

_USELESS = frozenset({"link.flag.few", "link.flag.unstable", "link.flag.nothing"})
_OF_CANDIDATES = frozenset({"link.flag.guard", "link.flag.judgements"})
_MOST_PAIRED = 1000  # persons of whom every pair is looked at


@dataclass(frozen=True, slots=True)
class Compared:
    """Couples with their levels, weights and probabilities."""

    couples: NDArray[np.int32]
    levels: Levels
    weights: Floats
    probability: Floats
    features: Sequence[Feature]
    flags: tuple[Finding, ...]
    learned: bool


def compare_persons(
    persons: Persons,
    settled: Judgements,
    seed: int,
    open_engine: Open,
    watch: Watch,
    older: Collection[Couple],
) -> Compared:
    """Pairs of persons, compared; `older` are couples that are to be among them whatever they come to.

    Of few persons, or where what was learned cannot be relied on, the weights are those known beforehand.
    """
    records = len(persons)
    if records < FEW_PERSONS:
        watch("compare")
        return _weigh_known(make_features(persons.records, KINDS), list_all(records), records, ())
    with open_engine() as engine:
        linkage = link_records(persons.records, KINDS, engine, seed, watch, settled)
    told = zip(linkage.pairs.a.tolist(), linkage.pairs.b.tolist(), strict=True)
    couples = sorted({*told, *older})
    if linkage.model is not None and _USELESS.isdisjoint(flag.code for flag in linkage.flags):
        return _weigh_learned(linkage.model, linkage.features, couples, linkage.flags)
    flags = tuple(flag for flag in linkage.flags if flag.code in _OF_CANDIDATES)
    all_pairs = records <= _MOST_PAIRED
    return _weigh_known(
        linkage.features, list_all(records) if all_pairs else couples, records, () if all_pairs else flags
    )


def list_all(records: int) -> list[Couple]:
    """Every pair there is."""
    return list(combinations(range(records), 2))


def _weigh_known(
    features: Sequence[Feature], couples: Sequence[Couple], records: int, flags: tuple[Finding, ...]
) -> Compared:
    levels = compare_couples(couples, features)
    held = np.array(couples, np.int32).reshape(-1, 2)
    weights = weigh_beforehand(levels, held, features, records)
    few = Finding("link.flag.beforehand", "", {"count": records, "most": f"{MOST:g}"})
    chances = score_beforehand(weights, records)
    return Compared(held, levels, weights, chances, features, (few, *flags), learned=False)


def _weigh_learned(
    model: Model, features: Sequence[Feature], couples: Sequence[Couple], flags: tuple[Finding, ...]
) -> Compared:
    levels = compare_couples(couples, features)
    held = np.array(couples, np.int32).reshape(-1, 2)
    return Compared(held, levels, model.weigh(levels), model.score(levels), features, flags, learned=True)
