"""What a file asks to have recorded, before anything in it is understood.

A record file and a table come to the same draft; a field is what was written, and each knows the place it
stands at.

Floor 5. Pure data; it refuses nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from onggi.intake.files import MEGABYTE
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
LONGEST_TEXT = MEGABYTE
LISTED_FIELDS = ("supersedes", "retracts")
WHOLE_FIELDS = ("distance", "credibility")


@dataclass(frozen=True, slots=True)
class Row:
    """Some fields as they were written: one statement, or one entity's table."""

    fields: Mapping[str, object]
    spot: Spot

    def find_long(self) -> str | None:
        """The first field with a text in it that is longer than `LONGEST_TEXT` characters."""
        return next((name for name, written in self.fields.items() if _is_long(written)), None)


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


def _is_long(written: object) -> bool:
    match written:
        case str():
            return len(written) > LONGEST_TEXT
        case dict():
            return any(map(_is_long, written.values()))
        case list():
            return any(map(_is_long, written))
    return False
