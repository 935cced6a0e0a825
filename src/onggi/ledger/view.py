"""A view: reading the ledger as of a moment, within strata that are open, and writing nothing.

Everything a reader needs of an entity is gathered from the projections, folded, and weighed; a room that
thinks is given a `View`, never the `Ledger`. A view lives until the ledger is written to or closed. Refused:
a look into a stratum that was not opened for it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

from onggi.errors import Exit, OnggiError
from onggi.ledger.bigrams import normalise
from onggi.ledger.fold import TIES, Authority, Folded, fold, read_tie
from onggi.ledger.held import Held
from onggi.ledger.index import Index
from onggi.ledger.search import Wanted, find_best, find_named, find_newest, find_spelled
from onggi.ledger.sentence import labelled, value_reference
from onggi.ledger.spelling import Spelled, find_places
from onggi.ledger.weigh import Conflict, Stance, find_agreeing, find_conflicts, list_stances
from onggi.model.accusing import ACCUSING_PROPERTIES, ACCUSING_TIES
from onggi.model.entity import is_id, read_code
from onggi.model.seconding import SECONDED, needs_second
from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Term, Text

_RUN = 6  # words that a name has at most: kin, title, surname, and a given name in three
_WORDS = 24  # a query of more words is a text, in which no name is looked for
_LAST = 2**63  # No commit of one millisecond has a higher counter.


@dataclass(frozen=True)
class Portrait:
    """An entity as the open strata show it: what is said of it, how well, and what contradicts what.

    `agreeing` has for each statement the independent sources that say the same, its own first.
    """

    entity: str
    kind: str | None
    code: str | None
    statements: tuple[Held, ...]
    agreeing: dict[str, tuple[str, ...]]
    conflicts: tuple[Conflict, ...]
    disputed: bool
    replaced: int

    @property
    def sources(self) -> dict[str, int]:
        """For each statement, how many independent sources say the same."""
        return {id: len(found) for id, found in self.agreeing.items()}


@dataclass(frozen=True, slots=True)
class Matter:
    """A case: how many statements the open strata hold of it, live or not; the newest, and its time."""

    case: str
    count: int
    newest: str
    time: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement that was found; `spelled` says why, where a name in it is recorded in another spelling."""

    held: Held
    spelled: Spelled | None = None

    @property
    def id(self) -> str:
        return self.held.id


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements of one property one commit brought to one case."""

    commit: str
    case: str
    property: str
    count: int


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to understand a query: what is wanted, and by which spelling entities and places are meant."""

    wanted: Sequence[Wanted]
    spelled: Mapping[str, Spelled]

    def hit(self, held: Held) -> Hit:
        """A statement found this way."""
        said = held.statement
        return Hit(
            held, self.spelled.get(said.subject) or self.spelled.get(value_reference(said.value) or "")
        )


class View:
    """The ledger as of a moment, as far as `indexes` are open.

    `as_of` is in milliseconds, or the time of a commit, which is then the last one seen; None is now.
    """

    def __init__(
        self, indexes: Sequence[Index], may: Authority, as_of: int | tuple[int, int] | None = None
    ) -> None:
        self._indexes = indexes
        self._may = may
        self._as_of = (as_of, _LAST) if isinstance(as_of, int) else as_of
        self._kinds: dict[str, str | None] = {}
        self._codes: dict[str, str | None] = {}

    @property
    def strata(self) -> frozenset[str]:
        """The strata that are open in it."""
        return frozenset(index.stratum for index in self._indexes)

    @property
    def plain(self) -> bool:
        """Whether it shows the record alone, as it is now: nothing else that is found is remembered."""
        return self._as_of is None and self.strata == {Stratum.RECORD.value}

    def plain_at(self, moment: int) -> bool:
        """Whether it shows the record alone, as of a moment in milliseconds."""
        return self._as_of == (moment, _LAST) and self.strata == {Stratum.RECORD.value}

    def at(self, moment: int | tuple[int, int]) -> "View":
        """The same strata as of another moment, in milliseconds, or as of the commit of that time."""
        return View(self._indexes, self._may, moment)

    def call(self, entity: str) -> str:
        """How an entity is called where people read: its code, or the start of its id where it has none."""
        return self.code_of(entity) or entity[:8]

    def code_of(self, entity: str) -> str | None:
        """The code of an entity."""
        if entity not in self._codes:
            values = (held.statement.value for held in self._described([entity], "code"))
            self._codes[entity] = next((value.text for value in values if isinstance(value, Text)), None)
        return self._codes[entity]

    def kind_of(self, entity: str) -> str | None:
        """The kind of an entity, by its term."""
        if entity not in self._kinds:
            self.kinds_of((entity,))
        return self._kinds[entity]

    def kinds_of(self, entities: Collection[str]) -> dict[str, str | None]:
        """The kinds of many entities, read at once."""
        missing = [one for one in entities if one not in self._kinds]
        self._kinds.update(dict.fromkeys(missing))
        for held in self._described(missing, "kind"):
            value = held.statement.value
            if isinstance(value, Term) and self._kinds[held.statement.subject] is None:
                self._kinds[held.statement.subject] = value.term
        return {one: self._kinds[one] for one in entities}

    def find(self, reference: str) -> str:
        """The entity or statement meant by an id or a code. Raises `ledger.absent` if there is none."""
        code, id = read_code(reference), reference.strip().lower()
        if code is not None:
            for held in self._pointing([code], "code"):
                return held.statement.subject
        elif is_id(id) and (self.statement(id) or self.about(id)):
            return id
        raise OnggiError("ledger.absent", exit_code=Exit.USAGE)

    def statement(self, id: str) -> Held | None:
        """The statement of this id, live or not."""
        return next(self._read(lambda index: index.by_ids([id])), None)

    def about(self, entity: str, *properties: str) -> list[Held]:
        """The statements about an entity, live or not: all, or of these properties."""
        return list(self._described([entity], *properties))

    def cases(self) -> list[Matter]:
        """The cases of which something stands in the open strata, now; the last worked on first."""
        found: dict[str, Matter] = {}
        for index in self._indexes:
            for case, count, newest, *time in index.count_cases():
                other = found.get(case, Matter(case, 0, "", (0, 0)))
                last = max((tuple(time), newest), (other.time, other.newest))
                found[case] = Matter(case, count + other.count, last[1], (last[0][0], last[0][1]))
        kinds = (held.statement for held in self._described(list(found), "kind"))
        cases = {said.subject for said in kinds if isinstance(said.value, Term) and said.value.term == "case"}
        return sorted((found[one] for one in cases), key=lambda one: (one.time, one.newest), reverse=True)

    def live(self, entity: str, *properties: str) -> list[Held]:
        """The live statements about an entity, in causal order: all, or of these properties."""
        return self._live(self._described([entity], *properties))

    def live_of(self, *properties: str) -> list[Held]:
        """The live statements of these properties, in causal order."""
        return self._live(self.of_property(*properties))

    def is_live(self, held: Held) -> bool:
        """Whether nothing has taken a statement's place."""
        return bool(self._live([held]))

    def history(self, id: str) -> tuple[list[Held], Folded]:
        """A statement, what it took the place of, and whatever judges any of these; and what they come to.

        In causal order; empty for an id of none.
        """
        found: dict[str, Held] = {}
        waiting = [id]
        while waiting:
            held = self.statement(waiting.pop())
            if held is not None and held.id not in found:
                found[held.id] = held
                waiting += (*held.statement.trace.supersedes, *held.statement.trace.retracts)
        _take(found, self._judging(list(found.values())))
        return sorted(found.values(), key=lambda held: held.order), fold(found.values(), self._may)

    def mentioning(self, entity: str) -> list[Held]:
        """The statements about an entity, those that point to it, and those it made, live or not."""
        return list(self._read(lambda index: index.mentioning(entity)))

    def live_mentioning(self, entity: str) -> list[Held]:
        """The live statements that point to an entity or that it made as a source, in causal order."""
        return self._live(held for held in self.mentioning(entity) if held.statement.subject != entity)

    def of_property(self, *properties: str) -> Iterator[Held]:
        """All statements of these properties, live or not."""
        return self._read(lambda index: index.of_property(*properties))

    def of_commits(self, commits: Collection[str], *properties: str) -> list[Held]:
        """The statements of these properties that these commits brought, in causal order."""
        found = self._read(lambda index: index.of_commits(commits, *properties))
        return sorted(found, key=lambda held: held.order)

    def tally(self, commits: Collection[str]) -> list[Tally]:
        """What these commits brought to the open strata, counted and not read: one may hold very much."""
        return [Tally(*row) for index in self._indexes for row in index.tally(commits)]

    def folded(self, seeds: Iterable[str], case: str | None = None) -> Folded:
        """All about these entities and their likes, folded; with all of a case if one is named."""
        return fold(self._gather(seeds, case).values(), self._may)

    def sameness(self, entity: str) -> Folded:
        """Which entities are held to be the same as one, and whether that is disputed; nothing else."""
        found: dict[str, Held] = {}
        self._spread(found, [entity], TIES)
        self._take_judges(found)
        return fold(found.values(), self._may)

    def tied(self, entity: str) -> frozenset[str]:
        """All entities that are held to be the same as one, also by what waits for a second member."""
        return self.sameness(entity).may_be(entity)

    def waiting_ties(self) -> list[Held]:
        """What holds two entries to be one and waits for a second member, in causal order."""
        found: dict[str, Held] = {}
        _take(found, self.of_property(*TIES))
        self._take_judges(found)
        folded = fold(found.values(), self._may)
        return [held for held in folded.live if held.id in folded.waiting]

    def portrait(self, entity: str) -> Portrait:
        """What the open strata say of an entity; of a case, everything said in it."""
        kind = self.kind_of(entity)
        case = entity if kind == "case" else None
        found = self._gather([entity], case)
        folded = fold(found.values(), self._may)
        cluster = folded.cluster(entity)

        def is_shown(held: Held) -> bool:
            return held.statement.subject in cluster or held.statement.about.case == case

        shown = tuple(filter(is_shown, folded.live))
        return Portrait(
            entity,
            kind,
            self.code_of(entity),
            shown,
            find_agreeing(folded, shown),
            tuple(find_conflicts(folded, shown)),
            folded.root(entity) in folded.disputed,
            sum(is_shown(found[id]) for id in folded.judged),
        )

    def stances(self, entity: str) -> list[Stance]:
        """What is said of an entity and of all that are one with it, value by value, by whom and against."""
        folded = fold(self._gather([entity], None).values(), self._may)
        cluster = folded.cluster(entity)
        return list_stances(folded, (held for held in folded.live if held.statement.subject in cluster))

    def meant_by(self, name: str) -> dict[str, Spelled | None]:
        """The entities that can be meant by a name now, and why; None where theirs holds it as it is."""
        words = normalise(name).split() if _writable(name) else []
        if not words or len(words) > _RUN:
            return {}
        spelled: dict[str, Spelled | None] = {**self._spelled_now(name)}
        holding = frozenset.intersection(*(self._want(word).subjects for word in words))
        return {**dict.fromkeys(sorted(holding)), **spelled}

    def search(self, query: str, order: str = "newest", limit: int = 50) -> list[Hit]:
        """Live statements that hold every word of the query, in their text or under a label or name.

        A label or name is one of the place, term or entity a statement points to, or of the entity it is
        about. Recall and precision are those of a plain search for substrings after NFKC and case folding;
        besides, what is said of a person or place whose name some words of the query can be in another
        spelling, and why.

        Raises:
            OnggiError: `ledger.query` for a query without a word.
        """
        words = normalise(query).split()
        if not words:
            raise OnggiError("ledger.query", exit_code=Exit.USAGE)
        if not _writable(query):
            return []
        asked = {word: self._want(word) for word in words}
        ways = [_Way(list(asked.values()), {}), *self._spell(words, asked)]
        streams = [self._find(index, way, order) for way in ways for index in self._indexes]
        found = merge(*streams, key=lambda pair: pair[0], reverse=order == "newest")
        return list(islice(self._live_once(hit for _, hit in found), limit))

    def publication(self, source: str) -> bool:
        """Whether a source is published: only then may its words and its statements leave on that ground."""
        said = self.live(source, "published")
        return bool(said) and all(
            held.statement.what.polarity == "asserts"
            and isinstance(held.statement.value, Term)
            and held.statement.value.term == "yes"
            for held in said
        )

    def _find(self, index: Index, way: _Way, order: str) -> Iterator[tuple[tuple[Any, ...], Hit]]:
        dead = self._as_of is not None
        if order == "best":
            return ((rank, way.hit(held)) for rank, held in find_best(index, way.wanted, dead))
        return ((held.order, way.hit(held)) for held in find_newest(index, way.wanted, dead))

    def _want(self, word: str) -> Wanted:
        named = [found for index in self._indexes for found in find_named(index, word)]
        subjects = self._named_now(named)
        return Wanted(word, subjects.union(labelled(word)), subjects)

    def _spell(self, words: Sequence[str], asked: Mapping[str, Wanted]) -> Iterator[_Way]:
        """The query with each longest run of words that can be a name or a place as one word, if any can."""
        wanted: list[Wanted] = []
        spelled: dict[str, Spelled] = {}
        at = 0 if len(words) <= _WORDS else len(words)
        while at < len(words):
            for end in range(min(len(words), at + _RUN), at, -1):
                run, plain = " ".join(words[at:end]), [asked[word] for word in words[at:end]]
                references = frozenset.intersection(*(one.references for one in plain))
                subjects = frozenset.intersection(*(one.subjects for one in plain))
                persons = {id: why for id, why in self._spelled_now(run).items() if id not in subjects}
                places = {id: why for id, why in find_places(run).items() if id not in references}
                if persons or places:
                    break
            spelled |= {**places, **persons}
            wanted.append(Wanted(run, references.union(persons, places), subjects.union(persons)))
            at = end
        if spelled:
            yield _Way(wanted, spelled)

    def _spelled_now(self, run: str) -> dict[str, Spelled]:
        """The entities that have a name which some words can be, each with the best reason."""
        found = [one for index in self._indexes for one in find_spelled(index, run)]
        live = self._named_now([(id, entity, live) for id, entity, live, _ in found])
        found.sort(key=lambda one: one[3].score)
        return {entity: why for _, entity, _, why in found if entity in live}

    def _named_now(self, named: Sequence[tuple[str, str, bool]]) -> frozenset[str]:
        """The entities that have one of these names, at the moment of this view."""
        if self._as_of is None:
            return frozenset(entity for _, entity, live in named if live)
        names = self._read(lambda index: index.by_ids([id for id, _, _ in named]))
        return frozenset(held.statement.subject for held in self._live(names))

    def _live_once(self, found: Iterator[Hit]) -> Iterator[Hit]:
        """Each statement once; as of a moment, only what was live then."""
        seen: set[str] = set()
        for hit in found:
            held = hit.held
            if held.id not in seen and (self._as_of is None or (self._in_time(held) and self.is_live(held))):
                seen.add(held.id)
                yield hit

    def _live(self, statements: Iterable[Held]) -> list[Held]:
        """Those of some statements that are live."""
        found = {held.id: held for held in statements}
        judges = self._judging(found.values())
        live = fold([*found.values(), *judges], self._may).live
        return [held for held in live if held.id in found]

    def _gather(self, seeds: Iterable[str], case: str | None) -> dict[str, Held]:
        """Everything that bears on these entities, by id: what is said, who is who, who cites whom."""
        found: dict[str, Held] = {}
        if case is not None:
            _take(found, self._read(lambda index: index.of_case(case)))
        cluster = self._spread(found, seeds, TIES)
        _take(found, self._described(cluster))
        said = [held.statement for held in found.values()]
        self._spread(found, {one.value.entity for one in said if isinstance(one.value, Entity)}, TIES)
        self._spread(found, {one.source for one in said if one.source}, (*TIES, "cites"))
        self._take_judges(found)
        return found

    def _spread(self, found: dict[str, Held], seeds: Iterable[str], ties: Sequence[str]) -> set[str]:
        """All entities that are tied to these, however far; what ties them is taken."""
        reached = set(seeds)
        waiting = reached
        while waiting:
            near = [*self._described(waiting, *ties), *self._pointing(waiting, *ties)]
            _take(found, near)
            waiting = {end for held in near for end in _tied_ends(held)} - reached
            reached = reached | waiting
        return reached

    def _take_judges(self, found: dict[str, Held]) -> None:
        """What decides whether these statements hold.

        Second signatures; of whom they tie, what accuses them; supersession and retraction.
        """
        ties = {held.id: held for held in found.values() if _ties_two(held)}
        ends = {end for held in ties.values() for end in _tied_ends(held)}
        two = {*ties, *(held.id for held in found.values() if needs_second(held.statement))}
        _take(found, self._described(two, SECONDED) if two else ())
        _take(found, self._described(ends, *ACCUSING_PROPERTIES) if ends else ())
        _take(found, self._pointing(ends, *ACCUSING_TIES) if ends else ())
        _take(found, self._judging(found.values()))

    def _judging(self, statements: Collection[Held]) -> list[Held]:
        found: list[Held] = []
        for index in self._indexes:
            place = (index.compartment, index.stratum)
            ids = [held.id for held in statements if (held.compartment, held.stratum) == place]
            found += filter(self._in_time, index.judging(ids) if ids else ())
        return found

    def _described(self, entities: Collection[str], *properties: str) -> Iterator[Held]:
        return self._read(lambda index: index.about(entities, *properties))

    def _pointing(self, entities: Collection[str], *properties: str) -> Iterator[Held]:
        return self._read(lambda index: index.pointing(entities, *properties))

    def _read(self, ask: Callable[[Index], Iterable[Held]]) -> Iterator[Held]:
        """What the open projections answer, as of the moment."""
        return (held for index in self._indexes for held in ask(index) if self._in_time(held))

    def _in_time(self, held: Held) -> bool:
        return self._as_of is None or held.time <= self._as_of


def _ties_two(held: Held) -> bool:
    tie = read_tie(held.statement)
    return tie is not None and tie[0] == "same"


def _tied_ends(held: Held) -> Iterable[str]:
    """Both ends of what ties two entities; what keeps them apart leads no further."""
    said = held.statement
    match read_tie(said):
        case "same", other:
            return said.subject, other
        case None if isinstance(said.value, Entity) and said.what.property not in TIES:
            return said.subject, said.value.entity
    return ()


def _take(found: dict[str, Held], statements: Iterable[Held]) -> None:
    for held in statements:
        found.setdefault(held.id, held)


def _writable(text: str) -> bool:
    """Whether a text can be written down at all: half a character, as a terminal may send, stands nowhere."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
