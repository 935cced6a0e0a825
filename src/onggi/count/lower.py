"""How many there are at least: the only number that is given where no estimate can be.

Pure. Three lists and more: the bound of Chao (1987), Biometrics 43, from those on one list and on two, in a
form that allows for lists of different reach, as Rivest and Baillargeon (2007), Biometrics 63, do: over each
two lists the sum of those on one alone times those on the other alone, over all who are on exactly two. It
holds where people differ in how likely they are to be listed. Where lists are alike it is Chao's own, which
takes them for alike, and where one list has most says 5,000 of 3,000. Two lists: Chapman (1951).

Either is a bound of the mean; what is given is the lower end of its 95 % log-normal interval (Chao 1987), and
never less than those who were seen. Both are too high where lists avoid each other, so lists that share fewer
people than chance would make them are taken as one first, and where fewer than `LEAST_AGAIN` people were seen
again, those seen are all that is said. Where two lists are held to be independent, the whole interval of
Chapman is a range. Of a table that was corrected for missed links the variance is that of the table that was
found: who was missed is no count of anybody, and moves the bound as one.
"""

from math import exp, log, sqrt

from onggi.count.cells import Cells

LEAST_AGAIN = 7  # Chapman (1951): below that even the two-list estimate has a bias


def bound_below(cells: Cells, links: float = 1.0) -> int:
    """At least so many people there are. `links` are the true links for each that was found, where the cells
    are corrected by it."""
    people = cells.people
    again = people - cells.count_frequencies()[1] if cells.width else 0
    if cells.width < 2 or again < LEAST_AGAIN:
        return people
    hidden, variance = _chapman(cells, links) if cells.width == 2 else _chao(cells, links)
    if hidden <= 0:
        return people
    return people + int(hidden / _spread(hidden, variance))


def range_two(cells: Cells) -> tuple[int, int] | None:
    """Between which numbers two lists put all people if they know nothing of each other; None where they
    share too few, or one of them lies within the other, which leaves no range."""
    if cells.width != 2 or cells.count_on(3) < LEAST_AGAIN:
        return None
    hidden, variance = _chapman(cells)
    if variance <= 0:
        return None
    spread = _spread(hidden, variance)
    return cells.people + int(hidden / spread), cells.people + round(hidden * spread)


def _spread(hidden: float, variance: float) -> float:
    """The ends of the 95 % log-normal interval are so many times less, and more, than the middle."""
    return exp(1.96 * sqrt(log(1 + variance / hidden**2)))


def _chapman(cells: Cells, links: float = 1.0) -> tuple[float, float]:
    """Those not seen, and the variance."""
    one, other = cells.sizes
    both = cells.count_on(3)
    total = (one + 1) * (other + 1) / (both + 1) - 1
    variance = (one + 1) * (other + 1) * (one - both) * (other - both) / ((both + 1) ** 2 * (both + 2))
    missed = both * max(links - 1, 0)
    return total - cells.people, variance + missed * (total / (both + 1)) ** 2


def _chao(cells: Cells, links: float = 1.0) -> tuple[float, float]:
    """Those not seen, and the variance: of everybody's part in the sum; a missed link's is that of as many
    people on one list each."""
    once = [int(cells.table[1 << at]) for at in range(cells.width)]
    twice = cells.count_frequencies()[2]
    singles = sum(once)
    hidden = sum(one * (singles - one) for one in once) / (2 * (twice + 1))
    twice = max(twice, 1)
    alone = [1 + (singles - one) / twice for one in once]  # what one more person on that list only adds
    apart = sum(one * (singles - one) for one in once) / (2 * twice)
    spread, left = -(cells.people + apart), [float(one) for one in once]
    for pattern, people in zip(cells.patterns, cells.counts, strict=True):
        on = [at for at in range(cells.width) if pattern >> at & 1]
        if len(on) < 2:
            continue
        adds = 1 - apart / twice if len(on) == 2 else 1.0  # and one on so many
        split = sum(alone[at] for at in on)  # who was missed stood there once for each
        found = people / links
        spread += found * (links * adds - (links - 1) * split) ** 2
        spread += max(people - found, 0) * split**2
        for at in on:
            left[at] += min(people - found, 0)
    return hidden, spread + sum(one * adds**2 for one, adds in zip(left, alone, strict=True))
