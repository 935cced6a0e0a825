"""People and lists out of a vault, and the answer as a statement: nothing else that estimates sees statements
(counting.md, §8).

Of a person it reads whether a source speaks of her, when and where what befell her was, and nothing else;
what goes on from here is how many people stand on which lists. Identity is never asked for: the view holds
the record. Refused: a source that is named on two lists or that is none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from onggi.count.answer import Answer
from onggi.count.cells import Cells, Counts, gather_cells
from onggi.count.listed import MOST_LISTS, Listed
from onggi.count.population import Population, Years
from onggi.count.replicates import Replicates, join_replicates
from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.fold import Folded
from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.estimate import Estimate
from onggi.model.places import find_place, list_around
from onggi.model.value import Date, Entity, Place
from onggi.proof.canonical import encode_canonical


def list_people(
    view: View,
    chosen: Mapping[str, Sequence[str]] | None = None,
    window: Years | None = None,
    place: str | None = None,
    replicates: Replicates | None = None,
) -> Listed:
    """The people who are said to be victims of an act, and by which lists.

    `chosen` groups sources, by their codes or ids, under the names of lists; without it each source is a
    list. `window` and `place` (an id of the gazetteer) keep to the acts that may lie within: an act without a
    date or a place is counted and told, one that surely lies outside is not. `replicates` say of people, by
    code, who may be whom; whoever is not in them is nobody else.

    Raises:
        OnggiError: `count.lists.source` for what is no source, or stands on two lists; `count.lists.place`
            for a place that is not in the gazetteer; `ledger.absent` for a code nobody has.
    """
    if place is not None and find_place(place) is None:
        raise OnggiError("count.lists.place", exit_code=Exit.USAGE)
    befallen = [held for held in view.live_of("victim") if held.statement.what.polarity == "asserts"]
    ends = {end for held in befallen for end in _ends(held)}
    folded = view.folded(ends)
    acts = _Acts(view, folded, window, place)
    inside, doubted, outside = _sort_people(view, folded, befallen, acts)
    names = _name_lists(view, folded, chosen)
    on: dict[str, set[str]] = defaultdict(set)
    for held in folded.live:
        name = names.get(folded.root(held.statement.source or ""))
        if name is not None and held.statement.known and held.statement.what.polarity == "asserts":
            for end in _ends(held):
                on[folded.root(end)].add(name)
    lists = sorted(set(names.values())) if chosen is not None else _used(on, inside)
    at = {name: 1 << number for number, name in enumerate(lists)}
    marks = {person: sum(at[name] for name in on[person] if name in at) for person in sorted(inside)}
    patterns = Counter(marks.values())
    told = (
        ("outside", len(outside)),
        ("doubted", len(doubted)),
        ("unlisted", patterns.pop(0, 0)),
        ("disputed", len(folded.disputed & inside)),
    )
    findings = [
        Finding(f"count.lists.{name}", "", {"count": many}, grave=False) for name, many in told if many
    ]
    if len(lists) > MOST_LISTS:
        findings.append(Finding("count.lists.many", "", {"count": len(lists), "limit": MOST_LISTS}))
        return Listed(None, tuple(findings))
    feeds = _find_feeds(folded, names, lists)
    if replicates is None:
        return Listed(gather_cells(lists, patterns.items()), tuple(findings), feeds)
    placed = _place_people(view, folded, replicates)
    if placed is None:
        return Listed(None, (*findings, Finding("count.replicates.joined", "")))
    cells = join_replicates(lists, marks, placed)
    return Listed(cells[0], tuple(findings), feeds, cells)


def list_speakers(view: View) -> list[tuple[str, int]]:
    """The sources that speak of a victim, each under its one id, with how often; the most frequent first."""
    befallen = [one for one in view.live_of("victim") if one.statement.what.polarity == "asserts"]
    ends = {end for held in befallen for end in _ends(held)}
    folded = view.folded(ends)
    people = {folded.root(end) for end in ends if view.kind_of(end) == "person"}
    spoken = Counter(
        folded.root(held.statement.source)
        for held in folded.live
        if held.statement.source
        and held.statement.known
        and held.statement.what.polarity == "asserts"
        and any(folded.root(end) in people for end in _ends(held))
    )
    return sorted(spoken.items(), key=lambda one: (-one[1], one[0]))


def list_declared(view: View, population: Population, drawn: Replicates | None = None) -> Listed:
    """`list_people` over the lists, window and place that were declared."""
    return list_people(view, population.sources, population.window, population.within, drawn)


def place_draws(view: View, ids: Sequence[str], clusters: Counts) -> Replicates:
    """Replicates of who may be whom, as links were drawn: `clusters` is (ids, draws), of persons by id.

    Entries that are one by judgement lie in one cluster in every draw: any of them stands for the person.
    """
    folded = view.folded(ids)
    return Replicates({folded.root(id): at for at, id in enumerate(ids)}, clusters)


def make_estimate(answer: Answer, seed: int, version: str) -> Estimate | None:
    """The answer as it is recorded; None for a refusal, which is only told.

    What it was made from is bound by a hash, so that whoever has it can tell whether it is the same.
    """
    cells, population = answer.cells, answer.population
    if answer.status == "refused" or cells is None:
        return None
    low, high = answer.envelope or (None, None)
    window = population.window
    return Estimate(
        status=answer.status,
        inputs=_hash_inputs(cells, population, answer.replicates),
        version=version,
        seed=seed,
        lists=cells.width,
        seen=cells.people,
        lo=low,
        hi=high,
        lower=answer.lower_bound,
        population=population.population,
        window="–".join(map(str, dict.fromkeys(window))) if window else None,
        place=population.place,
        reasons=tuple(dict.fromkeys(one.code for one in answer.findings)),
    )


class _Acts:
    """Where and when acts were, as far as it is said: inside what is counted, outside, or not to be told."""

    def __init__(self, view: View, folded: Folded, window: Years | None, place: str | None) -> None:
        self._folded = folded
        self._window = window
        self._place = place
        self._dates: dict[str, list[Date]] = defaultdict(list)
        self._places: dict[str, list[str]] = defaultdict(list)
        for held in (*view.live_of("date"), *view.live_of("place")) if window or place else ():
            value, act = held.statement.value, folded.root(held.statement.subject)
            if held.statement.what.polarity != "asserts":
                continue
            if isinstance(value, Date):
                self._dates[act].append(value)
            elif isinstance(value, Place):
                self._places[act].append(value.place)

    def judge(self, act: str) -> bool | None:
        """Whether an act lies inside; None where that cannot be told."""
        root = self._folded.root(act)
        found = [
            *([self._judge_dates(self._dates[root])] if self._window else []),
            *([self._judge_places(self._places[root])] if self._place else []),
        ]
        return False if False in found else None if None in found else True

    def _judge_dates(self, dates: Sequence[Date]) -> bool | None:
        first, last = self._window or (0, 0)
        judged = [_meets(date, first, last) for date in dates]
        return True if True in judged else None if None in judged or not judged else False

    def _judge_places(self, places: Sequence[str]) -> bool | None:
        judged = [self._place in list_around(place) for place in places]
        return any(judged) if judged else None


def _meets(date: Date, first: int, last: int) -> bool | None:
    """Whether a date lies in these years: None where only a part of what it may be does."""
    early, late = date.earliest, date.latest
    if (late is not None and late[:4] < f"{first:04}") or (early is not None and early[:4] > f"{last:04}"):
        return False
    whole = early is not None and late is not None and f"{first:04}" <= early[:4] and late[:4] <= f"{last:04}"
    return True if whole else None


def _sort_people(
    view: View, folded: Folded, befallen: Iterable[Held], acts: _Acts
) -> tuple[set[str], set[str], set[str]]:
    """Everybody who is counted; of them those of whom it cannot be told; and whoever surely lies outside."""
    judged: dict[str, set[bool | None]] = defaultdict(set)
    for held in befallen:
        value = held.statement.value
        if isinstance(value, Entity) and view.kind_of(value.entity) == "person":
            judged[folded.root(value.entity)].add(acts.judge(held.statement.subject))
    outside = {person for person, found in judged.items() if found == {False}}
    doubted = {person for person, found in judged.items() if None in found and True not in found}
    return judged.keys() - outside, doubted, outside


def _place_people(view: View, folded: Folded, replicates: Replicates) -> Replicates | None:
    """The replicates by the ids that people have; None where two of its records are one person by now."""
    places = {folded.root(view.find(code)): at for code, at in replicates.places.items()}
    return replace(replicates, places=places) if len(places) == len(replicates.places) else None


def _name_lists(view: View, folded: Folded, chosen: Mapping[str, Sequence[str]] | None) -> dict[str, str]:
    """The list of each source, under its one id."""
    if chosen is None:
        spoken = {held.statement.source for held in folded.live if held.statement.source}
        return {folded.root(source): view.call(folded.root(source)) for source in spoken}
    names: dict[str, str] = {}
    for name, references in chosen.items():
        for reference in references:
            source = folded.root(view.find(reference))
            if view.kind_of(source) not in ("source", "person", "group") or names.get(source, name) != name:
                raise OnggiError("count.lists.source", exit_code=Exit.USAGE)
            names[source] = name
    return names


def _used(on: Mapping[str, set[str]], people: Iterable[str]) -> list[str]:
    return sorted({name for person in people for name in on.get(person, ())})


def _find_feeds(folded: Folded, names: Mapping[str, str], lists: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Which list takes over from which: a source of it cites a source of the other."""
    feeds: dict[str, set[str]] = defaultdict(set)
    for held in folded.live:
        said = held.statement
        if (
            said.what.property == "cites"
            and said.what.polarity == "asserts"
            and isinstance(said.value, Entity)
        ):
            one, other = (names.get(folded.root(end)) for end in (said.subject, said.value.entity))
            if one in lists and other in lists and one != other and one and other:
                feeds[one].add(other)
    return {name: tuple(sorted(found)) for name, found in sorted(feeds.items())}


def _hash_inputs(cells: Cells, population: Population, replicates: Sequence[Cells]) -> str:
    """SHA-256, in hex, of the counts, those of each replicate too, and of all that was declared."""
    inputs: dict[str, object] = {
        "lists": cells.lists,
        "patterns": cells.patterns,
        "counts": cells.counts,
        "population": population.population,
        "window": population.window,
        "place": population.place,
        "within": population.within,
        "sources": None if population.sources is None else sorted(population.sources.items()),
        "years": sorted(population.list_years.items()),
        "impossible": sorted(population.impossible_overlaps),
        "fed_by": sorted(population.fed_by.items()),
        "recall": repr(population.linkage_recall),
        "false_merge": repr(population.linkage_false_merge),
    }
    if replicates:
        inputs["replicates"] = [[one.patterns, one.counts] for one in replicates]
    return sha256(encode_canonical(inputs)).hexdigest()


def _ends(held: Held) -> Iterator[str]:
    yield held.statement.subject
    if isinstance(held.statement.value, Entity):
        yield held.statement.value.entity
