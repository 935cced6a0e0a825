"""Likeness: what a comparison makes of two entries: how probably they are one, and what weighs how much.

It is a reason for a person to look, and no judgement: it ties nothing. It lies in the identity stratum,
because how far two entries agree tells something of each. Numbers are decimal text.

Pure data. Refused: nothing; what is suggested is decided in `link`.
"""

from msgspec import Struct


class Trait(Struct, frozen=True, gc=False):
    """One thing that was compared, how far it agrees, and the logarithm of how much that speaks for one."""

    name: str
    level: str
    weight: str


class Likeness(Struct, frozen=True, tag="likeness", tag_field="type", gc=False):
    """The other entry, the probability, what was compared, and with which settings, seed and version."""

    other: str
    probability: str
    traits: tuple[Trait, ...]
    settings: str
    seed: int
    version: str
