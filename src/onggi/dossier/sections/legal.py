"""What the facts may amount to, element by element: from what is shown alone, and never as a verdict."""

from onggi.dossier.sections.challenge import refer_runs
from onggi.dossier.told import Told
from onggi.law.elements import Weighed
from onggi.law.facts import Span as Days
from onggi.law.limitation import Limitation
from onggi.law.qualify import Suggestion
from onggi.law.telling import say_review, say_span
from onggi.paper.document import Block, Heading, Line, List, Note, Paragraph, Table
from onggi.words import say


def tell(told: Told) -> tuple[Block, ...]:
    """Each norm that comes up, its elements with who says so, and until when, as a range."""
    found = [(one, limit) for one, limit in told.law.suggestions if one.elements]
    title = Heading(1, told.say("legal.title"))
    if not found:
        return (title, Paragraph(told.say("legal.none")))
    blocks: list[Block] = [
        title,
        Note("caution", (Paragraph(told.say("legal.notice")), Paragraph(told.say("legal.how")))),
    ]
    for one, limit in found:
        blocks += _tell_norm(told, one, limit)
    return tuple(blocks)


def _tell_norm(told: Told, one: Suggestion, limit: Limitation) -> list[Block]:
    victim = f" · {told.data.call(one.scope.victim)}" if one.scope.victim else ""
    head = tuple(told.say(f"legal.{name}") for name in ("element", "state", "facts"))
    blocks: list[Block] = [
        Heading(2, f"{one.norm.id} {one.norm.titles[told.lang]}{victim}"),
        Paragraph(say_review(one.norm.standing, told.lang)),
        Table(head, tuple(_row(told, weighed) for weighed in one.elements), (6, 2, 3)),
    ]
    if one.guards:
        blocks.append(List(tuple(guard.texts[told.lang] for guard in one.guards)))
    if limit.readings:
        span = say_span(Days(limit.earliest, limit.latest), told.lang)
        status = say(f"law.limit.{limit.status}", told.lang)
        blocks.append(Paragraph(told.say("legal.limit", status=status, span=span)))
    return blocks


def _row(told: Told, weighed: Weighed) -> tuple[Line, ...]:
    ids = dict.fromkeys((*weighed.supporting, *weighed.contradicting))
    numbers = [told.numbers[id] for id in ids if id in told.numbers]
    state = say(f"law.state.{weighed.state}", told.lang)
    return weighed.element.texts[told.lang], state, refer_runs(numbers) or "–"
