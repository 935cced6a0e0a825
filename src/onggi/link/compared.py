"""The persons of a vault compared: by what can be learned of them, or by what is known beforehand (§8).

Floor 4. Pure but for the engine. Refused: nothing; flags say what the weights are worth.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

import numpy as np

from onggi.errors import Finding
from onggi.link.beforehand import FEW_RECORDS, MOST, cap_unnamed, flag_beforehand, weigh_couples
from onggi.link.calibration import learn_calibration
from onggi.link.columns import Floats, Levels
from onggi.link.couples import Couple, compare_couples, list_all
from onggi.link.engine import Engine
from onggi.link.features import Feature, make_features
from onggi.link.judgements import Judgements
from onggi.link.model import Model
from onggi.link.persons import KINDS, Persons
from onggi.link.run import Watch, link_records

Open = Callable[[], AbstractContextManager[Engine]]

_USELESS = frozenset({"link.flag.few", "link.flag.unstable", "link.flag.nothing"})
_OF_CANDIDATES = frozenset({"link.flag.guard", "link.flag.judgements"})
_MOST_PAIRED = 1000  # persons of whom every pair is looked at


@dataclass(frozen=True, slots=True)
class Compared:
    """Couples with their levels, weights and probabilities, which stay low where no names agree."""

    couples: Sequence[Couple]
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
    if records < FEW_RECORDS:
        watch("compare")
        known = _weigh_known(make_features(persons.records, KINDS), list_all(records), records, ())
        return _bear_out(known, settled)
    with open_engine() as engine:
        linkage = link_records(persons.records, KINDS, engine, seed, watch, settled)
    told = zip(linkage.pairs.a.tolist(), linkage.pairs.b.tolist(), strict=True)
    couples = sorted({*told, *older, *settled.same, *settled.different})
    if linkage.model is not None and _USELESS.isdisjoint(flag.code for flag in linkage.flags):
        return _bear_out(_weigh_learned(linkage.model, linkage.features, couples, linkage.flags), settled)
    flags = tuple(flag for flag in linkage.flags if flag.code in _OF_CANDIDATES)
    all_pairs = records <= _MOST_PAIRED
    known = _weigh_known(
        linkage.features, list_all(records) if all_pairs else couples, records, () if all_pairs else flags
    )
    return _bear_out(known, settled)


def _bear_out(compared: Compared, settled: Judgements) -> Compared:
    """Probabilities as judgements bear them out, where these are enough; bounds hold as before."""
    verdicts = {**dict.fromkeys(settled.different, False), **dict.fromkeys(settled.same, True)}
    places = [at for at, couple in enumerate(compared.couples) if couple in verdicts]
    same = np.array([verdicts[compared.couples[at]] for at in places], bool)
    found = learn_calibration(compared.probability[places], same)
    if found is None:
        return compared
    values: dict[str, str | int] = {
        "count": found.pairs, "before": f"{found.before:.3f}", "after": f"{found.after:.3f}",
    }  # fmt: skip
    bent = np.minimum(found.curve.apply(compared.probability), 1.0 if compared.learned else MOST)
    return replace(
        compared,
        probability=cap_unnamed(bent, compared.levels, compared.features),
        flags=(*compared.flags, Finding("link.flag.calibrated", "", values, grave=False)),
    )


def _weigh_known(
    features: Sequence[Feature], couples: Sequence[Couple], records: int, flags: tuple[Finding, ...]
) -> Compared:
    known = weigh_couples(couples, features, records)
    told = (flag_beforehand(records), *flags)
    return Compared(couples, known.levels, known.weights, known.probability, features, told, learned=False)


def _weigh_learned(
    model: Model, features: Sequence[Feature], couples: Sequence[Couple], flags: tuple[Finding, ...]
) -> Compared:
    levels = compare_couples(couples, features)
    chances = cap_unnamed(model.score(levels), levels, features)
    return Compared(couples, levels, model.weigh(levels), chances, features, flags, learned=True)
