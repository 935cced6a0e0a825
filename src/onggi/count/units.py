"""What a vault holds that can be counted: acts, events and their victims, each once, with coarse facts alone.

The second door to the ledger beside `lists`: a year, a province, ten years of age and terms of vocabularies
are all that goes through it, under ids that say nothing, never a name, a code or a word of anybody's. Entries
that are held to be the same are one; so are entries of which that is disputed, since they may be.
Pure over a view of the record. Refused: nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from onggi.count.table import OTHER, SEVERAL, UNKNOWN, Counted
from onggi.ledger.fold import Folded
from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.places import find_place, list_around, load_places
from onggi.model.value import Date, Entity, Number, Place, Term, Value
from onggi.model.vocabulary import load_properties, load_vocabulary

UNITS = ("act", "victim", "event")

TERMS = (
    "type",
    "method",
    "consequence",
    "facility",
    "agency",
    "sex",
    "nationality",
    "victim_status",
    "stay_type",
)
DIMENSIONS = (*TERMS[:5], "year", "province", "sex", "age", *TERMS[6:])
"""By what can be counted: facts of an act, then of a victim."""

_PERSONAL = frozenset({"sex", "age", *TERMS[6:]})
_READ = {"year": ("date",), "province": ("place",)}
_WIDE = frozenset({"country", "province", "special_city"})
_AGES = 10
_OLDEST = 150
_OLD = 100  # ages from here on, and years before these, are no kinds of their own where all kinds are listed
_YEARS = 40
_NOTHING = "unknown"  # the term with which a source says that it does not know


@dataclass(frozen=True)
class Reading:
    """The live statements of a view, folded."""

    view: View
    folded: Folded

    def list_units(self, unit: str) -> list[Counted]:
        """The acts, events or victims, each with the people it happened to and what is recorded of it."""
        if unit == "victim":
            of_person: dict[str, set[str]] = defaultdict(set)
            for act in sorted(self._of_kind("act", "event")):
                for person in self._victims(act):
                    of_person[person].add(act)
            return [self._count(one, frozenset({one}), acts) for one, acts in sorted(of_person.items())]
        return [self._count(one, self._victims(one), {one}) for one in sorted(self._of_kind(unit))]

    def root(self, entity: str) -> str:
        """One id for everything that is held to be the same, or is once a second member has signed.

        So no number is made larger by entries that may be one person.
        """
        return self.folded.possible.get(entity, entity)

    def _count(self, id: str, persons: frozenset[str], acts: Iterable[str]) -> Counted:
        found = {
            one: self._find(one, persons) if one in _PERSONAL else self._find_nearest(one, acts)
            for one in DIMENSIONS
        }
        return Counted(id, persons, found)

    def _find(self, dimension: str, subjects: Iterable[str]) -> frozenset[str]:
        names = _READ.get(dimension, (dimension,))
        values = (value for one in subjects for name in names for value in self._said.get((one, name), ()))
        return frozenset(name for value in values if (name := coarsen(dimension, value)) is not None)

    def _find_nearest(self, dimension: str, acts: Iterable[str]) -> frozenset[str]:
        """What is said of each act; of one of which nothing is, what is said of the event around it."""
        found: set[str] = set()
        for act in acts:
            for subjects in ((act,), self._inside.get(act, ()), self._around.get(act, ())):
                if near := self._find(dimension, subjects):
                    found |= near
                    break
        return frozenset(found)

    def _victims(self, act: str) -> frozenset[str]:
        for subjects in ((act,), self._inside.get(act, ()), self._around.get(act, ())):
            found = {
                self.root(value.entity)
                for one in subjects
                for value in self._said.get((one, "victim"), ())
                if isinstance(value, Entity)
            }
            persons = found & self._of_kind("person")
            if persons:
                return frozenset(persons)
        return frozenset()

    def _of_kind(self, *kinds: str) -> frozenset[str]:
        return frozenset().union(*(self._kinds.get(kind, frozenset()) for kind in kinds))

    @cached_property
    def _live(self) -> tuple[Held, ...]:
        return tuple(held for held in self.folded.live if _asserts(held))

    @cached_property
    def _said(self) -> Mapping[tuple[str, str], list[Value]]:
        found: dict[tuple[str, str], list[Value]] = defaultdict(list)
        for held in self._live:
            found[self.root(held.statement.subject), held.statement.what.property].append(
                held.statement.value
            )
        return found

    @cached_property
    def _kinds(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for held in self._live:
            if held.statement.what.property == "kind" and isinstance(held.statement.value, Term):
                found[held.statement.value.term].add(self.root(held.statement.subject))
        return {kind: frozenset(entities) for kind, entities in found.items()}

    @cached_property
    def _around(self) -> Mapping[str, tuple[str, ...]]:
        """The event an act is part of."""
        return {part: tuple(sorted(wholes)) for part, wholes in self._parts()[0].items()}

    @cached_property
    def _inside(self) -> Mapping[str, tuple[str, ...]]:
        """The acts of an event."""
        return {whole: tuple(sorted(parts)) for whole, parts in self._parts()[1].items()}

    def _parts(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        around: dict[str, set[str]] = defaultdict(set)
        inside: dict[str, set[str]] = defaultdict(set)
        acts, events = self._of_kind("act"), self._of_kind("event")
        for (part, name), values in self._said.items():
            for value in values if name == "part_of" and part in acts else ():
                if isinstance(value, Entity) and (whole := self.root(value.entity)) in events:
                    around[part].add(whole)
                    inside[whole].add(part)
        return around, inside


def read_units(view: View) -> Reading:
    """Everything of a view that can be counted."""
    seeds = {
        held.statement.subject
        for held in view.live_of("kind")
        if isinstance(held.statement.value, Term) and held.statement.value.term in ("act", "event", "person")
    }
    return Reading(view, view.folded(sorted(seeds)))


def coarsen(dimension: str, value: Value) -> str | None:
    """The kind a value belongs to; None where it says nothing so coarse."""
    match dimension, value:
        case "year", Date(earliest=str() as first, latest=str() as last) if not value.uncertain:
            return first[:4] if first[:4] == last[:4] else None
        case "province", Place(place=id):
            return next((one for one in list_around(id) if _is_wide(one)), None)
        case "age", Number(number=text, bound="exactly"):
            return _band(text)
        case _, Term(term=term) if dimension in TERMS and term != _NOTHING:
            return term
    return None


def list_kinds(dimension: str, year: int) -> tuple[str, ...]:
    """Every kind that there is, recorded or not; of years the forty up to `year`."""
    match dimension:
        case "year":
            kinds = [*map(str, range(year - _YEARS + 1, year + 1)), SEVERAL, OTHER]
        case "age":
            kinds = [*(f"{one}-{one + _AGES - 1}" for one in range(0, _OLD, _AGES)), SEVERAL, OTHER]
        case "province":
            kinds = [*sorted(one for one in load_places() if _is_wide(one)), SEVERAL]
        case _:
            vocabulary = load_properties()[dimension].vocabulary or ""
            kinds = [*sorted(one for one in load_vocabulary(vocabulary).terms if one != _NOTHING), SEVERAL]
    return (*kinds, UNKNOWN)


def _band(text: str) -> str | None:
    if not text.isascii() or not text.isdigit() or int(text) > _OLDEST:
        return None
    first = int(text) - int(text) % _AGES
    return f"{first}-{first + _AGES - 1}"


def _is_wide(id: str) -> bool:
    place = find_place(id)
    return place is not None and place.kind in _WIDE


def _asserts(held: Held) -> bool:
    said = held.statement
    return held.stratum == "record" and said.known and said.what.polarity == "asserts"
