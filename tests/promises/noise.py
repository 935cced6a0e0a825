"""Whether bytes look like noise: chi-squared on their counts, and what many files have at one place.

Pure. Each question says how often it raises a false alarm; together they do so less than once in a million.
"""

import math
from collections import Counter
from collections.abc import Sequence

ALARM = 1e-7
_ENDS = 512


def weigh(data: bytes) -> float:
    """The p-value of the chi-squared test that all 256 values are equally frequent (5 KiB or more).

    By the cubic approximation of Wilson and Hilferty, which at 255 degrees is right to a few ten-thousandths.
    """
    expected = len(data) / 256
    counts = Counter(data)
    squares = sum((counts[value] - expected) ** 2 for value in range(256)) / expected
    cube, width = (squares / 255) ** (1 / 3), 2 / (9 * 255)
    return math.erfc((cube - 1 + width) / math.sqrt(2 * width)) / 2


def find_patterned(values: Sequence[float]) -> list[int]:
    """Which p-values are too small or too near to 1, among so many; false once in ten million times."""
    limit = ALARM / (2 * len(values))
    return [at for at, value in enumerate(values) if not limit < value < 1 - limit]


def are_uniform(values: Sequence[float]) -> bool:
    """Whether p-values themselves look uniform: their greatest distance from it, with the bound of Dvoretzky,
    Kiefer, Wolfowitz and Massart; false once in ten million times."""
    size = len(values)
    steps = [max(value - at / size, (at + 1) / size - value) for at, value in enumerate(sorted(values))]
    return max(steps) <= math.sqrt(math.log(2 / ALARM) / (2 * size))


def find_repeats(files: Sequence[bytes]) -> list[int]:
    """The places near the beginning and the end at which one value stands in more files than chance puts it;
    places from the end are negative. False once in ten million times."""
    most = _find_most(len(files))
    places = (*range(_ENDS), *range(-_ENDS, 0))
    return [at for at in places if max(Counter(data[at] for data in files).values()) > most]


def _find_most(files: int) -> int:
    """How many of so many files may have the same value at one place."""
    limit, beyond, most = ALARM / (2 * _ENDS * 256), 0.0, files
    while most and (beyond := beyond + _chance(files, most)) < limit:
        most -= 1
    return most


def _chance(files: int, same: int) -> float:
    """That exactly so many files have one certain value at a place."""
    log = math.lgamma(files + 1) - math.lgamma(same + 1) - math.lgamma(files - same + 1)
    return math.exp(log + same * math.log(1 / 256) + (files - same) * math.log(255 / 256))
