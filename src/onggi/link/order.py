"""In which order pairs are worth a person's look (§8).

What a judgement is expected to change of the clustering comes first. Whether the two are one is as open as
p (1 − p) says, the variance of what a judgement will say; what then moves is all that is said of whichever of
them is less spoken of. So the hardest pairs stand first; what is as good as sure, or as good as excluded,
comes late, for a look would hardly change anything. Pairs that would join what somebody keeps apart stand
before the rest. What was judged unsure comes last, unless something was said of either since.

Floor 4. Pure. Refused: nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Look:
    """What speaks for looking at a pair: its probability, what is said of each, and what was judged."""

    probability: float
    said: tuple[int, int]
    conflict: bool = False
    unsure: bool = False

    @property
    def gain(self) -> float:
        """How much a judgement is expected to change the clustering, in statements."""
        return self.probability * (1 - self.probability) * (1 + min(self.said))


Pair = TypeVar("Pair")


def order_pairs(looks: Iterable[tuple[Pair, Look]]) -> list[tuple[Pair, Look]]:
    """Pairs, those most worth a look first; equal ones as they came."""
    return sorted(looks, key=lambda one: (one[1].unsure, not one[1].conflict, -one[1].gain))
