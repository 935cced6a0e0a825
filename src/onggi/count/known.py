"""Each list as a population of known size, estimated from the others: do they agree with one another?

Pure; the same seed gives the same ranges. Refused: nothing; a list that the others say nothing of has no
range.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from onggi.count.answer import ENDLESS, ENDS, Known
from onggi.count.cells import Cells
from onggi.count.checkpoint import Kept
from onggi.count.dice import roll_dice
from onggi.count.gates import LEAST_LISTS, pass_gates
from onggi.count.graphs import MOST_LISTS, average_graphs
from onggi.count.lower import range_two
from onggi.count.population import Population
from onggi.count.threshold import draw_threshold


def estimate_known(cells: Cells, seed: int, kept: Kept | None = None) -> Iterator[Known]:
    """Each list as a population of known size, estimated from the others (Binette and Steorts 2022).

    The range is that of the models that need no long chains, graphs and Bayes-threshold; where two lists are
    left, that of Chapman (1951). Other lists that have nobody of this one say nothing of it.
    """
    kept = kept or Kept()
    for at, name in enumerate(cells.lists):
        seen = cells.take_list(at)
        met = seen.keep_lists([other for other, size in enumerate(seen.sizes) if size])
        low, high = kept.ask(f"known {at}", partial(_join_ranges, met, cells.width, seed))
        yield Known(name, cells.sizes[at], low, high)


def _join_ranges(cells: Cells, lists: int, seed: int) -> list[int | None]:
    ranges = list(_range_quickly(cells, lists, seed))
    return [min(low for low, _ in ranges), max(high for _, high in ranges)] if ranges else [None, None]


def _range_quickly(cells: Cells, lists: int, seed: int) -> Iterator[tuple[int, int]]:
    if lists == LEAST_LISTS and (found := range_two(cells)) is not None:
        yield found
    if pass_gates(cells, Population()).refused:
        return
    if cells.width <= MOST_LISTS:
        averaged = average_graphs(cells)
        yield round(averaged.find_quantile(ENDS[1])), round(averaged.find_quantile(ENDS[2]))
    drawn = draw_threshold(cells, roll_dice(seed, 2))
    if drawn.mixing.good:
        low, high = np.quantile(drawn.draws, ENDS[1:])
        yield round(low), round(min(high, ENDLESS * cells.people))
