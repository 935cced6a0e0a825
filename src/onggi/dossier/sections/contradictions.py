"""What contradicts what, and what speaks against: nothing is decided for the reader."""

from onggi.dossier.told import Told
from onggi.ledger.held import Held
from onggi.paper.document import Block, Heading, List, Paragraph, Span


def tell(told: Told) -> tuple[Block, ...]:
    """Conflicts side by side, and everything that is denied."""
    denied = [held for held in told.held if held.statement.what.polarity == "denies"]
    blocks: list[Block] = [
        Heading(1, told.say("contradictions.title")),
        Paragraph(told.say("contradictions.how")),
    ]
    if not told.conflicts and not denied:
        return (*blocks[:1], Paragraph(told.say("contradictions.none")))
    held = {one.id: one for one in told.held}
    for conflict in told.conflicts:
        about = f"{told.data.call(conflict.entity)} · {told.label(conflict.property)}"
        lines: list[tuple[Span, ...]] = []
        for id in conflict.statements:
            said = held[id].statement
            source = told.data.call(said.source) if said.source else told.say("facts.described")
            lines.append((f"{told.value(said.value)} — {source} ", told.refer(held[id])))
        blocks += [Paragraph(about), List(tuple(lines))]
    if denied:
        blocks.append(Paragraph(told.say("contradictions.denied")))
        blocks.append(List(tuple((_say_denied(told, one), told.refer(one)) for one in denied)))
    return tuple(blocks)


def _say_denied(told: Told, held: Held) -> str:
    """What is denied, by whom; that it is denied stands above."""
    said = held.statement
    claim = told.say("facts.said", property=told.label(said.what.property), value=told.value(said.value))
    source = told.data.call(said.source) if said.source else told.say("facts.described")
    return f"{told.data.call(said.subject)} · {claim} — {source} "
