"""Names: whether the score of two names is the probability that it is said to be. Prints, asserts nothing.

`python bench/calibration.py` fits the curve of docs/design/names.md §10 on the pairs of figures.tsv and
fresh.tsv and tells how far it is off on those of unseen.tsv, of which nobody stands in the others: split by
person. Half of the pairs are weighed as one person, a quarter as two by lot, a quarter as two who share a
surname and a syllable or all but one. The error is the expected one (ECE): ten bins of the score, in each the
distance between its mean and the share of one person, weighed by how many pairs it has. It is told of the
curve that stands in the program as well.
"""

import math
import random
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from names import Pair, make_pairs, read_figures

from onggi.names.compare import ABOVE, BELOW, BEND, OFFSET, compare

BINS = 10
STEPS = 60  # of Newton's method; ten are enough

Row: TypeAlias = tuple[float, bool, float]  # evidence, whether it is one person, weight
Curve: TypeAlias = tuple[float, float, float]  # offset, slope below the bend, slope above it


def main() -> None:
    """Print the fitted curve and the errors of both."""
    known, fresh, unseen = (list(read_figures(table)) for table in ("figures.tsv", "fresh.tsv", "unseen.tsv"))
    dice = random.Random(7)
    fitting = weigh_pairs([*make_pairs(known, [], dice), *make_pairs(fresh, known, dice)])
    held = weigh_pairs(list(make_pairs(unseen, [*known, *fresh], dice)))
    fitted = fit_curve(fitting)
    print(f"fitted on {len(fitting):,} pairs: {', '.join(f'{value:.3f}' for value in fitted)}, bend {BEND}")
    for says, curve in (("in the program", (OFFSET, BELOW, ABOVE)), ("fitted", fitted)):
        print(f"{says}: ECE {measure_error(fitting, curve):.4f} on the pairs of the fit")
        print(f"{says}: ECE {measure_error(held, curve):.4f} on {len(held):,} pairs of others")
        for low, count, mean, share in tell_bins(held, curve):
            print(f"  {low:.1f}  {count:6,}  score {mean:.3f}  one person {share:.3f}")


def weigh_pairs(pairs: Sequence[Pair]) -> list[Row]:
    """Each pair with its evidence and what it weighs."""
    sorts = [1 if pair.same else 2 if pair.hard else 3 for pair in pairs]
    shares = {sort: part / sorts.count(sort) for sort, part in ((1, 0.5), (2, 0.25), (3, 0.25))}
    return [
        (compare(pair.one.text, pair.other.text).evidence, pair.same, shares[sort])
        for pair, sort in zip(pairs, sorts, strict=True)
    ]


def fit_curve(rows: Iterable[Row]) -> Curve:
    """Logistic regression on the evidence below and above the bend, by Newton's method."""
    points = [((1.0, min(x, BEND), max(x - BEND, 0.0)), float(same), weight) for x, same, weight in rows]
    curve = [0.0, 0.0, 0.0]
    for _ in range(STEPS):
        slope = [0.0] * 3
        bend = [[1e-9 * (row == column) for column in range(3)] for row in range(3)]
        for features, same, weight in points:
            guess = 1 / (1 + math.exp(-sum(a * b for a, b in zip(curve, features, strict=True))))
            for row in range(3):
                slope[row] += weight * (same - guess) * features[row]
                for column in range(3):
                    bend[row][column] += weight * guess * (1 - guess) * features[row] * features[column]
        curve = [value + step for value, step in zip(curve, solve_three(bend, slope), strict=True)]
    return curve[0], curve[1], curve[2]


def solve_three(matrix: list[list[float]], wanted: list[float]) -> list[float]:
    """Three equations, by Cramer's rule."""
    whole = find_determinant(matrix)
    return [
        find_determinant([[*row[:at], end, *row[at + 1 :]] for row, end in zip(matrix, wanted, strict=True)])
        / whole
        for at in range(3)
    ]


def find_determinant(rows: list[list[float]]) -> float:
    """Of three rows of three."""
    (a, b, c), (d, e, f), (g, h, i) = rows
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


def make_scorer(curve: Curve) -> Callable[[float], float]:
    """The curve as a function of the evidence."""
    offset, below, above = curve
    return lambda x: 1 / (1 + math.exp(-offset - below * min(x, BEND) - above * max(x - BEND, 0.0)))


def tell_bins(rows: Sequence[Row], curve: Curve) -> list[tuple[float, int, float, float]]:
    """Of each bin that is not empty: where it begins, how many pairs, mean score, share of one person."""
    score = make_scorer(curve)
    found = []
    for bin in range(BINS):
        inside = [
            (score(x), same, weight) for x, same, weight in rows if min(int(score(x) * BINS), BINS - 1) == bin
        ]
        if total := sum(weight for *_, weight in inside):
            mean = sum(value * weight for value, _, weight in inside) / total
            share = sum(same * weight for _, same, weight in inside) / total
            found.append((bin / BINS, len(inside), mean, share))
    return found


def measure_error(rows: Sequence[Row], curve: Curve) -> float:
    """The expected calibration error."""
    score = make_scorer(curve)
    sums = [[0.0, 0.0] for _ in range(BINS)]
    for x, same, weight in rows:
        value = score(x)
        cell = sums[min(int(value * BINS), BINS - 1)]
        cell[0] += weight * value
        cell[1] += weight * same
    return sum(abs(mean - share) for mean, share in sums) / sum(weight for *_, weight in rows)


if __name__ == "__main__":
    main()
