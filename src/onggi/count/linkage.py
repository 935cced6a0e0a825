"""What wrong links between lists do to a number: replicates handed in as arrays, and what a declared recall
means.

Pure. A link that was missed makes one person two and the number too high; a false one makes two people one
and the number too low.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onggi.count.cells import Cells, Counts, Reals, count_rows, gather_cells
from onggi.count.graphs import average_graphs
from onggi.count.population import Population

_DRAWS = 400  # of each replicate, by evenly spaced quantiles


@dataclass(frozen=True, slots=True)
class Mixed:
    """Over all replicates: middle, range, and the medians of each, which tell how far linking alone moves
    it."""

    median: float
    low: float
    high: float
    medians: Reals


def mix_replicates(lists: Sequence[str], replicates: Sequence[Counts]) -> Mixed:
    """N over linkage replicates, each people × lists of 0 and 1, all equally likely (a mixture of posteriors,
    not the mean of their ends). Averaged over graphs, because that is exact and takes no chains."""
    at = (np.arange(_DRAWS) + 0.5) / _DRAWS
    drawn = []
    for rows in replicates:
        averaged = average_graphs(count_rows(lists, rows))
        drawn.append([averaged.find_quantile(one) for one in at])
    table = np.array(drawn)
    low, median, high = np.quantile(table, [0.025, 0.5, 0.975])
    return Mixed(float(median), float(low), float(high), np.median(table, axis=1))


def sway_linkage(cells: Cells, population: Population) -> Cells | None:
    """The cells as they would be expected without the declared errors of linking; None where none is
    declared.

    Each common person of two lists is kept with the share of true links and stands for one over the recall:
    what is added comes from people of one list alone, what is taken goes back there.
    """
    recall, false = population.linkage_recall, population.linkage_false_merge
    if recall is None and false is None:
        return None
    factor = (1 - (false or 0.0)) / (recall or 1.0)
    table = cells.table.astype(float)
    for pattern in range(1, table.size):
        bits = [1 << at for at in range(cells.width) if pattern >> at & 1]
        if len(bits) < 2:
            continue
        change = float(table[pattern]) * (factor - 1)
        change = min(change, *(float(table[bit]) for bit in bits))
        table[pattern] += change
        for bit in bits:
            table[bit] -= change
    return gather_cells(cells.lists, ((at, int(round(count))) for at, count in enumerate(table.tolist())))
