"""Files kept as evidence: which go along, which stay sealed, and who has had them."""

from onggi.dossier.told import Told
from onggi.paper.document import Block, Heading, Line, List, Paragraph, Table


def tell(told: Told) -> tuple[Block, ...]:
    """A row for each file, and the gaps in its custody."""
    title = Heading(1, told.say("evidence.title"))
    if not told.parts:
        return (title, Paragraph(told.say("evidence.none")))
    head = tuple(told.say(f"evidence.{name}") for name in ("item", "what", "where", "custody"))
    rows: tuple[tuple[Line, ...], ...] = tuple(
        (part.code, part.kind, part.path or told.say("evidence.sealed"), told.join(part.custody) or "–")
        for part in told.parts
    )
    gaps = tuple(told.list_gaps())
    return (
        title,
        Paragraph(told.say("evidence.how")),
        Table(head, rows, (2, 2, 3, 5)),
        *((Heading(2, told.say("evidence.gaps")), List(gaps)) if gaps else ()),
    )
