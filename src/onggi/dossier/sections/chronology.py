"""What happened when, as precisely as it is known and may be shown: a timeline, and a table for it."""

from onggi.dossier.told import Told
from onggi.figures.figure import Figure
from onggi.figures.timeline import MOST_READ, Dating, Event, draw_timeline
from onggi.ledger.chronology import DATED, HAPPENED
from onggi.paper.document import Block, Heading, Line, Paragraph, Picture, Span, Table


def tell(told: Told) -> tuple[Block, ...]:
    """Every dated thing, its sources side by side."""
    events = [event for one in told.of_kind(*HAPPENED) for event in _list_events(told, one)]
    if not any(event.known for event in events):
        return ()
    return (
        Heading(1, told.say("chronology.title")),
        Paragraph(told.say("chronology.precision")),
        *(Picture(figure.svg, figure.alt, figure.title) for figure in _draw(told, events)),
        _list_dates(told),
    )


def _draw(told: Told, events: list[Event]) -> tuple[Figure, ...]:
    """The timeline; none of more datings than anybody follows: the table says the same."""
    if sum(len(event.datings) for event in events) > MOST_READ:
        return ()
    return draw_timeline(events, title=told.say("chronology.figure"), lang=told.lang)


def _list_events(told: Told, entity: str) -> list[Event]:
    events = []
    for property in DATED:
        dated = list(told.dates(entity, property))
        if not dated:
            continue
        datings = tuple(
            Dating(date.earliest, date.latest, f"[{told.numbers[held.id]}]", date.uncertain)
            for held, date in dated
        )
        conflict = any(held.id in told.contested for held, _ in dated)
        name = f"{_name(told, entity, property)} ({told.data.call(entity)})"
        events.append(Event(name, datings, conflict=conflict))
    return events


def _name(told: Told, entity: str, property: str) -> str:
    """What happened, what ended, or what is said of a person."""
    if property == "date":
        return told.title(entity)
    label = told.label(property)
    return f"{told.title(entity)} · {label}" if property == "until" else label


def _list_dates(told: Told) -> Table:
    """All dates in the order of their first day; what has none stands last."""
    rows: list[tuple[tuple[bool, str], tuple[Line, ...]]] = []
    for one in told.of_kind(*HAPPENED):
        for held, date in told.dates(one, *DATED):
            refer: tuple[Span, ...] = (told.refer(held),)
            what = f"{told.data.call(one)} · {told.title(one)} · {told.label(held.statement.what.property)}"
            source = told.data.call(held.statement.source) if held.statement.source else "–"
            row: tuple[Line, ...] = (told.value(date), what, source, refer)
            rows.append(((date.earliest is None, date.earliest or ""), row))
    rows.sort(key=lambda row: row[0])
    head = tuple(told.say(f"chronology.{name}") for name in ("when", "what", "source", "fact"))
    return Table(head, tuple(row for _, row in rows), (2, 5, 2, 1))
