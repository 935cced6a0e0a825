"""A statement with where it came from: the commit, its time, and the member who wrote it. Pure data."""

from typing import TypeAlias

from msgspec import Struct

from onggi.model.statement import Statement

Order: TypeAlias = tuple[tuple[int, int], str, int, int, str]


class Held(Struct, frozen=True, gc=False):
    """A statement as the ledger holds it.

    `time` is the commit's hybrid logical clock, in milliseconds and a counter; `place` the position among
    what was recorded together, which is the order somebody wrote it down in; `leaf` the position in the
    stratum's tree, which is shuffled and tells nothing.
    """

    statement: Statement
    stratum: str
    compartment: str
    commit: str
    log: str
    seq: int
    place: int
    leaf: int
    time: tuple[int, int]
    author: str

    @property
    def id(self) -> str:
        return self.statement.id

    @property
    def order(self) -> Order:
        """Causal first: what a commit had seen has an earlier time than it."""
        return (self.time, self.commit, self.place, self.leaf, self.id)
