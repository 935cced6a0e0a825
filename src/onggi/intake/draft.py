"""What a file asks to have recorded, before anything in it is understood.

A record file and a table come to the same draft; a field is what was written, and each knows the place it
stands at.

Floor 5. Pure data; it refuses nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from onggi.intake.findings import Spot

Progress: TypeAlias = Callable[[int, int, str], None]
"""Told how much is done, of how much, and at which stage (an id of the catalogue)."""

# What [defaults] may hold; a statement may say all of it itself.
SHARED_FIELDS = frozenset(
    {
        "source",
        "lang",
        "distance",
        "grade",
        "reliability",
        "credibility",
        "interview",
        "locator",
        "polarity",
        "stratum",
        "translation_lang",
        "translator",
    }
)
FIELDS = SHARED_FIELDS | frozenset(
    {"about", "property", "value", "words", "translation", "supersedes", "retracts", "key"}
)
LISTED_FIELDS = ("supersedes", "retracts")
WHOLE_FIELDS = ("distance", "credibility")


@dataclass(frozen=True, slots=True)
class Row:
    """Some fields as they were written: one statement, or one entity's table."""

    fields: Mapping[str, object]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Described:
    """A table `[<kind>.<key>]`: an entity, and what is said of it without quoting anybody."""

    kind: str
    key: str
    row: Row


@dataclass(frozen=True, slots=True)
class Draft:
    """A file's case (described, named by id or code, or None), its defaults, entities and statements.

    `statements` may be read once only; `total` is how many lines or tables that will take. `makes_entities`
    says whether `kind:key` makes an entity that was not described.
    """

    case: Row | str | None
    spot: Spot
    defaults: Mapping[str, object]
    described: tuple[Described, ...]
    statements: Iterable[Row]
    total: int
    makes_entities: bool = False
