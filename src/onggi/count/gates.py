"""Whether an estimate may be made from these lists at all; each gate that is shut is a reason, and says what
helps.

Pure. Shut: fewer than three lists; a list without anybody; too few people on more than one list; lists that
fall apart into groups without a common person; a list that lies within another, or is declared to be fed by
another; two lists that share nobody though chance alone would have made them, unless that was declared; no
finite estimate even if lists were independent (Fienberg and Rinaldo 2012; loglinear.py); people on lists of
other years than the window.

Open, but told: what the counts show against the assumptions (two lists that meet more often, or less, than
chance), and what was summed or taken together. A referral or a hidden group that leaves no trace in the
counts cannot be seen by anybody; the answer's assumption says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtr
from scipy.stats import binom

from onggi.count.cells import Cells, write_pattern
from onggi.count.loglinear import check_existence, fit_counts, list_mains, list_pairs, make_design
from onggi.count.lower import LEAST_AGAIN
from onggi.count.population import Population
from onggi.errors import Finding

LEAST_LISTS = 3

_SURE = 0.001
_WITHIN = 0.98  # of a list's people on another: that is no list of its own
_EXPECTED = 9.0  # common people by chance; none of them then happens once in 8,000 tables


@dataclass(frozen=True, slots=True)
class Passed:
    """The cells an estimate is made from, and everything that was found; a grave finding is a refusal."""

    cells: Cells
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        return any(finding.grave for finding in self.findings)


def pass_gates(cells: Cells, population: Population) -> Passed:
    """Take lists together that exclude each other by declaration, and look at every gate."""
    merged, findings = _merge_declared(cells, population)
    shut = [*_check_lists(merged), *_check_years(cells, population)]
    if not shut:
        shut = [
            *_check_feeds(cells, population),
            *_check_within(merged),
            *_check_zeros(merged),
            *_check_overlap(merged),
        ]
    return Passed(merged, (*findings, *shut, *_find_dependence(merged, bool(shut))))


def merge_apart(cells: Cells) -> Cells:
    """Lists taken as one that meet less often than chance would have it, empty ones left out: for a bound."""
    cells = cells.keep_lists([at for at, size in enumerate(cells.sizes) if size])
    if cells.width < LEAST_LISTS:
        return cells
    expected = _expect_overlaps(cells)
    apart = [
        (one, other)
        for one in range(cells.width)
        for other in range(one)
        if cells.overlaps[one, other] < expected[one][other] - 3 * sqrt(expected[one][other])
    ]
    return cells.merge_lists(_group_lists(cells.width, apart))


# ---------------------------------------------------------------------------------------------------- gates


def _merge_declared(cells: Cells, population: Population) -> tuple[Cells, list[Finding]]:
    pairs = [
        (cells.lists.index(one), cells.lists.index(other)) for one, other in population.impossible_overlaps
    ]
    findings = []
    for one, other in pairs:
        where = _name(cells, (one, other))
        if cells.overlaps[one, other]:
            shared = int(cells.overlaps[one, other])
            findings.append(Finding("count.gate.impossible", where, {"lists": where, "shared": shared}))
        else:
            findings.append(Finding("count.flag.merged", where, {"lists": where}, grave=False))
    if not pairs:
        return cells, findings
    return cells.merge_lists(_group_lists(cells.width, pairs)), findings


def _check_lists(cells: Cells) -> list[Finding]:
    empty = [at for at, size in enumerate(cells.sizes) if not size]
    found = [Finding("count.gate.empty", _name(cells, [at]), {"lists": _name(cells, [at])}) for at in empty]
    if cells.width < LEAST_LISTS:
        found.append(Finding("count.gate.lists", "", {"lists": cells.width}))
    return found


def _check_years(cells: Cells, population: Population) -> list[Finding]:
    if population.window is None:
        return []
    first, last = population.window
    found = []
    for name, (begins, ends) in population.list_years.items():
        if ends < first or last < begins:
            found.append(Finding("count.gate.years", name, {"lists": name}))
        elif begins < first or last < ends:
            found.append(Finding("count.flag.years", name, {"lists": name}, grave=False))
    return found


def _check_feeds(cells: Cells, population: Population) -> list[Finding]:
    return [
        Finding("count.gate.fed", name, {"lists": name, "by": ", ".join(feeders)})
        for name, feeders in population.fed_by.items()
        if feeders
    ]


def _check_within(cells: Cells) -> list[Finding]:
    """A list whose people nearly all stand on another, beyond what chance explains."""
    found = []
    for one in range(cells.width):
        for other in range(cells.width):
            shared, size = int(cells.overlaps[one, other]), cells.sizes[one]
            if one == other or shared < _WITHIN * size:
                continue
            if shared == size == cells.sizes[other] and other < one:
                continue  # said once of two equal lists
            elsewhere = [at for at in range(cells.width) if at not in (one, other)]
            chance = _share_on(cells, other, elsewhere)
            if binom.sf(shared - 1, size, chance) < _SURE:
                same = shared == size == cells.sizes[other]
                code = "count.gate.same" if same else "count.gate.within"
                within, by = _name(cells, [one]), _name(cells, [other])
                found.append(Finding(code, _name(cells, (one, other)), {"lists": within, "by": by}))
    return found


def _check_zeros(cells: Cells) -> list[Finding]:
    expected = _expect_overlaps(cells)
    return [
        Finding(
            "count.gate.zero",
            _name(cells, (other, one)),
            {"lists": _name(cells, (other, one)), "expected": round(expected[one][other])},
        )
        for one in range(cells.width)
        for other in range(one)
        if not cells.overlaps[one, other] and expected[one][other] >= _EXPECTED
    ]


def _check_overlap(cells: Cells) -> list[Finding]:
    again = cells.people - cells.count_frequencies()[1]
    meeting = [(a, b) for a in range(cells.width) for b in range(a) if cells.overlaps[a, b]]
    if len(_group_lists(cells.width, meeting)) > 1:
        return [Finding("count.gate.apart", "")]
    if again < LEAST_AGAIN:
        return [Finding("count.gate.overlap", "", {"again": again, "least": LEAST_AGAIN})]
    design = make_design(cells, list_mains(cells.width))
    if not check_existence(design, cells.table[list(design.patterns)].astype(float)):
        return [Finding("count.gate.existence", "")]
    return []


# ---------------------------------------------------------------------------------------------------- flags


def _find_dependence(cells: Cells, shut: bool) -> list[Finding]:
    """Two lists that meet more or less often than the rest of the table explains."""
    if shut or cells.width < LEAST_LISTS or not all(cells.sizes):
        return []
    mains = list_mains(cells.width)
    plain = make_design(cells, mains)
    counts = cells.table[list(plain.patterns)].astype(float)
    _, base = fit_counts(plain.matrix, counts[None, :])
    found = []
    for pair in list_pairs(cells.width):
        design = make_design(cells, (*mains, pair))
        if design.vanished or not design.identified:
            continue
        beta, likelihood = fit_counts(design.matrix, counts[None, :])
        gain = max(2 * float(likelihood[0] - base[0]), 0.0)
        if not 2 * float(ndtr(-sqrt(gain))) < _SURE:
            continue
        meets = "count.flag.together" if beta[0, -1] > 0 else "count.flag.apart"
        names = write_pattern(pair, cells.lists)
        found.append(Finding(meets, names, {"lists": names}, grave=False))
    return found


# ------------------------------------------------------------------------------------------------- numbers


def _expect_overlaps(cells: Cells) -> list[list[float]]:
    """Common people of each two lists by chance: what of the others' people each list has, at the least."""
    expected = [[0.0] * cells.width for _ in range(cells.width)]
    for one in range(cells.width):
        for other in range(one):
            elsewhere = [at for at in range(cells.width) if at not in (one, other)]
            chance = _share_on(cells, other, elsewhere) * cells.sizes[one]
            back = _share_on(cells, one, elsewhere) * cells.sizes[other]
            expected[one][other] = expected[other][one] = min(chance, back)
    return expected


def _share_on(cells: Cells, at: int, elsewhere: Sequence[int]) -> float:
    """Which share of those on any of the other lists stands on this one, too."""
    others = sum(1 << other for other in elsewhere)
    rows = list(zip(cells.patterns, cells.counts, strict=True))
    total = sum(count for pattern, count in rows if pattern & others)
    return sum(count for pattern, count in rows if pattern & others and pattern >> at & 1) / max(total, 1)


def _group_lists(width: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    group = list(range(width))
    for one, other in pairs:
        old, new = group[one], group[other]
        group = [new if known == old else known for known in group]
    return [[at for at in range(width) if group[at] == one] for one in dict.fromkeys(group)]


def _name(cells: Cells, at: Sequence[int]) -> str:
    return " + ".join(cells.lists[one] for one in at)
