"""From records to pairs with their probabilities: what `onggi link` does, without its files (§1)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onggi.link.columns import Numbers, Records
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
from onggi.link.model import Floats, Model, Patterns, fit_model, see_background
from onggi.link.rules import Choice, find_candidates

LEAST = 0.01  # probability of a pair that is told

Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Linkage:
    """What was found: pairs a < b of records with probability and the weight of each feature."""

    features: tuple[Feature, ...]
    choice: Choice
    model: Model | None
    patterns: Patterns | None
    a: Numbers
    b: Numbers
    probability: Floats
    levels: NDArray[np.int8]


def link_records(
    records: Records, kinds: Mapping[str, str], engine: Engine, seed: int, watch: Watch = lambda stage: None
) -> Linkage:
    """Link the records of one or several lists."""
    watch("read")
    features = make_features(records, kinds)
    nothing = np.empty(0, np.int32)
    dice = np.random.default_rng(seed)
    watch("candidates")
    choice, pairs = find_candidates(engine, features, len(records))
    if pairs is None:
        empty = np.empty((0, len(features)), np.int8)
        return Linkage(tuple(features), choice, None, None, nothing, nothing, np.empty(0), empty)
    watch("compare")
    attached = engine.keep(attach_values(pairs, put_records(engine, features)))
    nears = {}
    for at, feature in enumerate(features):
        if feature.near is not None:
            watch("compare " + feature.name)
            first, second = list_value_pairs(engine, attached, at)
            levels = feature.near(first, second)
            kept = levels != 0
            nears[at] = engine.put(p=first[kept], q=second[kept], level=levels[kept])
    watch("patterns")
    compared = engine.keep(compare_values(engine, attached, features, nears))
    counted = count_patterns(engine, compared)
    patterns = Patterns(
        unpack_codes(counted["code"], features), counted["rules"], counted["pairs"].astype(float)
    )
    watch("background")
    backgrounds = see_background(features, len(records), dice)
    watch("learn")
    model = fit_model(patterns, features, backgrounds, choice.used, len(records))
    watch("score")
    codes = np.unique(counted["code"])
    chances = model.score(unpack_codes(codes, features))
    found = select_pairs(engine, compared, codes[chances >= LEAST])
    levels = unpack_codes(found["code"], features)
    watch("done")
    return Linkage(
        tuple(features), choice, model, patterns, found["a"], found["b"], model.score(levels), levels
    )
