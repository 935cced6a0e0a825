"""What wrong links between lists do to a number: replicates of the links, and what a declared recall means.

Pure. A link that was missed makes one person two and the number too high; a false one makes two people one
and the number too low.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from onggi.count.cells import Cells, Counts, Reals, count_rows, gather_cells
from onggi.count.checkpoint import Kept
from onggi.count.gates import Passed, merge_apart, pass_gates
from onggi.count.graphs import MOST_LISTS, average_graphs
from onggi.count.lower import bound_below
from onggi.count.population import Population
from onggi.count.replicates import LEAST

_DRAWS = 400  # of each replicate, by evenly spaced quantiles

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Mixed:
    """Over all replicates: middle, range, and the medians of each, which tell how far linking alone moves
    it."""

    median: float
    low: float
    high: float
    medians: Reals


@dataclass(frozen=True, slots=True)
class Linked:
    """Replicates as one: the middle one, gates passed, from which models estimate; N over all of them; the
    least of their bounds; the fewest and the most documented; and how many of how many were refused."""

    passed: Passed
    mixed: Mixed
    bound: int
    people: tuple[int, int]
    refused: int
    tried: int


def link_replicates(
    replicates: Sequence[Cells],
    population: Population,
    told: Told | None = None,
    kept: Kept | None = None,
) -> Linked | None:
    """All replicates that pass the gates; None where fewer than LEAST do, or of more lists than graphs
    take."""
    passed = [pass_gates(one, population) for one in replicates]
    good = [one for one in passed if not one.refused]
    if len(good) < LEAST or good[0].cells.width > MOST_LISTS:
        return None
    mixed = mix_cells([one.cells for one in good], told, kept)
    people = [one.cells.people for one in good]
    return Linked(
        good[int(np.argsort(mixed.medians, kind="stable")[len(good) // 2])],
        mixed,
        min(bound_below(merge_apart(one.cells)) for one in passed),
        (min(people), max(people)),
        len(passed) - len(good),
        len(passed),
    )


def mix_replicates(lists: Sequence[str], replicates: Sequence[Counts]) -> Mixed:
    """N over linkage replicates, each people × lists of 0 and 1 (mix_cells)."""
    return mix_cells([count_rows(lists, rows) for rows in replicates])


def mix_cells(replicates: Sequence[Cells], told: Told | None = None, kept: Kept | None = None) -> Mixed:
    """N over linkage replicates, all equally likely (a mixture of posteriors, not the mean of their ends).
    Averaged over graphs, because that is exact and takes no chains."""
    drawn = []
    kept = kept or Kept()
    for number, cells in enumerate(replicates, 1):
        drawn.append(kept.ask(f"links {number}", partial(_draw_evenly, cells)))
        if told is not None:
            told(number, len(replicates))
    table = np.array(drawn)
    low, median, high = np.quantile(table, [0.025, 0.5, 0.975])
    return Mixed(float(median), float(low), float(high), np.median(table, axis=1))


def _draw_evenly(cells: Cells) -> list[float]:
    averaged = average_graphs(cells)
    return [averaged.find_quantile((at + 0.5) / _DRAWS) for at in range(_DRAWS)]


def count_links(population: Population) -> float:
    """The true links for each that was found, as declared."""
    return (1 - (population.linkage_false_merge or 0.0)) / (population.linkage_recall or 1.0)


def sway_linkage(cells: Cells, population: Population) -> Cells | None:
    """The cells as they would be expected without the declared errors of linking; None where none is
    declared.

    Each common person of two lists is kept with the share of true links and stands for one over the recall:
    what is added comes from people of one list alone, what is taken goes back there.
    """
    if population.linkage_recall is None and population.linkage_false_merge is None:
        return None
    factor = count_links(population)
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
