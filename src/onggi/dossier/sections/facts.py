"""The facts, each with its source, distance and grades, and how many independent sources agree."""

from collections.abc import Iterator

from onggi.dossier.dataset import Entry
from onggi.dossier.told import Told
from onggi.model.vocabulary import find_term
from onggi.paper.document import Block, Fact, Facts, Heading, Line, Paragraph, Quote, Span, Text

_ORDER = ("case", "event", "act", "intervention", "person", "group", "place", "item", "source")


def tell(told: Told) -> tuple[Block, ...]:
    """Everything that a source says, by what it is said of."""
    blocks: list[Block] = [Heading(1, told.say("facts.title")), Paragraph(told.say("facts.how"))]
    for kind in _ORDER:
        for entity in told.of_kind(kind):
            entries = tuple(entry for entry in told.by_entity[entity] if told.is_told(entry.held))
            if entries:
                blocks.append(Heading(2, f"{told.data.call(entity)} · {told.title(entity)}"))
                blocks += _tell_entity(told, entries)
    return tuple(blocks)


def _tell_entity(told: Told, entries: tuple[Entry, ...]) -> Iterator[Block]:
    """The facts of one entity, words that were said behind the fact they belong to."""
    run: list[Fact] = []
    for entry in entries:
        run.append(_tell_fact(told, entry))
        words = entry.held.statement.words
        if words is not None:
            yield Facts(tuple(run))
            run = []
            # Whoever reads the language it was said in needs no translation, least of all into a third one.
            translation = "" if words.lang == told.lang else words.translation or ""
            yield Quote(words.original, words.lang, translation)
    if run:
        yield Facts(tuple(run))


def _tell_fact(told: Told, entry: Entry) -> Fact:
    said, number = entry.held.statement, told.numbers[entry.held.id]
    shape = "denied" if said.what.polarity == "denies" else "said"
    claim = told.say(f"facts.{shape}", property=told.label(said.what.property), value=told.value(said.value))
    # Hangul and Han have no slant: there, stress is weight, and would weigh more than the fact itself.
    remarks = Text(" · ".join(_list_remarks(told, entry)), emphasis=told.lang == "en")
    spans: tuple[Span, ...] = (claim, " — ", remarks)
    line: Line = spans
    return Fact(f"[{number}]", line, f"fact-{number}")


def _list_remarks(told: Told, entry: Entry) -> Iterator[str]:
    """Who says it, how near, how good, who agrees, what was cut."""
    said = entry.held.statement
    if said.source is None:
        yield told.say("facts.described")
    else:
        yield told.say("facts.source", source=told.data.call(said.source))
        if said.what.distance is not None:
            shape = "saw" if said.what.distance == 0 else "heard"
            yield told.say(f"facts.{shape}", distance=said.what.distance)
        if said.what.reliability or said.what.credibility:
            grade = f"{said.what.reliability or '–'}{said.what.credibility or '–'}"
            yield told.say("facts.grade", grade=grade)
        if told.sources.get(entry.held.id, 0) > 1:
            yield told.say("facts.agree", count=told.sources[entry.held.id])
    if entry.held.id in told.contested:
        yield told.say("facts.contested")
    for cut in entry.cuts:
        yield told.say(
            f"facts.cut.{cut.how}", part=told.say(f"part.{cut.part}"), reason=name_reason(told, cut.reason)
        )
    if said.trace.locator:
        yield said.trace.locator


def name_reason(told: Told, reason: str) -> str:
    """A reason class in words."""
    term = find_term("redaction_classes", reason)
    return term.labels[told.lang] if term else reason
