"""What EM learns of features whose truth is known; agreement of clusterings; capture and recapture."""

import numpy as np

from onggi.link.columns import Levels, Numbers
from onggi.link.features import Feature
from onggi.link.model import (
    Background,
    Lean,
    Model,
    Patterns,
    count_matches,
    fit_model,
    learn_lean,
    see_background,
)
from onggi.link.rules import Rule
from onggi.link.stability import agree_clusters

RECORDS = 2500
TRUE_M, TRUE_U = (0.9, 0.7, 0.8), (0.01, 0.02, 0.005)


def make_patterns(matches: int = 2000) -> tuple[Patterns, list[Feature], list[Background], list[Rule]]:
    """Three features of two levels; candidates agree in at least one of the first two."""
    dice = np.random.default_rng(1)
    pairs = RECORDS * (RECORDS - 1) // 2
    same = np.arange(pairs) < matches
    levels = np.stack(
        [dice.random(pairs) < np.where(same, m, u) for m, u in zip(TRUE_M, TRUE_U, strict=True)], axis=1
    )
    rules = levels[:, 0] + 2 * levels[:, 1].astype(np.int64)
    found, counts = np.unique(np.column_stack([levels, rules])[rules > 0], axis=0, return_counts=True)
    nothing = np.empty(0, np.int32)
    features = [
        Feature(name, "category", nothing, 0, ("other", "same"), np.empty(0, np.int8)) for name in "abc"
    ]
    seen = [u + matches / pairs * (m - u) for m, u in zip(TRUE_M, TRUE_U, strict=True)]
    backgrounds = [
        Background(np.array([1 - s, s]), float(pairs), np.zeros(2, bool), np.ones(2)) for s in seen
    ]
    patterns = Patterns(found[:, :3].astype(np.int8), found[:, 3], counts.astype(float))
    return patterns, features, backgrounds, [Rule(((0, "exact"),), 1, 9), Rule(((1, "exact"),), 1, 9)]


def test_em_finds_how_often_one_persons_records_agree() -> None:
    model = fit_model(*make_patterns(), RECORDS)
    learned = [one[1] for one in model.one]
    assert np.allclose(learned, TRUE_M, atol=0.05)
    assert abs(model.matches - 2000) < 200
    assert model.recall is not None and abs(model.recall - (1 - 0.1 * 0.3)) < 0.03


def test_recapture_counts_those_that_no_rule_found() -> None:
    patterns, _, _, rules = make_patterns()
    captured = Patterns(patterns.levels[:3], np.array([1, 2, 3]), np.array([60.0, 30.0, 30.0]))
    total, recall = count_matches(captured, captured.pairs, rules)
    assert 175 < total < 185  # 90 · 60 / 30
    assert recall is not None and abs(recall - 120 / total) < 1e-9


def test_rules_that_look_at_one_feature_tell_no_recall() -> None:
    patterns, _, _, _ = make_patterns()
    assert count_matches(patterns, patterns.pairs, [Rule(((0, "exact"),), 1, 9)])[1] is None


def test_agreement_of_clusterings() -> None:
    one = np.array([0, 0, 2, 2], np.int32)
    assert agree_clusters(one, one) == 1.0
    assert agree_clusters(one, np.array([0, 0, 2, 3], np.int32)) == 2 / 3
    assert agree_clusters(np.arange(4, dtype=np.int32), np.arange(4, dtype=np.int32)) == 1.0


def test_pairs_of_which_nothing_can_be_told_are_no_agreement() -> None:
    """Of half of the pairs nothing can be told: they are missing, and the others are the whole."""
    codes = np.repeat(np.arange(4, dtype=np.int32), 50)

    def near(first: Numbers, second: Numbers) -> Levels:
        return np.where(first % 2 == second % 2, 0, -1).astype(np.int8)

    feature = Feature("a", "place", codes, 4, ("other", "same"), np.ones(4, np.int8), near=near)
    (seen,) = see_background([feature], len(codes), np.random.default_rng(1))
    equal, told = 4 * 50 * 49 / 2, 4 * 50 * 49 / 2 + 2 * 50 * 50
    assert abs(seen.chances[1] - equal / told) < 0.01
    assert abs(seen.pairs / told - 1) < 0.01


def test_a_name_tells_a_sex() -> None:
    """Of two people whose names agree nine in ten are of one sex: that they are says little of being one."""
    levels = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.int8)
    usual = np.array([0.5, 0.5])
    patterns = Patterns(levels, np.ones(4, np.int64), np.array([500.0, 500.0, 100.0, 900.0]))
    lean = learn_lean(Lean(0, 1, np.tile(usual, (2, 1))), patterns, patterns.pairs, usual)
    assert np.allclose(lean.two, [[0.5, 0.5], [0.1, 0.9]], atol=0.02)
    one = (np.array([0.2, 0.8]), np.array([0.02, 0.98]))
    model = Model(one, (np.array([0.99, 0.01]), usual), 10.0, 1e4, None, 1, lean)
    weights = model.weigh(levels)[:, 1]
    assert np.allclose(weights[:2], np.log([0.04, 1.96]))  # names apart: as any two
    assert np.allclose(weights[2:], np.log([0.02 / 0.1, 0.98 / 0.9]), atol=0.2)
