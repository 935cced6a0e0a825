"""Noise for the numbers of a table, from OpenDP; the only module that knows it.

The discrete Laplace mechanism (Ghosh, Roughgarden and Sundararajan 2009, STOC; sampled exactly as Canonne,
Kamath and Steinke 2020 do), with OpenDP's own dice: what could be drawn again could be taken away again.
Refused: to go on without the extra `onggi[noisy]` (`table.noisy_absent`).
"""

from collections.abc import Sequence
from importlib.util import find_spec
from math import ceil, exp, inf, log, nextafter
from typing import Any

from onggi.errors import Exit, OnggiError

_SURE = 0.05  # one number in twenty may be off by more


def add_noise(numbers: Sequence[int], touched: int, epsilon: int) -> list[int]:
    """The numbers, each with noise of its own; `epsilon` in thousandths.

    `touched` is how many of them may change, by one each, if one person is taken out.

    Raises:
        OnggiError: `table.noisy_absent` where OpenDP is not installed.
    """
    drawn: list[int] = _make_measurement(touched, epsilon)(list(numbers))
    return drawn


def check_noise() -> None:
    """Refuse to begin what could not be ended: `table.noisy_absent` where OpenDP is not installed."""
    if find_spec("opendp") is None:
        raise OnggiError("table.noisy_absent", exit_code=Exit.REFUSED)


def bound_noise(touched: int, epsilon: int) -> int:
    """By how much 19 of 20 numbers are off at most."""
    shrink = exp(-epsilon / 1000 / touched)  # P(|noise| > n) = 2 shrink^(n + 1) / (1 + shrink)
    return max(ceil(log(_SURE * (1 + shrink) / 2) / log(shrink)) - 1, 0)


def _make_measurement(touched: int, epsilon: int) -> Any:
    check_noise()
    import opendp.prelude as dp  # here, since it is an extra

    dp.enable_features("contrib")  # OpenDP's word for what was not proved by its own reviewers on paper
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    scale = touched * 1000 / epsilon
    while not (found := dp.m.make_laplace(*space, scale=scale)).check(touched, epsilon / 1000):
        scale = nextafter(scale, inf)  # the scale was rounded down: less noise than was said
    return found
