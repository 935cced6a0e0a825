"""From records to pairs, clusters and what must be said of them: `onggi link` without its files (§1).

Floor 4. Pure but for the engine; dice come as a seed. Refused: nothing; what cannot be linked is not linked,
and flags say why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from onggi.errors import Finding
from onggi.link.beforehand import FEW_RECORDS, flag_beforehand, weigh_couples
from onggi.link.clusters import Contradiction, Pairs, cluster_pairs, find_contradictions
from onggi.link.columns import Floats, Levels, Numbers, Records
from onggi.link.couples import list_all, number_couples
from onggi.link.engine import (
    Engine,
    attach_values,
    compare_values,
    count_patterns,
    list_value_pairs,
    put_records,
    select_pairs,
    unpack_codes,
)
from onggi.link.features import Feature, make_features
from onggi.link.judgements import NO_JUDGEMENTS, Judgements, bind_pairs, pin_patterns
from onggi.link.model import Model, Patterns, Start, fit_model, see_background
from onggi.link.rules import Choice, find_candidates
from onggi.link.stability import Stability, check_stability

LEAST = 0.01  # probability of a pair that is told
_FEW = 20.0  # pairs of one person from which little is learned

Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Linkage:
    """What was found.

    `pairs` are those of probability 0.01 and more, `levels` and `weights` (pairs, features) how they agree.
    `clusters` holds for each record the number of the first record of its cluster. `flags` are what a reader
    must know before any of it is used.
    """

    records: int
    features: tuple[Feature, ...]
    choice: Choice
    model: Model | None
    patterns: Patterns | None
    pairs: Pairs
    levels: Levels
    weights: Floats
    clusters: Numbers
    contradictions: tuple[Contradiction, ...]
    stability: Stability
    flags: tuple[Finding, ...]

    @property
    def learned(self) -> bool:
        """Whether the weights are the model's; of few records they are those known beforehand."""
        return self.model is not None and self.records >= FEW_RECORDS


def link_records(
    records: Records,
    kinds: Mapping[str, str],
    engine: Engine,
    seed: int,
    watch: Watch = lambda stage: None,
    judgements: Judgements = NO_JUDGEMENTS,
) -> Linkage:
    """Link the records of one or several lists; `kinds` says what is compared (table.TableMap.kinds)."""
    watch("values")
    features = make_features(records, kinds)
    watch("candidates")
    choice, pairs = find_candidates(engine, features, len(records))
    if pairs is None:
        return _find_nothing(records, features, choice)
    watch("compare")
    attached = engine.keep(attach_values(pairs, put_records(engine, features)))
    nears = {}
    for at, feature in enumerate(features):
        if feature.near is not None:
            first, second = list_value_pairs(engine, attached, at)
            levels = feature.near(first, second)
            kept = levels != 0
            nears[at] = engine.put(p=first[kept], q=second[kept], level=levels[kept])
    compared = engine.keep(compare_values(engine, attached, features, nears))
    counted = count_patterns(engine, compared)
    patterns = Patterns(unpack_codes(counted["code"], features), counted["rules"], counted["pairs"] * 1.0)
    watch("learn")
    backgrounds = see_background(features, len(records), np.random.default_rng(seed))
    pins = pin_patterns(judgements, features)

    def fit(start: Start, used: int) -> Model:
        return fit_model(
            patterns, features, backgrounds, choice.used, len(records), start=start, used=used, pins=pins
        )

    model = fit(Start(), -1)
    codes = np.unique(counted["code"])
    few = len(records) < FEW_RECORDS
    likely = codes if few else codes[model.score(unpack_codes(codes, features)) >= LEAST]
    found = select_pairs(engine, compared, likely)
    watch("clusters")
    a, b, levels = found["a"], found["b"], unpack_codes(found["code"], features)
    names = [feature.name for feature in features]
    stability = check_stability(model, fit, choice.used, names, len(records), a, b, levels)
    known = weigh_couples(list_all(len(records)), features, len(records)) if few else None
    chances = model.score(levels) if known is None else known.probability[number_couples(len(records), a, b)]
    kept = chances >= LEAST
    held, levels = bind_pairs(a[kept], b[kept], chances[kept], levels[kept], judgements, features)
    weights = (
        model.weigh(levels) if known is None else known.weights[number_couples(len(records), held.a, held.b)]
    )
    clusters = cluster_pairs(len(records), held)
    contradictions = tuple(find_contradictions(clusters, held))
    return Linkage(
        records=len(records),
        features=tuple(features),
        choice=choice,
        model=model,
        patterns=patterns,
        pairs=held,
        levels=levels,
        weights=weights,
        clusters=clusters,
        contradictions=contradictions,
        stability=stability,
        flags=tuple(_raise_flags(records, choice, model, stability, contradictions, judgements)),
    )


def _find_nothing(records: Records, features: list[Feature], choice: Choice) -> Linkage:
    """No two records share anything that could bring them together."""
    nobody = np.empty(0, np.int32)
    return Linkage(
        records=len(records),
        features=tuple(features),
        choice=choice,
        model=None,
        patterns=None,
        pairs=Pairs(nobody, nobody, np.empty(0), np.empty(0, np.int8)),
        levels=np.empty((0, len(features)), np.int8),
        weights=np.empty((0, len(features))),
        clusters=np.arange(len(records), dtype=np.int32),
        contradictions=(),
        stability=Stability(()),
        flags=(Finding("link.flag.nothing", "", {"count": len(records)}),),
    )


def _raise_flags(
    records: Records,
    choice: Choice,
    model: Model,
    stability: Stability,
    contradictions: tuple[Contradiction, ...],
    judgements: Judgements,
) -> list[Finding]:
    flags = []
    if len(records) < FEW_RECORDS:
        flags.append(flag_beforehand(len(records)))
    if not stability.holds:
        flags.append(Finding("link.flag.unstable", "", {"spread": f"{stability.spread:.3f}"}))
    if model.matches < _FEW:
        flags.append(Finding("link.flag.few", "", {"count": round(model.matches)}))
    if model.recall is None:
        flags.append(Finding("link.flag.recall", ""))
    left = sum(rule.left_pairs for rule in choice.used)
    if left or choice.refused:
        values: dict[str, str | int] = {"rules": len(choice.refused), "pairs": left}
        flags.append(Finding("link.flag.guard", "", values, grave=False))
    if contradictions:
        flags.append(Finding("link.flag.contradictions", "", {"count": len(contradictions)}, grave=False))
    if judgements.clashes:
        flags.append(Finding("link.flag.judgements", "", {"count": len(judgements.clashes)}))
    if records.left_out:
        flags.append(Finding("link.flag.left_out", "", {"count": records.left_out}))
    return flags
