"""Agreement and contradiction among live statements: independent sources, and conflicts (§7).

Pure. It counts and sets side by side; it decides nothing. Refused: calling two values a conflict that nobody
has compared, such as texts in two languages.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from onggi.errors import OnggiError
from onggi.ledger.bigrams import normalise
from onggi.ledger.fold import Folded, find_root
from onggi.ledger.held import Held
from onggi.model.consent import Consent
from onggi.model.estimate import Estimate
from onggi.model.judgement import Judgement
from onggi.model.likeness import Likeness
from onggi.model.places import list_around
from onggi.model.release import Release
from onggi.model.tabulated import Tabulated
from onggi.model.value import Date, Entity, Number, Place, Term, Text, Unknown, Value
from onggi.model.vocabulary import load_properties
from onggi.model.when import When, may_overlap

Key: TypeAlias = tuple[str, ...]

# An entry has one code of its own, and entries that are the same keep theirs.
_OF_ENTRIES = frozenset({"code"})
_ENDLESS = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Live statements of one entity and property that cannot all be true."""

    entity: str
    property: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stance:
    """One value of one property of one entity: which sources say so, which repeat these, which deny it.

    Of sources that depend on each other the first stands for all; the others are `repeated_by`. `statements`
    are all of them, in order; without a source, members describe it.
    """

    entity: str
    property: str
    value: Value
    said_by: tuple[str, ...]
    repeated_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    statements: tuple[str, ...]


def list_stances(folded: Folded, statements: Iterable[Held]) -> list[Stance]:
    """What is said of entities, value by value, in the order in which each was said first."""
    group = independent_sources(folded)
    found: dict[tuple[str, str, Key], list[Held]] = defaultdict(list)
    for held in statements:
        said = held.statement
        key = folded.root(said.subject), said.what.property, value_key(folded, said.value)
        found[key].append(held)
    return [_judge_stance(folded, group, *key[:2], held) for key, held in found.items()]


def _judge_stance(
    folded: Folded, group: Mapping[str, str], entity: str, name: str, held: Sequence[Held]
) -> Stance:
    sides: dict[str, dict[str, str]] = {"asserts": {}, "denies": {}}
    repeated = []
    for one in held:
        said = one.statement
        if said.source is not None:
            source = folded.root(said.source)
            side = sides[said.what.polarity]
            first = side.setdefault(group.get(source, source), said.source)
            if folded.root(first) != source:
                repeated.append(said.source)
    said_by, denied_by = (tuple(sides[one].values()) for one in ("asserts", "denies"))
    value = held[0].statement.value
    ids = tuple(one.id for one in held)
    return Stance(entity, name, value, said_by, tuple(dict.fromkeys(repeated)), denied_by, ids)


def find_conflicts(folded: Folded, statements: Iterable[Held]) -> list[Conflict]:
    """What contradicts what among these live statements."""
    groups: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for held in statements:
        if held.statement.known:
            groups[folded.root(held.statement.subject), held.statement.what.property].append(held)
    conflicts = []
    for (entity, name), group in sorted(groups.items()):
        found = _contradicting(folded, name, group)
        if found:
            conflicts.append(Conflict(entity, name, tuple(held.id for held in found)))
    return conflicts


def count_sources(folded: Folded, statements: Iterable[Held]) -> dict[str, int]:
    """For each statement, how many independent sources assert the same of the same entity."""
    return {id: len(found) for id, found in find_agreeing(folded, statements).items()}


def find_agreeing(folded: Folded, statements: Iterable[Held]) -> dict[str, tuple[str, ...]]:
    """For each statement, the sources that say the same of the same entity, its own first.

    Of sources that depend on each other one stands for all.
    """
    group = independent_sources(folded)
    sources: dict[Key, dict[str, str]] = defaultdict(dict)
    keys = {}
    for held in statements:
        said = held.statement
        if said.known and said.source is not None:
            what = (said.what.property, said.what.polarity, *value_key(folded, said.value))
            source = folded.root(said.source)
            one = group.get(source, source)
            keys[held.id] = (folded.root(said.subject), *what), one, said.source
            sources[keys[held.id][0]].setdefault(one, said.source)
    return {
        id: (own, *(other for each, other in sources[key].items() if each != one))
        for id, (key, one, own) in keys.items()
    }


def independent_sources(folded: Folded) -> Mapping[str, str]:
    """A representative for each source that cites or is cited: who repeats another is no second witness."""
    parents: dict[str, str] = {}
    for held in folded.live:
        said = held.statement
        cites = said.what.property == "cites" and said.what.polarity == "asserts"
        if cites and isinstance(said.value, Entity):
            ends = (folded.root(one) for one in (said.subject, said.value.entity))
            first, second = sorted(find_root(parents, one) for one in ends)
            parents[second] = first
    return {one: find_root(parents, one) for one in parents}


def value_key(folded: Folded, value: Value) -> Key:
    """Equal for values that say the same."""
    match value:
        case Text(text=text, lang=lang):
            return ("text", lang, normalise(text).strip())
        case Date(edtf=edtf):
            return ("date", edtf)
        case Term(vocabulary=vocabulary, term=term):
            return ("term", vocabulary, term)
        case Place(place=place):
            return ("place", place)
        case Entity(entity=entity):
            return ("entity", folded.root(entity))
        case Number(number=number, unit=unit, bound=bound, of=of):
            return ("number", _write_number(number), unit, bound, normalise(of or "").strip())
        case Consent() | Judgement() | Likeness() | Release() | Estimate() | Tabulated():
            return ("decision", repr(value))
        case Unknown():
            return ("unknown",)


def compatible(folded: Folded, one: Value, other: Value) -> bool:
    """Whether both can be true where only one value can."""
    match one, other:
        case (Unknown(), _) | (_, Unknown()):
            return True
        case Date(edtf=a), Date(edtf=b):
            return _dates_may_meet(a, b)
        case Place(place=a), Place(place=b):
            return a in list_around(b) or b in list_around(a)
        case Text(lang=a), Text(lang=b) if a != b:
            return True  # Nobody has compared them; saying that they differ would be inventing.
        case Number(), Number():
            return _numbers_may_meet(one, other)
    return type(one) is not type(other) or value_key(folded, one) == value_key(folded, other)


def _contradicting(folded: Folded, name: str, group: list[Held]) -> list[Held]:
    said: dict[str, dict[Key, list[Held]]] = {"asserts": defaultdict(list), "denies": defaultdict(list)}
    for held in group:
        said[held.statement.what.polarity][value_key(folded, held.statement.value)].append(held)
    asserted, denied = said["asserts"], said["denies"]
    found = [held for key in asserted.keys() & denied.keys() for held in (*asserted[key], *denied[key])]
    if _single(name):
        found += _list_contested(folded, asserted.values())
    return sorted({held.id: held for held in found}.values(), key=lambda held: held.order)


def _list_contested(folded: Folded, groups: Iterable[list[Held]]) -> Iterator[Held]:
    """Those of some groups, each of one value, beside which another one cannot be true.

    It is enough to find one such, and among values of a kind that is usually the next.
    """
    kinds: dict[object, list[list[Held]]] = defaultdict(list)
    for group in groups:
        value = group[0].statement.value
        kinds[value.lang if isinstance(value, Text) else type(value)].append(group)
    for alike in kinds.values():
        for at, group in enumerate(alike):
            others = (alike[(at + step) % len(alike)] for step in range(1, len(alike)))
            value = group[0].statement.value
            if not all(compatible(folded, value, other[0].statement.value) for other in others):
                yield from group


def _single(name: str) -> bool:
    """Whether only one value of a property can be true; of a property that nobody knows, nobody can say."""
    found = load_properties().get(name)
    return found is not None and not found.many and name not in _OF_ENTRIES


def _dates_may_meet(a: str, b: str) -> bool:
    try:
        return may_overlap(When(a), When(b))
    except OnggiError:
        return True  # A date that a later program wrote and this one cannot read.


def _numbers_may_meet(one: Number, other: Number) -> bool:
    """Whether two figures of one unit, and of the same whole, leave a number in common."""
    wholes = {normalise(number.of or "").strip() for number in (one, other)}
    if one.unit != other.unit or (len(wholes) > 1 and one.lang == other.lang):
        return False
    try:
        (least, most), (low, high) = _span(one), _span(other)
        return max(least, low) <= min(most, high)
    except ArithmeticError:
        return one.number == other.number


def _span(value: Number) -> tuple[tuple[Decimal, int], tuple[Decimal, int]]:
    """The least and the most a figure allows; the second number tells just above (1) from just under (-1)."""
    number = Decimal(value.number)
    least = (-_ENDLESS, 0) if value.bound in ("at_most", "under") else (number, int(value.bound == "over"))
    most = (_ENDLESS, 0) if value.bound in ("at_least", "over") else (number, -int(value.bound == "under"))
    return least, most


def _write_number(number: str) -> str:
    """A number in one form, so that 30 and 30.0 are the same."""
    try:
        return str(Decimal(number).normalize())
    except ArithmeticError:
        return number
