"""What the facts may amount to, element by element, and until when: from what is shown alone, no verdict."""

from onggi.dossier.told import Told
from onggi.figures.timeline import MOST_READ
from onggi.law.drawing import draw_limitation
from onggi.law.elements import Weighed
from onggi.law.limitation import Limitation, Reading
from onggi.law.norms import Norm, load_norms
from onggi.law.qualify import Suggestion
from onggi.law.telling import (
    Footnotes,
    say_confidence,
    say_last_day,
    say_limitation,
    say_not_in_force,
    say_review,
    say_tiers,
)
from onggi.paper.document import Block, Heading, Line, List, Note, Paragraph, Picture, Table
from onggi.words import say


def tell(told: Told) -> tuple[Block, ...]:
    """Each norm that comes up, its elements with who says so; then until when, as ranges."""
    found = [(one, limit) for one, limit in told.law.suggestions if one.elements]
    title = Heading(1, told.say("legal.title"))
    if not found:
        return (title, Paragraph(told.say("legal.none")))
    blocks: list[Block] = [title, Note("caution", (Paragraph(told.say("legal.how")),))]
    for one, limit in found:
        blocks += _tell_norm(told, one, limit)
    return (*blocks, *_tell_periods(told, [(one, limit) for one, limit in found if limit.readings]))


def _tell_norm(told: Told, one: Suggestion, limit: Limitation) -> list[Block]:
    head = tuple(told.say(f"legal.{name}") for name in ("element", "state", "facts"))
    review = say_review(one.norm.standing, told.lang)
    confidence = say_confidence(one.norm.standing.confidence, one.norm.uncertain, told.lang)
    blocks: list[Block] = [
        Heading(2, f"{one.norm.id} {one.norm.titles[told.lang]}{_name_victim(told, one)}"),
        Paragraph(f"{review}\n{confidence}"),
        Table(head, tuple(_row(told, weighed) for weighed in one.elements), (6, 2, 3)),
    ]
    guards = [guard.texts[told.lang] for guard in one.guards]
    if one.norm.complaint_only:
        guards.append(say("law.page.complaint_only", told.lang))
    if guards:
        blocks.append(List(tuple(guards)))
    blocks += [Paragraph(text) for text in say_not_in_force(limit, told.lang, load_norms())]
    if limit.readings:
        blocks.append(Paragraph(say_limitation(limit, told.lang)))
    return blocks


def _row(told: Told, weighed: Weighed) -> tuple[Line, ...]:
    ids = dict.fromkeys((*weighed.supporting, *weighed.contradicting))
    facts = [told.held[told.numbers[id] - 1] for id in ids if id in told.numbers]
    state = say(f"law.state.{weighed.state}", told.lang)
    return weighed.element.texts[told.lang], state, told.refer_runs(facts) or "–"


def _tell_periods(told: Told, timed: list[tuple[Suggestion, Limitation]]) -> tuple[Block, ...]:
    """A timeline, a table for it, and everything that the periods rest on."""
    if not timed:
        return ()
    notes = Footnotes(told.lang, load_norms(), lambda id: str(told.numbers.get(id, "–")))
    rows = [row for one, limit in timed for row in _list_readings(told, one, limit, notes)]
    head = tuple(told.say(f"legal.{name}") for name in ("norm", "reading", "last", "rests"))
    return (
        Heading(2, told.say("legal.until")),
        Paragraph(told.say("legal.counted")),
        *(
            Picture(figure.svg, figure.alt, figure.title)
            for figure in draw_limitation(told.law, told.lang, told.data.call, MOST_READ)
        ),
        Table(head, tuple(rows), (3, 4, 7, 2)),
        Heading(3, told.say("legal.notes")),
        List(tuple(notes.list())),
    )


def _list_readings(
    told: Told, one: Suggestion, limit: Limitation, notes: Footnotes
) -> list[tuple[Line, ...]]:
    """A row for each reading; what all of them rest on, and what would change them, in one more."""
    norm = f"{one.norm.id}{_name_victim(told, one)}"
    rows: list[tuple[Line, ...]] = [
        (
            norm,
            say(f"law.reading.{reading.id}", told.lang),
            _say_last(told, reading, one.norm),
            notes.refer((*limit.assumptions, *reading.assumptions)),
        )
        for reading in limit.readings
    ]
    if limit.would_change:
        rows.append((norm, say("law.page.moves", told.lang, notes=notes.refer(limit.would_change)), "", ""))
    return rows


def _say_last(told: Told, reading: Reading, norm: Norm) -> str:
    """How a reading stands, and its last day, for each range of penalty where there are several."""
    days = say_tiers(reading, norm, told.lang) or [say_last_day(reading, told.lang)]
    what = say(f"law.counted.{reading.status}", told.lang)
    return say("law.strips.line", told.lang, what=what, days=" · ".join(days))


def _name_victim(told: Told, one: Suggestion) -> str:
    return f" · {told.data.call(one.scope.victim)}" if one.scope.victim else ""
