"""A view: reading the ledger as of a moment, within strata that are open, and writing nothing.

Everything a reader needs of an entity is gathered from the projections, folded, and weighed; a room that thinks is given
a `View`, never the `Ledger`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import merge
from itertools import islice

from onggi.errors import Exit, OnggiError
from onggi.ledger.bigrams import conditions_of, normalise
from onggi.ledger.fold import Authority, Folded, fold
from onggi.ledger.held import Held
from onggi.ledger.index import Index
from onggi.ledger.sentence import labelled, search_text, value_reference
from onggi.ledger.weigh import Conflict, count_sources, find_conflicts
from onggi.model.entity import read_code
from onggi.model.value import Entity, Term, Text

_NAMES = ("name", "legal_name", "alias", "nickname", "code")


@dataclass(frozen=True)
class Portrait:
    """An entity as the open strata show it: who it is, what is said of it, how well, and what contradicts what."""

    entity: str
    kind: str | None
    code: str | None
    statements: tuple[Held, ...]
    sources: dict[str, int]
    conflicts: tuple[Conflict, ...]
    disputed: bool
    replaced: int


class View:
    """The ledger as of a moment (milliseconds; None is now), as far as `indexes` are open."""

    def __init__(self, indexes: Sequence[Index], may: Authority, as_of: int | None = None) -> None:
        self._indexes = indexes
        self._may = may
        self._as_of = as_of
        self.code_of: Callable[[str], str | None] = cache(self._code_of)
        self.kind_of: Callable[[str], str | None] = cache(self._kind_of)

    @property
    def strata(self) -> frozenset[str]:
        """The strata that are open in it."""
        return frozenset(index.stratum for index in self._indexes)

    def call(self, entity: str) -> str:
        """How an entity is called where people read: its code, or the start of its id where it has none."""
        return self.code_of(entity) or entity[:8]

    def find(self, reference: str) -> str:
        """The entity or statement meant by an id or a code. Raises `ledger.unknown_id` if there is none."""
        code = read_code(reference)
        if code is not None:
            for index in self._indexes:
                for held in index.of_property("code"):
                    if held.statement.value == Text(code, "und") or _text_of(held) == code:
                        return held.statement.subject
        id = reference.strip().lower()
        if len(id) == 32 and any(index.about([id]) or index.by_ids([id]) for index in self._indexes):
            return id
        raise OnggiError("ledger.absent", exit_code=Exit.USAGE)

    def statement(self, id: str) -> Held | None:
        """The statement of this id, live or not."""
        return next((held for index in self._indexes for held in self._until(index.by_ids([id]))), None)

    def about(self, entity: str) -> list[Held]:
        """All statements about an entity, live or not."""
        return [held for index in self._indexes for held in self._until(index.about([entity]))]

    def folded(self, seeds: Iterable[str], case: str | None = None) -> Folded:
        """Everything about these entities, and those held to be the same, folded; with all of a case if one is named."""
        found: dict[str, Held] = {}
        waiting, seen = list(seeds), set()
        while waiting:
            entity = waiting.pop()
            if entity in seen:
                continue
            seen.add(entity)
            for index in self._indexes:
                near = [*index.about([entity]), *index.pointing(entity, "same_as", "different_from")]
                for held in self._until(near):
                    found[held.id] = held
                    if held.statement.what.property == "same_as" and isinstance(held.statement.value, Entity):
                        waiting += (held.statement.subject, held.statement.value.entity)
        for index in self._indexes:
            if case is not None:
                found |= {held.id: held for held in self._until(index.of_case(case))}
            own = [held.id for held in found.values() if held.stratum == index.stratum]
            found |= {held.id: held for held in self._until(index.judging(own))}
        for source in {held.statement.source for held in found.values()} - {None}:
            for index in self._indexes:
                cited = [*index.about([source or ""]), *index.pointing(source or "", "cites")]
                found |= {held.id: held for held in self._until(cited) if held.statement.what.property == "cites"}
        return fold(found.values(), self._may)

    def portrait(self, entity: str) -> Portrait:
        """What the open strata say of an entity; of a case, everything said in it."""
        kind = self.kind_of(entity)
        folded = self.folded([entity], entity if kind == "case" else None)
        cluster = folded.cluster(entity)
        shown = tuple(
            held
            for held in folded.live
            if held.statement.subject in cluster or (kind == "case" and held.statement.about.case == entity)
        )
        return Portrait(
            entity,
            kind,
            self.code_of(entity),
            shown,
            count_sources(folded, shown),
            tuple(find_conflicts(folded, shown)),
            folded.root(entity) in folded.disputed,
            sum(1 for held in self._replaced(folded, cluster, entity if kind == "case" else None)),
        )

    def search(self, query: str, order: str = "newest", limit: int = 50) -> list[Held]:
        """Live statements that hold every word of the query, in their text or under any label or name they point to.

        The words may stand in any order; the query as a whole may also be a label or a name. Recall and precision are
        those of a plain search for substrings after NFKC and case folding.
        """
        whole = normalise(query).strip()
        if not whole:
            raise OnggiError("ledger.query", exit_code=Exit.USAGE)
        words = whole.split()
        streams = [self._search(index, words, whole, order == "best") for index in self._indexes]
        if order == "best":
            found: Iterator[Held] = (held for stream in streams for held in stream)
        else:
            found = merge(*streams, key=lambda held: (-held.time[0], -held.time[1], held.id))
        unique: dict[str, Held] = {}
        for held in found:
            unique.setdefault(held.id, held)
            if len(unique) >= limit:
                break
        return list(islice(unique.values(), limit))

    def named(self, word: str) -> list[str]:
        """The entities one of whose names or codes, in the open strata, contains a folded word."""
        return [entity for entity, name in self._names() if word in name]

    def publication(self, source: str) -> bool:
        """Whether a source is published: only then may its words and its statements leave on that ground."""
        live = self.folded([source]).live
        said = [one.statement for one in live if one.statement.what.property == "published"]
        mine = [one for one in said if one.subject == source and one.what.polarity == "asserts"]
        return bool(mine) and all(isinstance(one.value, Term) and one.value.term == "yes" for one in mine)

    def held(self, *properties: str) -> list[Held]:
        """All statements of these properties, live or not."""
        return [held for index in self._indexes for held in self._until(index.of_property(*properties))]

    def of_stratum(self, stratum: str) -> Iterator[Held]:
        """All statements of one open stratum, live or not."""
        return (held for index in self._indexes if index.stratum == stratum for held in index.everything())

    def _search(self, index: Index, words: Sequence[str], whole: str, ranked: bool) -> Iterator[Held]:
        first, *rest = sorted(words, key=len, reverse=True)
        if len(words) > 1:
            # "Li Yingji" is a name of two words: whatever bears the whole query as a label is found by that too.
            labels, subjects = self._labels(whole)
            yield from self._whole(index, labels, subjects)
        labels, subjects = self._labels(first)
        for held in index.search(conditions_of(first), labels, ranked, subjects):
            if self._in_time(held) and all(self._bears(held, word) for word in (first, *rest)):
                yield held

    def _whole(self, index: Index, labels: Sequence[str], subjects: Sequence[str]) -> Iterator[Held]:
        return (held for held in index.search((), labels, False, subjects) if self._in_time(held))

    def _bears(self, held: Held, word: str) -> bool:
        """Whether a statement holds a word in its text, or points to something that bears it as a label or a name."""
        labels, subjects = self._labels(word)
        return (
            word in normalise(search_text(held.statement))
            or value_reference(held.statement.value) in labels
            or held.statement.subject in subjects
        )

    @cache  # noqa: B019 - a view lives as long as one answer
    def _labels(self, word: str) -> tuple[list[str], list[str]]:
        named = self.named(word)
        return [*labelled(word, normalise), *named], named

    @cache  # noqa: B019 - a view lives as long as one answer
    def _names(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (held.statement.subject, normalise(held.statement.value.text))
            for held in self.held(*_NAMES)
            if isinstance(held.statement.value, Text)
        )

    def _until(self, statements: Iterable[Held]) -> Iterator[Held]:
        return (held for held in statements if self._in_time(held))

    def _in_time(self, held: Held) -> bool:
        return self._as_of is None or held.time[0] <= self._as_of

    def _replaced(self, folded: Folded, cluster: frozenset[str], case: str | None) -> Iterator[Held]:
        for id in folded.judged:
            held = self.statement(id)
            if held is not None and (held.statement.subject in cluster or held.statement.about.case == case):
                yield held

    def _code_of(self, entity: str) -> str | None:
        return next((_text_of(held) for held in self._described(entity, "code")), None)

    def _kind_of(self, entity: str) -> str | None:
        terms = (held.statement.value for held in self._described(entity, "kind"))
        return next((value.term for value in terms if isinstance(value, Term)), None)

    def _described(self, entity: str, name: str) -> Iterator[Held]:
        return (held for held in self.about(entity) if held.statement.what.property == name)


def _text_of(held: Held) -> str | None:
    return held.statement.value.text if isinstance(held.statement.value, Text) else None
