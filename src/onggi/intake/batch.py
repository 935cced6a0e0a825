"""What a file comes to: statements in their strata, ready for the ledger, which gives them unit and recorder.

Floor 5. Pure data; it refuses nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from onggi.model.statement import Statement
from onggi.model.stratum import Stratum


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a batch holds: new entities, statements of each stratum, record statements nobody screened."""

    entities: int
    record: int
    identity: int
    care: int
    unscreened: int


@dataclass(frozen=True, slots=True)
class Batch:
    """All statements of one file about one case; `keys` are the file's own words for its new entities."""

    case: str
    placed: tuple[tuple[Stratum, Statement], ...]
    keys: Mapping[str, str]
    counts: Counts
