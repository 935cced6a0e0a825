"""What an estimate says: plain data, the same where it is refused.

Pure.
"""

from dataclasses import dataclass, field
from typing import Literal

from onggi.count.cells import Cells
from onggi.count.population import Population
from onggi.errors import Finding

Status = Literal["estimate", "lower_bound", "refused"]
Setting = str | int | float
ENDS = (0.5, 0.025, 0.975)  # of a range: middle, lower and upper end
ENDLESS = 1000  # times those seen: a range that goes further has no end


@dataclass(frozen=True)
class Model:
    """One model at its default settings. Without numbers where it has none to stand behind."""

    name: str
    median: int | None
    low: int | None
    high: int | None
    rhat: float | None = None
    ess: float | None = None
    settings: dict[str, Setting] = field(default_factory=dict)


@dataclass(frozen=True)
class Panel:
    """The median under one setting."""

    setting: str
    median: int


@dataclass(frozen=True)
class Known:
    """A list taken as a population of known size, and the range that the other lists give for it."""

    name: str
    size: int
    low: int | None
    high: int | None

    @property
    def covered(self) -> bool | None:
        return None if self.low is None or self.high is None else self.low <= self.size <= self.high


@dataclass(frozen=True)
class Answer:
    """All of it. `cells` are those that were estimated from; None where no table could be read. `replicates`
    are those of each replicate of the links, where any were handed in."""

    status: Status
    findings: tuple[Finding, ...]
    cells: Cells | None = None
    population: Population = field(default_factory=Population)
    models: tuple[Model, ...] = ()
    panel: tuple[Panel, ...] = ()
    envelope: tuple[int, int] | None = None
    lower_bound: int | None = None
    known: tuple[Known, ...] = ()
    replicates: tuple[Cells, ...] = ()
