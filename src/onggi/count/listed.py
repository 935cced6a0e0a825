"""What a table or a vault gave to count: cells, or why there are none, and what is told beside them.

Pure data.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onggi.count.cells import Cells
from onggi.errors import Finding

MOST_LISTS = 10
"""More lists than this are not counted."""


@dataclass(frozen=True, slots=True)
class Listed:
    """How many people stand on which lists, None where a finding is grave; `fed_by` says which list repeats
    which others. `replicates` are the cells of each replicate of the links, where any were handed in; `rows`
    is how many rows of a table were read."""

    cells: Cells | None
    findings: tuple[Finding, ...] = ()
    fed_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    replicates: tuple[Cells, ...] = ()
    rows: int = 0
