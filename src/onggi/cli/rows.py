"""Statements as rows of the published JSON contracts, and as lines people read. Pure."""

from onggi.cli.contracts.record import ConflictRow, Shown, StatementRow, WeighedRow
from onggi.ledger.held import Held
from onggi.ledger.quotes import Quotes, words_of
from onggi.ledger.sentence import say_statement, say_value
from onggi.ledger.view import Portrait, View
from onggi.model.vocabulary import load_properties
from onggi.words import language, say


def describe_statement(held: Held, view: View) -> StatementRow:
    """A statement as `search` lists it."""
    said = held.statement
    return {
        "statement": held.id,
        "entity": said.subject,
        "kind": view.kind_of(said.subject),
        "code": view.code_of(said.subject),
        "case": said.about.case,
        "property": said.what.property,
        "text": say_value(said.value, language(), view.call),
        "source": said.source,
        "stratum": held.stratum,
        "commit": held.commit[:16],
    }


def describe_weighed(held: Held, view: View, portrait: Portrait, quotes: Quotes) -> WeighedRow:
    """A statement as `show` lists it: who says it, how near, how good, how many independent sources agree."""
    said = held.statement
    words = words_of(held, quotes)
    return {
        **describe_statement(held, view),
        "sentence": say_statement(held, language(), view.call),
        "polarity": said.what.polarity,
        "distance": said.what.distance,
        "reliability": said.what.reliability,
        "credibility": said.what.credibility,
        "source_code": view.code_of(said.source) if said.source else None,
        "sources": len(portrait.agreeing.get(held.id, ())),
        "words": words.original if words else None,
        "translation": words.translation if words else None,
        "locator": said.trace.locator,
        "screened": said.trace.screened,
        "unit": said.about.unit,
    }


def describe_portrait(portrait: Portrait, view: View, quotes: Quotes) -> Shown:
    """An entity as `show` gives it."""
    return {
        "entity": portrait.entity,
        "kind": portrait.kind,
        "code": portrait.code,
        "disputed": portrait.disputed,
        "replaced": portrait.replaced,
        "statements": [describe_weighed(held, view, portrait, quotes) for held in portrait.statements],
        "conflicts": [
            ConflictRow(entity=one.entity, property=one.property, statements=list(one.statements))
            for one in portrait.conflicts
        ],
    }


def say_claim(held: Held, view: View) -> str:
    """What is said, without of whom: a heading has said that."""
    said = held.statement
    found = load_properties().get(said.what.property)
    return say(
        "cli.show.denied" if said.what.polarity == "denies" else "cli.show.asserted",
        property=found.labels[language()] if found else said.what.property,
        value=say_value(said.value, language(), view.call),
    )


def say_source(held: Held, view: View, portrait: Portrait) -> str:
    """Who says it, in one line: the source's code, its distance and grade, how many say the same."""
    said = held.statement
    parts = [] if held.stratum == "record" else [say(f"cli.stratum.{held.stratum}")]
    if said.source is None:
        return " · ".join([*parts, say("cli.show.described")])
    parts.append(say("cli.show.source", source=view.call(said.source)))
    if said.what.distance is not None:
        id = "cli.show.saw" if said.what.distance == 0 else "cli.show.heard"
        parts.append(say(id, distance=said.what.distance))
    if said.what.reliability or said.what.credibility:
        grade = f"{said.what.reliability or '–'}{said.what.credibility or '–'}"
        parts.append(say("cli.show.grade", grade=grade))
    count = len(portrait.agreeing.get(held.id, ()))
    if count > 1:
        parts.append(say("cli.show.sources", count=count))
    if said.trace.locator:
        parts.append(said.trace.locator)
    return " · ".join(parts)
