"""Whether two sets of measurements could well be of one kind: the Mann-Whitney test, without assumptions.

Pure. Ranks only, so that a few calls that the machine interrupted decide nothing.
"""

import math
from collections.abc import Sequence


def compare(first: Sequence[float], second: Sequence[float]) -> float:
    """The two-sided p-value of the Mann-Whitney test, by the normal approximation with ties (n above 20)."""
    ordered = sorted((value, side) for side, values in enumerate((first, second)) for value in values)
    size, rank_sum, ties, at = len(ordered), 0.0, 0, 0
    while at < size:
        end = at
        while end < size and ordered[end][0] == ordered[at][0]:
            end += 1
        rank = (at + 1 + end) / 2
        rank_sum += rank * sum(side == 0 for _, side in ordered[at:end])
        ties += (end - at) ** 3 - (end - at)
        at = end
    n, m = len(first), len(second)
    mean = n * (size + 1) / 2
    variance = n * m / 12 * (size + 1 - ties / (size * (size - 1)))
    return math.erfc(abs(rank_sum - mean) / math.sqrt(2 * variance))
