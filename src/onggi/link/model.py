"""The model: how often one person's records agree, how often two people's do; EM on counts of patterns (§4).

Fellegi and Sunter (1969), estimated by EM (Winkler 1988) over the patterns of agreement among candidates:
millions of pairs are a few thousand patterns. What two people's records agree in is counted over all pairs
there are, not over candidates. A feature learns only from pairs that were found without it: pairs found by a
year agree in the year.

Floor 4. Pure. Refused: nothing; where nothing can be learned, what is known beforehand stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onggi.link.columns import Floats, Levels, count_codes
from onggi.link.features import Feature
from onggi.link.rules import Rule

_SAMPLE = 300_000  # pairs drawn to see how two people's records agree
_SAMPLE_NAMES = 60_000  # where each pair is weighed by the room of names
_ROUNDS, _CLOSE = 200, 3e-4  # of a chance, and of the logarithm of how many pairs there are
_BELIEF = 8.0  # pairs that what is known beforehand counts as
_BELIEF_LEAN = 20.0  # pairs that a sex without a name counts as, at each level of a name
_LEAST_SHARE = 0.02  # of what is seen among all pairs, two people's pairs have at least
_SAME = ("full", "exact")  # parts that all pairs of rare levels share
_RARE = 25  # pairs of a sample; of a level with fewer the candidates know more


@dataclass(frozen=True, slots=True)
class Patterns:
    """Candidates counted: levels of each feature (-1 missing), bits of the rules, and how many pairs."""

    levels: Levels
    rules: NDArray[np.int64]
    pairs: Floats


@dataclass(frozen=True, slots=True)
class Background:
    """Agreement among all pairs of records: chances of levels, pairs in which both have a value.

    `rare` are levels so rare that only candidates can tell how often two people reach them.
    `split` is how a base level divides into levels by rarity.
    """

    chances: Floats
    pairs: float
    rare: NDArray[np.bool_]
    split: Floats


@dataclass(frozen=True, slots=True)
class Lean:
    """A name tells a sex: two people whose names agree are more often both women than any two are.

    `two` are chances (levels of the name, levels of the sex) for two people.
    """

    name: int
    sex: int
    two: Floats

    def correct(self, levels: Levels, usual: Floats) -> Floats:
        """What the weight of the sex of each pattern is too much, given the name."""
        name, sex = levels[:, self.name], levels[:, self.sex]
        told = (name >= 0) & (sex >= 0)
        excess = np.log(self.two) - np.log(usual)
        return np.where(told, excess[np.maximum(name, 0), np.maximum(sex, 0)], 0.0)


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned. `one` and `two`: chances of each level for one person's pairs and two people's.

    `matches` is how many pairs of one person there are among all pairs of records; `recall` the share of them
    among candidates, None where no two rules are independent.
    """

    one: tuple[Floats, ...]
    two: tuple[Floats, ...]
    matches: float
    all_pairs: float
    recall: float | None
    rounds: int
    lean: Lean | None = None

    @property
    def prior(self) -> float:
        """The logarithm of the odds that any two records are of one person."""
        return float(np.log(self.matches) - np.log(max(self.all_pairs - self.matches, 1.0)))

    @property
    def weights(self) -> tuple[Floats, ...]:
        """Of each level the logarithm of how much likelier it is for one person."""
        return tuple(np.log(one) - np.log(two) for one, two in zip(self.one, self.two, strict=True))

    def weigh(self, levels: Levels) -> Floats:
        """The weight of each feature for patterns; 0 where a value is missing."""
        columns = [
            np.append(weights, 0.0)[levels[:, at]]  # -1 reads the last, which is nothing
            for at, weights in enumerate(self.weights)
        ]
        if self.lean is not None:
            columns[self.lean.sex] = columns[self.lean.sex] - self.lean.correct(
                levels, self.two[self.lean.sex]
            )
        return np.stack(columns, axis=1) if columns else np.zeros((len(levels), 0))

    def score(self, levels: Levels) -> Floats:
        """The probability that both records are of one person."""
        return expit(self.prior + self.weigh(levels).sum(axis=1))


def expit(logit: Floats) -> Floats:
    """Odds as a probability."""
    result: Floats = 1 / (1 + np.exp(-np.clip(logit, -60, 60)))
    return result


# ----------------------------------------------------------------------------------------------- all pairs


def see_background(features: Sequence[Feature], records: int, dice: np.random.Generator) -> list[Background]:
    """How any two records agree, by feature: by counting where values are equal, by a sample where not."""
    first = dice.integers(0, records, _SAMPLE, dtype=np.int32)
    second = dice.integers(0, records, _SAMPLE, dtype=np.int32)
    apart = first != second
    return [_see_feature(feature, first[apart], second[apart]) for feature in features]


def _see_feature(feature: Feature, first: NDArray[np.int32], second: NDArray[np.int32]) -> Background:
    drawn = _SAMPLE_NAMES if feature.kind in ("name", "relation") else _SAMPLE
    x, y = feature.codes[first[:drawn]], feature.codes[second[:drawn]]
    held = (x >= 0) & (y >= 0)
    x, y = x[held], y[held]
    other = x != y
    seen = np.zeros(len(feature.levels))
    if feature.near is not None and other.any():
        # In order, so that what was read for one name is still known for the next.
        low, high = np.minimum(x, y)[other], np.maximum(x, y)[other]
        levels = feature.near(low, high)
        seen += np.bincount(levels[levels >= 0], minlength=len(seen))
    else:
        seen[0] += other.sum()
    counts = count_codes(feature.codes, feature.values).astype(float)
    total = counts.sum()
    pairs = total * (total - 1) / 2
    same = np.zeros(len(seen))
    np.add.at(same, feature.equal[feature.equal >= 0], (counts * (counts - 1) / 2)[feature.equal >= 0])
    drawn_other = max(int(other.sum()), 1)  # with those of which nothing can be told: they are no agreement
    unequal = max(pairs - same.sum(), 0.0)
    chances = (seen + 0.5 / len(seen)) / (drawn_other + 0.5) * unequal + same + 1e-3
    pairs = float(chances.sum())
    chances /= max(pairs, 1e-9)
    bases = np.array(feature.bases)
    mass = np.zeros(len(seen))
    np.add.at(mass, feature.equal[feature.equal >= 0], counts[feature.equal >= 0])
    sums = np.bincount(bases, mass, len(seen))[bases]
    split = np.where(np.bincount(bases, minlength=len(seen))[bases] > 1, mass / np.maximum(sums, 1.0), 1.0)
    rare = (np.arange(len(seen)) >= feature.exhaustive) & (chances * drawn_other < _RARE)
    return Background(chances, pairs, rare, np.maximum(split, 1e-6))


# ----------------------------------------------------------------------------------------------------- EM


@dataclass(frozen=True, slots=True)
class Start:
    """Where EM begins: how often one person's records agree, and how many pairs for each record."""

    agree: float = 0.85
    matches: float = 0.3


START = Start()
Pins = tuple[Levels, Levels]  # levels of pairs judged same, and judged different


def fit_model(
    patterns: Patterns,
    features: Sequence[Feature],
    backgrounds: Sequence[Background],
    rules: Sequence[Rule],
    records: int,
    start: Start = START,
    used: int = -1,
    pins: Pins | None = None,
) -> Model:
    """The model by EM. `used` are the bits of the rules whose pairs teach; all by default.

    What people judged to be one person teaches as pairs that are certain. What they judged to be two people
    binds those two and teaches nothing: how two people agree is counted over millions of pairs.
    """
    all_pairs = records * (records - 1) / 2
    free = _list_free(rules, len(features), used)
    whole = {
        rule.keys[0][0] for rule in rules if rule.whole and len(rule.keys) == 1 and rule.keys[0][1] in _SAME
    }
    one = [
        _begin(feature, background, start) for feature, background in zip(features, backgrounds, strict=True)
    ]
    beliefs = [
        _believe(feature, background) for feature, background in zip(features, backgrounds, strict=True)
    ]
    two = [background.chances.copy() for background in backgrounds]
    lean = find_lean(features, two)
    matches, recall = max(start.matches * records, 1.0), None
    rounds = 0
    judged = pins[0] if pins is not None else np.empty((0, len(features)), np.int8)
    for rounds in range(1, _ROUNDS + 1):
        model = Model(tuple(one), tuple(two), matches, all_pairs, recall, rounds, lean)
        logit = model.prior + model.weigh(patterns.levels).sum(axis=1)
        chance = expit(logit) * patterns.pairs
        before, held_matches = list(one), matches
        for at, (feature, background) in enumerate(zip(features, backgrounds, strict=True)):
            levels = patterns.levels[:, at]
            taught = (patterns.rules & free[at] != 0) & (levels >= 0)
            counts = np.bincount(levels[taught], chance[taught], len(feature.levels)).astype(np.float64)
            held = judged[:, at]
            counts += np.bincount(held[held >= 0], minlength=len(counts))
            one[at] = _learn_one(feature, background, counts, beliefs[at])
            counted = levels if at in whole else None
            two[at] = _learn_two(background, counted, patterns.pairs - chance, one[at], matches / all_pairs)
        if lean is not None:
            lean = learn_lean(lean, patterns, patterns.pairs - chance, two[lean.sex])
        matches, recall = count_matches(patterns, chance, rules)
        matches = float(np.clip(matches, 1.0, 0.5 * all_pairs + 1))
        moved = max(
            (float(np.abs(new - old).max()) for new, old in zip(one, before, strict=True)), default=0.0
        )
        if max(moved, abs(float(np.log(matches / held_matches)))) < _CLOSE:
            break
    return Model(tuple(one), tuple(two), matches, all_pairs, recall, rounds, lean)


def count_matches(patterns: Patterns, chance: Floats, rules: Sequence[Rule]) -> tuple[float, float | None]:
    """How many pairs of one person there are, found or not; and the share found (capture and recapture).

    Of those that one rule found without a feature, how many did a rule with nothing but that feature find?
    """
    found = float(chance.sum())
    estimates = []
    for bit, rule in enumerate(rules):
        apart = sum(1 << other for other, one in enumerate(rules) if not one.features & rule.features)
        mine = patterns.rules & (1 << bit) != 0
        theirs = patterns.rules & apart != 0
        both, others = float(chance[mine & theirs].sum()), float(chance[theirs].sum())
        if both >= 5.0:
            total = float(chance[mine].sum())
            estimates.append(((total + 1) * (others + 1) / (both + 1), both))
    if not estimates:
        return max(found, 0.5), None
    values, weights = (np.array(column) for column in zip(*sorted(estimates), strict=True))
    middle = float(values[np.searchsorted(np.cumsum(weights), weights.sum() / 2)])
    total = max(middle, found)
    return total, found / total


def _list_free(rules: Sequence[Rule], features: int, used: int) -> list[int]:
    """For each feature the bits of the rules that do not look at it; all of them where there is none."""
    free = []
    for at in range(features):
        bits = sum(1 << bit for bit, rule in enumerate(rules) if at not in rule.features)
        free.append((bits & used) or bits or -1)
    return free


def _begin(feature: Feature, background: Background, start: Start) -> Floats:
    """A guess: mostly the highest level, less and less of the others, a little as any two people have it."""
    if not feature.ordered:
        return background.chances.copy()
    top = max(feature.bases)
    shape = np.array([(1 - start.agree) ** min(top - base, 3) for base in feature.bases])
    if feature.kind == "name":
        shape = np.array([0.1, *([0.9 / (len(shape) - 1)] * (len(shape) - 1))])
    shape = shape * background.split
    shape /= shape.sum()
    return 0.95 * shape + 0.05 * background.chances


def _believe(feature: Feature, background: Background) -> Floats:
    """What is known beforehand, in pairs."""
    return _BELIEF * _begin(feature, background, START)


def _learn_one(feature: Feature, background: Background, counts: Floats, belief: Floats) -> Floats:
    """Chances of levels for one person; levels that differ in rarity alone divide as records do."""
    bases = np.array(feature.bases)
    total = np.bincount(bases, counts + belief, len(counts))[bases] * background.split
    learned: Floats = total / total.sum()
    return learned


def _learn_two(
    background: Background, levels: Levels | None, chance: Floats, one: Floats, share: float
) -> Floats:
    """Chances of levels for two people: all pairs less those of one.

    Where a rule found all pairs of the rare levels, and so `levels` are given, those are counted among
    candidates.
    """
    two = np.maximum(background.chances - share * one, _LEAST_SHARE * background.chances)
    if levels is not None and background.rare.any():
        held = levels >= 0
        counts = np.bincount(levels[held], chance[held], len(two))
        two = np.where(background.rare, (counts + 0.5) / max(background.pairs, 1.0), two)
    learned: Floats = two / two.sum()
    return learned


def find_lean(features: Sequence[Feature], two: Sequence[Floats]) -> Lean | None:
    """The name and the sex, where there are both; at first no name tells a sex."""
    kinds = [feature.kind for feature in features]
    if "name" not in kinds or "sex" not in kinds:
        return None
    name, sex = kinds.index("name"), kinds.index("sex")
    return Lean(name, sex, np.tile(two[sex], (len(features[name].levels), 1)))


def learn_lean(lean: Lean, patterns: Patterns, chance: Floats, usual: Floats) -> Lean:
    """How often two people's sexes agree at each level of their names; no rule looks at a sex.

    Where names are apart, nothing is told.
    """
    counts = np.zeros_like(lean.two)
    name, sex = patterns.levels[:, lean.name], patterns.levels[:, lean.sex]
    told = (name > 0) & (sex >= 0)
    np.add.at(counts, (name[told], sex[told]), chance[told])
    counts += _BELIEF_LEAN * usual
    return Lean(lean.name, lean.sex, counts / counts.sum(axis=1, keepdims=True))
