"""What the sections of a dossier are told from: the redacted data set, folded and counted, in one language.

Floor 5. Pure. Everything comes from the data set, so that no section can tell what is not shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from onggi.dossier.dataset import DataSet, Entry
from onggi.law.assess import Assessed, assess_facts
from onggi.law.avenues import load_avenues
from onggi.law.facts import list_facts
from onggi.law.norms import load_norms
from onggi.law.shelf import Shelf
from onggi.law.treaties import load_treaties
from onggi.ledger.fold import Folded, fold
from onggi.ledger.held import Held
from onggi.ledger.sentence import say_statement, say_value
from onggi.ledger.weigh import Conflict, count_sources, find_conflicts
from onggi.model.value import Date, Term, Text, Value
from onggi.model.vocabulary import load_properties
from onggi.paper.document import Reference, Span
from onggi.words import say

HEADED = frozenset({"kind", "code"})
"""What a heading says already."""

_ABOVE = frozenset({"title", "part_of", "group_kind"})


@dataclass(frozen=True, slots=True)
class Part:
    """A file that goes along or stays sealed: code, what it is, its path in the bag or none, its custody."""

    code: str
    kind: str
    path: str
    custody: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What is told, for whom and for what, on which day, under which key, in which language."""

    data: DataSet
    lang: str
    recipient: str
    purpose: str
    day: str
    fingerprint: str
    mark: str
    basis: tuple[str, ...]
    """Why it may leave, as sentences."""
    parts: tuple[Part, ...] = ()
    provenance: bool = False

    def say(self, id: str, /, **values: str | int) -> str:
        """A sentence of the dossier in its language."""
        return say(f"dossier.{id}", self.lang, **values)

    def join(self, said: Iterable[str]) -> str:
        """Several things that are said of one, in one line."""
        return say("ledger.between", self.lang).join(said)

    def list_gaps(self) -> Iterator[str]:
        """Where nobody can say who had a file, each under the file's code."""
        for part in self.parts:
            yield from (self.say("evidence.gap", code=part.code, gap=gap) for gap in part.gaps)

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """All statements that are shown, in order."""
        return tuple(entry.held for entry in self.data.entries)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each statement, which is its number in the publication too."""
        return {held.id: number for number, held in enumerate(self.held, start=1)}

    @cached_property
    def folded(self) -> Folded:
        """Who is who among what is shown; what waits for a second member is not."""
        return fold(self.held, lambda judge, author: True, frozenset(held.id for held in self.held))

    @cached_property
    def sources(self) -> Mapping[str, int]:
        """How many independent sources say the same as each statement."""
        return count_sources(self.folded, self.held)

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """What cannot all be true."""
        return find_conflicts(self.folded, self.held)

    @cached_property
    def contested(self) -> frozenset[str]:
        """Every statement that stands in a conflict."""
        return frozenset(id for conflict in self.conflicts for id in conflict.statements)

    @cached_property
    def law(self) -> Assessed:
        """What the facts that are shown may amount to, as of the day of the dossier; no other is used.

        When each was recorded is not shown, and so no period may tell it: it was by the day of the dossier.
        """
        shelf = Shelf(load_norms(), load_avenues(), load_treaties())
        day = date.fromisoformat(self.day)
        return assess_facts(list_facts(self.folded, self.data.case, day), day, shelf)

    @cached_property
    def by_entity(self) -> Mapping[str, tuple[Entry, ...]]:
        """What is said of each entity, without what a heading says."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.data.entries:
            said = entry.held.statement
            found[said.subject] += [] if said.what.property in HEADED else [entry]
        return {entity: tuple(entries) for entity, entries in found.items()}

    @cached_property
    def _asserted(self) -> Mapping[tuple[str, str], tuple[Held, ...]]:
        """What is asserted, by entity and property, without what a heading says."""
        found: dict[tuple[str, str], list[Held]] = defaultdict(list)
        for held in self.held:
            said = held.statement
            if said.what.polarity == "asserts" and said.what.property not in HEADED:
                found[said.subject, said.what.property].append(held)
        return {key: tuple(held) for key, held in found.items()}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {}

    def of_kind(self, *kinds: str) -> Iterator[str]:
        """The entities of these kinds, in the order in which they are first spoken of."""
        return (one for one in self.by_entity if self.data.kinds.get(one) in kinds)

    def values(self, entity: str, property: str) -> list[Value]:
        """What is asserted of an entity under one property."""
        return [held.statement.value for held in self._asserted.get((entity, property), ())]

    def title(self, entity: str) -> str:
        """A title, in the dossier's language if there is one; else the type or kind of the entity."""
        if entity not in self._titles:  # a heading, a row and a node ask for it again and again
            self._titles[entity] = self._find_title(entity)
        return self._titles[entity]

    def call_case(self) -> str:
        """What the document is called: the case's title in its language, else the code of the case."""
        case = self.data.case
        own = [title.text for title in self.list_titles(case) if title.lang == self.lang]
        return own[0] if own else f"{self.kind(case)} {self.data.call(case)}"

    def list_titles(self, entity: str) -> list[Text]:
        """Every title, those in the document's language first."""
        titles = [value for value in self.values(entity, "title") if isinstance(value, Text)]
        return sorted(titles, key=lambda value: value.lang != self.lang)

    def _find_title(self, entity: str) -> str:
        if titles := self.list_titles(entity):
            return titles[0].text
        for name in ("type", "event_kind", "intervention_type"):
            for value in self.values(entity, name):
                if isinstance(value, Term):
                    return self.value(value)
        return self.kind(entity)

    def kind(self, entity: str) -> str:
        """What an entity is, in a word."""
        return say(f"cli.kind.{self.data.kinds[entity]}", self.lang)

    def label(self, property: str) -> str:
        """What a property is called."""
        return load_properties()[property].labels[self.lang]

    def value(self, value: Value) -> str:
        """A value in words."""
        return say_value(value, self.lang, self.data.call)

    def sentence(self, held: Held) -> str:
        """A whole sentence: whose, what, and its value."""
        return say_statement(held, self.lang, self.data.call)

    def is_told(self, held: Held) -> bool:
        """Whether a statement stands among the facts: what stands in headings, or of a source, does not."""
        said = held.statement
        kind = self.data.kinds.get(said.subject)
        if kind is None or said.what.property in HEADED:
            return False
        return said.source is not None or (kind != "source" and said.what.property not in _ABOVE)

    def refer(self, held: Held) -> Span:
        """The number of a statement, which leads to it where it stands among the facts."""
        number = self.numbers[held.id]
        return Reference(f"[{number}]", f"fact-{number}") if self.is_told(held) else f"[{number}]"

    def refer_runs(self, facts: Iterable[Held]) -> tuple[Span, ...]:
        """The numbers of statements; of those that follow each other the first and the last."""
        spans: list[Span] = []
        for run in _list_runs({self.numbers[one.id]: one for one in facts}):
            spans.append(self.refer(run[0]))
            if len(run) > 1:
                spans += ["–", self.refer(run[-1])]
            spans.append(" ")
        return tuple(spans)

    def dates(self, entity: str, *properties: str) -> Iterator[tuple[Held, Date]]:
        """The dates that are asserted of an entity, in the order of the statements."""
        found = [held for property in properties for held in self._asserted.get((entity, property), ())]
        for held in sorted(found, key=lambda one: self.numbers[one.id]):
            if isinstance(held.statement.value, Date):
                yield held, held.statement.value


def _list_runs(facts: Mapping[int, Held]) -> list[list[Held]]:
    runs: list[list[Held]] = []
    for number in sorted(facts):
        if number - 1 in facts:
            runs[-1].append(facts[number])
        else:
            runs.append([facts[number]])
    return runs
