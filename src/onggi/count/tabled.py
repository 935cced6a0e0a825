"""A table that is counted, with what was declared of it and the seed: all that decides the answer.

Pure. The command line and the pages count by it, so one table gives the same numbers in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from onggi.count.answer import Answer
from onggi.count.checkpoint import Kept, name_run
from onggi.count.estimate import estimate_listed
from onggi.count.listed import Listed
from onggi.count.population import Population, check_keys, check_lists
from onggi.count.working import Told
from onggi.errors import Finding


@dataclass(frozen=True)
class Tabled:
    """What a table gave, what was declared and what is wrong with that, the seed and our version."""

    table: Listed
    population: Population
    undeclared: Sequence[Finding]
    seed: int
    version: str

    @cached_property
    def listed(self) -> Listed:
        """What is counted, beside all that was found."""
        found = (*self.undeclared, *check_keys(self.population), *self.table.findings)
        return replace(self.table, findings=found)

    @cached_property
    def run(self) -> str:
        """The name of the run, for what is kept of it."""
        return name_run(self.listed, self.population, self.seed, self.version)

    def find_undeclared(self) -> list[Finding]:
        """What is wrong with what was declared: as it was read, and of this table."""
        cells = self.table.cells
        unknown = check_lists(self.population, cells.lists) if cells is not None else []
        return [*self.undeclared, *check_keys(self.population), *unknown]

    def estimate(self, threads: int, told: Told, kept: Kept) -> Answer:
        """The answer; it may be that there is none."""
        return estimate_listed(self.listed, self.population, self.seed, threads=threads, told=told, kept=kept)
