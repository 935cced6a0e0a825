"""What is recorded of a case, as plain facts that rules can be tried on.

A fact is one live statement with what a rule may look at: of whom, which property, which values it counts
for, whether it denies, how near its source stood, and which independent source it comes from (whoever cites
another is no second one). Rules never look at names or words.

Pure but for `read_facts`, which reads a view. Refused: nothing; what a source was asked and does not say is
left out, because it neither supports nor contradicts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from onggi.law.pattern import Pattern
from onggi.ledger.fold import Folded
from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.ledger.weigh import independent_sources
from onggi.model.places import list_around
from onggi.model.value import Date, Entity, Number, Place, Term, Text, Value

_DAY = 86_400_000  # milliseconds
_EPOCH = date(1970, 1, 1).toordinal()

FIRST_HAND = frozenset(
    {
        "interview",
        "victim_testimony",
        "witness_testimony",
        "affidavit",
        "telephone_call",
        "message",
        "letter",
        "court_record",
        "police_record",
        "identity_paper",
        "medical_record",
        "autopsy_report",
        "photograph",
        "video",
        "audio",
        "satellite_image",
        "survey",
        "own_observation",
    }
)
"""Kinds of sources that are a witness, a document or an observation, and not a report on others."""


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day something can have been; None is an end that nothing bounds."""

    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One live statement. `values` are all ids its value counts for: a place counts for those around it.

    `source` stands for everybody who repeats the same source; None where a member describes and nobody is
    quoted. `span` is set for a date that decides something: one that is in doubt ("2010?") decides nothing.
    `between` are the least and the most that a whole number can be, None where the source leaves it open.
    """

    id: str
    subject: str
    property: str
    values: tuple[str, ...] = ()
    denies: bool = False
    source: str | None = None
    distance: int | None = None
    grade: str = ""
    span: Span | None = None
    recorded: date | None = None
    between: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True)
class Facts:
    """All facts of a case."""

    case: str
    items: tuple[Fact, ...]
    _matched: dict[Pattern, dict[str, list[Fact]]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def of_subject(self) -> Mapping[tuple[str, str], list[Fact]]:
        """Facts by subject and property."""
        found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in self.items:
            found[fact.subject, fact.property].append(fact)
        return found

    @cached_property
    def of_property(self) -> Mapping[str, list[Fact]]:
        """Facts by property."""
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.items:
            found[fact.property].append(fact)
        return found

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The kind of each entity."""
        return {fact.subject: fact.values[0] for fact in self.of_property.get("kind", ()) if fact.values}

    @cached_property
    def first_hand(self) -> bool:
        """Whether anything comes from a witness, a document or an observation of one's own."""
        kinds = self.of_property.get("source_kind", ())
        return any(FIRST_HAND.intersection(fact.values) for fact in kinds if not fact.denies) or any(
            fact.distance == 0 for fact in self.items
        )

    def about(self, subject: str, property: str) -> list[Fact]:
        """What is asserted of something."""
        found = self.of_subject.get((subject, property), ())
        return [fact for fact in found if not fact.denies]

    def is_dead(self, person: str | None) -> bool:
        """Whether a statement says that somebody is dead."""
        said = self.about(person, "victim_status") if person else ()
        return any("dead" in fact.values for fact in said)

    def matching(self, pattern: Pattern, subjects: Collection[str] | None = None) -> list[Fact]:
        """The facts that a pattern speaks of, denials included, about these subjects; None is anything."""
        found = self._find(pattern)
        if subjects is None or len(found) < len(subjects):
            return [
                fact for one, near in found.items() if subjects is None or one in subjects for fact in near
            ]
        return [fact for one in subjects for fact in found.get(one, ())]

    def heard(self, patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
        """Those of some patterns that speak of anything in the case."""
        aged = bool(self.of_property.get("birth"))
        return tuple(one for one in patterns if self._find(one) or (aged and one.property == "age"))

    def _find(self, pattern: Pattern) -> Mapping[str, list[Fact]]:
        """The facts that a pattern speaks of, by subject: looked for once, asked for everybody."""
        found = self._matched.get(pattern)
        if found is None:
            found = self._matched[pattern] = self._match(pattern)
        return found

    def _match(self, pattern: Pattern) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        for fact in self.of_property.get(pattern.property, ()):
            if pattern.is_bounded():
                speaks = pattern.holds(*fact.between)
            else:
                speaks = not pattern.values or not pattern.values.isdisjoint(fact.values)
            if speaks:
                found.setdefault(fact.subject, []).append(fact)
        return found


def read_facts(view: View, case: str) -> Facts:
    """Everything live that the open strata hold of a case."""
    return list_facts(view.folded([case], case), case)


def list_facts(folded: Folded, case: str, recorded: date | None = None) -> Facts:
    """The same of statements that were folded already; a dossier's own data set is read like that.

    `recorded` stands for the day on which each was recorded, where that day is nobody's business.
    """
    groups = independent_sources(folded)
    mine = (held for held in folded.live if held.statement.about.case == case and held.statement.known)
    return Facts(case, tuple(_read_fact(held, folded, groups, recorded) for held in mine))


def hull(spans: Iterable[Span]) -> Span | None:
    """The span that holds all of these; None for none."""
    listed = list(spans)
    if len(listed) < 2:
        return listed[0] if listed else None
    firsts, lasts = [one.earliest for one in listed], [one.latest for one in listed]
    known_firsts, known_lasts = [day for day in firsts if day], [day for day in lasts if day]
    return Span(
        min(known_firsts) if len(known_firsts) == len(firsts) else None,
        max(known_lasts) if len(known_lasts) == len(lasts) else None,
    )


def _read_fact(held: Held, folded: Folded, groups: Mapping[str, str], recorded: date | None) -> Fact:
    said = held.statement
    source = folded.root(said.source) if said.source else None
    return Fact(
        id=held.id,
        subject=folded.root(said.subject),
        property=said.what.property,
        values=_list_values(said.value, folded),
        denies=said.what.polarity == "denies",
        source=groups.get(source, source) if source else None,
        distance=said.what.distance,
        grade=f"{said.what.reliability or ''}{said.what.credibility or ''}",
        span=_read_span(said.value),
        recorded=recorded or _read_clock(held.time[0] // _DAY),
        between=_read_bounds(said.value),
    )


@lru_cache(4096)
def _read_clock(days: int) -> date:
    """The day, in UTC, so many days after the first of 1970."""
    return date.fromordinal(_EPOCH + days)


def _list_values(value: Value, folded: Folded) -> tuple[str, ...]:
    match value:
        case Term(term=term):
            return (term,)
        case Place(place=id):
            return tuple(list_around(id))
        case Entity(entity=entity):
            return (folded.root(entity),)
        case Text(text=text):
            return (text,)
    return ()


def _read_bounds(value: Value) -> tuple[int | None, int | None]:
    """The least and the most that a number can be, in whole ones; "about" decides nothing."""
    if not isinstance(value, Number) or value.bound == "about":
        return None, None
    try:
        number = int(Decimal(value.number))
    except (ArithmeticError, ValueError):
        return None, None
    low = number if value.bound in ("exactly", "at_least", "over") else None
    high = number if value.bound in ("exactly", "at_most") else number - 1 if value.bound == "under" else None
    return low, high


def _read_span(value: Value) -> Span | None:
    if not isinstance(value, Date) or value.uncertain:
        return None
    return Span(_read_day(value.earliest), _read_day(value.latest))


def _read_day(text: str | None) -> date | None:
    # The year 0000 is one that EDTF has and Python's calendar has not.
    return date.fromisoformat(text) if text and not text.startswith("0000") else None
