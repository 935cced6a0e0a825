"""An estimate of how many there were: what was counted, what came out, and what it can be made again from.

Numbers are whole. `lo` and `hi` are the envelope of all models, None where there is none; `lower` is the
bound from below, None where even that could not be given. It is never one number.

Pure data. Refused: nothing; what may be estimated is decided in `count`.
"""

from typing import Literal, TypeAlias

from msgspec import Struct

Status: TypeAlias = Literal["estimate", "lower_bound", "refused"]


class Estimate(Struct, frozen=True, tag="estimate", tag_field="type", omit_defaults=True, gc=False):
    """How many, of whom, and how: `inputs` is the SHA-256 of the counts and of all that was declared.

    `seen` is how many people stand on any list, `lists` how many lists; `reasons` are ids of findings.
    """

    status: Status
    inputs: str
    version: str
    seed: int
    lists: int
    seen: int
    lo: int | None = None
    hi: int | None = None
    lower: int | None = None
    population: str | None = None
    window: str | None = None
    place: str | None = None
    reasons: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What somebody wrote in it."""
        return tuple(text for text in (self.population, self.window, self.place) if text)
