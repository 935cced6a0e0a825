"""Who says it: the sources, as far as they may be shown, and what each has said."""

from collections import Counter
from collections.abc import Iterator

from onggi.dossier.told import Told
from onggi.paper.document import Block, Heading, Line, Paragraph, Table


def tell(told: Told) -> tuple[Block, ...]:
    """A row for each source that is cited."""
    counts = Counter(held.statement.source for held in told.held if held.statement.source)
    if not counts:
        return ()
    head = tuple(told.say(f"sources.{name}") for name in ("source", "what", "facts"))
    rows: tuple[tuple[Line, ...], ...] = tuple(
        (told.data.call(source), told.join(_describe(told, source)), str(count))
        for source, count in counts.items()
    )
    return (
        Heading(1, told.say("sources.title")),
        Paragraph(told.say("sources.how")),
        Table(head, rows, (2, 6, 1)),
    )


def _describe(told: Told, source: str) -> Iterator[str]:
    for entry in told.by_entity.get(source, ()):
        said = entry.held.statement
        if said.source is None:
            yield told.say(
                "facts.said", property=told.label(said.what.property), value=told.value(said.value)
            )
