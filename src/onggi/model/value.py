"""What a statement can say: text, a date, a term, a place, an entity, a number, a decision, or not known.

Immutable and pure. A value is one JSON object with a `type` (docs/design/statement-model.md, §3). Numbers are
decimal text, never floats: an amount is what somebody said, and nobody said 0.30000000000000004.
"""

from typing import TypeAlias

from msgspec import Struct

from onggi.model.consent import Consent
from onggi.model.estimate import Estimate
from onggi.model.judgement import Judgement
from onggi.model.likeness import Likeness
from onggi.model.release import Release
from onggi.model.tabulated import Tabulated
from onggi.model.when import When


class Text(Struct, frozen=True, tag="text", tag_field="type", gc=False):
    """Free text and the language it is written in (BCP 47: en, ko, zh, …)."""

    text: str
    lang: str


class Date(Struct, frozen=True, tag="date", tag_field="type", omit_defaults=True, gc=False):
    """A date as remembered: EDTF, its earliest and latest day, and the words that were said."""

    edtf: str
    earliest: str | None
    latest: str | None
    words: str | None = None
    lang: str | None = None

    @classmethod
    def of(cls, when: When) -> "Date":
        """The value of a date that was read by `when` or `spoken`."""
        return cls(when.edtf, when.earliest, when.latest, when.words, when.lang)

    @property
    def uncertain(self) -> bool:
        """Whether the date itself is in doubt (`?` or `%` in EDTF); then the bounds decide nothing."""
        return "?" in self.edtf or "%" in self.edtf


class Term(Struct, frozen=True, tag="term", tag_field="type", gc=False):
    """A word of one of our vocabularies, by id."""

    vocabulary: str
    term: str


class Place(Struct, frozen=True, tag="place", tag_field="type", gc=False):
    """A place of the gazetteer, by id."""

    place: str


class Entity(Struct, frozen=True, tag="entity", tag_field="type", gc=False):
    """Another entity of the vault, or a statement, by id."""

    entity: str


class Number(Struct, frozen=True, tag="number", tag_field="type", omit_defaults=True, gc=False):
    """A decimal number as text with its unit; `bound` says how it was said, `of` what a share is taken of."""

    number: str
    unit: str
    bound: str = "exactly"
    of: str | None = None
    lang: str | None = None


class Unknown(Struct, frozen=True, tag="unknown", tag_field="type", gc=False):
    """The source does not say, and that was looked for."""


BOUNDS = ("exactly", "about", "at_least", "over", "at_most", "under")

Value: TypeAlias = (
    Text
    | Date
    | Term
    | Place
    | Entity
    | Number
    | Consent
    | Judgement
    | Likeness
    | Release
    | Estimate
    | Tabulated
    | Unknown
)
