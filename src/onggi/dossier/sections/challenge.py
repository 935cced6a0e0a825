"""How this can be challenged: what an opponent would say first, said by ourselves."""

from collections.abc import Iterator

from onggi.dossier.told import Told
from onggi.ledger.held import Held
from onggi.model.value import Date, Unknown
from onggi.paper.document import Block, Heading, List, Paragraph, Span


def tell(told: Told) -> tuple[Block, ...]:
    """Each weakness with the numbers of the facts it touches."""
    weaknesses = [line for name, facts in _find(told) if facts and (line := _list(told, name, facts))]
    gaps = tuple(told.list_gaps())
    if gaps:
        weaknesses.append((told.say("challenge.gap", list=" ".join(gaps)),))
    title = Heading(1, told.say("challenge.title"))
    if not weaknesses:
        return (title, Paragraph(told.say("challenge.none")))
    return (title, Paragraph(told.say("challenge.how")), List(tuple(weaknesses)))


def _find(told: Told) -> Iterator[tuple[str, list[Held]]]:
    sourced = [held for held in told.held if held.statement.source is not None]
    yield "single", [one for one in sourced if told.sources.get(one.id, 0) == 1 and one.statement.known]
    yield "hearsay", [one for one in sourced if (one.statement.what.distance or 0) > 0]
    yield "distance", [one for one in sourced if one.statement.what.distance is None]
    yield "doubtful", [one for one in sourced if _is_doubtful(one)]
    yield "date", [one for one in sourced if _is_vague(one)]
    yield "unknown", [one for one in sourced if isinstance(one.statement.value, Unknown)]
    yield "contested", [one for one in sourced if one.id in told.contested]


def _list(told: Told, name: str, facts: list[Held]) -> tuple[Span, ...]:
    """A weakness and its facts."""
    return told.say(f"challenge.{name}", count=len(facts)) + " ", *told.refer_runs(facts)


def _is_doubtful(held: Held) -> bool:
    what = held.statement.what
    return (what.reliability or "A") >= "D" or (what.credibility or 1) >= 4


def _is_vague(held: Held) -> bool:
    value = held.statement.value
    return isinstance(value, Date) and (value.earliest is None or value.latest is None or value.uncertain)
