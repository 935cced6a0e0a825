"""From cells to an answer: the gates, a bound from below, and where all are open the models (`working`).

Pure; the seed is handed in, and the answer is the same for one seed on any number of threads. Where a gate is
shut, no model runs and the status is `refused`.
"""

from collections.abc import Sequence
from dataclasses import replace

from onggi.count.answer import Answer
from onggi.count.cells import Cells
from onggi.count.checkpoint import Kept
from onggi.count.gates import merge_apart, pass_gates
from onggi.count.graphs import MOST_LISTS
from onggi.count.linkage import count_links, link_replicates, sway_linkage
from onggi.count.listed import Listed
from onggi.count.lower import bound_below
from onggi.count.population import Population, check_lists
from onggi.count.replicates import LEAST
from onggi.count.working import Told, Working
from onggi.errors import Finding


def estimate_listed(
    listed: Listed,
    population: Population,
    seed: int,
    *,
    threads: int = 1,
    told: Told | None = None,
    kept: Kept | None = None,
) -> Answer:
    """The answer to what a table or a vault gave, beside all that was found there.

    Refused, too, where a finding is grave or where a list was declared that is not there.
    """
    cells = listed.cells
    unknown = check_lists(population, cells.lists) if cells is not None else []
    found = (*unknown, *listed.findings)
    if cells is None or any(one.grave for one in found):
        return Answer("refused", found, population=population)
    declared = replace(population, fed_by={**listed.fed_by, **population.fed_by})
    if listed.replicates:
        answer = estimate_replicates(listed.replicates, declared, seed, threads=threads, told=told, kept=kept)
    else:
        answer = estimate(cells, declared, seed, threads=threads, told=told, kept=kept)
    return replace(answer, findings=(*found, *answer.findings))


def estimate(
    cells: Cells,
    population: Population,
    seed: int,
    *,
    threads: int = 1,
    told: Told | None = None,
    kept: Kept | None = None,
) -> Answer:
    """The whole answer. `told` hears how far each stage is; `kept` holds those that are done."""
    passed = pass_gates(cells, population)
    bound = bound_links(passed.cells, population)
    if passed.refused:
        return Answer("refused", passed.findings, passed.cells, population, lower_bound=bound)
    return Working(passed, population, seed, threads, told, kept or Kept()).run(bound)


def estimate_replicates(
    replicates: Sequence[Cells],
    population: Population,
    seed: int,
    *,
    threads: int = 1,
    told: Told | None = None,
    kept: Kept | None = None,
) -> Answer:
    """The whole answer over replicates of the links: models estimate from the middle one, and the range of
    the graphs is that over all of them."""
    each = None if told is None else lambda done, total: told(10 * done, 10 * total, "links")
    kept = kept or Kept()
    linked = link_replicates(replicates, population, each, kept)
    if linked is None:
        first = pass_gates(replicates[0], population)
        bound = min(bound_below(merge_apart(pass_gates(one, population).cells)) for one in replicates)
        reason = Finding("count.replicates.refused", "", {"least": LEAST, "lists": MOST_LISTS})
        found = (reason, *first.findings)
        return Answer("refused", found, first.cells, population, lower_bound=bound)
    answer = Working(linked.passed, population, seed, threads, told, kept, linked).run(linked.bound)
    return replace(answer, replicates=tuple(replicates))


def bound_links(cells: Cells, population: Population) -> int:
    """The bound from below, and no more than that of the table without the declared errors of linking."""
    swayed, links = sway_linkage(cells, population), count_links(population)
    bound = bound_below(merge_apart(cells))
    return bound if swayed is None else min(bound, bound_below(merge_apart(swayed), links))
